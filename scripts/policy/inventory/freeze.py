"""An inventory as canonical JSON: the form in which a version keeps it."""

import json
from hashlib import sha256
from typing import Any

from pydantic import BaseModel, ValidationError

from policy.findings import Finding
from policy.inventory.explain import explain, shown
from policy.inventory.model import Category, Inventory, Notice, Purpose, Recipient, Service, Translation, Website

_TABLES: dict[str, type[BaseModel]] = {
    "categories": Category,
    "purposes": Purpose,
    "recipients": Recipient,
    "services": Service,
    "websites": Website,
    "notices": Notice,
    "translations": Translation,
}
_WHOLE = ("controller", "processing")
_RESTORE = "The file is evidence and is never typed by hand. Put it back with: git checkout -- "


def to_json(inventory: Inventory) -> str:
    """The same text for the same inventory, whatever order its keys were typed in.

    Keys are sorted, what is not stated is left out, and the text ends in a line end.
    """
    data = inventory.model_dump(mode="json", exclude_none=True)
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


Parts = dict[str, BaseModel]
"""Tables of frozen inventories by their JSON, so that inventories that hold the same table share it."""


def from_json(text: str, shown_as: str, findings: list[Finding], known: Parts | None = None) -> Inventory | None:
    """The inventory that a text holds, or None after adding what is wrong to the findings.

    Tables that are in `known` already are not read again, and new ones are added to it.
    """
    twice: list[str] = []
    try:
        data = json.loads(text, object_pairs_hook=lambda pairs: _noting_twice(pairs, twice))
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg.lower()}. {_RESTORE}{shown_as}"
        findings.append(Finding(message, shown_as, error.lineno))
        return None
    except (RecursionError, ValueError):
        findings.append(Finding(f"This is not the JSON of an inventory. {_RESTORE}{shown_as}", shown_as))
        return None
    findings += [
        Finding(f"The key {shown(key)} stands twice in one table. {_RESTORE}{shown_as}", shown_as) for key in twice
    ]
    if twice:
        return None
    try:
        return _sharing(data, known) if known is not None else Inventory.model_validate_json(text)
    except ValidationError as error:
        findings += explain(error, Inventory, "", shown_as)
        return None


def _sharing(data: Any, known: Parts) -> Inventory:
    """The inventory of data whose tables are shared; ValidationError where it is none."""
    try:
        return Inventory.model_validate({key: _shared(key, value, known) for key, value in data.items()})
    except (ValidationError, AttributeError):
        return Inventory.model_validate_json(json.dumps(data))  # whose errors name the place in the whole


def _shared(key: str, value: Any, known: Parts) -> Any:
    """The tables of one key of an inventory; what is no table, or none that we know, stays as it is."""
    model = _TABLES.get(key)
    if model is None or not isinstance(value, list):
        return _table(Inventory.model_fields[key].annotation, value, known) if key in _WHOLE else value
    return tuple(_table(model, one, known) for one in value)


def _table(model: Any, value: Any, known: Parts) -> Any:
    text = json.dumps(value, sort_keys=True)
    key = f"{model.__name__} {text}"
    if key not in known:
        known[key] = model.model_validate_json(text)
    return known[key]


def digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, such as `sha256:9f86…`, in small hexadecimal digits."""
    return f"sha256:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _noting_twice(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        twice += sorted({name for name in names if names.count(name) > 1})
    return table
