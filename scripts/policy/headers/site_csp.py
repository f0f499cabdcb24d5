"""The CSP of the policy site's own files: nothing but what the built pages load, and no connection at all."""

from collections.abc import Iterable

from policy.headers.pages import Pages

_TRUSTED = "require-trusted-types-for 'script'; trusted-types 'none'"
"""The module and the site's scripts make no script and no HTML out of text, so no policy may be made either."""
_CLOSED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What `default-src` does not speak of."""
_LOADED = ("script", "connect", "font", "media", "frame", "object")

OTHER = f"default-src 'none'; {_CLOSED}"
"""For files that are no pages, redirects and bare errors: shown by themselves they may do nothing."""
XML = "; ".join([*(f"{kind}-src 'none'" for kind in _LOADED), "img-src data:", _CLOSED])
"""Not `default-src`: Chromium draws a tree of XML with styles and arrows of its own, which come under the policy of the
file; the arrows are `data:`."""
PDF = "frame-ancestors 'none'"
"""The browsers' own viewers are programs, and not every browser keeps the policy of a file away from them."""


def page_csp(pages: Pages, address: str, page: str = "") -> str:
    """The policy of one page, or of all pages that hold nothing inline.

    Its sources are the folders and files that the pages load from, with their path: other programs share the host.
    """
    named: dict[str, list[str]] = {}
    for directive, source in sorted(_sources(pages, address)):
        named.setdefault(directive, []).append(source)
    for directive, hashes in pages.inline.get(page, {}).items():
        named.setdefault(directive, []).extend(hashes)
    used = [f"{directive} {' '.join(sources)}" for directive, sources in sorted(named.items())]
    nothing = ["connect-src 'none'", "object-src 'none'"]  # every page promises the first; both say it in so many words
    return "; ".join(["default-src 'none'", *used, *nothing, _CLOSED, _TRUSTED])


def _sources(pages: Pages, address: str) -> Iterable[tuple[str, str]]:
    """Directive and source of each file: its folder at the top of the site, or itself where it is in none."""
    return {
        (directive, address + (f"{path.split('/')[0]}/" if "/" in path else path)) for directive, path in pages.loads
    }
