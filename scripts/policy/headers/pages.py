"""What the built pages load, hold inline and ask of search engines: all that the headers of the site are made from."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html

from policy.errors import PolicyError
from policy.headers.media import media_type

_BY_ATTRIBUTE = {
    "script": {"src": "script-src"},
    "img": {"src": "img-src", "srcset": "img-src"},
    "input": {"src": "img-src"},
    "source": {"src": "media-src", "srcset": "img-src"},
    "video": {"src": "media-src", "poster": "img-src"},
    "audio": {"src": "media-src"},
    "track": {"src": "media-src"},
    "image": {"href": "img-src", "xlink:href": "img-src"},
    "use": {"href": "img-src", "xlink:href": "img-src"},
}
_BY_RELATION = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
    "preload": "",
    "prefetch": "",
}
"""The directive for each relation of a link that loads something; none where the kind of file says it."""
_BY_KIND = {"text/css": "style-src", "text/javascript": "script-src", "font/woff2": "font-src"}
_REFUSED = ("iframe", "frame", "object", "embed", "base", "fencedframe")
_RUNS = re.compile(r"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma)script", re.IGNORECASE)
_MAYBE_INLINE = re.compile(rb"""[\s"'/](?:style|on[a-z]+)\s*=|javascript\s*:""", re.IGNORECASE)
_LOADED_BY_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pages:
    """What all pages of a site load, and what single ones hold.

    `loads` has directive and path of each file, `inline` the sources (`'sha256-…'`, CSP Level 3) by page and directive,
    `robots` what a page asks of search engines, where that is not to list it. A page is a path such as `404.html`.
    """

    loads: frozenset[tuple[str, str]] = frozenset()
    inline: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    robots: dict[str, str] = field(default_factory=dict)


def read_pages(folder: Path, address: str) -> Pages:
    """Read each page and style sheet of a site that will stand at this address.

    PolicyError, with every problem, for what a Content Security Policy without `unsafe-inline` cannot let through, and
    for what is loaded from elsewhere.
    """
    found = [
        _Read(path.relative_to(folder).as_posix(), address)
        for pattern in ("*.html", "*.css")
        for path in sorted(folder.rglob(pattern))
    ]
    for one in found:
        one.read((folder / one.name).read_bytes())
    if problems := [problem for one in found for problem in one.problems]:
        raise PolicyError("\n".join(problems))
    return Pages(
        loads=frozenset(load for one in found for load in one.loads),
        inline={one.name: one.inline for one in found if one.inline},
        robots={one.name: one.robots for one in found if "noindex" in one.robots},
    )


@dataclass(slots=True)
class _Read:
    """A page or a style sheet while it is read."""

    name: str
    address: str
    loads: list[tuple[str, str]] = field(default_factory=list)
    inline: dict[str, list[str]] = field(default_factory=dict)
    robots: str = ""
    problems: list[str] = field(default_factory=list)

    def read(self, raw: bytes) -> None:
        if self.name.endswith(".css"):
            self._style(raw.decode(), None)
            return
        tree = html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))
        for element in tree.iter("link", "style", "script", "meta", *_BY_ATTRIBUTE, *_REFUSED):
            self._element(element)
        if _MAYBE_INLINE.search(raw):  # most pages have none, and looking at each attribute takes long
            self._attributes(tree)

    def _element(self, element: html.HtmlElement) -> None:
        tag, line = element.tag, element.sourceline
        if tag in _REFUSED:
            self._problem(line, f"<{tag}> stands here, which no page of this site may have. Make it a link")
        if tag == "meta" and element.get("name", "").lower() == "robots":
            self.robots = element.get("content", "").lower()
        if tag == "style" or (tag == "script" and element.get("src") is None):
            self._inline(element)
        for directive, address in _loaded(element):
            self._load(directive, address, line)

    def _inline(self, element: html.HtmlElement) -> None:
        text = element.text or ""
        if element.tag == "style":
            self._style(text, element.sourceline)
        elif not _RUNS.fullmatch(element.get("type", "").split(";")[0].strip()):
            return  # data, which nobody runs
        source = f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        sources = self.inline.setdefault("style-src" if element.tag == "style" else "script-src", [])
        sources += [source] if source not in sources else []

    def _attributes(self, tree: html.HtmlElement) -> None:
        for element in tree.xpath("//*[@style] | //*[@*[starts-with(name(), 'on')]]"):
            told = f"<{element.tag}> has a style or an event attribute, which no hash allows. Use a class or a script"
            self._problem(element.sourceline, told)
        for element in tree.xpath("//*[@href | @src | @action | @formaction]"):
            if any(value.strip().lower().startswith("javascript:") for value in element.values()):
                self._problem(
                    element.sourceline, f"<{element.tag}> has a javascript: address. Use a button and a script"
                )

    def _style(self, text: str, line: int | None) -> None:
        for found in _LOADED_BY_STYLE.finditer(text):
            self._load("", found[1] or found[2], line)

    def _load(self, directive: str, address: str, line: int | None) -> None:
        if address.startswith("#"):
            return
        target = urljoin(self.address + self.name, address.strip())
        if not target.startswith(self.address):
            self._problem(line, f"{address[:80]} is loaded, which is no file of this site. Put the file in docs/")
            return
        path = urlsplit(target)._replace(query="", fragment="").geturl().removeprefix(self.address)
        self.loads.append((directive or _BY_KIND.get(media_type(path).partition(";")[0], "img-src"), path))

    def _problem(self, line: int | None, told: str) -> None:
        place = f"{self.name}:{line}" if line else self.name
        self.problems.append(f"{place}: {told}: the Content Security Policy blocks it.")


def _loaded(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Directive and address of each thing that an element loads."""
    if element.tag == "link":
        for relation in element.get("rel", "").lower().split():
            if relation in _BY_RELATION:
                yield _BY_RELATION[relation], element.get("href", "")
    for attribute, directive in _BY_ATTRIBUTE.get(element.tag, {}).items():
        value = element.get(attribute, "")
        several = [part.split()[0] for part in value.split(",") if part.strip()]
        yield from ((directive, one) for one in (several if attribute == "srcset" else [value] if value else []))
