"""The live websites over HTTPS, as a visitor's browser asks for them; several answers at once."""

import http.client
import os
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import local
from urllib.parse import urljoin, urlsplit

_AT_ONCE = 8
_PATIENCE = 20
"""Seconds that an answer may take."""
RESOLVE = "POLICY_RESOLVE"
"""The variable of the environment that says where hosts really are, such as `www.leiz.nl:443=203.0.113.7:443`, with
spaces between: to look at a host before its name leads there.
"""
_TRIES = 3
_SILENT = 8
"""Questions in a row that a host leaves without an answer before it is asked no more."""
_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status, headers by small name with repeated ones joined by a comma, and the body as it came.

    Status 0 means that there was none; `body` then says why.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, "" where it is missing."""
        return self.headers.get(name.lower(), "")


@dataclass(frozen=True, slots=True)
class Question:
    """An address, what is sent along, and whether redirects on the same host are followed."""

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    follows: bool = False


def ask_all(questions: Iterable[Question], told: Callable[[], None] = lambda: None) -> list[Answer]:
    """The answer to each question, in their order; `told` is called after each."""
    context = ssl.create_default_context()
    kept, silent = local(), Counter[str]()

    def ask(question: Question) -> Answer:
        host = urlsplit(question.url).netloc
        if silent[host] >= _SILENT:
            return Answer(0, {}, b"as before")
        answer = _ask(question, kept, context)
        silent[host] = 0 if answer.status else silent[host] + 1
        for _ in range(_REDIRECTS if question.follows else 0):
            if (onward := _onward(question.url, answer)) is None:
                break
            question = replace(question, url=onward)
            answer = _ask(question, kept, context)
        told()
        return answer

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(ask, questions))


def _onward(url: str, answer: Answer) -> str | None:
    """Where a redirect leads, if that is on the same host."""
    onward = urljoin(url, answer.header("location"))
    is_redirect = answer.status in (301, 302, 303, 307, 308) and answer.header("location") != ""
    return onward if is_redirect and urlsplit(onward).netloc == urlsplit(url).netloc else None


def _ask(question: Question, kept: local, context: ssl.SSLContext) -> Answer:
    """Ask over a connection that this thread keeps for the host; a broken one is made anew."""
    parts = urlsplit(question.url)
    reason = ""
    for _ in range(_TRIES):
        try:
            connection = _connection(kept, parts.scheme, parts.netloc, context)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", path, headers={"Accept-Encoding": "identity", **dict(question.headers)})
            answer = connection.getresponse()
            return Answer(answer.status, _headers(answer), answer.read())
        except (OSError, ValueError, http.client.HTTPException) as error:
            _forget(kept, parts.scheme, parts.netloc)
            reason = str(error) or type(error).__name__
            if isinstance(error, ssl.SSLError):
                break
    return Answer(0, {}, reason.encode())


def _connection(kept: local, scheme: str, netloc: str, context: ssl.SSLContext) -> http.client.HTTPConnection:
    connections: dict[tuple[str, str], http.client.HTTPConnection] = kept.__dict__.setdefault("connections", {})
    if (scheme, netloc) not in connections:
        connections[scheme, netloc] = _Connection(netloc, context if scheme == "https" else None)
    return connections[scheme, netloc]


class _Connection(http.client.HTTPConnection):
    """A connection to a host where it really is, in the clear or by TLS with the host's own name."""

    def __init__(self, netloc: str, context: ssl.SSLContext | None) -> None:
        self._context = context
        self.default_port = http.client.HTTPS_PORT if context else http.client.HTTP_PORT
        super().__init__(netloc, timeout=_PATIENCE)

    def connect(self) -> None:
        real = dict(pair.split("=", 1) for pair in os.environ.get(RESOLVE, "").split() if "=" in pair)
        place = real.get(f"{self.host}:{self.port}", f"{self.host}:{self.port}")
        host, _, port = place.rpartition(":")
        self.sock = socket.create_connection((host.strip("[]"), int(port)), self.timeout)
        if self._context:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)


def _forget(kept: local, scheme: str, netloc: str) -> None:
    if found := kept.__dict__.get("connections", {}).pop((scheme, netloc), None):
        found.close()


def _headers(answer: http.client.HTTPResponse) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found
