"""Two texts side by side, part by part: for versions that differ too much for marks."""

import re

_SECTION = re.compile(r"(?=<h2[ >])")
_ANCHOR = re.compile(r'<h2[^>]*\bid="([^"]+)"')
_ID = re.compile(r'\s(?:id|aria-labelledby)="[^"]*"')


def side_by_side(before: str, after: str) -> list[tuple[str, str]]:
    """The parts of two texts in pairs, matched by the anchors of their headings, in the order of the new text.

    A part that only one of them has stands beside an empty string, the old ones after the part that they followed.
    The old text loses its ids, since no id may stand twice on a page.
    """
    old, new = _parts(before), _parts(after)
    follows: dict[str, list[str]] = {}
    last = ""
    for anchor in old:
        if anchor in new:
            last = anchor
        else:
            follows.setdefault(last, []).append(anchor)
    pairs = []
    for anchor, html in new.items():
        pairs.append((_ID.sub("", old.get(anchor, "")), html))
        pairs += [(_ID.sub("", old[gone]), "") for gone in follows.get(anchor, ())]
    return pairs


def _parts(html: str) -> dict[str, str]:
    """The parts of a text by the anchor of their heading; what stands before the first one by the empty text."""
    parts = _SECTION.split(html)
    found = {"": parts[0] if not _ANCHOR.match(parts[0]) else ""}
    for part in parts:
        if match := _ANCHOR.match(part):
            found[match[1]] = part
    return found
