"""The frozen form is the same for the same facts, and mistakes in it are told."""

import json

import pytest

from policy.findings import Finding
from policy.inventory.freeze import digest, from_json, to_json
from tests.inventory.folders import sentences, tiny_inventory, tiny_texts

FILE = "docs/versies/2/inventory.json"
RESTORE = f"The file is evidence and is never typed by hand. Put it back with: git checkout -- {FILE}"


def test_the_form_is_canonical():
    text = to_json(tiny_inventory())
    data = json.loads(text)
    assert text == json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert "null" not in text
    assert data["services"][1]["storage"][0]["lifetime"] == "13 months"
    assert "é" in text


def test_the_order_of_keys_does_not_count():
    texts = tiny_texts([("websites/main.toml", 'name = "www.leiz.nl"\n', "")])
    moved = ("websites/main.toml", "", texts["websites/main.toml"] + 'name = "www.leiz.nl"\n')
    assert to_json(tiny_inventory([moved])) == to_json(tiny_inventory())


def test_a_digest_names_its_algorithm():
    assert digest("") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


FROZEN = to_json(tiny_inventory())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{\n", [f"{FILE}:2: This is not JSON: expecting property name enclosed in double quotes. {RESTORE}"]),
        ('{"a": 1, "a": 2}', [f"{FILE}: The key 'a' stands twice in one table. {RESTORE}"]),
        ("[" * 100_000, [f"{FILE}: This is not the JSON of an inventory. {RESTORE}"]),
        (
            FROZEN.replace('"13 months"', '"13 mnd"'),
            [
                f"{FILE}: services[1].storage[0].lifetime: '13 mnd' is not a possible lifetime. Write an amount and a "
                "unit, such as '13 months' or '30 minutes', or 'session', 'until cleared' or 'not stored'."
            ],
        ),
        (
            FROZEN.replace('"role": "processor"', '"rol": "processor"'),
            [
                f"{FILE}: recipients[0].rol: 'rol' is not a known key. Did you mean 'role'? "
                "Known here: confirm, id, name, parent, role, task, country, transfers."
            ],
        ),
    ],
    ids=["broken", "a key twice", "nested too deeply", "a value", "a key"],
)
def test_a_mistake_is_told(text: str, said: list[str]):
    findings: list[Finding] = []
    assert from_json(text, FILE, findings) is None
    assert sentences(findings) == said
