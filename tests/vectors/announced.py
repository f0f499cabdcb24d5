"""Announced inventories to try terms on: that of the demonstration, with changes of its text."""

from functools import cache
from pathlib import Path

from policy.inventory.check import check_texts
from policy.inventory.model import Inventory
from tests.inventory.folders import Change

FOLDER = Path(__file__).parents[1] / "demo/inventory"
_TEXTS = {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in sorted(FOLDER.rglob("*.toml"))}


@cache
def announced(*changes: Change) -> Inventory:
    """The demonstration's inventory after changes, each of a text that stands once in its file."""
    texts = dict(_TEXTS)
    for file, old, new in changes:
        assert texts[file].count(old) == 1, f"{file} holds {old!r} {texts[file].count(old)} times"
        texts[file] = texts[file].replace(old, new)
    inventory, findings = check_texts(texts, "tests/demo/inventory", rules=False)
    assert inventory, "\n".join(str(finding) for finding in findings)
    return inventory


def without(kind: str, id: str) -> Inventory:
    """The demonstration without one of its things; a service that goes runs on no website either."""
    inventory = announced()
    websites = tuple(
        one.model_copy(update={"services": tuple(service for service in one.services if service != id)})
        for one in inventory.websites
    )
    inventory = inventory.model_copy(update={"websites": websites})
    return inventory.model_copy(update={kind: tuple(one for one in getattr(inventory, kind) if one.id != id)})
