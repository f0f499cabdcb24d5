"""The commands, as an editor types them; their output fits a terminal and a pipe."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policy.context import Context
from policy.inventory.commands import inventory
from policy.inventory.freeze import to_json
from policy.inventory.schema import schemas
from tests.inventory.folders import tiny_inventory, tiny_texts, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project folder with the small inventory."""
    write(tmp_path / "docs" / "inventory", tiny_texts())
    return tmp_path


def _run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(inventory, words, obj=Context(root=root, day=date(2026, 11, 22)))


def _lines(result: Result) -> list[str]:
    assert result.exception is None, result.exception
    assert "\x1b" not in result.output
    assert max(map(len, result.output.splitlines())) <= 80
    return [" ".join(line.split()) for line in result.output.splitlines() if line.strip(" ─")]


def test_list(root: Path):
    lines = _lines(_run(root, "list"))
    assert lines[:3] == [
        "Service Recipient Purposes Items Websites",
        "consent-record controller remember-choice 1 main",
        "counter counter counting 2 main",
    ]
    assert lines[-1] == "Add one with: policy inventory add NAME --website ID"


def test_list_for_programs(root: Path):
    assert json.loads(_run(root, "list", "--json").output) == [
        {"id": "consent-record", "name": "Cookiekeuze", "websites": ["main"]},
        {"id": "counter", "name": "Counter", "websites": ["main"]},
    ]


def test_show(root: Path):
    assert _lines(_run(root, "show", "counter")) == [
        "Counter: Telt bezoek.",
        "Recipient: counter. Purposes: counting.",
        "Websites: main. Loads: page. Checked: 2026-11-22.",
        "Hosts, script: cdn.counter.example",
        "Item Kind Host Purpose Lifetime",
        "visitor_* cookie site counting 13 months",
        "visit session-storage site counting session",
    ]


def test_show_of_nothing(root: Path):
    result = _run(root, "show", "countr")
    assert str(result.exception) == (
        "'countr' is not a service. Did you mean 'counter'? Services: consent-record, counter."
    )


def test_questions(root: Path):
    assert _lines(_run(root, "questions")) == [
        "docs/inventory/controller.toml",
        "legal_form: Which legal form?",
        "1 questions are open. Answered one? Mend the fact and remove its `confirm`.",
    ]


def test_questions_for_programs(root: Path):
    assert json.loads(_run(root, "questions", "--json").output) == [
        {"file": "docs/inventory/controller.toml", "path": "legal_form", "question": "Which legal form?"}
    ]


def test_export_is_the_frozen_form(root: Path):
    assert _run(root, "export").output == to_json(tiny_inventory())


def test_add_and_retire(root: Path):
    assert _lines(_run(root, "add", "vimeo", "--website", "main"))[:2] == [
        "Written:",
        "docs/inventory/services/vimeo.toml",
    ]
    assert _lines(_run(root, "retire", "vimeo", "--as-of", "2026-12-01")) == [
        "Written:",
        "docs/inventory/services/vimeo.toml",
        "docs/inventory/websites/main.toml",
    ]
    assert "retired 2026-12-01" in " ".join(_lines(_run(root, "list")))
    assert "retired = 2026-12-01" in (root / "docs/inventory/services/vimeo.toml").read_text()


def test_schemas_are_written(root: Path):
    _lines(_run(root, "schema"))
    folder = root / "docs" / "inventory" / "schema"
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == schemas()


def test_problems_stop_a_command(root: Path):
    (root / "docs/inventory/controller.toml").unlink()
    result = _run(root, "list")
    assert str(result.exception) == (
        "docs/inventory/controller.toml: The file is missing. "
        "Put it back with: git checkout -- docs/inventory/controller.toml"
    )
