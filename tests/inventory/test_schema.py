"""The schemas that editors' tools read are fresh, and never stricter than the reader."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from policy.inventory.check import check_texts
from policy.inventory.schema import schemas
from tests.inventory.folders import tiny_texts
from tests.inventory.test_errors import CASES
from tests.inventory.test_properties import NAMES, TRIES, VALUES

REAL = Path(__file__).parents[2] / "docs" / "inventory"
VALIDATORS = {name: Draft7Validator(json.loads(text)) for name, text in schemas().items()}
SCHEMA_OF = {"services": "service", "websites": "website", "notice": "notice", "translation": "translation"}


def _schema(name: str) -> str:
    part = name.split("/")[0]
    return f"{SCHEMA_OF.get(part, part.removesuffix('.toml'))}.schema.json"


def _objections(name: str, text: str) -> list[str]:
    """What the schema says; dates are texts to it, as they are to Taplo."""
    data = json.loads(json.dumps(tomllib.loads(text), default=lambda value: value.isoformat()))
    return [error.message for error in VALIDATORS[_schema(name)].iter_errors(data)]


@pytest.mark.parametrize("name", schemas())
def test_a_committed_schema_is_fresh(name: str):
    committed = (REAL / "schema" / name).read_text("utf-8")
    assert committed == schemas()[name], "Write it anew with: policy inventory schema"


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_a_schema(name: str):
    Draft7Validator.check_schema(json.loads(schemas()[name]))
    assert "null" not in schemas()[name]


@pytest.mark.parametrize("path", sorted(REAL.rglob("*.toml")), ids=lambda path: path.relative_to(REAL).as_posix())
def test_a_real_file_names_its_schema_and_fits_it(path: Path):
    text = path.read_text("utf-8")
    first, name = text.split("\n")[0], path.relative_to(REAL).as_posix()
    assert (path.parent / first.removeprefix("#:schema ")).resolve() == REAL / "schema" / _schema(name)
    assert _objections(name, text) == []


@pytest.mark.parametrize("case", CASES)
def test_what_the_schema_finds_the_reader_finds(case: dict):
    texts = tiny_texts(case["change"])
    _, findings = check_texts(texts)
    found = {finding.file.removeprefix("docs/inventory/") for finding in findings}
    for name, text in texts.items():
        try:
            objections = _objections(name, text)
        except (tomllib.TOMLDecodeError, ValueError, RecursionError):
            continue
        assert not objections or name in found


@TRIES
@given(st.sampled_from(NAMES), st.data())
def test_the_schema_is_never_stricter(name: str, data: st.DataObject):
    document = tomllib.loads(tiny_texts()[name])
    place = document
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(VALUES.filter(lambda value: not isinstance(value, date)))
    text = tomlkit.dumps(document)
    if _objections(name, text):
        inventory, _ = check_texts({**tiny_texts(), name: text})
        assert inventory is None
