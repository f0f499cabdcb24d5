"""Whether a translated page has the structure of the page it translates: headings, markers and lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from policy.findings import Finding
from policy.versions.front_matter import BLOCK

_HEADING = re.compile(r"^(#{1,6}) .*?(?:\{ ?#([a-z][a-z0-9-]*) ?\})?\s*$")
_MARKER = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.) ")
"""An item of a list; those of a list inside it count with it."""
_FENCE = re.compile(r"^(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of structure: what it is, as an editor would say it, and the line it stands on."""

    what: str
    line: int


def unpaired(own: str, translated: str, own_shown_as: str, shown_as: str) -> list[Finding]:
    """A finding for each place where the structure of a translated page differs from that of its own page."""
    here, there = list(_marks(translated)), list(_marks(own))
    matcher = SequenceMatcher(None, [mark.what for mark in there], [mark.what for mark in here], autojunk=False)
    findings = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            wanted, found = there[i1:i2], here[j1:j2]
            line = found[0].line if found else here[j1].line if j1 < len(here) else None
            findings.append(Finding(_sentence(wanted, found, own_shown_as), shown_as, line))
    return findings


def _sentence(wanted: list[_Mark], found: list[_Mark], own_shown_as: str) -> str:
    own = f"{own_shown_as}:{wanted[0].line}" if wanted else own_shown_as
    if not found:
        return f"Before this stands {_some(wanted)} in {own}. Add it here."
    if not wanted:
        return f"Here stands {_some(found)}, and not in {own}. Remove it, or write it there too."
    return f"Here stands {_some(found)}, and {_some(wanted)} in {own}. Make both the same."


def _some(marks: list[_Mark]) -> str:
    others = f" (and {len(marks) - 1} more)" if len(marks) > 1 else ""
    return marks[0].what + others


def _marks(text: str) -> Iterator[_Mark]:
    """The structure of a page from top to bottom; what stands in a block of code is not structure."""
    text = text.replace("\r\n", "\n")
    matter = BLOCK.match(text)
    items, start, in_code = 0, 0, False
    for number, line in enumerate([*text.splitlines(), "end"], start=1):
        if matter and number <= matter[0].count("\n"):
            continue
        in_code ^= bool(_FENCE.match(line))
        if in_code:
            continue
        if _ITEM.match(line):
            start, items = (number, 1) if not items else (start, items + 1)
        elif items and line and not line[0].isspace():
            yield _Mark(f"a list of {items} {'item' if items == 1 else 'items'}", start)
            items = 0
        if match := _HEADING.match(line):
            yield _Mark(f"the heading {match[1]} {{#{match[2]}}}" if match[2] else f"a heading {match[1]}", number)
        for marker in _MARKER.finditer(line):
            yield _Mark(f"the marker {{{{ {marker[1]} }}}}", number)
