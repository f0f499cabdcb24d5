"""The inventory as it speaks another language: the same facts, other sentences."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from policy.inventory import model
from policy.inventory.model import OWN_LANGUAGE, Inventory
from policy.inventory.translation import Translation

SPOKEN: dict[type[BaseModel], tuple[str, ...]] = {
    model.Address: ("note",),
    model.Security: ("measures",),
    model.DataCategory: ("name",),
    model.Activity: ("name", "purpose", "interest", "consequence", "source", "retention"),
    model.AutomatedDecisions: ("explanation",),
    model.Category: ("name", "sentence"),
    model.Purpose: ("exemption_reason",),
    model.Transfer: ("copy_of_safeguards",),
    model.Recipient: ("parent", "task"),
    model.Service: ("description", "sends"),
    model.StorageItem: ("description", "lifetime_reason"),
}
"""What readers are told in sentences, by class; the words of purposes stand with the consent question."""

NAMES: dict[type[BaseModel], tuple[str, ...]] = {model.Service: ("name",), model.Stated: ("value",)}
"""What may have other words in another language, and need not."""


def translation_in(inventory: Inventory, language: str) -> Translation | None:
    """The sentences in a language, or None where nobody wrote them."""
    return next((one for one in inventory.translations if one.language == language), None)


Spoken = dict[tuple[int, int], tuple[Any, Any, Any]]
"""Tables in another language, by the table and the translation: what inventories share is said once."""


def in_language(inventory: Inventory, language: str, known: Spoken | None = None) -> Inventory:
    """The same inventory with its sentences in a language; what has no translation stays as it is.

    Tables in `known` are not said again, and new ones are added to it.
    """
    translation = translation_in(inventory, language)
    if language == OWN_LANGUAGE or translation is None:
        return inventory
    known = {} if known is None else known
    said = _tables_said(inventory, translation, known)
    notice = next((notice for notice in inventory.notices if notice.language == language), None)
    purposes = tuple(_purpose_said(purpose, notice, known) for purpose in said.purposes)
    spoken: Inventory = said.model_copy(update={"purposes": purposes})
    return spoken


def _purpose_said(purpose: model.Purpose, notice: model.Notice | None, known: Spoken) -> model.Purpose:
    """A purpose in the words that the consent question has for it."""
    if notice is None or purpose.id not in notice.purposes:
        return purpose
    key = (id(purpose), id(notice))
    if key not in known:
        words = notice.purposes[purpose.id]
        known[key] = (purpose, notice, purpose.model_copy(update={"name": words.name, "sentence": words.sentence}))
    said: model.Purpose = known[key][2]
    return said


def _tables_said(inventory: Inventory, translation: Translation, known: Spoken) -> Inventory:
    def table(value: Any) -> Any:
        key = (id(value), id(translation))
        if key not in known:
            said = _said(value, lambda text: translation.texts.get(text, text))
            known[key] = (value, translation, said)  # what is named by its id must stay where it is
        return known[key][2]

    update = {}
    for name in ("controller", "processing", "categories", "purposes", "recipients", "services"):
        value = getattr(inventory, name)
        update[name] = tuple(map(table, value)) if isinstance(value, tuple) else table(value)
    spoken: Inventory = inventory.model_copy(update=update)
    return spoken


def sentences(value: Any) -> Iterator[str]:
    """Every sentence that needs words in another language, as often as it is said."""
    yield from _texts(value, SPOKEN)


def names(value: Any) -> Iterator[str]:
    """Every name that may have other words in another language."""
    yield from _texts(value, NAMES)


def _texts(value: Any, table: dict[type[BaseModel], tuple[str, ...]]) -> Iterator[str]:
    if isinstance(value, tuple):
        for part in value:
            yield from _texts(part, table)
    elif isinstance(value, BaseModel):
        for key in table.get(type(value), ()):
            said = getattr(value, key)
            yield from said if isinstance(said, tuple) else [said] if said else []
        for key in type(value).model_fields:
            yield from _texts(getattr(value, key), table)


def _said(value: Any, say: Callable[[str], str]) -> Any:
    """The value with its sentences said; parts that say nothing stay the same objects."""
    if isinstance(value, tuple):
        parts = tuple(_said(part, say) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if not isinstance(value, BaseModel):
        return value
    update: dict[str, Any] = {}
    for key in type(value).model_fields:
        old = getattr(value, key)
        new = _said(old, say)
        if key in SPOKEN.get(type(value), ()) or key in NAMES.get(type(value), ()):
            new = tuple(map(say, old)) if isinstance(old, tuple) else say(old) if old else old
        if new is not old:
            update[key] = new
    return value.model_copy(update=update) if update else value
