"""Whatever goes wrong with the host, what visitors see stays whole, the sentence tells it, and the next push heals."""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import asyncssh
import pytest

from policy.publish.problems import HostError, NotVerifiedError, PublishError, RefusedError
from policy.publish.session import Wishes, owner
from tests.length import only_long
from tests.publish.faults import Faults
from tests.publish.faulty import Faulty
from tests.publish.keys import session_keys
from tests.publish.publisher import Publisher, publisher
from tests.publish.small import Answers, Words
from tests.publish.visible import kept, missing_references, plainly_served, published, seen

OLD, NEW = Words(home="old", lean=True), Words(home="new", style="new", guard="3", pages=("nieuw",), lean=True)
LINKS, FILES = frozenset[str](), frozenset({"symlink"})
PLAIN = frozenset({"symlink", "posix_rename", "link", "copy_data", "statvfs", "fsync", "limits", "lsetstat"})
"""Hosts by what they lack; the last one has no extension at all."""
ROOMS = (0, 300, 900, 1500, 2000, 3000, 4000, 5000, 6000)
STATE = "privacy-releases/state.json"


@pytest.fixture
def publishes(host: Faulty, place: Path) -> Iterator[Publisher]:
    """A publisher on a host with links, whose website is served without rules."""
    with plainly_served(host.home / "www") as address:
        made = publisher(host, place / "builds", address, Answers.BYTES)
        made.on(LINKS)
        yield made


def www(host: Faulty) -> Path:
    return host.home / "www"


def live(publishes: Publisher, words: Words) -> dict[str, bytes]:
    """What visitors must see of these words."""
    return published(publishes.build(words, named="expected"))


@pytest.mark.parametrize(
    ("lacking", "room"),
    [(LINKS, 900), (FILES, 4000), (PLAIN, 2000), *only_long((one, n) for one in (LINKS, FILES, PLAIN) for n in ROOMS)],
)
def test_a_full_disk_changes_nothing_that_visitors_see(
    publishes: Publisher, host: Faulty, lacking: frozenset[str], room: int
):
    publishes.on(lacking)
    publishes.push(OLD)
    host.becomes(Faults(without=lacking, room=room))
    with pytest.raises(HostError, match=r"answered at .*Is the disk full\?"):
        publishes.push(NEW)
    assert seen(www(host)) == live(publishes, OLD)
    host.heals()
    publishes.push(NEW)
    assert live(publishes, NEW).items() <= seen(www(host)).items()


def test_on_a_full_disk_nobody_has_to_wait_for_the_lock(publishes: Publisher, host: Faulty):
    publishes.push(OLD)
    host.becomes(Faults(room=0))
    with pytest.raises(HostError):
        publishes.push(NEW)
    assert not (host.home / "privacy-releases/lock").exists()


@pytest.mark.parametrize("count", [15_000, 20_000])
def test_a_line_that_ends_after_some_bytes_is_healed_by_the_next_push(publishes: Publisher, host: Faulty, count: int):
    publishes.push(OLD)
    host.becomes(Faults(cut_after_bytes=count))
    with pytest.raises(HostError, match=r"The connection with 127.0.0.1 was lost or not made \(.*\)\. Try again\."):
        publishes.push(NEW)
    assert seen(www(host)) == live(publishes, OLD)
    host.heals()
    publishes.push(NEW, take_over=True)
    assert live(publishes, NEW).items() <= seen(www(host)).items()


def test_a_stream_to_a_shell_that_is_cut_leaves_nothing_half(publishes: Publisher, host: Faulty):
    pages = tuple(f"page-{number}" for number in range(40))
    host.becomes(Faults(shell=True))
    (host.home / STATE).unlink()
    publishes.push(replace(OLD, pages=pages))
    assert any(operation == "exec" and "tar" in command for operation, command in host.operations)
    before, whole = seen(www(host)), host.gate.judge.received
    for count in (0.5, 0.8):
        host.becomes(Faults(shell=True, cut_after_bytes=int(whole * count)))
        with pytest.raises(HostError, match="was lost or not made"):
            publishes.push(replace(NEW, pages=pages), take_over=True)
        assert seen(www(host)) == before
    host.heals()
    publishes.push(replace(NEW, pages=pages), take_over=True)
    assert live(publishes, replace(NEW, pages=pages)).items() <= seen(www(host)).items()
    assert publishes.verify()[2] == []
    assert broken_objects(host) == []


def test_a_slow_host_is_no_fault_and_the_progress_is_told(publishes: Publisher, host: Faulty):
    publishes.probe()
    host.becomes(Faults(delay=0.001))
    publishes.push(NEW)
    assert sum(sent for sent, _ in publishes.sent) == {total for _, total in publishes.sent}.pop() > 0
    assert publishes.told[-3:] == [
        "Preparing the release on the host",
        "Making it live",
        "Looking at the live site",
    ]


def test_a_host_with_another_key_is_asked_nothing(publishes: Publisher, host: Faulty):
    host.becomes(Faults(wrong_host_key=True))
    with pytest.raises(RefusedError, match=r"shows another key than the one in known_hosts, or none is pinned") as said:
        publishes.push(NEW)
    assert said.value.code == 3
    assert host.operations == []


def test_a_host_without_a_pinned_key_is_asked_nothing(publishes: Publisher, host: Faulty, tmp_path: Path):
    (tmp_path / "known_hosts").write_text("other.example ssh-ed25519 AAAA\n")
    (tmp_path / "nonsense").write_text("nonsense\n")
    for known, said in (
        (tmp_path / "known_hosts", "none is pinned"),
        (tmp_path / "no_hosts", "no_hosts is missing"),
        (tmp_path / "nonsense", "nonsense cannot be read: each line names a host and its key"),
    ):
        with pytest.raises(RefusedError, match=said):
            publishes.with_account(known_hosts=known).push(NEW)
    assert host.operations == []


@pytest.mark.parametrize(
    ("lacking", "closed"),
    [
        (LINKS, "privacy-releases"),
        (LINKS, "www/.htaccess"),
        (FILES, "www"),
        (FILES, "www/toestemming"),
        *only_long([(LINKS, "www"), (LINKS, "www/toestemming"), (FILES, "privacy-releases"), (FILES, "www/.htaccess")]),
    ],
)
def test_a_folder_that_may_not_be_changed_leaves_what_is_live(
    publishes: Publisher, host: Faulty, lacking: frozenset[str], closed: str
):
    publishes.on(lacking)
    publishes.push(OLD)
    (www(host) / ".htaccess").write_text("# mine\n")
    before = seen(www(host))
    host.becomes(Faults(without=lacking, not_writable=(closed,)))
    changed = replace(NEW, module="new")
    if closed == "www/toestemming" and not lacking:  # a link that stands already
        publishes.push(changed)
        return
    with pytest.raises(HostError, match=r"does not allow it at .*Make the folder writable"):
        publishes.push(changed)
    assert before.items() <= seen(www(host)).items()
    assert missing_references(seen(www(host))) == []
    assert kept(www(host))[".htaccess"][1] == b"# mine\n"
    assert not [*www(host).glob(".htaccess.*")]
    host.heals()
    publishes.push(changed)
    assert live(publishes, changed).items() <= seen(www(host)).items()


def test_what_fails_after_the_switch_is_taken_back_and_the_sentence_says_so(publishes: Publisher, host: Faulty):
    publishes.push(OLD)
    host.becomes(Faults(not_writable=("www/.htaccess",)))
    with pytest.raises(HostError, match=r"What was live before is live again\.$"):
        publishes.push(NEW)
    assert seen(www(host)) == live(publishes, OLD)
    assert json.loads((host.home / STATE).read_text())["at_work"] is None


def test_a_host_that_is_not_there_is_told(publishes: Publisher):
    for host, port, said in (
        ("127.0.0.1", 9, r"The connection with 127.0.0.1 was lost or not made \(.*\)\. Try again\."),
        ("nowhere.invalid", 22, r"nowhere.invalid is not found \(.*\)\. Look whether its name in .* is right\."),
    ):
        with pytest.raises(HostError, match=f"^{said}$"):
            publishes.with_account(host=host, port=port).push(NEW)


# Another publisher


def lay_lock(host: Faulty, content: str | None, *, age: float = 0) -> Path:
    """A lock of somebody else, whose last sign of life was so many seconds ago."""
    lock = host.home / "privacy-releases/lock"
    lock.mkdir(parents=True, exist_ok=True)
    file = lock / "owner.json"
    if content is not None:
        file.write_text(content)
    then = time.time() - age
    os.utime(lock, (then, then))
    if content is not None:
        os.utime(file, (then, then))
    return file


def somebody(**more: object) -> str:
    us = owner("2026-11-24T12:00:00Z")
    return json.dumps(
        {
            "who": "els",
            "machine": us.machine,
            "process": os.getpid(),
            "since": us.since,
            "token": "theirs",
            "space": us.space,
            **more,
        }
    )


def dead() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("content", "age"),
    [
        (somebody(), 0),
        (somebody(machine="elsewhere", process=1), 60),
        (somebody(space="another container", process=2**22 + 1), 60),
        (None, 0),
        ("", 30),
        ("{", 30),
    ],
    ids=["alive", "elsewhere", "another container", "nameless", "empty", "cut off"],
)
def test_while_another_publishes_nothing_is_changed(
    publishes: Publisher, host: Faulty, content: str | None, age: float
):
    publishes.push(OLD)
    lay_lock(host, content, age=age)
    before = kept(host.home)
    for act in (lambda: publishes.push(NEW), publishes.rollback, publishes.probe):
        with pytest.raises(RefusedError, match=r"^Another publisher is at work: .* policy publish push --take-over$"):
            act()
    assert kept(host.home) == before


@pytest.mark.parametrize(
    ("content", "age"),
    [
        (somebody(process=dead()), 0),
        (somebody(machine="elsewhere"), 31 * 60),
        (None, 61),
        ("{", 61),
    ],
    ids=["dead", "silent", "nameless", "cut off"],
)
def test_a_lock_that_was_left_behind_is_taken_over(publishes: Publisher, host: Faulty, content: str | None, age: float):
    publishes.push(OLD)
    lay_lock(host, content, age=age)
    publishes.push(NEW)
    assert any(line.startswith("Taking over the lock of ") for line in publishes.told)
    assert sorted(path.name for path in (host.home / "privacy-releases").iterdir()) == [
        "current",
        "files",
        "publications.jsonl",
        "releases",
        "state.json",
    ]


def test_where_the_state_was_removed_nothing_is_published_over_what_is_live(publishes: Publisher, host: Faulty):
    publishes.push(OLD)
    (host.home / STATE).rename(host.home / "state.copy")
    before = kept(host.home)
    for act in (lambda: publishes.push(NEW), publishes.rollback, publishes.verify, publishes.probe):
        with pytest.raises(HostError, match=r"^privacy-releases/state\.json on the host is gone.* Put it back"):
            act()
    assert kept(host.home) == before
    (host.home / "state.copy").rename(host.home / STATE)
    publishes.push(NEW)


@pytest.mark.parametrize("at", ["Preparing the release on the host", "Making it live", "Looking at the live site"])
@pytest.mark.parametrize("verified", [True, False], ids=["verified", "not verified"])
def test_who_is_taken_over_stops_and_leaves_the_other_alone(
    publishes: Publisher, host: Faulty, at: str, verified: bool
):
    publishes.push(OLD)
    third = Words(home="third", lean=True)
    other = replace(publishes, told=[], hooks={}, started=publishes.started.replace(hour=15))
    slow = publishes if verified else replace(publishes, answers=Answers.NEVER)
    slow.hooks[at] = lambda: other.push(other.build(third, named="other"), take_over=True)
    with pytest.raises(PublishError) as said:
        slow.push(NEW)
    assert said.value.code in ((3, 4) if at.startswith("Preparing") else (3,))
    assert live(publishes, third).items() <= seen(www(host)).items()
    assert publishes.plan(third).nothing
    assert publishes.verify()[2] == []


def test_marks_that_are_broken_in_the_middle_take_all_back(publishes: Publisher, host: Faulty):
    publishes.push(OLD)
    rules = www(host) / ".htaccess"
    publishes.hooks["Making it live"] = lambda: rules.write_text("# END toestemming\n")
    with pytest.raises(RefusedError, match="Mend them by hand"):
        publishes.push(NEW)
    assert seen(www(host)) == live(publishes, OLD)
    assert rules.read_text() == "# END toestemming\n"


def test_two_who_publish_the_same_at_once_publish_it_once(publishes: Publisher, host: Faulty):
    """The second one saw what was to be done before the first one had done it."""
    build = publishes.build(NEW)
    other = replace(publishes, told=[], hooks={})
    faster = iter([lambda: other.push(build)])

    def now() -> datetime:
        next(faster, lambda: None)()
        return publishes.now()

    with publishes.session(now) as session:
        assert not session.push(build, Wishes(), lambda live: ()).done
    assert "Making it live" in other.told and "Making it live" not in publishes.told
    assert seen(www(host)) == published(build)


# What the host lacks


@pytest.mark.parametrize("lacking", [frozenset({"statvfs"}), PLAIN], ids=["free space", "every extension"])
def test_a_host_that_can_do_little_is_published_to(publishes: Publisher, host: Faulty, lacking: frozenset[str]):
    publishes.on(lacking)
    publishes.push(OLD)
    publishes.push(NEW)
    assert live(publishes, NEW).items() <= seen(www(host)).items()
    loudly = "On 127.0.0.1 files are removed and renamed one by one: NOT ATOMIC"
    assert (loudly in publishes.told) is ("posix_rename" in lacking)


def test_a_host_that_can_do_less_than_before_stops_until_it_is_accepted(publishes: Publisher, host: Faulty):
    publishes.on(FILES)
    publishes.push(OLD)
    host.becomes(Faults(without=FILES | {"link"}))
    with pytest.raises(RefusedError, match=r"cannot do any more: link\. .*policy publish probe --accept"):
        publishes.probe()
    publishes.probe(accept=True)
    publishes.push(NEW)
    assert live(publishes, NEW).items() <= seen(www(host)).items()


# Keys


def test_a_key_file_that_cannot_be_used_is_refused_without_a_word_of_it(publishes: Publisher, tmp_path: Path):
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(tmp_path / "locked", "pkcs8-pem", passphrase="geheim")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "geheim", "-f", tmp_path / "openssh"], check=True)
    (tmp_path / "nonsense").write_text("geheim")
    (tmp_path / "public").write_bytes(key.export_public_key())
    for name, said in (
        ("missing", "POLICY_SSH_KEY names a file that is not there."),
        ("locked", "cannot be read. It must be a private key in OpenSSH's form, no passphrase."),
        ("openssh", "cannot be read."),
        ("nonsense", "cannot be read."),
        ("public", "cannot be read."),
    ):
        with pytest.raises(RefusedError) as error:
            publishes.with_account(key=tmp_path / name).push(NEW)
        assert said in str(error.value)
        assert "geheim" not in str(error.value) and str(tmp_path) not in str(error.value)


def test_a_key_that_the_host_does_not_know_is_told(publishes: Publisher):
    with pytest.raises(HostError, match=r"does not let .* in with this key\. Add its public half in the host's"):
        publishes.with_account(key=session_keys().stranger).push(NEW)


def test_without_a_key_the_users_own_are_not_tried(
    publishes: Publisher, host: Faulty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Not without an agent, not with one that is gone, and not with one that holds no key."""
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh/id_ed25519").write_bytes(host.key.read_bytes())
    (tmp_path / ".ssh/id_ed25519").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    own = publishes.with_account(key=None)
    with agent(tmp_path) as socket:
        for variable in (None, str(tmp_path / "nobody"), socket):
            monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
            if variable:
                monkeypatch.setenv("SSH_AUTH_SOCK", variable)
            with pytest.raises(RefusedError, match=r"^There is no key: add one to your SSH agent \(ssh-add\), or name"):
                own.push(NEW)
        assert host.operations == []
        subprocess.run(["ssh-add", "-q", str(host.key)], check=True, env={**os.environ, "SSH_AUTH_SOCK": socket})
        own.push(NEW)
        assert host.operations != []


class agent:
    """A real SSH agent without keys; its socket."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "agent")

    def __enter__(self) -> str:
        self._process = subprocess.Popen(["ssh-agent", "-D", "-a", self._socket], stdout=subprocess.PIPE)
        assert self._process.stdout
        self._process.stdout.readline()  # it tells its address when it listens
        return self._socket

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


# What lies on the host


@pytest.mark.parametrize("text", ["{", '{"form": 2}', "", '{"form": 1, "live": 3, "releases": 4}'])
def test_a_state_that_cannot_be_read_stops_everything(publishes: Publisher, host: Faulty, text: str):
    publishes.push(OLD)
    (host.home / STATE).write_text(text)
    before = kept(host.home)
    with pytest.raises(HostError, match=r"state\.json on the host is not of form 1: .* put the file back"):
        publishes.push(NEW, afresh=True)
    assert kept(host.home) == before


def test_a_first_state_that_was_cut_while_it_was_written_is_none(publishes: Publisher, host: Faulty):
    (host.home / STATE).unlink()
    (host.home / f"{STATE}.new").write_text('{"form": 1, "li')
    publishes.push(NEW)
    assert seen(www(host)) == live(publishes, NEW)


@pytest.mark.parametrize(
    ("lacking", "name", "how"),
    [
        (LINKS, "contents.json", "gone"),
        (LINKS, "release.json", "cut off"),
        (FILES, "contents.json", "cut off"),
        (FILES, "release.json", "gone"),
        *only_long(
            [
                (LINKS, "contents.json", "cut off"),
                (LINKS, "release.json", "gone"),
                (FILES, "contents.json", "gone"),
                (FILES, "release.json", "cut off"),
            ]
        ),
    ],
)
def test_a_damaged_description_of_the_live_release_is_mended_by_sending_afresh(
    publishes: Publisher, host: Faulty, lacking: frozenset[str], name: str, how: str
):
    publishes.on(lacking)
    publishes.push(OLD)
    (file,) = (host.home / "privacy-releases/releases").glob(f"*/{name}")
    file.unlink() if how == "gone" else file.write_text("{")
    with pytest.raises(HostError, match=r"missing or damaged\. Send everything anew with: .* --afresh"):
        publishes.push(NEW)
    with pytest.raises(RefusedError, match="version 1 of the policy is missing"):
        publishes.push(Words(versions=(), lean=True), afresh=True)
    publishes.push(NEW, afresh=True)
    assert live(publishes, NEW).items() <= seen(www(host)).items()
    assert publishes.verify()[2] == []


@pytest.mark.parametrize("lacking", [LINKS, FILES], ids=["links", "files"])
def test_a_file_that_the_store_lost_is_told_and_sent_again(publishes: Publisher, host: Faulty, lacking: frozenset[str]):
    publishes.on(lacking)
    publishes.push(OLD)
    publishes.push(NEW)
    files = host.home / "privacy-releases/files"
    lost = hashlib.sha256(live(publishes, OLD)["privacy/index.html"]).hexdigest()
    (files / lost).unlink()
    with pytest.raises(HostError, match=r"missing or damaged in privacy-releases/files .* --afresh"):
        publishes.rollback()
    assert live(publishes, NEW).items() <= seen(www(host)).items()
    publishes.push(OLD)
    assert live(publishes, OLD).items() <= seen(www(host)).items()
    (files / lost).write_text("cut")
    publishes.push(NEW)
    publishes.push(OLD)
    assert live(publishes, OLD).items() <= seen(www(host)).items()


def test_what_was_half_sent_by_two_pushes_is_never_taken_for_whole(publishes: Publisher, host: Faulty):
    publishes.push(OLD)
    for words, count in ((NEW, 19_000), (replace(NEW, style="third"), 20_000)):
        host.becomes(Faults(cut_after_bytes=count))
        with pytest.raises(HostError):
            publishes.push(words, take_over=True)
        for file in (host.home / "privacy-releases/files").iterdir():  # as if it was longer under way
            if file.stat().st_mtime > 0 and file.name in _sending(host):
                file.write_bytes(b"x" * file.stat().st_size)
    host.heals()
    publishes.push(NEW, take_over=True)
    publishes.push(replace(NEW, style="third"))
    assert broken_objects(host) == []
    assert not (host.home / "privacy-releases/sending.json").exists()


def broken_objects(host: Faulty) -> list[str]:
    """What lies in the store and is not what its name says."""
    return [
        file.name
        for file in (host.home / "privacy-releases/files").iterdir()
        if "." not in file.name and hashlib.sha256(file.read_bytes()).hexdigest() != file.name
    ]


def _sending(host: Faulty) -> list[str]:
    with suppress(OSError, ValueError):
        return json.loads((host.home / "privacy-releases/sending.json").read_text())
    return []


@pytest.mark.parametrize("lacking", [LINKS, FILES, *only_long([PLAIN])])
def test_a_file_that_was_edited_on_the_host_is_found_and_mended_afresh(
    publishes: Publisher, host: Faulty, lacking: frozenset[str]
):
    publishes.on(lacking)
    publishes.push(replace(OLD, style="earlier"))
    publishes.push(OLD)
    page = www(host) / "privacy/cookies/index.html"
    page.write_bytes(page.read_bytes().replace(b"one", b"two"))
    (www(host) / "privacy/versies/1/woorden.txt").unlink()
    address = f"{publishes.address}privacy/"
    assert sorted(publishes.verify()[2]) == [
        f"{address}cookies/ holds something else than what was published",
        f"{address}versies/1/woorden.txt answered 404, not 200",
    ]
    assert not publishes.push(OLD).done
    before = {path for path in seen(www(host)) if "/site." in path}
    assert publishes.push(OLD, afresh=True).done
    assert publishes.verify()[2] == []
    assert live(publishes, OLD).items() <= seen(www(host)).items()
    assert {path for path in seen(www(host)) if "/site." in path} == before, "hashed files stay reachable"


# Something else stands in our places


def foreign(host: Faulty, what: str) -> Path:
    """Something of others at www/privacy."""
    there = www(host) / "privacy"
    if what == "folder":
        there.mkdir()
        (there / "index.html").write_text("theirs")
    elif what == "file":
        there.write_text("theirs")
    else:
        (host.home / "elsewhere").mkdir()
        (host.home / "elsewhere/index.html").write_text("theirs")
        there.symlink_to("../elsewhere")
    return there


@pytest.mark.parametrize(
    ("lacking", "what"),
    [
        (LINKS, "folder"),
        (LINKS, "link"),
        (FILES, "folder"),
        *only_long([(LINKS, "file"), (FILES, "file"), (FILES, "link")]),
    ],
)
def test_what_stands_in_our_place_is_moved_only_with_leave_and_brought_back(
    publishes: Publisher, host: Faulty, lacking: frozenset[str], what: str
):
    publishes.on(lacking)
    foreign(host, what)
    before = kept(www(host))
    with pytest.raises(RefusedError, match=r"Something else stands at www/privacy on 127.0.0.1\. .* --move-aside"):
        publishes.push(NEW)
    assert kept(www(host)) == before
    never = replace(publishes, answers=Answers.NEVER)
    with pytest.raises(NotVerifiedError, match="What this push put there was taken away again"):
        never.push(NEW, move_aside=True)
    assert {path: one for path, one in kept(www(host)).items() if path.startswith("privacy")} == before
    assert seen(www(host)) == {path: b"theirs" for path in seen(www(host))}
    publishes.push(NEW, move_aside=True)
    assert seen(www(host)) == live(publishes, NEW)
    (aside,) = (host.home / "privacy-releases/aside").iterdir()
    moved = {path.replace("www-privacy", "privacy"): one[:2] for path, one in kept(aside).items()}
    assert moved == {path: one[:2] for path, one in before.items()}


@pytest.mark.parametrize("lacking", [LINKS, FILES], ids=["links", "files"])
def test_what_an_interrupted_push_moved_aside_is_brought_back_by_the_next_that_fails(
    publishes: Publisher, host: Faulty, lacking: frozenset[str]
):
    publishes.on(lacking)
    foreign(host, "folder")
    before = kept(www(host))
    publishes.hooks["Looking at the live site"] = lambda: host.becomes(Faults(without=lacking, cut_at=0))
    with pytest.raises(HostError):
        publishes.push(NEW, move_aside=True)
    host.heals()
    with pytest.raises(NotVerifiedError):
        replace(publishes, answers=Answers.NEVER).push(NEW, take_over=True)
    assert {path: one for path, one in kept(www(host)).items() if path.startswith("privacy")} == before


def test_a_place_that_somebody_put_a_folder_into_is_not_moved_without_leave(publishes: Publisher, host: Faulty):
    publishes.push(OLD)
    (www(host) / "privacy").unlink()
    foreign(host, "folder")
    for act in (lambda: publishes.push(NEW), lambda: publishes.push(OLD, afresh=True)):
        with pytest.raises(RefusedError, match="Something else stands at www/privacy"):
            act()
    assert (www(host) / "privacy/index.html").read_text() == "theirs"


# Lines in a file of others


def test_lines_that_others_change_while_we_publish_stay(publishes: Publisher, host: Faulty):
    rules = www(host) / ".htaccess"
    rules.write_text("# mine")
    publishes.push(OLD)
    publishes.hooks["Making it live"] = lambda: rules.write_text(rules.read_text().replace("# mine", "# changed"))
    publishes.push(NEW)
    assert rules.read_text() == (
        "# changed\n# BEGIN toestemming\nHeader always set Server-Timing guard;desc=3\n# END toestemming\n"
    )
    publishes.hooks["Looking at the live site"] = lambda: rules.write_text(rules.read_text() + "# more\n")
    with pytest.raises(NotVerifiedError):
        replace(publishes, answers=Answers.NEVER).push(replace(NEW, guard="4"))
    assert rules.read_text() == (
        "# changed\n# BEGIN toestemming\nHeader always set Server-Timing guard;desc=3\n# END toestemming\n# more\n"
    )


@pytest.mark.parametrize("text", [None, "", "# mine", "# mine\r\n"])
def test_a_push_that_is_not_verified_leaves_the_file_of_others_byte_for_byte(
    publishes: Publisher, host: Faulty, text: str | None
):
    rules = www(host) / ".htaccess"
    if text is not None:
        rules.write_bytes(text.encode())
    with pytest.raises(NotVerifiedError):
        replace(publishes, answers=Answers.NEVER).push(NEW)
    assert (rules.read_bytes().decode() if rules.exists() else None) == text


@pytest.mark.parametrize(
    "text", ["# END toestemming\n# BEGIN toestemming\n", "# BEGIN toestemming\n", "# BEGIN toestemming\n" * 2]
)
def test_marks_that_do_not_belong_together_are_left_and_told(publishes: Publisher, host: Faulty, text: str):
    (www(host) / ".htaccess").write_text(text)
    with pytest.raises(RefusedError, match=r"^www/\.htaccess: the marks '# BEGIN toestemming' .* Mend them by hand\.$"):
        publishes.push(NEW)
    assert kept(www(host)).keys() == {".htaccess"}


def test_the_only_copy_of_the_lines_of_others_is_never_thrown_away(publishes: Publisher, host: Faulty):
    """A host that cannot rename over a file has them under another name only for a moment."""
    publishes.on(PLAIN)
    rules = www(host) / ".htaccess"
    rules.write_text("# mine\n")
    publishes.push(OLD)
    lay_lock(host, somebody(process=dead()))
    left = [www(host) / f".htaccess.toestemming-{name}" for name in ("old-0123abcd", "new-0123abcd")]
    rules.rename(left[0])
    left[1].touch()
    copy = www(host) / ".htaccess.old-20261124"
    copy.write_text("# mine of before\n")
    publishes.push(NEW)
    assert rules.read_text().startswith("# mine\n# BEGIN toestemming\n")
    assert [path.exists() for path in (*left, copy)] == [False, False, True]


def test_our_lines_that_were_changed_since_the_build_are_not_published(publishes: Publisher, host: Faulty):
    publishes.push(OLD)
    build = publishes.build(replace(OLD, home="changed"))
    (build.root / "websites/leiz/htaccess").write_text("# BEGIN toestemming\nEvil\n# END toestemming\n")
    with pytest.raises(PublishError, match=r"^Changed since it was built: websites/leiz/htaccess\. Build it anew"):
        publishes.push(build)
    assert seen(www(host)) == live(publishes, OLD)
