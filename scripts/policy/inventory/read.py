"""Reading the inventory: TOML files in, an inventory or every problem out."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from policy.findings import Finding
from policy.inventory.explain import explain
from policy.inventory.locate import line_of
from policy.inventory.model import (
    Controller,
    Inventory,
    Notice,
    Processing,
    Purposes,
    Recipients,
    Service,
    Website,
)

FILES: dict[str, type[BaseModel]] = {
    "controller.toml": Controller,
    "processing.toml": Processing,
    "purposes.toml": Purposes,
    "recipients.toml": Recipients,
}
FOLDERS: dict[str, type[BaseModel]] = {"services": Service, "websites": Website, "notice": Notice}
_NAME_KEY = {"services": "id", "websites": "id", "notice": "language"}


def read_inventory(folder: Path, shown_as: str = "docs/inventory") -> tuple[Inventory | None, list[Finding]]:
    """The inventory in a folder, and every problem found; the inventory is None if there is any.

    `shown_as` is the folder's name in the findings. Rules that hold across files are in `check`.
    """
    findings: list[Finding] = []
    parts: dict[str, Any] = {}
    for name, model in FILES.items():
        parts[name] = read_file(folder / name, model, f"{shown_as}/{name}", findings)
    for name, model in FOLDERS.items():
        paths = sorted((folder / name).glob("*.toml"))
        if not paths:
            findings.append(Finding(_empty(name), f"{shown_as}/{name}"))
        parts[name] = [read_file(path, model, f"{shown_as}/{name}/{path.name}", findings) for path in paths]
    if findings:
        return None, findings
    purposes, recipients = parts["purposes.toml"], parts["recipients.toml"]
    return Inventory(
        controller=parts["controller.toml"],
        processing=parts["processing.toml"],
        categories=purposes.categories,
        purposes=purposes.purposes,
        recipients=recipients.recipients,
        services=tuple(parts["services"]),
        websites=tuple(parts["websites"]),
        notices=tuple(parts["notice"]),
    ), []


def read_file(path: Path, model: type[BaseModel], shown_as: str, findings: list[Finding]) -> Any:
    """One file as a value of its model, or None after adding what is wrong to the findings."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        findings.append(Finding("The file is missing. Put it back with: git checkout -- " + shown_as, shown_as))
        return None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        findings.append(Finding("The file is not UTF-8 text. Save it again with the encoding UTF-8.", shown_as, line))
        return None
    return parse(text, model, shown_as, findings)


def parse(text: str, model: type[BaseModel], shown_as: str, findings: list[Finding]) -> Any:
    """TOML text as a value of its model, or None after adding what is wrong to the findings."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        findings.append(_broken(error, text, shown_as))
        return None
    key = _NAME_KEY.get(Path(shown_as).parent.name)
    if key:
        data.setdefault(key, Path(shown_as).stem)
        if data[key] != Path(shown_as).stem:
            findings.append(
                Finding(
                    f"'{data[key]}' differs from the file's name. Remove the key: the file's name is the {key}.",
                    shown_as,
                    line_of(text, (key,)),
                    key,
                )
            )
            return None
    try:
        return model.model_validate_json(json.dumps(data, default=_as_text))
    except ValidationError as error:
        findings += explain(error, model, text, shown_as)
        return None


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _broken(error: tomllib.TOMLDecodeError, text: str, shown_as: str) -> Finding:
    what, _, place = str(error).rpartition(" (at ")
    line = None
    if place.startswith("line "):
        line = int(place.removeprefix("line ").split(",")[0])
    elif place:
        line = text.count("\n") + 1
    return Finding(f"This is not TOML: {(what or str(error)).rstrip('.')}. Mend that line; a value stands in \"quotes\".", shown_as, line)


def _empty(name: str) -> str:
    if name == "services":
        return "The folder is empty. Add a service with: policy inventory add NAME"
    return f"The folder is empty. Put it back with: git checkout -- docs/inventory/{name}"
