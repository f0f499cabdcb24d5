"""The pure modules of consent_js/ in a real engine, as functions of plain values."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.hosts import Answer, serve

ROOT = Path(__file__).parents[2]
FOLDERS = ("consent_js", "tests/vectors")

Call = Callable[..., Any]


@contextmanager
def calling(browser: Browser) -> Iterator[Call]:
    """Calls a function of plain.js by name, with values that JSON can hold."""
    with serve({"bron.test": _sources}) as hosts:
        page = browser.new_page()
        page.goto(hosts.url("bron.test"))

        def call(name: str, *values: Any) -> Any:
            script = "async ([name, values]) => (await import('/tests/vectors/plain.js'))[name](...values)"
            return page.evaluate(script, [name, list(values)])

        yield call
        page.close()


def _sources(path: str) -> Answer:
    file = ROOT / path.lstrip("/")
    if path == "/":
        return 200, {"Content-Type": "text/html; charset=utf-8"}, b"<!doctype html><title>Bron</title>"
    if file.suffix != ".js" or file.parent not in [ROOT / folder for folder in FOLDERS]:
        return 404, {}, b""
    return 200, {"Content-Type": "text/javascript; charset=utf-8"}, file.read_bytes()
