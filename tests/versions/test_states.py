"""When a version applies."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.versions.model import PolicyVersion, State, Timeline

OLD = PolicyVersion(number=1, change_class="substantive", announced=date(2018, 5, 25), in_force=date(2018, 5, 25))
NEW = PolicyVersion(number=2, change_class="substantive", announced=date(2026, 11, 22), in_force=date(2027, 1, 1))
DRAFT = PolicyVersion(number=3, change_class="editorial")
TIMELINE = Timeline((OLD, NEW, DRAFT))


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2018, 5, 24), State.DRAFT, State.DRAFT),
        (date(2018, 5, 25), State.IN_FORCE, State.DRAFT),
        (date(2026, 11, 21), State.IN_FORCE, State.DRAFT),
        (date(2026, 11, 22), State.IN_FORCE, State.ANNOUNCED),
        (date(2026, 12, 31), State.IN_FORCE, State.ANNOUNCED),
        (date(2027, 1, 1), State.SUPERSEDED, State.IN_FORCE),
    ],
)
def test_the_state_follows_from_two_dates(day: date, old: State, new: State) -> None:
    assert (TIMELINE.state(OLD, day), TIMELINE.state(NEW, day), TIMELINE.state(DRAFT, day)) == (old, new, State.DRAFT)


def test_a_version_lasts_until_the_day_before_the_next() -> None:
    assert [TIMELINE.last_day(version) for version in TIMELINE.versions] == [date(2026, 12, 31), None, None]


def test_the_newest_announced_version_counts_before_it_is_in_force() -> None:
    days = (date(2018, 5, 24), date(2026, 11, 21), date(2026, 11, 22), date(2028, 1, 1))
    assert [TIMELINE.newest_announced(day) for day in days] == [None, OLD, NEW, NEW]


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60)), min_size=1, max_size=6), st.integers(-10, 4100))
def test_at_most_one_version_is_in_force_and_none_has_a_gap_after_it(gaps: list[tuple[int, int]], offset: int) -> None:
    start = versions = None
    day, built = date(2018, 1, 1), []
    for number, (gap, lead) in enumerate(gaps, start=1):
        day += timedelta(days=gap + 1)
        start = start or day
        built.append(
            PolicyVersion(
                number=number,
                change_class="editorial",
                announced=day - timedelta(days=min(lead, gap)),
                in_force=day,
            )
        )
    versions = Timeline(tuple(built))
    asked = date(2018, 1, 1) + timedelta(days=offset)
    found = [version for version in versions.versions if versions.state(version, asked) is State.IN_FORCE]
    assert len(found) == (1 if start and asked >= start else 0)
