"""Regular expressions that find in the consent cookie what was granted; the form is that of `consent_js/record.js`.

Python and the PCRE of Apache read them alike. After its `2` a record is acts of seven fields each:
number, minute, method, text, and three lists of codes (granted, refused, withdrawn).
"""

from collections.abc import Iterable

_METHOD = "(?:all|none|some|one)"
_LIST = "[.](?:[0-9a-z]{4})*"
_ACT = f"[.][0-9]{{1,6}}[.][0-9a-z]{{1,6}}[.]{_METHOD}[.][0-9a-f]{{8}}{_LIST}{_LIST}{_LIST}"

RECORD = f"(?:^|; )consent=(2(?:{_ACT})+)(?:; |$)"
"""Finds, in the `Cookie` header, a record of the right form from end to end; group 1 is the record."""

SECOND = "(?:^|; )consent=.*; consent="
"""Finds that the browser holds two records: which of them is newer is more than a regular expression can tell."""

# From here on a record is known to have the right form, so that a field is whatever stands up to the next dot.
_FIELD = "(?:[.][^.]*+)"
_ACTS = f"(?:{_FIELD}{{7}})*?"
_IN_LIST = "[.](?:[^.]{4})*?"


def grants(code: str, since: int, purposes: Iterable[str], number: int) -> str:
    """Finds in a record that a service was granted under the terms of `since` or later, and each of its purposes.

    `number` is that of the inventory the website runs under now. A yes under a higher number is a yes to terms that
    this website does not know, and does not count. Nor does a yes to what is refused or withdrawn in another act:
    the module writes each code once, so a record with such a code is none of its own.
    """
    needed = [(code, since), *((purpose, 0) for purpose in purposes)]
    return "^2" + "".join(_granted(one, least, number) for one, least in needed)


def _granted(code: str, least: int, most: int) -> str:
    number = f"[.](?={_at_least(least)}[.])(?!{_at_least(most + 1)}[.])[0-9]+"
    granted = f"{_ACTS}{number}{_FIELD}{{3}}{_IN_LIST}{code}"
    not_granted = f"{_ACTS}{_FIELD}{{5}}{_FIELD}?{_IN_LIST}{code}"
    return f"(?={granted})(?!{not_granted})"


def _at_least(least: int) -> str:
    """The decimal numbers from this one on, with or without zeros before them."""
    digits = str(least)
    same_length = [
        f"{digits[:place]}[{int(digit) + 1}-9]" + "[0-9]" * (len(digits) - place - 1)
        for place, digit in enumerate(digits)
        if digit != "9"
    ]
    return f"0*(?:{'|'.join([digits, *same_length])}|[1-9]{'[0-9]' * len(digits)}[0-9]*)"
