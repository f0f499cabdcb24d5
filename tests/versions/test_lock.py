"""What was announced stays as it was, and every command says so."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policy.versions.lock import verify
from policy.versions.read import read_versions

KEEP = "and write the change in a new version: policy new."
RESTORE = "Put the lock back with: git checkout -- docs/versies.lock"


def findings(project: Path) -> list[str]:
    timeline, wrong = read_versions(project / "docs")
    return [str(finding) for finding in (verify(project / "docs", timeline) if timeline else wrong)]


def test_what_is_committed_holds(project: Path) -> None:
    assert findings(project) == []


def test_a_changed_text_is_told_with_the_way_out(project: Path) -> None:
    with (project / "docs/versies/1/index.md").open("a", encoding="utf-8") as text:
        text.write("\nNog iets.\n")
    assert findings(project) == [
        "docs/versies/1/index.md: This was announced on 2018-05-25 and has changed since. "
        "Keep your change elsewhere, put the file back with: "
        f"git checkout -- docs/versies/1/index.md {KEEP}"
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("docs/versies/2/inventory.json", "13 months", "14 months"),
        ("docs/versies/2/toestemming.json", "Alles weigeren", "Alles afwijzen"),
        ("docs/en/versies/2/index.md", "four weeks", "five weeks"),
    ],
)
def test_each_file_of_an_announced_version_is_frozen(project: Path, name: str, old: str, new: str) -> None:
    text = (project / name).read_text("utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), "utf-8")
    assert findings(project) == [
        f"{name}: This was announced on 2026-11-24 and has changed since. "
        f"Keep your change elsewhere, put the file back with: git checkout -- {name} {KEEP}"
    ]


def test_a_translation_that_is_gone_is_told(project: Path) -> None:
    shutil.rmtree(project / "docs/en/versies/2")
    assert findings(project) == [
        "docs/en/versies/2/index.md: This was announced on 2026-11-24 and is gone. "
        "Put it back with: git checkout -- docs/en/versies/2/index.md"
    ]


def test_a_translation_that_came_later_is_told(project: Path) -> None:
    (project / "docs/en/versies/1").mkdir()
    shutil.copy(project / "docs/versies/1/index.md", project / "docs/en/versies/1/index.md")
    text = (project / "docs/en/versies/1/index.md").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("announced:", "in_force:", "class:"))]
    (project / "docs/en/versies/1/index.md").write_text("\n".join(kept) + "\n", "utf-8")
    assert findings(project) == [
        "docs/en/versies/1/index.md: Version 1 was announced on 2018-05-25 without this text. Move it away, "
        "or announce both as a new version."
    ]


def test_line_ends_of_windows_change_nothing(project: Path) -> None:
    for name in ("docs/versies/1/index.md", "docs/versies/2/inventory.json", "docs/en/versies/2/index.md"):
        path = project / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert findings(project) == []


@pytest.mark.parametrize("key", ["announced", "in_force", "class", "text", "inventory", "previous", "version", "words"])
@pytest.mark.parametrize("at", [0, 1])
def test_no_entry_of_the_chain_can_change_alone(project: Path, key: str, at: int) -> None:
    """But for the digest of the words of the last one, which the build holds against the pages."""
    path = project / "docs/versies.lock"
    lock = json.loads(path.read_text("utf-8"))
    lock["entries"][at][key] = {"version": 7, "previous": "sha256:0", "words": {"nl": "sha256:0"}}.get(
        key, "2019-01-01"
    )
    path.write_text(json.dumps(lock), "utf-8")
    assert findings(project) != []


def test_a_version_that_is_gone_is_told(project: Path) -> None:
    shutil.rmtree(project / "docs/versies/2")
    shutil.rmtree(project / "docs/en/versies/2")
    assert findings(project) == [
        "docs/versies.lock: Version 2 was announced and is gone. Put it back with: git checkout -- docs/versies/2"
    ]


@pytest.mark.parametrize("content", ["", "[]", '{"entries": 3}', '{"form": 2, "entries": [{}]}', "\x00", "[" * 100_000])
def test_a_lock_that_cannot_be_read_is_one_sentence(project: Path, content: str) -> None:
    (project / "docs/versies.lock").write_text(content, "utf-8")
    assert findings(project) == [f"docs/versies.lock: The lock cannot be read: its form is unknown. {RESTORE}"]


def test_a_lock_from_the_future_is_told_to_need_the_newest_program(project: Path) -> None:
    change_lock(project, lambda lock: lock.update(form=3))
    assert findings(project) == [
        "docs/versies.lock: The lock cannot be read: it has the form 3 of a later program, and this one knows 2. "
        "Update the program."
    ]


@pytest.mark.parametrize("key", ["note", "reason"])
def test_an_entry_with_a_key_that_nobody_knows_is_not_read(project: Path, key: str) -> None:
    change_lock(project, lambda lock: lock["entries"][1].update({key: "x"}))
    assert findings(project) == [f"docs/versies.lock: The lock cannot be read: its form is unknown. {RESTORE}"]


def change_lock(project: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = project / "docs/versies.lock"
    lock = json.loads(path.read_text("utf-8"))
    change(lock)
    path.write_text(json.dumps(lock), "utf-8")


def test_a_broken_chain_names_the_entry(project: Path) -> None:
    change_lock(project, lambda lock: lock["entries"][1].update(previous="sha256:0"))
    assert findings(project) == [f"docs/versies.lock: entries[1].previous: The chain breaks at version 2. {RESTORE}"]


def test_removing_the_lock_hides_nothing(project: Path) -> None:
    (project / "docs/versies.lock").unlink()
    assert findings(project) == [
        f"docs/versies.lock: Version {number} was announced and is not in the lock. {RESTORE}" for number in (1, 2)
    ]
