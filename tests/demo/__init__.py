"""Another website of another controller, with the module in one line and hosts of others that only pretend."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from policy.consent.link import bundle
from policy.inventory.model import Inventory
from policy.inventory.read import read_inventory
from policy.inventory.terms import History
from tests.hosts import Answer, Hosts, Site, serve

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "consent_js"
WEBSITES = {"www.voorbeeld.test": "voorbeeld", "film.voorbeeld.test": "deelt", "kaal.test": "kaal"}
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'none'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
GUARDED = "script-src 'self' 'unsafe-inline'; img-src 'self'; frame-src 'self'"
"""What a guard sends with every page below /bewaakt/, whatever was granted: hosts are refused, inline code is not.

`unsafe-inline` as our own guard has it, for the inline code of WordPress pages: decisions/0008.
"""
NUMBER = 3
"""The number of the demonstration's one announced inventory."""
KINDS = {"html": "text/html", "js": "text/javascript", "json": "application/json"}
OTHERS = {
    "stats.example-third.test": ("text/javascript", "document.cookie = '_counter=1; path=/'; window.counted = true"),
    "ads.example-friends.test": (
        "text/javascript",
        "document.cookie = '_friends_ad=1; path=/'; window.advertised = true",
    ),
    "login.example-friends.test": (
        "text/javascript",
        "document.querySelector('[data-service-button]').addEventListener('click', () => { window.loggedIn = true })",
    ),
    "player.example-cinema.test": ("text/html", "<!doctype html><title>Film</title><p>De film begint.</p>"),
}


@cache
def inventory() -> Inventory:
    """The demonstration's own inventory."""
    read, findings = read_inventory(HERE / "inventory", "tests/demo/inventory")
    assert read, "\n".join(str(finding) for finding in findings)
    return read


@cache
def files(website: str) -> dict[str, bytes]:
    """The module's files for one of its websites."""
    return bundle([(NUMBER, inventory())], website, sources=SOURCES, policy="/privacy/")


@contextmanager
def demonstration(history: History = ()) -> Iterator[Hosts]:
    """The websites and the hosts of others, served on this machine; with another history, the first website only."""
    port: list[int] = []
    sites: dict[str, Site] = {host: _website(files(id), port) for host, id in WEBSITES.items()}
    if history:
        host, id = next(iter(WEBSITES.items()))
        sites[host] = _website(bundle(history, id, sources=SOURCES, policy="/privacy/"), port)
    sites |= {host: _other(kind, body) for host, (kind, body) in OTHERS.items()}
    with serve(sites) as hosts:
        port.append(hosts.port)
        yield hosts


def _website(module: dict[str, bytes], port: list[int]) -> Site:
    def answer(path: str) -> Answer:
        name = path.rpartition("/")[2] or "index.html"
        if path.startswith("/toestemming/"):
            body = module.get(name)
        elif path.startswith("/sources/"):
            body = (SOURCES / name).read_bytes()
        else:
            page = HERE / "pages" / name
            body = page.read_bytes().replace(b":PORT", b":%d" % port[0]) if page.is_file() else None
        if body is None:
            return 404, {}, b""
        headers = {"Content-Type": KINDS[name.rpartition(".")[2]] + "; charset=utf-8"}
        if name == "streng.html":
            headers["Content-Security-Policy"] = STRICT
        if path.startswith("/bewaakt/"):
            headers["Content-Security-Policy"] = GUARDED
        return 200, headers, body

    return answer


def _other(kind: str, body: str) -> Site:
    def answer(path: str) -> Answer:
        return 200, {"Content-Type": kind}, body.encode()

    return answer
