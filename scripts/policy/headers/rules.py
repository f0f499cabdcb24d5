"""Which header each answer of the policy site has: one table, read by the `.htaccess` and by what is expected of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policy.errors import PolicyError
from policy.headers.media import KINDS
from policy.headers.pages import Pages
from policy.headers.site_csp import OTHER, PDF, XML, page_csp

HSTS = 63072000
"""Two years, in seconds."""
UNSET = (
    *("Server-Timing", "Set-Cookie"),  # the guard of a website around this site, and the record that it re-issues
    *("Expires", "Pragma", "Last-Modified"),  # Cache-Control and ETag say all, also after an older release came back
    *("X-Powered-By", "X-Robots-Tag", "Vary", "Content-Security-Policy-Report-Only"),
)
"""Headers that others may have set and that no answer of this site has, but where a rule gives one."""

_LONGEST = 4000
"""Characters of one condition: a line of `.htaccess` may have 8190 bytes."""
_PLAIN = re.compile(r"[A-Za-z0-9._/-]*", re.ASCII)
_HASHED = r"(?:.+/)?[^/]+[.][0-9a-f]{8}[.](?:readable[.])?(?:css|js)"
_PAGE = r".+[.]html"
_OFF = (
    "accelerometer aria-notify autoplay browsing-topics camera captured-surface-control clipboard-read "
    "compute-pressure cross-origin-isolated deferred-fetch deferred-fetch-minimal digital-credentials-create "
    "digital-credentials-get display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid "
    "identity-credentials-get idle-detection interest-cohort keyboard-map language-detector language-model "
    "local-fonts local-network local-network-access loopback-network magnetometer "
    "media-playback-while-not-visible microphone midi on-device-speech-recognition otp-credentials payment "
    "picture-in-picture private-state-token-issuance private-state-token-redemption publickey-credentials-create "
    "publickey-credentials-get screen-wake-lock serial speaker-selection storage-access summarizer sync-xhr "
    "translator unload usb web-share window-management xr-spatial-tracking"
)
"""Every feature of W3C's list that a browser in use can switch off, and those that Chromium 156 knows besides.

A browser warns of a name that it does not know. Not here: the hints of the browser (`ch-…`), which nobody asks for, and
`clipboard-write`.
"""
PERMISSIONS = ", ".join([*(f"{feature}=()" for feature in _OFF.split()), "clipboard-write=(self)"])
"""All is off; the diagnosis of the module has a button that copies its report."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A header and its value for the answers whose file matches; a later rule replaces what an earlier one set.

    `files` is a regular expression for the whole path of a file below the site, None for every answer.
    """

    header: str
    value: str
    files: str | None = None

    def applies(self, path: str | None) -> bool:
        """Whether an answer has this header, which is that of a file or, where `path` is None, of none."""
        return self.files is None or (path is not None and re.fullmatch(self.files, path, re.ASCII) is not None)


def header_rules(pages: Pages, address: str) -> list[Rule]:
    """Every header of the site, but Content-Type (see `media`) and Strict-Transport-Security, which HTTPS alone has."""
    return [
        Rule("Content-Security-Policy", OTHER),
        Rule("Content-Security-Policy", page_csp(pages, address), _PAGE),
        *_with_inline(pages, address),
        Rule("Content-Security-Policy", PDF, r".+[.]pdf"),
        Rule("Content-Security-Policy", XML, r".+[.]xml"),
        Rule("X-Content-Type-Options", "nosniff"),
        Rule("Referrer-Policy", "no-referrer"),
        Rule("Permissions-Policy", PERMISSIONS, _PAGE),
        Rule("Cross-Origin-Opener-Policy", "same-origin", _PAGE),
        Rule("Cross-Origin-Resource-Policy", "same-origin"),
        Rule("Cache-Control", "no-cache"),
        Rule("Cache-Control", "public, max-age=31536000, immutable", _HASHED),
        Rule("Vary", "Accept-Encoding", _ending(kind.names for kind in KINDS if kind.shrinks)),
        Rule("X-Robots-Tag", "noindex", _ending(kind.names for kind in KINDS if kind.is_data)),
        *_robots(pages.robots),
    ]


def bundle_rules() -> list[Rule]:
    """The headers of the files of a consent module, which only pages of the same origin load."""
    page = ("Permissions-Policy", "Cross-Origin-Opener-Policy")
    every = header_rules(Pages(), "")
    return [rule for rule in every if rule.header not in page and rule.files != _PAGE]


def headers_of(path: str | None, rules: Iterable[Rule]) -> dict[str, str]:
    """The headers of the answer with a file, by its path below the site; None for one without a file of ours."""
    return {rule.header: rule.value for rule in rules if rule.applies(path)}


def plain(path: str) -> str:
    """The path, if it can stand in a rule of a web server; PolicyError otherwise."""
    if not _PLAIN.fullmatch(path) or ".." in path:
        raise PolicyError(
            f"{path}: This name cannot stand in the rules for the web server. Use letters without accents, digits, '-' "
            "and '_'."
        )
    return path


def literal(path: str) -> str:
    """A regular expression that finds this path and no other."""
    return plain(path).replace(".", "[.]")


def _with_inline(pages: Pages, address: str) -> Iterator[Rule]:
    for page in sorted(pages.inline):
        yield Rule("Content-Security-Policy", page_csp(pages, address, page), literal(page))


def _robots(robots: Mapping[str, str]) -> Iterator[Rule]:
    """Exactly the pages whose own HTML says so, a line's length at a time."""
    for value in sorted(set(robots.values())):
        some: list[str] = []
        for page in sorted(page for page, asked in robots.items() if asked == value):
            if some and len("|".join([*some, literal(page)])) > _LONGEST:
                yield Rule("X-Robots-Tag", value, f"(?:{'|'.join(some)})")
                some = []
            some.append(literal(page))
        yield Rule("X-Robots-Tag", value, f"(?:{'|'.join(some)})")


def _ending(names: Iterable[str]) -> str:
    return f"(?:.+/)?(?:{'|'.join(names)})"
