"""How much a run of the tests tries: each rule once, or with `--long` every case of it."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

LONG = "long"
"""The mark of what only runs with `--long`, and the name of Hypothesis's profile then."""


def tries(usual: int, long: int) -> settings:
    """How many examples Hypothesis makes; no deadline, as how long one takes depends on who else uses the machine."""
    return settings(max_examples=long if settings.get_current_profile_name() == LONG else usual, deadline=None)


def only_long(cases: Iterable[Any]) -> list[Any]:
    """Further cases for `parametrize`, which prove once more what the usual ones prove; a tuple is one case."""
    return [pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long) for case in cases]
