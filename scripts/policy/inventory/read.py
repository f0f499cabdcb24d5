"""Reading the inventory: TOML texts in, an inventory or every problem out."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ValidationError

from policy.findings import Finding
from policy.inventory.explain import explain, shown
from policy.inventory.files import FOLDER, load
from policy.inventory.locate import line_of
from policy.inventory.model import (
    Controller,
    Inventory,
    Notice,
    Processing,
    Purposes,
    Recipients,
    Service,
    Translation,
    Website,
)
from policy.inventory.syntax import not_toml

FILES: dict[str, type[BaseModel]] = {
    "controller.toml": Controller,
    "processing.toml": Processing,
    "purposes.toml": Purposes,
    "recipients.toml": Recipients,
}
FOLDERS: dict[str, type[BaseModel]] = {
    "services": Service,
    "websites": Website,
    "notice": Notice,
    "translation": Translation,
}
NAME_KEY = {"services": "id", "websites": "id", "notice": "language", "translation": "language"}
"""The key that a file's name gives, by folder; it may not stand in the file."""

_DEEPEST = 20


def read_inventory(folder: Path, shown_as: str = FOLDER) -> tuple[Inventory | None, list[Finding]]:
    """The inventory in a folder, and every problem found; the inventory is None if there is any.

    `shown_as` is the folder's name in the findings. Rules that hold across files are in `check`,
    which has `read_checked` for both at once.
    """
    texts, findings = load(folder, shown_as, FILES, FOLDERS)
    values, wrong = parse_all(texts, shown_as)
    findings += wrong
    return (None if findings else assemble(values)), findings


def parse_all(texts: Mapping[str, str], shown_as: str = FOLDER) -> tuple[dict[str, Any], list[Finding]]:
    """The values of the files that are sound, and the problems of the others.

    Files go by their path in the inventory's folder, such as `services/hotjar.toml`.
    """
    findings: list[Finding] = []
    values = {
        name: parse(text, FILES.get(name) or FOLDERS[PurePosixPath(name).parent.name], f"{shown_as}/{name}", findings)
        for name, text in texts.items()
    }
    return {name: value for name, value in values.items() if value is not None}, findings


def assemble(values: Mapping[str, Any]) -> Inventory:
    """An inventory of the values of its files; what is not there is left empty, or None.

    So the rules can be tried on the files that could be read.
    """
    purposes, recipients = values.get("purposes.toml"), values.get("recipients.toml")
    return Inventory.model_construct(
        controller=values.get("controller.toml"),
        processing=values.get("processing.toml"),
        categories=purposes.categories if purposes else (),
        purposes=purposes.purposes if purposes else (),
        recipients=recipients.recipients if recipients else (),
        services=_in_folder(values, "services"),
        websites=_in_folder(values, "websites"),
        notices=_in_folder(values, "notice"),
        translations=_in_folder(values, "translation"),
        confirm=None,
    )


def parse(text: str, model: type[BaseModel], shown_as: str, findings: list[Finding]) -> Any:
    """TOML text as a value of its model, or None after adding what is wrong to the findings."""
    file = PurePosixPath(shown_as)
    key = NAME_KEY.get(file.parent.name, "")
    try:
        data = tomllib.loads(text)
        if _too_deep(data):
            raise RecursionError
        given = json.dumps({key: file.stem} | data if key else data, default=_as_text)
    except (ValueError, RecursionError) as error:
        findings.append(not_toml(error, text, shown_as))
        return None
    if key in data:
        message = f"{shown(key)} is not written here: the file's name is the {key}. Remove the key."
        findings.append(Finding(message, shown_as, line_of(text, (key,)), key))
        return None
    try:
        return model.model_validate_json(given)
    except ValidationError as error:
        findings += [_about_the_name(finding, key) for finding in explain(error, model, text, shown_as, not_here=key)]
        return None


def _about_the_name(finding: Finding, key: str) -> Finding:
    if not key or finding.path != key:
        return finding
    return replace(finding, message=f"The file's name is the {key}. {finding.message}", line=None, path="")


def _in_folder(values: Mapping[str, Any], folder: str) -> tuple[Any, ...]:
    names = [name for name in values if name.startswith(folder + "/")]
    return tuple(values[name] for name in sorted(names, key=lambda name: name.removesuffix(".toml")))


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(_DEEPEST):
        level = [
            part
            for value in level
            if isinstance(value, dict | list)
            for part in (value.values() if isinstance(value, dict) else value)
        ]
    return bool(level)
