"""Websites as production serves them: Brotli, entity tags and cache headers, with a log of what was sent.

`tests/hosts.py` answers by path alone; here the answer depends on what the browser already has.
Chromium takes Brotli without TLS only from `localhost` and the names under it, so the tools live there.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath

import brotli

KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".gif": "image/gif"}
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True)
class File:
    """A file as it is sent: as it is and compressed, its kind, how long it may be kept, and its entity tag."""

    plain: bytes
    brotli: bytes
    kind: str
    keep: str
    tag: str


def file(path: str, body: bytes, keep: str) -> File:
    """Compressed once, at the highest level, as a static file beside the original would be."""
    kind = KINDS[PurePosixPath(path).suffix or ".html"]
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return File(body, brotli.compress(body, quality=11), f"{kind}; charset=utf-8", keep, tag)


@dataclass(frozen=True)
class Sent:
    """One request and the size of the body that answered it."""

    host: str
    path: str
    status: int
    size: int


Website = Mapping[str, File]
"""The files of one host, by path."""


@dataclass
class Server:
    """A running server; websites may be added, and `log` holds all that was sent so far."""

    port: int = 0
    websites: dict[str, Website] = field(default_factory=dict)
    log: list[Sent] = field(default_factory=list)

    def url(self, host: str) -> str:
        """The home page of a host; the browser maps every host to this machine."""
        return f"http://{host}:{self.port}/"


@contextmanager
def running() -> Iterator[Server]:
    """A server on a free loopback port."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or a small body waits for the acknowledgement of its header
        wbufsize = -1

        def do_GET(self) -> None:
            host, path = self.headers.get("Host", "").split(":")[0], self.path.split("?")[0]
            found = server.websites.get(host, {}).get(path)
            status, headers, body = _answer(found, self.headers)
            server.log.append(Sent(host, path, status, len(body)))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing: the log is in `log`."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def _answer(found: File | None, asked: Message) -> tuple[int, dict[str, str], bytes]:
    if found is None:
        return 404, {"Content-Length": "0"}, b""
    headers = {"ETag": found.tag, "Cache-Control": found.keep, "Vary": "Accept-Encoding"}
    if asked.get("If-None-Match") == found.tag:
        return 304, headers, b""
    body = found.plain
    if "br" in asked.get("Accept-Encoding", ""):
        body = found.brotli
        headers["Content-Encoding"] = "br"
    return 200, headers | {"Content-Type": found.kind, "Content-Length": str(len(body))}, body
