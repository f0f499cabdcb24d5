"""Websites on one loopback port, told apart by host name, with a log of every request."""

import mimetypes
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""

POLL = 0.02
"""Seconds between two looks whether the server should end: a test waits for it, and many have a server of their own."""

Site = Path | Callable[[str], Answer]
"""A folder whose files are served, or a function from the request's path to an answer."""


@dataclass
class Hosts:
    """A running server; `requests` holds (host, path) of everything asked so far."""

    port: int
    requests: list[tuple[str, str]] = field(default_factory=list)

    def url(self, host: str, path: str = "/") -> str:
        """The address of a path on a host; the browser maps every host to this machine."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serve(sites: Mapping[str, Site]) -> Iterator[Hosts]:
    """Serve each site under its host name; an unknown host answers 404 and is logged all the same."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body in one packet: two would wait for each other, 40 ms an answer

        def do_GET(self) -> None:
            host, path = self.headers.get("Host", "").split(":")[0], self.path.split("?")[0]
            hosts.requests.append((host, self.path))
            status, headers, body = _answer(sites.get(host), path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            """Say nothing: the log is in `requests`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hosts = Hosts(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=[POLL], daemon=True)
    thread.start()
    try:
        yield hosts
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(site: Site | None, path: str) -> Answer:
    if site is None:
        return 404, {}, b""
    if callable(site):
        return site(path)
    return answer_from(site, path)


def answer_from(folder: Path, path: str) -> Answer:
    """The file at a path, as an ordinary web server gives it: index.html for a folder, 404.html where none is."""
    file = folder / path.lstrip("/")
    if file.is_dir():
        file = file / "index.html"
    missing = not file.is_file()
    if missing:
        file = folder / "404.html"
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind == "application/javascript":
        kind += "; charset=utf-8"
    body = file.read_bytes() if file.is_file() else b""
    return 404 if missing else 200, {"Content-Type": kind}, body
