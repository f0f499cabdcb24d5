"""What was announced stays as it was, and every command says so."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from policy.errors import PolicyError
from policy.inventory.freeze import to_json
from policy.inventory.read import read_inventory
from policy.versions.lock import announce, verify
from policy.versions.read import read_versions
from tests.conftest import DAY, everything

TEXTS = '{"0a1b2c3d": {}}\n'
"""Stands for the texts of the consent modules."""


def findings(project: Path) -> list[str]:
    timeline, wrong = read_versions(project / "docs")
    return [str(finding) for finding in (verify(project / "docs", timeline) if timeline else wrong)]


def test_what_is_committed_holds(project: Path) -> None:
    assert findings(project) == []


def test_a_changed_text_is_told_with_the_way_out(project: Path) -> None:
    with (project / "docs/versies/1/index.md").open("a", encoding="utf-8") as text:
        text.write("\nNog iets.\n")
    assert findings(project) == [
        "docs/versies/1/index.md: This was announced on 2018-05-25 and has changed since. Put it back with: "
        "git checkout -- docs/versies/1/index.md and write the change in a new version."
    ]


def test_a_changed_frozen_inventory_is_told(project: Path) -> None:
    path = project / "docs/versies/2/inventory.json"
    path.write_text(path.read_text("utf-8").replace("13 months", "14 months", 1), "utf-8")
    assert [line.split(":")[0] for line in findings(project)] == ["docs/versies/2/inventory.json"]


def test_line_ends_of_windows_change_nothing(project: Path) -> None:
    path = project / "docs/versies/1/index.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert findings(project) == []


@pytest.mark.parametrize("key", ["announced", "text", "inventory", "previous", "version"])
def test_no_entry_of_the_chain_can_change_alone(project: Path, key: str) -> None:
    path = project / "docs/versies.lock"
    lock = json.loads(path.read_text("utf-8"))
    lock["entries"][0][key] = {"version": 7, "previous": "sha256:0"}.get(key, "2019-01-01")
    path.write_text(json.dumps(lock), "utf-8")
    assert findings(project) != []


def test_a_version_that_is_gone_is_told(project: Path) -> None:
    shutil.rmtree(project / "docs/versies/2")
    assert findings(project) == [
        "docs/versies.lock: Version 2 was announced and is gone. Put it back with: git checkout -- docs/versies/2"
    ]


@pytest.mark.parametrize("content", ["", "[]", '{"entries": 3}', '{"entries": [{}]}', "\x00"])
def test_a_lock_that_cannot_be_read_is_one_sentence(project: Path, content: str) -> None:
    (project / "docs/versies.lock").write_text(content, "utf-8")
    told = findings(project)
    assert len(told) == 1
    assert told[0].startswith("docs/versies.lock: The lock cannot be read")


def working(project: Path):
    inventory, _ = read_inventory(project / "docs/inventory")
    assert inventory is not None
    return inventory


def test_changed_words_of_the_consent_question_are_told(project: Path) -> None:
    path = project / "docs/versies/2/toestemming.json"
    path.write_text(path.read_text("utf-8").replace("Alles weigeren", "Alles afwijzen", 1), "utf-8")
    assert findings(project) == [
        "docs/versies/2/toestemming.json: This was announced on 2026-11-24 and has changed since. Put it back with: "
        "git checkout -- docs/versies/2/toestemming.json and write the change in a new version."
    ]


def third_version(project: Path) -> None:
    text = (project / "docs/versies/2/index.md").read_text("utf-8")
    text = text.replace("announced: 2026-11-24", "announced: 2027-05-01").replace(
        "in_force: 2027-01-01", "in_force: 2027-06-01"
    )
    (project / "docs/versies/3").mkdir()
    (project / "docs/versies/3/index.md").write_text(text, "utf-8")


def test_announcing_freezes_text_and_inventory(project: Path) -> None:
    third_version(project)
    assert findings(project) == [
        "docs/versies/3/index.md: announced: Version 3 has a date of announcement but is not frozen. "
        "Freeze it with: policy announce 3"
    ]
    timeline, _ = read_versions(project / "docs")
    assert timeline is not None
    announce(project / "docs", timeline, 3, working(project), TEXTS, date(2027, 5, 1))
    assert findings(project) == []
    assert (project / "docs/versies/3/inventory.json").read_text("utf-8") == to_json(working(project))
    assert (project / "docs/versies/3/toestemming.json").read_text("utf-8") == TEXTS
    again, _ = read_versions(project / "docs")
    assert again is not None
    newest = again.newest_announced(date(2027, 5, 1))
    assert newest is not None
    assert newest.inventory == working(project)


def test_an_older_version_is_never_announced_again(project: Path) -> None:
    before = (project / "docs/versies.lock").read_bytes()
    timeline, _ = read_versions(project / "docs")
    assert timeline is not None
    with pytest.raises(PolicyError, match="A later version than 1 is announced"):
        announce(project / "docs", timeline, 1, working(project), TEXTS, DAY)
    with pytest.raises(PolicyError, match="There is no version 9"):
        announce(project / "docs", timeline, 9, working(project), TEXTS, DAY)
    assert (project / "docs/versies.lock").read_bytes() == before


def test_a_version_that_readers_know_is_not_announced_again(project: Path) -> None:
    timeline, _ = read_versions(project / "docs")
    assert timeline is not None
    announce(project / "docs", timeline, 2, working(project), TEXTS, DAY)
    with pytest.raises(PolicyError, match="Readers know this version since 2026-11-24"):
        announce(project / "docs", timeline, 2, working(project), TEXTS, date(2026, 11, 25))


def test_removing_the_lock_hides_nothing(project: Path) -> None:
    (project / "docs/versies.lock").unlink()
    assert findings(project) == [
        f"docs/versies.lock: Version {number} was announced and is not in the lock. "
        "Put the lock back with: git checkout -- docs/versies.lock"
        for number in (1, 2)
    ]


def test_nothing_is_announced_on_top_of_a_changed_version(project: Path) -> None:
    third_version(project)
    (project / "docs/versies/1/inventory.json").unlink()
    before = everything(project / "docs")
    timeline, _ = read_versions(project / "docs")
    assert timeline is not None
    with pytest.raises(PolicyError, match="has changed since"):
        announce(project / "docs", timeline, 3, working(project), TEXTS, date(2027, 5, 1))
    assert everything(project / "docs") == before
