"""The demonstration on a real Apache with its guard, over TLS at its own name; an answer can be held back."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import PROTOCOL_TLS_SERVER, SSLContext

from playwright.sync_api import Browser, BrowserContext

from policy.build import _guarded
from policy.consent.scope import Scope
from policy.headers.htaccess import htaccess
from tests import demo
from tests.headers.apache import apache, folder
from tests.headers.conftest import chromium_to
from tests.publish.certificate import certificates

WWW = "www.voorbeeld.test"
PATIENCE = 20
"""Seconds that anything may take."""


@dataclass
class Held:
    """An answer that has come from Apache, and goes on to the browser only when it is let go."""

    came: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)


@dataclass
class Secure:
    """The website as browsers find it: `held` by path is what is held back, `asked` the hosts that were asked."""

    port: int
    held: dict[str, Held] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@contextmanager
def secure_website(pages: Mapping[str, str], own: str = "") -> Iterator[tuple[Secure, Browser]]:
    """The website with these pages and with lines of its own in `.htaccess`, and a Chromium that finds it."""
    module = {name: body.decode() for name, body in demo.files("voorbeeld").items()}
    guarded = _guarded(Scope(((demo.NUMBER, demo.inventory()),), "voorbeeld"))
    files = {f"toestemming/{name}": text for name, text in module.items()} | dict(pages)
    files[".htaccess"] = own + htaccess(guarded, demo.NUMBER, datetime.now(UTC).date())
    with apache(files) as server, _front(server.port) as front, chromium_to(front.port, front.port) as browser:
        yield front, browser


def newcomer(browser: Browser) -> BrowserContext:
    """A visitor who was never here."""
    context = browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(PATIENCE * 1000)
    return context


@contextmanager
def _front(port: int) -> Iterator[Secure]:
    """TLS for every host: that of the website is Apache's, the others are those of the demonstration."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers.get("Host", "")
            front.asked.append(host)
            if host in demo.OTHERS:
                kind, body = demo.OTHERS[host]
                return self._answer(200, [("Content-Type", kind)], body.encode())
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", self.path, headers=dict(self.headers) | {"X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            if held := front.held.get(self.path):
                held.came.set()
                held.go.wait(PATIENCE)
            self._answer(answer.status, answer.getheaders(), body)

        def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in ("content-length", "connection", "keep-alive"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing: what was asked stands in `asked`."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """Say nothing: a browser hangs up on what it no longer wants."""

    server = Server(("127.0.0.1", 0), Handler)
    with folder() as place:
        proof = certificates(place)
        tls = SSLContext(PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(proof.certificate, proof.key)
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    front = Secure(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield front
    finally:
        for held in front.held.values():
            held.go.set()
        server.shutdown()
        server.server_close()
        thread.join()
