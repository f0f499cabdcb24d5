"""The only way from a browser to anywhere: every address leads to the demonstration on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

REPORTS = "/reports-of-the-browser"
CSP = "Content-Security-Policy"


@dataclass
class Proxy:
    """A running proxy: its address, and what browsers reported that a page's CSP forbade."""

    address: str
    reports: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """Ask the server on a port for everything, and add to each CSP where its violations are reported."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if address.path == REPORTS:
                proxy.reports.append(json.loads(sent)["csp-report"])
                return self._answer(204, {}, b"")
            connection = HTTPConnection("127.0.0.1", port)
            connection.request("GET", address._replace(scheme="", netloc="").geturl(), headers=dict(self.headers))
            answer = connection.getresponse()
            kept = {name: value for name, value in answer.getheaders() if name in ("Content-Type", CSP)}
            if CSP in kept:
                kept[CSP] += f"; report-uri {REPORTS}"
            self._answer(answer.status, kept, answer.read())
            connection.close()

        do_POST = do_GET

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing: the demonstration has its own log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy = Proxy(f"127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
