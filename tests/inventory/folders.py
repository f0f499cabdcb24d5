"""Inventories to try things on: a small valid one, and changes of its text."""

from collections.abc import Iterable
from pathlib import Path

from policy.findings import Finding
from policy.inventory.check import check_texts, read_checked
from policy.inventory.model import Inventory

TINY = Path(__file__).parent / "tiny"

_TEXTS = {path.relative_to(TINY).as_posix(): path.read_text("utf-8") for path in sorted(TINY.rglob("*.toml"))}

Change = tuple[str, str, str]
"""A file, a text that stands in it once, and what comes in its place; an empty text makes a new file."""


def tiny_texts(changes: Iterable[Change] = ()) -> dict[str, str]:
    """The texts of the small inventory by path in its folder, with changes."""
    texts = dict(_TEXTS)
    for file, old, new in changes:
        if not old:
            texts[file] = new
            continue
        assert texts[file].count(old) == 1, f"{file} holds {old!r} {texts[file].count(old)} times"
        texts[file] = texts[file].replace(old, new)
    return texts


def tiny_inventory(changes: Iterable[Change] = ()) -> Inventory:
    """The value of the small inventory with changes that keep it valid."""
    inventory, findings = check_texts(tiny_texts(changes))
    assert inventory is not None, findings
    return inventory


def write(folder: Path, texts: dict[str, str]) -> Path:
    """The texts as files of a folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return folder


def said(folder: Path) -> list[str]:
    """What an editor reads about the inventory in a folder."""
    return sentences(read_checked(folder)[1])


def sentences(findings: Iterable[Finding]) -> list[str]:
    """Findings as an editor reads them."""
    return [str(finding) for finding in findings]
