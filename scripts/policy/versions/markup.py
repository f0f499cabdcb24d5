"""The tags and the text of a page, in the order they stand in.

`theme_overrides/assets/markup.js` does the same. A tokenizer of our own, because a digest in the lock must stay the
same for ever: parsers of HTML change from release to release, and JavaScript has none that a strict CSP allows.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

MARK = "data-policy-text"
"""The attribute of the element of a page that holds the text of the policy."""

UNSAID = "data-unsaid"
"""The attribute of an element that stands in the text and is no part of it, such as a link to print."""

_UNMARKED: frozenset[str] = frozenset()
_SILENT = frozenset({"script", "style", "template"})
_RAW = frozenset({"script", "style"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)

_NAME = r"[^\t\n\f\r />][^\t\n\f\r />=]*"
_VALUE = r"[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"[^\"]*\"|'[^']*'|[^\t\n\f\r \"'>][^\t\n\f\r >]*)?"
_ATTRIBUTE = re.compile(rf"[\t\n\f\r /]*(?P<name>{_NAME})(?:{_VALUE})?")
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|(?:<[!?]|</(?![A-Za-z])).*?(?:>|\Z)"
    r"|<(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z0-9_:.-]*)"
    rf"(?P<attributes>(?:[\t\n\f\r /]*{_NAME}(?:{_VALUE})?)*)(?P<rest>[\t\n\f\r /]*)(?P<end>>|\Z)",
    re.DOTALL,
)


class Token(NamedTuple):
    """A run of text or a tag, by its place; `name` is empty for text, `marks` holds MARK and UNSAID where it has them.

    A tag that holds nothing is "void": the tags of which HTML says so, and every tag that ends in `/>`.
    """

    kind: Literal["text", "open", "close", "void"]
    name: str
    marks: frozenset[str]
    start: int
    end: int


def said(html: str) -> Iterator[Token]:
    """The tokens without comments, and without the elements that say nothing and all that they hold.

    Those are script, style, template, and whatever has the attribute UNSAID. Only end tags that are written count.
    """
    name, depth = "", 0
    for token in _tokens(html):
        if depth:
            if token.name == name:
                depth += (token.kind == "open") - (token.kind == "close")
        elif token.kind in ("open", "void") and (token.name in _SILENT or UNSAID in token.marks):
            name, depth = token.name, int(token.kind == "open")
        else:
            yield token


def _tokens(html: str) -> Iterator[Token]:
    place = 0
    while found := _MARKUP.search(html, place):
        if found.start() > place:
            yield Token("text", "", _UNMARKED, place, found.start())
        place = found.end()
        if found["name"] and found["end"]:  # else a comment, or the file ends inside the tag
            tag = _tag(found)
            yield tag
            place = _end_of_raw(html, tag)
    if place < len(html):
        yield Token("text", "", _UNMARKED, place, len(html))


def _tag(found: re.Match[str]) -> Token:
    name = found["name"].lower()
    if found["closes"]:
        return Token("close", name, _UNMARKED, found.start(), found.end())
    kind: Literal["void", "open"] = "void" if name in _VOID or found["rest"].endswith("/") else "open"
    return Token(kind, name, _marks(found["attributes"]), found.start(), found.end())


def _marks(attributes: str) -> frozenset[str]:
    small = attributes.lower()
    if MARK not in small and UNSAID not in small:
        return _UNMARKED
    return frozenset({MARK, UNSAID} & {found["name"].lower() for found in _ATTRIBUTE.finditer(attributes)})


def _end_of_raw(html: str, tag: Token) -> int:
    """Where reading goes on after a tag: the text of a script or style sheet is no markup."""
    if tag.kind != "open" or tag.name not in _RAW:
        return tag.end
    end = re.compile(rf"</{tag.name}(?=[\t\n\f\r />])", re.IGNORECASE).search(html, tag.end)
    return end.start() if end else len(html)
