"""A real Chromium for the tests: its headless shell or an installed one, or Playwright's own."""

import atexit
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
_SHELL = "chromium-headless-shell"
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> str | None:
    """The path of an installed Chromium or Chrome; None where Playwright must use its own."""
    found = (shutil.which(name) for name in _NAMES)
    return next((path for path in found if path), None) or next((p for p in _PLACES if Path(p).exists()), None)


def shell() -> str | None:
    """The same engine without the windows around it, which opens a page in a quarter of the time; else `installed()`.

    Playwright's own, where nothing is installed, is such a shell as well.
    """
    return shutil.which(_SHELL) or installed()


@cache
def playwright() -> Playwright:
    """The one Playwright of this process: a second beside it cannot be started."""
    running = sync_playwright().start()
    atexit.register(running.stop)
    return running


@contextmanager
def chromium(program: str | None = None) -> Iterator[Browser]:
    """A running Chromium in which every host name leads to this machine and to nowhere else.

    `program` is its path; the installed one, or Playwright's own, where none is named.
    """
    arguments = [*_QUIET, "--host-resolver-rules=MAP * 127.0.0.1"]
    if sys.platform == "linux" and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to run as root
    browser = playwright().chromium.launch(executable_path=program or installed(), args=arguments)
    yield browser
    browser.close()
