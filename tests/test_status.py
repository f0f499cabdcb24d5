"""What an editor reads about where things stand."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from policy.site.source import Source
from policy.status import status_report
from policy.versions.model import PolicyVersion, Timeline
from tests.inventory.folders import Change
from tests.vectors.announced import announced
from tests.versions.changes import COUNTER, RECIPIENTS, VISITS

DAY = date(2027, 2, 1)
IN_FORCE = PolicyVersion(
    number=1,
    change_class="substantive",
    announced=date(2026, 11, 24),
    in_force=date(2027, 1, 1),
    inventory=announced(),
)


def told(*changes: Change) -> list[str]:
    """The lines of the report about what differs from the version in force."""
    source = Source(root=Path(), day=DAY, timeline=Timeline((IN_FORCE,)), working=announced(*changes))
    console = Console(file=StringIO(), width=140)
    for part in list(status_report(source))[2:]:
        console.print(part)
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().strip().splitlines()]


def test_an_inventory_that_says_the_same_asks_nothing() -> None:
    assert told() == ["The inventory is that of version 1 (in force). Consequence: nothing."]


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        (
            [(VISITS, 'lifetime = "30 minutes"', 'lifetime = "29 minutes"')],
            [
                "The inventory differs from version 1 (in force): 1 difference. Consequence: editorial.",
                "difference                                                       consequence",
                "Eigen meting: keeps visits_id shorter (30 minutes → 29 minutes)  editorial",
            ],
        ),
        (
            [
                (VISITS, 'lifetime = "30 minutes"', 'lifetime = "29 minutes"'),
                (RECIPIENTS, '[[recipients]]\nid = "friends"', '[[recipients]]\nid = "friends"\nparent = "F"'),
                (COUNTER, 'lifetime = "2 years"', 'lifetime = "3 years"'),
                ("controller.toml", "opens = false", "opens = true"),
            ],
            [
                "The inventory differs from version 1 (in force): 4 differences. "
                "Consequence: substantive: asks consent again for counter.",
                "difference                                                       consequence",
                "Counter: keeps uid longer (2 years → 3 years)                    asks consent again",
                "newsletters measure opens now                                    readers are told beforehand",
                "Eigen meting: keeps visits_id shorter (30 minutes → 29 minutes)  editorial",
                "Friends Ltd.: other facts (parent)                               editorial",
            ],
        ),
    ],
    ids=["editorial", "substantive"],
)
def test_an_inventory_that_differs_is_reported_with_its_consequence(changes: list[Change], lines: list[str]) -> None:
    assert told(*changes) == lines
