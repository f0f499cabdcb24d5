"""The words that the page docs/begrippen.md explains, for a dotted line under them in every text."""

import re
from pathlib import Path

_ENTRY = re.compile(r"^(?P<word>[^\n:]+)\n:\s+(?P<meaning>.+)$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^[A-Z][A-Za-z-]*[A-Z][A-Za-z-]*$")


def read_glossary(page: Path) -> dict[str, str]:
    """Abbreviations (words with two capitals) and what they mean; other words stay plain in the texts."""
    if not page.exists():
        return {}
    entries = _ENTRY.finditer(page.read_text("utf-8", "replace"))
    return {e["word"].strip(): e["meaning"].strip() for e in entries if _ABBREVIATION.match(e["word"].strip())}
