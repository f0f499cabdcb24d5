"""A visitor of the demonstration website, in a browser context of their own."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page

from tests import demo
from tests.hosts import Hosts

WWW = "www.voorbeeld.test"
NOTICE = ".leiz-choice-notice"
DIALOG = "dialog.leiz-choice-dialog"
WORDS = next(notice for notice in demo.inventory().notices if notice.language == "nl")
PURPOSES = ("statistics", "media", "advertising")


class Visitor:
    """What a visitor does and finds; every act waits until the page has taken it in."""

    def __init__(self, context: BrowserContext, hosts: Hosts) -> None:
        self.context, self.hosts = context, hosts
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.faults: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def opens(self, path: str = "/", host: str = WWW) -> "Visitor":
        self.asked.clear()
        self.page.goto(self.hosts.url(host, path))
        return self

    def reloads(self) -> "Visitor":
        self.asked.clear()
        self.page.reload()
        return self

    def presses(self, name: str, within: str = "body") -> "Visitor":
        self.page.locator(within).get_by_role("button", name=name, exact=True).click()
        return self

    def allows_all(self) -> "Visitor":
        return self.presses(WORDS.allow_all, NOTICE)

    def refuses(self) -> "Visitor":
        return self.presses(WORDS.refuse_all, NOTICE)

    def opens_settings(self) -> "Visitor":
        self.page.locator("[data-consent-settings]").click()
        self.dialog.wait_for()
        return self

    def chooses(self, *purposes: str) -> "Visitor":
        """In the second layer, exactly these."""
        for purpose in PURPOSES:
            self.switch(purpose).set_checked(purpose in purposes)
        return self.presses(WORDS.save, DIALOG)

    def switch(self, purpose: str) -> Locator:
        return self.page.locator(f"#leiz-choice-{purpose}")

    @property
    def notice(self) -> Locator:
        return self.page.locator(NOTICE)

    @property
    def dialog(self) -> Locator:
        return self.page.locator(DIALOG)

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    @property
    def record(self) -> str | None:
        """The record as it is kept."""
        return next((c["value"] for c in self.context.cookies() if c["name"] == "consent"), None)

    @property
    def granted(self) -> set[str]:
        """The purposes that the module says are granted."""
        return {purpose for purpose in PURPOSES if self.page.evaluate("id => window.consent.allows(id)", purpose)}

    @property
    def services_allowed(self) -> set[str]:
        """The services that need consent and that the module says may run."""
        ids = [service.id for service in demo.inventory().services if service.id != "consent-record"]
        return {id for id in ids if self.page.evaluate("id => window.consent.allows(id)", id)}

    def storage_items(self) -> set[str]:
        """All that is kept on the device, of this website and of others."""
        stores = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
        return {cookie["name"] for cookie in self.context.cookies()} | set(self.page.evaluate(stores))

    def other_hosts(self) -> set[str]:
        """The hosts of others that were asked for anything since the page was opened."""
        hosts = {urlsplit(url).hostname or "" for url in self.asked if not url.startswith("data:")}
        return hosts - set(demo.WEBSITES)

    def waits_for(self, expression: str) -> "Visitor":
        self.page.wait_for_function(expression)
        return self

    def style(self, locator: Locator, *names: str) -> list[Any]:
        """Computed values of an element's style."""
        script = "(element, names) => names.map((name) => getComputedStyle(element).getPropertyValue(name))"
        return locator.evaluate(script, list(names))
