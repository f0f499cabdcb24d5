"""Every sentence that an editor reads about a mistake, whole; and the way out that it names leads out."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from policy.inventory.check import check_texts
from tests.inventory.folders import sentences, tiny_texts

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent.parent / "golden" / "errors").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def test_the_small_inventory_is_sound():
    inventory, findings = check_texts(tiny_texts())
    assert inventory is not None
    assert findings == []


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_in_a_sentence(case: dict[str, Any]):
    inventory, findings = check_texts(tiny_texts(case["change"]))
    assert sentences(findings) == case["says"]
    assert (inventory is None) is not all(finding.warning for finding in findings)


@pytest.mark.parametrize("case", [case for case in CASES if "mend" in case.values[0]])
def test_the_way_out_leads_out(case: dict[str, Any]):
    inventory, findings = check_texts(tiny_texts([*case["change"], *case["mend"]]))
    assert sentences(findings) == []
    assert inventory is not None
