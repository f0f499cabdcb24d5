"""Where the versions lie on the drawn track: pure arithmetic for the template."""

from dataclasses import dataclass
from datetime import date, timedelta

from policy.versions.model import PolicyVersion, State, Timeline

WIDTH = 100
"""Places and widths are percentages of the drawing, so that its words keep their size on a phone."""


@dataclass(frozen=True, slots=True)
class Block:
    """A version on the track: left edge and width in percent, and its state."""

    version: PolicyVersion
    state: State
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Track:
    """The drawn timeline; `years` and `playhead` are places in percent."""

    blocks: tuple[Block, ...]
    years: tuple[tuple[int, float], ...]
    playhead: float


def track(timeline: Timeline, day: date) -> Track:
    """The track of every announced version, from the first day in force to a year past the last date."""
    known = [v for v in timeline.versions if timeline.state(v, day) is not State.DRAFT and v.in_force]
    if not known:
        return Track((), (), 0)
    start = min(v.in_force for v in known if v.in_force)
    end = max([day, *(v.in_force for v in known if v.in_force)]) + timedelta(days=365)
    span = (end - start).days

    def place(when: date) -> float:
        return round(WIDTH * min(max((when - start).days / span, 0), 1), 2)

    blocks = []
    for version in known:
        assert version.in_force
        last = timeline.last_day(version)
        left, right = place(version.in_force), place(last + timedelta(days=1)) if last else WIDTH
        blocks.append(Block(version, timeline.state(version, day), left, round(right - left, 2)))
    years = tuple((year, place(date(year, 1, 1))) for year in range(start.year + 1, end.year + 1))
    return Track(tuple(blocks), years, place(day))
