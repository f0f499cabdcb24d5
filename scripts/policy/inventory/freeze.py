"""An inventory as canonical JSON: the form in which a version keeps it."""

import json
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from policy.findings import Finding
from policy.inventory.explain import explain, shown
from policy.inventory.model import Inventory

_RESTORE = "The file is evidence and is never typed by hand. Put it back with: git checkout -- "


def to_json(inventory: Inventory) -> str:
    """The same text for the same inventory, whatever order its keys were typed in.

    Keys are sorted, what is not stated is left out, and the text ends in a line end.
    """
    data = inventory.model_dump(mode="json", exclude_none=True)
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def from_json(text: str, shown_as: str, findings: list[Finding]) -> Inventory | None:
    """The inventory that a text holds, or None after adding what is wrong to the findings."""
    twice: list[str] = []
    try:
        json.loads(text, object_pairs_hook=lambda pairs: _noting_twice(pairs, twice))
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
        return Inventory.model_validate_json(text)
    except ValidationError as error:
        findings += explain(error, Inventory, "", shown_as)
        return None


def digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, such as `sha256:9f86…`, in small hexadecimal digits."""
    return f"sha256:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _noting_twice(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        twice += sorted({name for name in names if names.count(name) > 1})
    return table
