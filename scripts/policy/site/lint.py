"""What may not stand in a page that was built: it would break the CSP, a link or the peace."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from lxml import html

from policy.findings import Finding

_LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
}
_MAYBE_INLINE = re.compile(rb"""[\s"'/](?:style|on[a-z]+)\s*=""", re.IGNORECASE)
_NAMING = frozenset({"canonical", "alternate"})
"""Relations that name an address and load nothing."""


@dataclass(slots=True)
class _Page:
    """What is kept of a page once it was looked at: its ids, and where it links to."""

    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)


def faults(site: Path, sources: Mapping[str, str]) -> list[Finding]:
    """A finding for each fault in the HTML files of a built site.

    `sources` names by page, such as `cookies/index.html`, the file that an editor wrote it in.
    """
    findings: list[Finding] = []
    pages: dict[str, _Page] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        pages[name] = _Page()
        findings += [Finding(message, sources.get(name, name)) for message in _looked_at(path, pages[name])]
    for name, page in pages.items():
        findings += [Finding(message, sources.get(name, name)) for message in _dead_links(name, page, site, pages)]
    return findings


def _looked_at(path: Path, page: _Page) -> Iterator[str]:
    """What is wrong inside one page; fills in what must be kept of it."""
    raw = path.read_bytes()
    tree = html.fromstring(raw)
    for element in tree.xpath("//script[not(@src)] | //style"):
        yield f"An inline <{element.tag}> stands here. Remove it: the Content Security Policy blocks it."
    if _MAYBE_INLINE.search(raw):  # hundreds of pages have none, and looking at each attribute takes long
        for element in tree.xpath("//*[@style] | //*[@*[starts-with(name(), 'on')]]"):
            message = f"<{element.tag}> has a style or an event attribute. Use a class: "
            yield message + "the Content Security Policy blocks it."
    for id in map(str, tree.xpath("//@id")):
        if id in page.ids:
            yield f"The id '{id}' stands twice. Give one another anchor."
        page.ids.add(id)
    page.links.update(map(str, tree.xpath("//a/@href")))
    for element in tree.iter(*_LOADING):
        yield from _loaded(element, page)


def _loaded(element: html.HtmlElement, page: _Page) -> Iterator[str]:
    address = element.get(_LOADING[element.tag], "")
    if element.tag == "link":
        if element.get("rel") in _NAMING and urlsplit(address).netloc:
            return
        page.links.add(address)
    if urlsplit(address).netloc:
        yield f"The page loads {address} from another host. Put the file in docs/ instead."


def _dead_links(name: str, page: _Page, site: Path, pages: dict[str, _Page]) -> Iterator[str]:
    for address in sorted(page.links):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        if address in ("", "#"):
            yield f"A link leads nowhere: '{address}'. Give it an address."
            continue
        if parts.path.startswith("/"):
            continue  # only 404.html, which is served at any depth, has absolute links
        target = _target(name, unquote(parts.path))
        if target not in pages and not (site / target).is_file():
            yield f"The link '{address}' leads to a page that does not exist."
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield f"The link '{address}' leads to an anchor that does not exist."


def _target(name: str, path: str) -> str:
    if not path:
        return name
    target = normpath(f"{name.rpartition('/')[0] or '.'}/{path}")
    return normpath(f"{target}/index.html") if path.endswith(("/", ".")) else target
