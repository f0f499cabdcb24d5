"""What kind each file of a build is: its media type, and whether it is text that becomes smaller."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from policy.errors import PolicyError

COPIES = (".br", ".gz")
"""The endings of the compressed copies that stand beside a file."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the regular expression that its names match whole, its media type, what compression does.

    Python and the PCRE of Apache read `names` alike.
    """

    names: str
    type: str
    shrinks: bool = True
    is_data: bool = False
    """Whether it is made for programs, and no page, style, script or picture that a page needs."""


_UTF_8 = "; charset=utf-8"  # RFC 8259 and RFC 7303 give JSON and XML no need for it, so only `text/` says it
KINDS = (
    Kind(r".+[.]html", f"text/html{_UTF_8}"),
    Kind(r".+[.]css", f"text/css{_UTF_8}"),
    Kind(r".+[.]js", f"text/javascript{_UTF_8}"),  # RFC 9239
    Kind(r".+[.]txt", f"text/plain{_UTF_8}", is_data=True),
    Kind(r".+[.]json", "application/json", is_data=True),
    Kind(r".+[.]lock", "application/json", is_data=True),
    Kind(r".+[.]jsonld", "application/ld+json", is_data=True),
    Kind(r".+[.]xml", "application/xml", is_data=True),
    Kind(r"(?:alle-)?wijzigingen[.]xml", "application/atom+xml", is_data=True),
    Kind(r".+[.]pdf", "application/pdf", shrinks=False, is_data=True),
    Kind(r".+[.]svg", "image/svg+xml"),
    Kind(r".+[.]png", "image/png", shrinks=False),
    Kind(r".+[.]jpe?g", "image/jpeg", shrinks=False),
    Kind(r".+[.]webp", "image/webp", shrinks=False),
    Kind(r".+[.]avif", "image/avif", shrinks=False),
    Kind(r".+[.]ico", "image/vnd.microsoft.icon", shrinks=False),
    Kind(r".+[.]woff2", "font/woff2", shrinks=False),
    Kind(r".+[.]php", f"text/x-php{_UTF_8}", shrinks=False, is_data=True),  # never sent: it runs on the website
    Kind(r"[.]?htaccess", f"text/plain{_UTF_8}", shrinks=False, is_data=True),  # never sent: the server reads it
)
"""A later kind stands before an earlier one that matches the same name."""

_SMALLEST = 1024
"""Bytes from which a copy is worth two more files: what is smaller fits one packet as it is."""


def kind_of(path: str) -> Kind:
    """The kind of a file, by its path in the build; PolicyError where nobody said what it is."""
    name = PurePosixPath(path).name
    for kind in reversed(KINDS):
        if re.fullmatch(kind.names, name, re.ASCII):
            return kind
    raise PolicyError(
        f"{path}: Nobody said of what media type a file with this name is, and browsers may not guess. "
        "Use another kind of file, or add a line to KINDS in scripts/policy/headers/media.py."
    )


def media_type(path: str) -> str:
    """The value of `Content-Type` for a file, by its path in the build; PolicyError for an unknown kind."""
    return kind_of(path).type


def has_copies(path: str, size: int) -> bool:
    """Whether a file of this path and size in bytes has a Brotli and a gzip copy beside it; a copy has none."""
    return not path.endswith(COPIES) and size >= _SMALLEST and kind_of(path).shrinks
