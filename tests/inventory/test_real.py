"""The real inventory, as it stands in this folder."""

from pathlib import Path

from policy.inventory.check import read_checked
from policy.inventory.freeze import from_json, to_json

REAL = Path(__file__).parents[2] / "docs" / "inventory"


def test_the_real_inventory_is_sound():
    _, findings = read_checked(REAL)
    assert [str(finding) for finding in findings] == []


def test_the_real_inventory_freezes():
    inventory, _ = read_checked(REAL)
    assert inventory is not None
    assert from_json(to_json(inventory), "frozen", []) == inventory
