"""Announcing freezes a version whole, or changes nothing; every sentence says what to do."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from jinja2 import ChoiceLoader, DictLoader

from policy.announce import Wish, announce, new_draft
from policy.build import build
from policy.errors import PolicyError
from policy.inventory.freeze import to_json
from policy.inventory.read import read_inventory
from policy.site import render
from policy.versions.read import read_versions
from tests.conftest import DAY, everything
from tests.versions.project import ANNOUNCED, WISH, draft, third
from tests.versions.test_lock import findings

SHOWN = "docs/versies/3/index.md"
LATER = Wish(in_force=date(2027, 6, 1))


def refused(project: Path, number: int, wish: Wish, day: date) -> list[str]:
    """What announcing says when it refuses; nothing may have changed."""
    before = everything(project / "docs")
    with pytest.raises(PolicyError) as refusal:
        announce(project, number, wish, day, lambda line: None)
    assert everything(project / "docs") == before
    return [str(finding) for finding in refusal.value.findings]


def test_a_draft_is_the_newest_text_without_its_dates_and_notes(project: Path) -> None:
    written = [path.relative_to(project).as_posix() for path in new_draft(project)]
    assert written == [SHOWN, "docs/en/versies/3/index.md"]
    old, new = ((project / f"docs/versies/{n}/index.md").read_text("utf-8") for n in (2, 3))
    assert new.split("---\n")[1] == "title: Privacyverklaring\n"
    assert new.split("---\n", 2)[2] == old.split("---\n", 2)[2]
    assert findings(project) == []


def test_a_second_draft_is_refused(project: Path) -> None:
    new_draft(project)
    with pytest.raises(PolicyError, match=r"Version 3 is a draft already\. Write on in it\."):
        new_draft(project)


@pytest.mark.usefixtures("copies")
def test_a_draft_reaches_no_reader(project: Path) -> None:
    draft(project)
    site = build(project, DAY, lambda line: None) / "site"
    assert [path for path in site.rglob("*") if "versies/3" in path.as_posix()] == []


def test_announcing_freezes_texts_inventory_and_words(project: Path) -> None:
    version = third(project)
    assert (version.announced, version.in_force, version.languages) == (ANNOUNCED, date(2027, 6, 1), ("nl", "en"))
    assert findings(project) == []
    working, _ = read_inventory(project / "docs/inventory")
    assert working is not None
    assert (project / "docs/versies/3/inventory.json").read_text("utf-8") == to_json(working)
    entry = json.loads((project / "docs/versies.lock").read_text("utf-8"))["entries"][2]
    assert (entry["announced"], entry["in_force"], entry["class"]) == ("2027-05-01", "2027-06-01", "editorial")
    assert set(entry["words"]) == set(entry["translations"]) | {"nl"} == {"nl", "en"}
    timeline, _ = read_versions(project / "docs")
    assert timeline is not None
    newest = timeline.newest_announced(ANNOUNCED)
    assert newest is not None
    assert (newest.number, newest.inventory) == (3, working)


def test_announcing_again_before_it_is_in_force_makes_one_entry(project_of_three: Path) -> None:
    announce(project_of_three, 3, replace(WISH, note="Nog andere woorden."), date(2027, 5, 10), lambda line: None)
    entries = json.loads((project_of_three / "docs/versies.lock").read_text("utf-8"))["entries"]
    assert [(entry["version"], entry["announced"]) for entry in entries][1:] == [(2, "2026-11-24"), (3, "2027-05-10")]
    assert findings(project_of_three) == []


def test_a_version_in_force_is_corrected_in_a_new_one(project_of_three: Path) -> None:
    assert refused(project_of_three, 3, WISH, date(2027, 6, 1)) == [
        f"{SHOWN}: in_force: This version is in force since 2027-06-01. Correct it in a new version: policy new."
    ]


def test_an_older_version_is_never_announced_again(project: Path) -> None:
    assert refused(project, 1, LATER, DAY) == [
        "docs/versies.lock: A later version than 1 is announced. Correct this one in a new version: policy new."
    ]


def test_two_announcements_at_the_same_time_are_refused(project: Path) -> None:
    draft(project)
    (project / "build").mkdir()
    with FileLock(project / "build" / ".lock"):
        assert refused(project, 3, WISH, ANNOUNCED) == ["build: Another build is running. Wait until it is done."]
    assert announce(project, 3, WISH, ANNOUNCED, lambda line: None).number == 3


def test_a_version_that_does_not_exist_is_told(project: Path) -> None:
    assert refused(project, 9, LATER, DAY) == [
        "docs/versies/9/index.md: There is no version 9. Make the next one with: policy new"
    ]


CASES = {
    "no day": (
        Wish(change_class="editorial", note="x"),
        [f"{SHOWN}: in_force: The version has no day from which it is in force. Say it with: --in-force 2027-06-01"],
    ),
    "no class and no note": (
        LATER,
        [f"{SHOWN}: class: The key 'class' is missing. Add it.", f"{SHOWN}: note: The key 'note' is missing. Add it."],
    ),
    "too soon": (
        replace(WISH, change_class="substantive", in_force=date(2027, 5, 30)),
        [
            f"{SHOWN}:4: in_force: A substantive version is announced 30 days before it is in force, and this one 29. "
            "Choose a later day, or tell readers under 'urgent_reason' why it cannot wait."
        ],
    ),
    "in force before it is announced": (
        replace(WISH, in_force=date(2027, 4, 30)),
        [f"{SHOWN}:4: in_force: The version would be in force before it is announced. Mend one of the two dates."],
    ),
    "in force on the day of another": (
        replace(WISH, in_force=date(2027, 1, 1)),
        [
            f"{SHOWN}:4: in_force: Versions 2 and 3 would both be in force from 2027-01-01. "
            "Choose a later date for this one."
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_may_not_be_announced_is_told(project: Path, case: str) -> None:
    wish, told = CASES[case]
    draft(project)
    day = ANNOUNCED if case != "in force on the day of another" else date(2026, 12, 1)
    found = refused(project, 3, wish, day)
    assert [line for line in told if line not in found] == []


def test_thirty_days_are_enough(project: Path) -> None:
    version = third(project, replace(WISH, change_class="substantive", in_force=date(2027, 5, 31)))
    assert version.is_substantive


@pytest.mark.usefixtures("copies")
def test_an_urgent_reason_is_shown_to_readers_of_both_languages(project: Path) -> None:
    draft(project)
    path = project / "docs/en/versies/3/index.md"
    path.write_text(path.read_text("utf-8").replace("---\n", '---\nurgent_reason: "The host stops."\n', 1), "utf-8")
    wish = replace(WISH, change_class="substantive", in_force=date(2027, 5, 3), urgent_reason="De host stopt.")
    announce(project, 3, wish, ANNOUNCED, lambda line: None)
    site = build(project, ANNOUNCED, lambda line: None) / "site"
    assert "Dit kon niet 30 dagen wachten: De host stopt." in (site / "versies/3/index.html").read_text("utf-8")
    assert "This could not wait for 30 days: The host stops." in (site / "en/versies/3/index.html").read_text("utf-8")


def test_a_note_in_one_language_only_is_told(project: Path) -> None:
    draft(project)
    path = project / "docs/en/versies/3/index.md"
    path.write_text(path.read_text("utf-8").replace('note: "Other words."\n', "", 1), "utf-8")
    assert refused(project, 3, WISH, ANNOUNCED) == [
        "docs/en/versies/3/index.md: note: 'note' stands in docs/versies/3/index.md and not here. "
        "Write it in both languages, or in neither."
    ]


def test_nothing_is_announced_on_top_of_a_changed_version(project: Path) -> None:
    draft(project)
    (project / "docs/versies/1/inventory.json").unlink()
    assert [line.split(":")[0] for line in refused(project, 3, WISH, ANNOUNCED)] == ["docs/versies/1/inventory.json"]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("docs/cookies.md", "{{ storage }}", "{{ storrage }}", "is not a marker"),
        ("docs/versies/3/index.md", "Bellen mag ook.", "[Bel](nergens.md).", "nergens.md"),
        ("docs/inventory/services/hotjar.toml", 'purpose = "surveys"', 'purpose = "survey"', "survey"),
    ],
)
def test_what_would_not_build_is_not_announced(project: Path, name: str, old: str, new: str, told: str) -> None:
    draft(project)
    text = (project / name).read_text("utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), "utf-8")
    assert any(told in line for line in refused(project, 3, WISH, ANNOUNCED))


@pytest.mark.usefixtures("copies")
def test_a_template_that_would_change_announced_words_stops_the_build(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock holds the words that readers saw, not only the files they were made from."""
    build(project, DAY, lambda line: None)
    before = everything(project / "build")
    environment = render.environment()
    loader = environment.loader
    assert loader is not None
    source = loader.get_source(environment, "retention.html")[0]
    environment.cache.clear()  # type: ignore[union-attr]
    changed = DictLoader({"retention.html": source.replace("Hoe lang wij gegevens bewaren", "Hoe lang wij ze houden")})
    monkeypatch.setattr(environment, "loader", ChoiceLoader([changed, loader]))
    with pytest.raises(PolicyError) as refusal:
        build(project, DAY, lambda line: None)
    environment.cache.clear()  # type: ignore[union-attr]
    assert [str(finding).split(": ")[0] for finding in refusal.value.findings] == [
        "docs/versies/2/index.md",
        "docs/en/versies/2/index.md",
    ][: len(refusal.value.findings)]
    assert "other words than were announced" in str(refusal.value)
    assert everything(project / "build") == before
