"""The next version: a draft from the newest text, and its dates when it is announced."""

import json
import re
from collections.abc import Mapping
from datetime import date

from policy.versions.front_matter import BLOCK

_ABOUT_THE_CHANGE = (
    "announced", "in_force", "class", "note", "urgent_reason", "affects", "ends", "adds", "holds_already", "removed"
)  # fmt: skip
"""Keys that tell of one change; the next one has its own."""


_FIRST = ("", "title", "description")
"""Keys that stand above the dates."""


def draft_of(text: str) -> str:
    """The text as the draft of a next version: without dates, and without what was said of the last change."""
    return with_keys(text, dict.fromkeys(_ABOUT_THE_CHANGE))


def with_keys(text: str, keys: Mapping[str, str | date | None]) -> str:
    """The text with these keys of its front matter set, or removed where the value is None; other lines stay.

    What is set stands below the title, in the order given.

    A text without front matter is returned as it is.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    match = BLOCK.match(plain)
    if not match:
        return text
    blocks = _blocks(match[1])
    kept = {key: block for key, block in blocks.items() if key not in keys}
    written = {key: [f"{key}: {_written(value)}"] for key, value in keys.items() if value is not None}
    first = {key: block for key, block in kept.items() if key in _FIRST}
    lines = [line for block in {**first, **written, **kept}.values() for line in block]
    return ("---\n" + "\n".join(lines) + "\n---\n" + plain[match.end() :]).replace("\n", ends)


def _blocks(matter: str) -> dict[str, list[str]]:
    """The lines of front matter by key, in their order; lines before the first key go by the empty one."""
    blocks: dict[str, list[str]] = {}
    key = ""
    for line in matter.splitlines():
        if match := re.match(r"^([A-Za-z_]\w*):", line):
            key = match[1]
        blocks.setdefault(key, []).append(line)
    return blocks


def _written(value: str | date) -> str:
    """A value as YAML: words and dates plain, sentences in double quotes."""
    if isinstance(value, date):
        return value.isoformat()
    return value if re.fullmatch(r"[a-z]+", value) else json.dumps(value, ensure_ascii=False)
