"""A builder of the demonstration website, who puts pages of their own on it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tests import demo
from tests.consent.visitor import WWW, Visitor
from tests.hosts import Answer, Hosts, Site, serve

PAGES: dict[str, Answer] = {}
"""What stands at each path, besides the module; of every host alike."""

HTML = "text/html; charset=utf-8"


@contextmanager
def workshop(files: Callable[[str], Mapping[str, bytes]] = demo.files) -> Iterator[Hosts]:
    """The demonstration's hosts, with these files of the module for each website and with the builder's pages."""
    sites: dict[str, Site] = {host: _website(files(id)) for host, id in demo.WEBSITES.items()}
    sites |= {host: _other(kind, body) for host, (kind, body) in demo.OTHERS.items()}
    with serve(sites) as hosts:
        yield hosts


def puts(visitor: Visitor, html: str, path: str = "/bouwer.html", **headers: str) -> str:
    """Put a page, script or picture on the website, with the port of the other hosts filled in; its path."""
    body = html.replace(":PORT", f":{visitor.hosts.port}").encode()
    PAGES[path] = 200, {"Content-Type": HTML, **headers}, body
    return path


def opens(visitor: Visitor, html: str, *, host: str = WWW, **headers: str) -> Visitor:
    """A page with this, as the visitor opens it."""
    return visitor.opens(puts(visitor, html, **headers), host)


def _website(module: Mapping[str, bytes]) -> Site:
    def answer(path: str) -> Answer:
        name = path.removeprefix("/toestemming/")
        if name != path and name in module:
            return 200, {"Content-Type": "text/javascript; charset=utf-8"}, module[name]
        return PAGES.get(path, (404, {}, b""))

    return answer


def _other(kind: str, body: str) -> Site:
    def answer(path: str) -> Answer:
        return 200, {"Content-Type": kind}, body.encode()

    return answer
