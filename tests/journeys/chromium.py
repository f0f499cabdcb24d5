"""Chromium, by Playwright, as the other tests use it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser import installed
from tests.journeys.driver import PATIENCE, Interrupted, Visit

SIGNAL = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"
"""Chromium sends no Global Privacy Control by itself; extensions do it like this."""


class Chromium:
    """A context for each visitor. This Chromium keeps pages for the way back, which Playwright forbids unless asked."""

    def __init__(self, browser: Browser, proxy: str) -> None:
        self._browser = browser.browser_type.launch(
            executable_path=installed(), args=["--disable-gpu"], ignore_default_args=["--disable-back-forward-cache"]
        )
        self._proxy = proxy
        self._context: BrowserContext | None = None

    def start_over(self, visit: Visit, places: Sequence[str]) -> None:
        self._leave()
        self._context = self._browser.new_context(
            proxy={"server": f"http://{self._proxy}"},
            viewport={"width": visit.width, "height": visit.height},
            color_scheme="dark" if visit.dark else "light",
        )
        self._context.set_default_timeout(PATIENCE * 1000)
        if visit.refuses_by_browser:
            self._context.add_init_script(SIGNAL)
        self._page: Page = self._context.new_page()

    def open(self, address: str) -> None:
        self._page.goto(address)

    def reload(self) -> None:
        self._page.reload()

    def back(self) -> None:
        self._page.go_back(wait_until="commit")  # a page that was kept is not loaded again

    def evaluate(self, expression: str) -> Any:
        try:
            return self._page.evaluate(f"() => ({expression})")
        except Error as error:
            if "context was destroyed" in error.message or "navigat" in error.message:
                raise Interrupted from error
            raise

    def click(self, expression: str) -> None:
        element = self._page.evaluate_handle(f"() => ({expression})").as_element()
        assert element, f"Nothing to click on: {expression}"
        element.click()

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def cookies(self) -> dict[str, str]:
        assert self._context
        return {cookie["name"]: cookie["domain"] for cookie in self._context.cookies(self._page.url)}

    def new_tab(self) -> None:
        assert self._context
        self._page = self._context.new_page()

    def to_tab(self, number: int) -> None:
        assert self._context
        self._page = self._context.pages[number]
        self._page.bring_to_front()

    def picture(self, file: Path) -> None:
        self._page.screenshot(path=file)

    def _leave(self) -> None:
        if self._context:
            self._context.close()
            self._context = None

    def stop(self) -> None:
        self._leave()
        self._browser.close()
