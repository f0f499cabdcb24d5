"""What may not stand in a page that was built: it would break the CSP, a link or the peace."""

from collections.abc import Iterator
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


def faults(site: Path) -> list[Finding]:
    """A finding for each fault in the HTML files of a built site."""
    pages = {
        path.relative_to(site).as_posix(): html.fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))
    }
    ids = {name: [str(id) for id in page.xpath("//@id")] for name, page in pages.items()}
    findings = []
    for name, page in pages.items():
        for message in (*_inline(page), *_twice(ids[name]), *_foreign(page), *_dead_links(name, page, site, ids)):
            findings.append(Finding(message, name))
    return findings


def _inline(page: html.HtmlElement) -> Iterator[str]:
    for element in page.xpath("//script[not(@src)] | //style"):
        yield f"An inline <{element.tag}> stands here. Remove it: the Content Security Policy blocks it."
    for element in page.xpath("//*[@style] | //*[@*[starts-with(name(), 'on')]]"):
        yield f"<{element.tag}> has a style or an event attribute. Use a class: the Content Security Policy blocks it."


def _twice(ids: list[str]) -> Iterator[str]:
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield f"The id '{id}' stands twice. Give one another anchor."


def _foreign(page: html.HtmlElement) -> Iterator[str]:
    for tag, attribute in _LOADING.items():
        for element in page.iter(tag):
            address = element.get(attribute, "")
            if tag == "link" and element.get("rel") in ("canonical", "alternate"):
                continue
            if urlsplit(address).netloc:
                yield f"The page loads {address} from another host. Put the file in docs/ instead."


def _dead_links(name: str, page: html.HtmlElement, site: Path, ids: dict[str, list[str]]) -> Iterator[str]:
    for address in page.xpath("//a/@href"):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        if address in ("", "#"):
            yield f"A link leads nowhere: '{address}'. Give it an address."
            continue
        if parts.path.startswith("/"):
            continue  # only 404.html, which is served at any depth, has absolute links
        target = _target(name, unquote(parts.path))
        if not (site / target).is_file():
            yield f"The link '{address}' leads to a page that does not exist."
        elif parts.fragment and unquote(parts.fragment) not in ids.get(target, []):
            yield f"The link '{address}' leads to an anchor that does not exist."


def _target(name: str, path: str) -> str:
    if not path:
        return name
    target = normpath(f"{name.rpartition('/')[0] or '.'}/{path}")
    return normpath(f"{target}/index.html") if path.endswith(("/", ".")) else target
