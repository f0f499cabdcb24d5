"""The three engines: Chromium must be there, the others run where they are installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.browser import chromium
from tests.journeys.chromium import Chromium
from tests.journeys.driver import Driver
from tests.journeys.firefox import Firefox
from tests.journeys.webkit import WebKit

ENGINES = ("chromium", "firefox", "webkit")


@contextmanager
def running(engine: str, proxy: str, dark: bool = False) -> Iterator[Driver]:
    """A running browser of an engine that reaches nothing but the proxy; NotInstalled where this machine has none."""
    if engine == "chromium":
        with chromium() as browser:
            driver: Driver = Chromium(browser, proxy)
            yield driver
            driver.stop()
        return
    driver = Firefox(proxy) if engine == "firefox" else WebKit(proxy, dark)
    try:
        yield driver
    finally:
        driver.stop()
