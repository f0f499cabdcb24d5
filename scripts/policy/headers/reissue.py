"""The visitor's record once more, set by the server: Safari keeps what a script sets for a week only.

`decisions/0016` tells why it is sent back when it is, and what keeps an older record from taking the place of a newer.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

TERM = timedelta(days=182)
"""How long a record counts, as in `consent_js/decision.js`."""

CAP = timedelta(days=7)
"""How long Safari keeps a cookie that a script set. What is older has been set by a server before, or needs it not."""

LONGEST = 1024
"""Letters of a record that is sent back; the answers about some 240 services and purposes."""

_ATTRIBUTES = "; Expires=%{GUARD_UNTIL}e; Path=/; SameSite=Lax; Secure"  # what consent_js/keep.js writes
LONGEST_HEADER = len("Set-Cookie: consent=") + LONGEST + len(_ATTRIBUTES) + 20
"""Bytes that the header may take, with its date."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_UNIT = timedelta(minutes=36**2)
"""What the third digit counts of a minute in five digits of base 36, as every minute from 1973 to 2084 is written."""
_SPANS = ("[0-8]", "[9a-h]", "[i-q]", "[r-z]")
_SPAN = 9 * _UNIT
"""Eight days: all records of a span lapse together, half a year after it began."""
_AHEAD = 6
"""Months for which a build knows the spans to come. After that a choice is as short-lived in Safari as without it."""
_PER_MONTH = len(_SPANS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 36 * 36 * _PER_MONTH
"""The span in which five digits no longer suffice, in 2084."""
_MARGIN = timedelta(days=1)  # Apache tells the time of its own zone

_LAST_MINUTE = f"^(?=.{{1,{LONGEST}}}$).*[.]([0-9a-z]{{5}})(?:[.][^.]*){{5}}$"
"""The minute of the last act, which is the newest: from it on the module reckons the cookie's half year."""

HEADER = (
    f'Header always add Set-Cookie "consent=%{{GUARD_RECORD}}e{_ATTRIBUTES}" "expr='
    "-n reqenv('GUARD_UNTIL') && %{REQUEST_STATUS} == 200 && %{CONTENT_TYPE} =~ /html/ "
    "&& req_novary('Sec-Fetch-Dest') == 'document' && -z req_novary('Sec-Purpose') "
    "&& ! resp('Cache-Control') =~ /public|s-maxage/\""
)
"""Only with a page that the visitor opens, and that is no answer for everybody.

A browser tells `Sec-Fetch-Dest` over a secure connection only, and no script can. The consent module runs on that page
first of all, and finds out whether the record is still the newest.
"""


def is_reissued(origin: str, shared_domain: str | None) -> bool:
    """Whether the record of a website is sent back: over HTTPS, and where no other website may change it meanwhile."""
    return origin.startswith("https://") and not shared_domain


def variables(day: date) -> Iterator[str]:
    """The lines that set `GUARD_UNTIL`, the day on which a young record lapses; for a build of this day.

    They are the same for all days of a month of 32.4 days.
    """
    month = (datetime(day.year, day.month, day.day, tzinfo=UTC) - _EPOCH) // (_PER_MONTH * _SPAN)
    yield "# The record again, as the server's own cookie: a browser may keep a script's for a week only."
    yield f"SetEnvIfExpr \"reqenv('GUARD_RECORD') =~ /{_LAST_MINUTE}/\" GUARD_MINUTE=$1"
    yield "# Which records are young, and when they lapse: half a year after the choice, at most eight days less."
    for span in range(month * _PER_MONTH - 2, min((month + 1 + _AHEAD) * _PER_MONTH, _LAST)):
        yield _line(span)


def _line(span: int) -> str:
    month, part = divmod(span, _PER_MONTH)
    begins = _EPOCH + span * _SPAN
    young = f"%{{TIME}} > '{_day(begins - _MARGIN)}' && %{{TIME}} < '{_day(begins + _SPAN + CAP + 2 * _MARGIN)}'"
    minute = f"^{_DIGITS[month // 36]}{_DIGITS[month % 36]}{_SPANS[part]}"
    until = format_datetime(begins + TERM, usegmt=True)
    return f'SetEnvIfExpr "reqenv(\'GUARD_MINUTE\') =~ /{minute}/ && {young}" "GUARD_UNTIL={until}"'


def _day(moment: datetime) -> str:
    """The day as Apache's `TIME` begins."""
    return f"{moment:%Y%m%d}"
