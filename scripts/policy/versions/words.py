"""The words of a policy text, whatever its markup: what the lock keeps a digest of, and a reader's browser checks.

`theme_overrides/assets/words.js` does the same; `tests/golden/words.json` holds for both.
"""

import re
import unicodedata
from html import unescape

from policy.inventory.freeze import digest
from policy.versions.markup import MARK, said

INLINE = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "i", "ins", "mark", "small", "strong", "sub", "sup", "u", "wbr"}
)
"""Tags that part no words: `<b>on</b>line` is one word."""

_REFERENCE = re.compile(r"&(?:#(?:[xX](?P<hexadecimal>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?|[^\t\n\f\r <&#;]{1,32};?)")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACE = re.compile("[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_DOUBLE_QUOTE = re.compile("[“”„]")
_SINGLE_QUOTE = re.compile("[‘’]")


def words_of(html: str) -> str:
    """The canonical words of an HTML fragment, one space between them.

    - Comments, `script`, `style`, `template` and each element with `data-unsaid` are as if they were not there.
    - A tag of INLINE adds nothing; every other tag parts words.
    - Character references are decoded; “curly” quotes become straight ones.
    - Soft hyphens and characters without width go; each run of white space, no-break spaces included, is one space.
    - Unicode's form NFC.

    HTML is read as the build writes it and as browsers save it: see `policy.versions.markup`.
    """
    parts = []
    for token in said(html):
        if token.kind == "text":
            run = html[token.start : token.end]
            parts.append(_REFERENCE.sub(_decoded, run) if "&" in run else run)
        elif token.name not in INLINE:
            parts.append(" ")
    seen = _UNSEEN.sub("", "".join(parts))
    straight = _SINGLE_QUOTE.sub("'", _DOUBLE_QUOTE.sub('"', seen))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", straight)).strip(" ")


def words_digest(html: str) -> str:
    """The SHA-256 of the UTF-8 bytes of an HTML fragment's words, such as `sha256:9f86…`."""
    return digest(words_of(html))


def text_of(page: str) -> str | None:
    """The inner HTML of the element with `data-policy-text` in a whole page.

    None where none has it, and where several do: a page with a second text is not the page of one version.
    """
    found: list[tuple[int, int]] = []
    name, depth = "", 0
    for token in said(page):
        if depth and token.name == name:
            depth += (token.kind == "open") - (token.kind == "close")
            if not depth:
                found = [(found[0][0], token.start)]
        if MARK in token.marks:
            if found:
                return None
            name, depth = token.name, int(token.kind == "open")
            found = [(token.end, len(page) if depth else token.end)]
    return page[slice(*found[0])] if found else None


def _decoded(found: re.Match[str]) -> str:
    """The character that a reference stands for, as HTML says; a name that HTML does not know stays as it is."""
    digits = found["hexadecimal"] or found["decimal"]
    if not digits:
        return unescape(found[0])
    short = digits.lstrip("0")[:9]  # more digits are no character either, and Python refuses very long numbers
    number = int(short or "0", 16 if found["hexadecimal"] else 10)
    if 0x80 <= number < 0xA0:  # old pages mean the characters of Windows
        return bytes([number]).decode("cp1252", "ignore") or chr(number)
    wrong = not number or number > 0x10FFFF or 0xD800 <= number < 0xE000
    return "\ufffd" if wrong else chr(number)
