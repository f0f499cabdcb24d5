"""What publishing promises: published is for ever, five releases are kept, only what changed travels."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policy.publish.manifest import read_manifest, release_id
from policy.publish.problems import HostError, NotVerifiedError, RefusedError
from policy.publish.session import Wishes
from tests.length import only_long
from tests.publish.faults import Faults
from tests.publish.faulty import Faulty
from tests.publish.publisher import Publisher, publisher
from tests.publish.small import Answers, Words
from tests.publish.visible import kept, plainly_served, published, seen

ONE, TWO = Words(versions=(1,), lean=True), Words(versions=(1, 2), home="two", style="two", lean=True)
LINKS, FILES = frozenset[str](), frozenset({"symlink"})
WAYS = pytest.mark.parametrize("lacking", [LINKS, FILES], ids=["links", "files"])
STORE = Path("privacy-releases/files")


@pytest.fixture
def publishes(host: Faulty, place: Path) -> Iterator[Publisher]:
    """A publisher on a host with links, whose website is served without rules."""
    with plainly_served(host.home / "www") as address:
        made = publisher(host, place / "builds", address, Answers.BYTES)
        made.on(LINKS)
        yield made


def state(host: Faulty) -> dict[str, Any]:
    return json.loads((host.home / "privacy-releases/state.json").read_text())


# Published is for ever


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"versions": (1,)}, "version 2 of the policy is missing; site/versies/2/index.html is missing"),
        ({"texts": {"site/versies/1/woorden.txt": "other words"}}, "site/versies/1/woorden.txt was changed"),
        (
            {"home": "again", "entries": {2: "another entry"}},
            "version 2 of the policy was announced again after readers could see it",
        ),
        ({"texts": {"site/versies/1/verklaring.pdf": None}}, "site/versies/1/verklaring.pdf is missing"),
        ({"texts": {"site/versies/1/verklaring.pdf": "other"}}, "site/versies/1/verklaring.pdf was changed"),
    ],
)
def test_what_was_published_is_never_dropped_or_changed(
    publishes: Publisher, host: Faulty, change: dict[str, Any], said: str
):
    pdf = {"site/versies/1/verklaring.pdf": "pdf"}
    publishes.push(publishes.build(replace(TWO, texts=pdf)))
    before = kept(host.home)
    words = replace(TWO, texts=pdf | change.get("texts", {}), versions=change.get("versions", TWO.versions))
    words = replace(words, home=change.get("home", words.home))
    build = publishes.build(words, entries=change.get("entries"))
    for wishes in ({}, {"afresh": True}, {"take_over": True}):
        with pytest.raises(RefusedError) as error:
            publishes.push(build, **wishes)
        assert str(error.value).startswith(f"What was published stays, in address and words: {said}")
    assert kept(host.home) == before
    assert publishes.plan(build).refused == (str(error.value),)


@pytest.mark.parametrize(
    "words",
    [replace(TWO, style="other"), replace(TWO, versions=(1, 2, 3)), replace(TWO, pages=("nieuw",))],
    ids=["its pages look different", "a new version", "a new page"],
)
def test_what_else_changes_is_published(publishes: Publisher, host: Faulty, words: Words):
    publishes.push(TWO)
    build = publishes.build(words)
    assert publishes.push(build).done
    assert published(build).items() <= seen(host.home / "www").items()


def test_what_another_rule_forbids_is_not_published(publishes: Publisher, host: Faulty):
    publishes.push(ONE)
    told = []
    with pytest.raises(RefusedError, match=r"^Too short\.$"):
        publishes.push(TWO, refused=lambda live: told.append(live.id) or ["Too short."])
    assert told == [state(host)["releases"][0]["id"]]


@pytest.mark.parametrize("how", ["a digest", "the plan of another build"])
def test_another_plan_than_was_agreed_to_is_not_carried_out(publishes: Publisher, host: Faulty, how: str):
    publishes.push(ONE)
    agreed = "0" * 12 if how == "a digest" else publishes.plan(TWO).digest
    with pytest.raises(RefusedError, match=rf"^This is not the plan {agreed} any more, but [0-9a-f]{{12}}\."):
        publishes.push(replace(TWO, home="else"), plan=agreed)
    assert publishes.push(TWO, plan=publishes.plan(TWO).digest).done


# Going back


@WAYS
def test_going_back_carries_published_versions_along_and_says_what_it_is(
    publishes: Publisher, host: Faulty, lacking: frozenset[str]
):
    publishes.on(lacking)
    one = publishes.build(ONE, named="one")
    publishes.push(one)
    two = publishes.build(TWO, named="two")
    publishes.push(two)
    name = publishes.rollback()
    now = seen(host.home / "www")
    second = {path: content for path, content in published(two).items() if path.startswith("privacy/versies/2/")}
    notes = {"privacy/.well-known/manifest.json", "privacy/.well-known/release.json"}
    expected = {path: content for path, content in published(one).items() if path not in notes} | second
    assert expected.items() <= now.items()
    _describes_itself(host, name, now)
    release = json.loads(now["privacy/.well-known/release.json"])
    assert [version["version"] for version in release["versions"]] == [1, 2]
    assert publishes.verify()[2] == []
    with pytest.raises(RefusedError, match="version 2 of the policy is missing"):
        publishes.push(one)


def _describes_itself(host: Faulty, name: str, now: dict[str, bytes]) -> None:
    """The manifest has every file that visitors see with its digest, and is what the release is called after."""
    folder = host.home / "privacy-releases/releases" / name
    text = (folder / "manifest.json").read_text()
    manifest = read_manifest(text, "manifest.json")
    said = {
        path.replace("site/", "privacy/", 1).replace("websites/leiz/", ""): file.digest
        for path, file in manifest.items()
        if not path.endswith("leiz/htaccess")
    }
    seen_now = {path: hashlib.sha256(content).hexdigest() for path, content in now.items()}
    assert said.items() <= seen_now.items()
    id = hashlib.sha256(text.encode()).hexdigest()
    assert {release_id(manifest), json.loads(now["privacy/.well-known/release.json"])["id"], state_id(host)} == {id}
    assert now["privacy/.well-known/manifest.json"].decode() == text


def state_id(host: Faulty) -> str:
    return state(host)["releases"][-1]["id"]


@pytest.mark.parametrize("lacking", [LINKS, *only_long([FILES])])
def test_what_came_along_is_looked_at_as_well(publishes: Publisher, host: Faulty, lacking: frozenset[str]):
    publishes.on(lacking)
    publishes.push(ONE)
    publishes.push(TWO)
    publishes.rollback()
    (host.home / "www/privacy/versies/2/index.html").write_text("hand edit")
    assert publishes.verify()[2] == [
        f"{publishes.address}privacy/versies/2/ holds something else than what was published"
    ]


def test_a_website_that_the_earlier_release_does_not_know_keeps_its_module(publishes: Publisher, host: Faulty):
    mounts = publishes.account.mounts
    publishes.with_account(mounts=mounts[:1]).push(ONE)
    publishes.push(TWO)
    publishes.rollback()
    assert {path for path in seen(host.home / "www") if path.startswith("toestemming/")} == {
        path for path in published(publishes.build(TWO)) if path.startswith("toestemming/")
    }
    assert publishes.verify()[2] == []


def test_after_an_interrupted_push_going_back_is_to_what_was_verified_last(publishes: Publisher, host: Faulty):
    publishes.push(replace(ONE, home="zero"))
    one = publishes.build(ONE, named="one")
    publishes.push(one)
    never = replace(publishes, answers=Answers.NEVER)
    never.hooks["Going back"] = lambda: host.becomes(Faults(cut_at=0))
    with pytest.raises(HostError, match=r"The old release or the new one is live, whole\. Push again to settle it\.$"):
        never.push(replace(ONE, home="two"))
    host.heals()
    assert state(host)["at_work"] is not None
    publishes.rollback(take_over=True)
    assert published(one).items() <= seen(host.home / "www").items()


def test_a_release_is_called_by_its_folder_or_its_id_and_others_are_told(publishes: Publisher, host: Faulty):
    with pytest.raises(RefusedError, match=r"^There is no such release to go back to\. .* live one: none\.$"):
        publishes.rollback()
    one = publishes.build(ONE, named="one")
    publishes.push(one)
    first = state(host)["live"]
    publishes.push(replace(ONE, home="two"))
    publishes.rollback(first)
    assert published(one).items() <= seen(host.home / "www").items()
    publishes.push(replace(ONE, home="four"))
    publishes.rollback(one.release.id[:8])  # two folders hold it now
    assert published(one).items() <= seen(host.home / "www").items()
    with pytest.raises(RefusedError, match=rf"The host keeps besides the live one: {first}, "):
        publishes.rollback("20010101")


def test_going_back_is_logged_and_what_was_not_verified_is_not(publishes: Publisher, host: Faulty):
    publishes.push(ONE)
    first = state(host)["live"]
    publishes.push(TWO)
    with pytest.raises(NotVerifiedError):
        replace(publishes, answers=Answers.NEVER).push(replace(TWO, home="never"))
    publishes.rollback()
    log = (host.home / "privacy-releases/publications.jsonl").read_text().splitlines()
    entries = [json.loads(line) for line in log]
    assert [(entry["event"], entry.get("to")) for entry in entries] == [
        ("push", None),
        ("push", None),
        ("rollback", first),
    ]
    assert [entry["release"] for entry in entries][-1] == state_id(host)


# What is kept, and what goes


def test_five_releases_are_kept_and_the_next_folder_is_made_of_the_one_before(publishes: Publisher, host: Faulty):
    names = []
    for number in range(8):
        publishes.push(replace(ONE, home=str(number)))
        names.append(state(host)["live"])
    now = state(host)
    assert [one["name"] for one in now["releases"]] == names[-5:]
    assert now["spare"] == names[2]
    folders = {path.name for path in (host.home / "privacy-releases/releases").iterdir()}
    assert folders == {*names[-5:], now["spare"]}


@pytest.mark.parametrize("how", ["put in the place of a file", "written into a file, and mended since"])
def test_an_old_release_that_somebody_edited_never_comes_back_in_a_new_one(
    publishes: Publisher, host: Faulty, how: str
):
    """The folder of a release that is not kept any more is made into the next one."""
    publishes.push(ONE)
    folder = host.home / "privacy-releases/releases" / state(host)["live"]
    page = folder / "site/cookies/index.html"
    if how.startswith("put"):
        page.unlink()
    page.write_text("hand edit")
    os.utime(folder / "contents.json", (1, 1))
    publishes.push(ONE, afresh=not how.startswith("put"))
    for number in range(7):
        publishes.push(replace(ONE, home=str(number)))
        assert b"<p>one</p>" in seen(host.home / "www")["privacy/cookies/index.html"]


@pytest.mark.parametrize("lacking", [LINKS, *only_long([FILES])])
def test_hashed_files_of_five_releases_stay_reachable_and_then_go(
    publishes: Publisher, host: Faulty, lacking: frozenset[str]
):
    publishes.on(lacking)
    shown = []
    for number in range(8):
        publishes.push(replace(ONE, style=str(number)))
        styles = {path: content for path, content in seen(host.home / "www").items() if path.endswith(".css")}
        shown.append(sorted(content.decode() for content in styles.values()))
    assert shown == [[f"body{{content:'{n}'}}" for n in range(max(0, number - 5), number + 1)] for number in range(8)]


@pytest.mark.parametrize("lacking", [LINKS, *only_long([FILES])])
def test_after_ten_pushes_the_store_holds_what_the_kept_releases_need_and_nothing_else(
    publishes: Publisher, host: Faulty, lacking: frozenset[str]
):
    publishes.on(lacking)
    for number in range(10):
        publishes.push(replace(ONE, home=str(number), style=str(number), pages=(f"p{number}",)))
    now = state(host)
    releases = host.home / "privacy-releases/releases"
    needed = {
        held[0]
        for one in now["releases"]
        for held in json.loads((releases / one["name"] / "contents.json").read_text()).values()
    }
    assert {path.name for path in (host.home / STORE).iterdir()} == needed
    assert {path.name for path in releases.iterdir()} == {one["name"] for one in now["releases"]}
    assert (now["pushes"], now["spare"]) == (0, "")
    publishes.rollback(now["releases"][0]["name"])
    assert publishes.verify()[2] == []


def test_a_cleaning_that_fails_does_not_fail_the_push(publishes: Publisher, host: Faulty):
    for number in range(9):
        publishes.push(replace(ONE, home=str(number)))
    (host.home / "privacy-releases/releases" / state(host)["releases"][-2]["name"] / "contents.json").unlink()
    last = publishes.build(replace(ONE, home="last"))
    assert publishes.push(last).done
    assert any(line.startswith("The host was not cleaned: ") for line in publishes.told)
    assert publishes.plan(last).nothing


def test_a_copy_that_a_page_does_not_have_any_more_is_gone_at_once(publishes: Publisher, host: Faulty):
    """Without links what is gone stays for a release; an old copy would be served instead of the new page."""
    publishes.on(FILES)
    publishes.push(replace(ONE, lean=False, pages=("weg",)))
    build = publishes.build(replace(ONE, cookies="new"))
    publishes.push(build)
    now = seen(host.home / "www")
    assert not {"privacy/cookies/index.html.br", "privacy/cookies/index.html.gz"} & now.keys()
    assert "privacy/weg/index.html" in now, "it stays for cached pages"
    publishes.push(replace(ONE, cookies="newer"))
    assert not (host.home / "www/privacy/weg").exists()


# What travels, and what is touched


def test_an_unchanged_push_reads_one_file_and_nothing_else(publishes: Publisher, host: Faulty):
    publishes.push(ONE)
    host.heals()
    assert not publishes.push(ONE).done
    greeting = [("limits", "")]
    assert [one for one in host.operations if one not in greeting] == [
        ("open", "privacy-releases/state.json"),
        ("read", "privacy-releases/state.json"),
        ("fstat", "privacy-releases/state.json"),
        ("close", "privacy-releases/state.json"),
    ]


@WAYS
def test_of_one_changed_word_only_the_changed_files_travel(publishes: Publisher, host: Faulty, lacking: frozenset[str]):
    publishes.on(lacking)
    publishes.push(ONE)
    build = publishes.build(replace(ONE, cookies="changed"))
    host.heals()
    publishes.push(build)
    sent = {path for operation, path in host.operations if operation == "create" and f"/{STORE.name}/" in path}
    changed = ["privacy/cookies/index.html", "privacy/.well-known/manifest.json", "privacy/.well-known/release.json"]
    digests = {hashlib.sha256(published(build)[path]).hexdigest() for path in changed}
    assert {path.rsplit("/", 1)[-1] for path in sent} == digests
    content = sum(len(published(build)[path]) for path in changed)
    assert sum(sent for sent, _ in publishes.sent[-3:]) == content


@WAYS
def test_nothing_outside_our_places_is_ever_touched(publishes: Publisher, host: Faulty, lacking: frozenset[str]):
    publishes.on(lacking)
    for name in ("www/index.html", "www/cgi-bin/x", "www/.well-known/acme", "mail/inbox", ".bashrc", "logs/a.log"):
        (host.home / name).parent.mkdir(parents=True, exist_ok=True)
        (host.home / name).write_text(name)
    (host.home / "www/link").symlink_to("../mail")
    (host.home / "www/.htaccess").write_text("# mine\n")

    def others() -> dict[str, object]:
        ours = ("privacy-releases", "www/privacy", "www/toestemming", "www/.htaccess")
        return {path: one for path, one in kept(host.home).items() if not path.startswith(ours)}

    before = others()
    publishes.push(ONE)
    publishes.push(TWO)
    with pytest.raises(NotVerifiedError):
        replace(publishes, answers=Answers.NEVER).push(replace(TWO, home="never", guard="9"))
    publishes.rollback()
    publishes.push(replace(TWO, home="again"), afresh=True)
    publishes.probe()
    assert others() == before
    assert (host.home / "www/.htaccess").read_text().startswith("# mine\n# BEGIN toestemming\n")


def test_an_afresh_push_of_what_is_live_is_planned_as_a_whole(publishes: Publisher):
    publishes.push(ONE)
    build = publishes.build(ONE)
    with publishes.session() as session:
        done = session.push(build, Wishes(afresh=True), lambda live: ())
    assert done.done and done.plan.refused == ()
