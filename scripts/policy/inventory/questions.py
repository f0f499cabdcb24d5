"""The open questions, with the file and the key where each answer belongs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policy.inventory.files import FOLDER
from policy.inventory.model import Fact, Inventory

_FILES = {
    "controller": "controller.toml",
    "processing": "processing.toml",
    "categories": "purposes.toml",
    "purposes": "purposes.toml",
    "recipients": "recipients.toml",
}
_FOLDERS = {"services": "services", "websites": "websites", "notices": "notice"}


@dataclass(frozen=True, slots=True)
class Question:
    """What LEIZ must answer: the file as an editor knows it, the key path in it, and the question."""

    file: str
    path: str
    text: str


def questions(inventory: Inventory) -> list[Question]:
    """Every open question, in the order of the files."""
    found: list[Question] = []
    for part in type(inventory).model_fields:
        value = getattr(inventory, part)
        if part in _FOLDERS:
            for fact in value:
                name = getattr(fact, "id", None) or fact.language
                found += _in(fact, f"{FOLDER}/{_FOLDERS[part]}/{name}.toml", "")
        elif part in _FILES:
            found += _in(value, f"{FOLDER}/{_FILES[part]}", part if isinstance(value, tuple) else "")
    return found


def _in(value: Any, file: str, path: str) -> Iterator[Question]:
    if isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _in(part, file, f"{path}[{getattr(part, 'id', None) or index}]")
    elif isinstance(value, Fact):
        if value.confirm:
            yield Question(file, path, value.confirm)
        for name in type(value).model_fields:
            yield from _in(getattr(value, name), file, f"{path}.{name}" if path else name)
