"""Quotes and apostrophes as a book sets them; editors type the straight ones of a keyboard."""

import re

_TAG = re.compile(r"(<[^>]+>)")
_APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#39;)(?=\w)")
_QUOTED = re.compile(r"(?:\"|&quot;|&#34;)([^\"<>]*?)(?:\"|&quot;|&#34;)")
_STRAIGHT = re.compile(r"[\"'&]")
_LITERAL = ("code", "script", "style", "title")


def typographic(html: str) -> str:
    """The page with curly quotes in its text; tags, code and the title stay as they are."""
    literal = ""
    parts = _TAG.split(html)
    for index, part in enumerate(parts):
        if index % 2:
            words = part.strip("</>").split()
            name = words[0].lower() if words else ""
            if name in _LITERAL:
                literal = "" if part.startswith("</") else name
        elif not literal and _STRAIGHT.search(part):
            parts[index] = _QUOTED.sub(r"“\1”", _APOSTROPHE.sub("’", part))
    return "".join(parts)
