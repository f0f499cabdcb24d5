"""Which keys of a fact differ, leaving out what is no fact: questions for the editor, and the order of names."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from pydantic import BaseModel

from policy.inventory.fields import Lifetime
from policy.versions.facts.difference import Difference, DifferenceKind

_QUESTION = "confirm"
_ORDERED = frozenset({"arguments"})
"""Where the order of names means something: those of a call."""


def by_id(facts: Iterable[Any]) -> dict[str, Any]:
    """The facts by their id."""
    return {fact.id: fact for fact in facts}


def changed_fields(old: BaseModel, new: BaseModel, apart: Collection[str] = ()) -> tuple[str, ...]:
    """The keys whose values differ, in the order of the files, without those that are told apart."""
    if old == new:
        return ()
    keys = [key for key in type(new).model_fields if key != _QUESTION and key not in apart]
    return tuple(key for key in keys if _stated(getattr(old, key)) != _stated(getattr(new, key)))


def added_and_gone(
    old: Mapping[str, Any], new: Mapping[str, Any], added: DifferenceKind, gone: DifferenceKind
) -> Iterator[Difference]:
    """A difference for each id that came, then for each that went."""
    for id in sorted(new.keys() - old.keys()):
        yield Difference(added, id, new[id].name)
    for id in sorted(old.keys() - new.keys()):
        yield Difference(gone, id, old[id].name)


def other_facts(kind: DifferenceKind, old: Any, new: Any, apart: Collection[str] = ()) -> Iterator[Difference]:
    """One difference for all keys that no other kind tells of, if any differs; old and new value where it is one."""
    fields = changed_fields(old, new, apart)
    if fields:
        before, after = (shown(getattr(fact, fields[0])) if len(fields) == 1 else "" for fact in (old, new))
        yield Difference(kind, new.id, new.name, fields=fields, before=before, after=after)


def shown(value: Any) -> str:
    """A value of one thing as the files write it; empty for what has parts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, BaseModel | tuple | dict) else str(value)


def _stated(value: Any) -> Any:
    """A value that can be compared: without questions, and names as a set."""
    if isinstance(value, BaseModel):
        parts = {key: getattr(value, key) for key in type(value).model_fields if key != _QUESTION}
        return {key: part if key in _ORDERED else _stated(part) for key, part in parts.items()}
    if isinstance(value, tuple) and all(isinstance(part, str | Enum | Lifetime) for part in value):
        return frozenset(value)
    return [_stated(part) for part in value] if isinstance(value, tuple) else value
