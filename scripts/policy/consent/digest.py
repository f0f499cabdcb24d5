"""A short name for data: what is the same has the same name, on every machine."""

import hashlib
import json
import unicodedata
from typing import Any

_LENGTH = 8


def canonical(data: Any) -> str:
    """JSON with sorted keys, no spaces and composed letters (NFC); floats have no one form and are refused."""
    _refuse_floats(data)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text)


def short_digest(data: Any) -> str:
    """The first 8 hexadecimal digits of the SHA-256 of the canonical form; of bytes, of the bytes themselves."""
    raw = data if isinstance(data, bytes) else canonical(data).encode()
    return hashlib.sha256(raw).hexdigest()[:_LENGTH]


def _refuse_floats(data: Any) -> None:
    if isinstance(data, float):
        raise TypeError(f"{data!r} is a float. Write it as text or as a whole number.")
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ():
        _refuse_floats(part)
