"""JSON Schema of the inventory's files, made from the model: an editor's tool completes and checks while typing."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from policy.inventory.publishing import Publishing
from policy.inventory.read import FILES, FOLDERS, NAME_KEY

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that Taplo and tombi both know."""

_NAMES = {"services": "service", "websites": "website", "notice": "notice", "translation": "translation"}


def schemas() -> dict[str, str]:
    """The text of each schema by its file name, such as `service.schema.json`."""
    models = {name.removesuffix(".toml"): (model, "") for name, model in FILES.items()}
    models["publishing"] = (Publishing, "")
    models |= {_NAMES[folder]: (model, NAME_KEY[folder]) for folder, model in FOLDERS.items()}
    return {f"{name}.schema.json": _schema(model, key) for name, (model, key) in models.items()}


def _schema(model: type[BaseModel], not_here: str) -> str:
    """The schema of one file; `not_here` is the key that the file's name gives."""
    schema = model.model_json_schema(schema_generator=_Draft7)
    schema = _plain(schema)
    schema["properties"].pop(not_here, None)
    schema["required"] = [key for key in schema["required"] if key != not_here]
    return json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"


class _Draft7(GenerateJsonSchema):
    """References go under `definitions`, as draft 7 calls them; no titles, which only repeat the key."""

    schema_dialect = _DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _plain(schema: Any) -> Any:
    """Without what TOML does not have (null), and with `$defs` as draft 7 names them."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema.replace("#/$defs/", "#/definitions/") if isinstance(schema, str) else schema
    plain = {
        "definitions" if key == "$defs" else key: _plain(value)
        for key, value in schema.items()
        if not (key == "default" and not isinstance(value, str | bool))
        and not (key == "title" and isinstance(value, str))
    }
    choices = [choice for choice in plain.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        plain = choices[0] | {key: value for key, value in plain.items() if key != "anyOf"}
    if "$ref" in plain and len(plain) > 1:
        plain = {"allOf": [{"$ref": plain.pop("$ref")}], **plain}
    return plain
