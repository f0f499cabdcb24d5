"""What every command is about: a project folder, a day, and the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


def _no_clock() -> datetime:
    raise RuntimeError("Only cli.py reads the clock, and this context was made elsewhere.")


@dataclass(frozen=True, slots=True)
class Context:
    """`root` is the project's folder, the one that holds docs/; `day` the day that the answers are about.

    `now` gives the time in UTC, for what is written down as having happened.
    """

    root: Path
    day: date
    now: Callable[[], datetime] = _no_clock
