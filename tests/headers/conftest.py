"""A guarded website on a real Apache, the hosts of others, and a real Chromium that finds both at their own names."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from policy.consent.modules import link
from policy.headers.csp import as_data
from policy.headers.htaccess import htaccess
from tests.browser import playwright, shell
from tests.headers.apache import apache
from tests.headers.pages import HOSTS, page
from tests.headers.website import NUMBER, SERVICES
from tests.hosts import Answer, Hosts, serve

WWW = "www.guard.test"
SOURCES = Path(__file__).parents[2] / "consent_js"
KINDS = {"js": "text/javascript", "css": "text/css", "html": "text/html", "json": "application/json"}


@contextmanager
def chromium_to(website: int, others: int) -> Iterator[Browser]:
    """A Chromium that finds the website at one port and every other host at another, as if both were port 80.

    A host in a CSP stands for its usual port only, so an address with another port would match nothing.
    """
    arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        f"--host-resolver-rules=MAP {WWW} 127.0.0.1:{website}, MAP * 127.0.0.1:{others}",
        f"--unsafely-treat-insecure-origin-as-secure=http://{WWW}",  # Server-Timing is told on secure pages only
    ]
    if sys.platform == "linux" and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to run as root
    browser = playwright().chromium.launch(executable_path=shell(), args=arguments)
    yield browser
    browser.close()


def guard_script() -> str:
    """The file `guard.js` of the website."""
    call = json.dumps({"number": NUMBER, **as_data(SERVICES)})
    return f"(() => {{\n{link(SOURCES, 'guard.js').code}\nguard({call})\n}})()"


def _answer(path: str) -> Answer:
    ending = path.rpartition(".")[2]
    headers = {"Content-Type": KINDS.get(ending, "application/octet-stream"), "Cache-Control": "no-store"}
    shared = {"Access-Control-Allow-Origin": f"http://{WWW}", "Access-Control-Allow-Credentials": "true"}
    return 200, {**headers, **shared}, b"self.ran = (self.ran || 0) + 1" if ending == "js" else b""


@dataclass
class Visit:
    """A visitor of the guarded website, and what others are asked meanwhile."""

    context: BrowserContext
    page: Page
    others: Hosts

    def chooses(self, cookie: str) -> "Visit":
        """Have this record, or another cookie."""
        name, _, value = cookie.partition("=")
        self.context.add_cookies([{"name": name, "value": value, "domain": WWW, "path": "/"}])
        return self

    def opens(self, path: str) -> "Visit":
        """Open a page and wait until it has gone all its ways."""
        self.others.requests.clear()
        self.page.goto(f"http://{WWW}{path}", wait_until="networkidle")
        return self.settles()

    def goes_back(self) -> "Visit":
        """Back in the history, and wait as for any page."""
        self.others.requests.clear()
        self.page.go_back(wait_until="networkidle")
        return self.settles()

    def settles(self) -> "Visit":
        self.page.wait_for_function(f"typeof heard === 'undefined' || heard === {len(HOSTS)}")
        return self

    def asked(self, expected: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Host and path of all that was asked of others, once what is expected has come; a browser takes its time.

        What it asks of its own maker is left out.
        """
        until = time.monotonic() + 30
        while True:
            found = {(host, path) for host, path in self.others.requests if host.endswith(".test")}
            if expected <= found or time.monotonic() > until:
                return found
            self.page.evaluate("new Promise(requestAnimationFrame)")


@pytest.fixture(scope="session")
def others() -> Iterator[Hosts]:
    with serve(dict.fromkeys(HOSTS, _answer)) as running:
        yield running


@pytest.fixture(scope="session")
def chromium(others: Hosts) -> Iterator[Browser]:
    files = {
        "guarded/index.html": page(),
        "guarded/own.html": "<!doctype html><title>Own</title><img src='/own.svg' alt=''><script>ran = 1</script>",
        "guarded/.htaccess": htaccess(SERVICES, NUMBER),
        "open/index.html": page(),
        "script/index.html": page("<script src='guard.js'></script>"),
        "script/guard.js": guard_script(),
        "own.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    with apache(files) as server, chromium_to(server.port, others.port) as browser:
        yield browser


@pytest.fixture
def visit(chromium: Browser, others: Hosts) -> Iterator[Visit]:
    context = chromium.new_context()
    context.set_default_timeout(15_000)
    yield Visit(context, context.new_page(), others)
    context.close()
