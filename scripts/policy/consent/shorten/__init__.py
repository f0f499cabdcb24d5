"""Linked code as small as a browser needs it: short names, unused parts left out, and no space to read by.

Nothing here guesses: code is read into a tree by a parser, each name is followed to where it is declared, and what is
not understood is refused. `decisions/0002` has the numbers.
"""

from collections.abc import Iterable
from functools import cache

from policy.consent.shorten.names import give_short_names, scopes_of
from policy.consent.shorten.savings import save
from policy.consent.shorten.text import text_of
from policy.consent.shorten.tree import read


def shorten(code: str, keep: Iterable[str]) -> str:
    """The code with all that `keep`, the names that others call it by, needs; those names stay as they are."""
    return _short(code, frozenset(keep))


@cache
def _short(code: str, kept: frozenset[str]) -> str:
    """Once for each code: a part is the same code for every website and language, with other data."""
    program = read(code)
    save(program, kept)
    give_short_names(scopes_of(program), kept)
    return text_of(program)
