"""Which content coding an `Accept-Encoding` header takes, as regular expressions that Apache and Python read alike."""

_SOME = r"(?:[ \t]*;[ \t]*q=(?:1(?:[.]0{0,3})?|0[.](?=[0-9]*[1-9])[0-9]{1,3}))?"
_NONE = r"[ \t]*;[ \t]*q=0(?:[.]0{0,3})?"


def _named(coding: str, weight: str) -> str:
    """Finds a coding with a weight (RFC 9110, 12.4.2 and 12.5.3); letters may be of any case."""
    return rf"(?:^|,)[ \t]*{coding}{weight}[ \t]*(?:,|$)"


_ALSO_GZIP = "(?:x-)?gzip"  # RFC 9110, 8.4.1.3

BROTLI = _named("br", _SOME)
"""Finds that Brotli may be sent."""
GZIP = (
    f"{_named(_ALSO_GZIP, _SOME)}"
    f"|^(?=.*{_named('[*]', _SOME)})(?=.*{_named('identity', _NONE)})(?!.*{_named(_ALSO_GZIP, _NONE)})"
)
"""Finds that gzip may be sent: it is named, or anything may be sent but the file as it is."""
