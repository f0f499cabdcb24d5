"""What does not differ from run to run: what is sent in each state, what is kept, and whether tags are held."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.consent.measure import asked, settle
from benchmarks.consent.pages import ALLOW, CHOOSE, REFUSE
from benchmarks.consent.serving import Server
from playwright.sync_api import Browser, BrowserContext, Page


@dataclass(frozen=True)
class Sending:
    """Brotli bytes and requests of the tool itself; `gated` counts requests for tags that need consent."""

    bytes: int
    requests: int
    gated: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One tool, or ours at one size; `returning` is with the browser's cache, `anew` with an empty one."""

    first: Sending
    choosing: Sending | None
    allowing: Sending
    returning: Sending
    anew: Sending
    record: int


class Visitor:
    """A visitor of one host, who acts and counts what each act makes the browser ask for."""

    def __init__(self, browser: Browser, server: Server, host: str, layer: str) -> None:
        self.browser, self.server, self.host, self.layer = browser, server, host, layer

    def facts(self, *, chooses: bool) -> Facts:
        """All of them, each from a visit of its own."""
        with self._context() as context:
            page = context.new_page()
            first = self._opens(page)
            choosing = self._presses(page, CHOOSE) if chooses else None
        with self._context() as context:
            page = context.new_page()
            self._opens(page)
            allowing = self._presses(page, ALLOW)
            record = sum(len(cookie["value"]) for cookie in context.cookies(self.server.url(self.host)))
        with self._context() as context:
            page = context.new_page()
            self._opens(page)
            self._presses(page, REFUSE)
            returning, anew = self._returns(context, cache=True), self._returns(context, cache=False)
        return Facts(first=first, choosing=choosing, allowing=allowing, returning=returning, anew=anew, record=record)

    @contextmanager
    def _context(self) -> Iterator[BrowserContext]:
        """A new browser context, in which no script may fail."""
        faults: list[str] = []
        with self.browser.new_context(locale="nl-NL") as context:
            context.on("weberror", lambda fault: faults.append(str(fault.error)))
            yield context
        if faults:
            raise RuntimeError(f"{self.host}: {faults[0]}")

    def _opens(self, page: Page) -> Sending:
        before = len(self.server.log)
        page.goto(self.server.url(self.host))
        page.locator(self.layer).wait_for()
        return self._since(page, before)

    def _presses(self, page: Page, name: str) -> Sending:
        before = len(self.server.log)
        page.locator(self.layer).locator("button, a", has_text=name).first.click()
        return self._since(page, before)

    def _returns(self, context: BrowserContext, *, cache: bool) -> Sending:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": not cache})
        before = len(self.server.log)
        page.goto(self.server.url(self.host))
        sending = self._since(page, before)
        page.close()
        return sending

    def _since(self, page: Page, before: int) -> Sending:
        settle(page, self.server)
        found = asked(self.server.log[before:], self.host)
        return Sending(int(found["bytes"]), int(found["requests"]), int(found["gated"]))
