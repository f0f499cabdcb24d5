"""The connection ends at an operation of a push: what visitors see then is whole, and the next push heals."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import brotli
import pytest

from policy.publish.local import Build, read_build
from policy.publish.problems import HostError, NotVerifiedError, PublishError
from policy.publish.session import Wishes
from tests.publish.faults import Faults
from tests.publish.faulty import Faulty
from tests.publish.packets import MUTATING
from tests.publish.publisher import Publisher, publisher
from tests.publish.small import Answers, Words
from tests.publish.visible import copy_home, kept, missing_references, plainly_served, published, seen

OLD = Words(pages=("weg",), home="old", cookies="old", lean=True)
NEW = Words(pages=("nieuw",), home="new", style="new", module="new", guard="3", lean=True)
THIRD = Words(pages=("later",), home="third", style="third", module="new", guard="4", lean=True)
FOREIGN = {"index.html": "website", "cgi-bin/x": "script", ".htaccess": "# mine\nOptions -Indexes"}
"""Files of others in the document root; the last line of the last one does not end."""

HOSTS = {
    "links": frozenset(),
    "links, copied": frozenset({"link"}),
    "files": frozenset({"symlink"}),
    "files, no doubles": frozenset({"symlink", "link", "copy_data"}),
    "plain": frozenset({"symlink", "posix_rename"}),
}
"""What each kind of host lacks."""


@dataclass
class Stage:
    """A host of one kind, as it was before the push that is cut."""

    host: Faulty
    publisher: Publisher
    before: Path
    """A copy of its home."""
    earlier: tuple[Build, ...]
    """What was published already."""
    act: Callable[[], object]
    """The push, the rollback, or the push that cannot be verified."""
    after: dict[str, bytes] = field(default_factory=dict)
    """What visitors see when nothing is cut."""
    after_block: bytes = b""
    operations: list[tuple[str, str]] = field(default_factory=list)

    @property
    def without(self) -> frozenset[str]:
        return self.host.faults.without

    def begins(self) -> None:
        """The home is again as it was before."""
        self.host.heals()
        copy_home(self.before, self.host.home)


def _acts(publisher: Publisher, place: Path) -> dict[str, tuple[list[Words], Callable[[], object]]]:
    """What was published before, and the act, by the name of the scenario."""
    never = replace(publisher, answers=Answers.NEVER)

    def unverified() -> None:
        with pytest.raises(NotVerifiedError):
            never.push(never.build(NEW, named="never"))

    return {
        "first push": ([], lambda: publisher.push(publisher.build(NEW, named="new"))),
        "push": ([OLD], lambda: publisher.push(publisher.build(NEW, named="new"))),
        "rollback": ([OLD, NEW], publisher.rollback),
        "swap back": ([OLD], unverified),
        "first swap back": ([], unverified),
        "probe": ([], lambda: publisher.probe()),
    }


@contextmanager
def staged(host: Faulty, place: Path, kind: str, scenario: str) -> Iterator[Stage]:
    """Publish what was there before, keep the home, and find out what the act asks when nothing is cut."""
    host.becomes(Faults(without=HOSTS[kind]))
    for name, text in FOREIGN.items():
        (host.home / "www" / name).parent.mkdir(exist_ok=True)
        (host.home / "www" / name).write_text(text)
    with plainly_served(host.home / "www") as address:
        publishes = publisher(host, place, address, Answers.BYTES)
        earlier, act = _acts(publishes, place)[scenario]
        if scenario != "probe":
            publishes.probe()
        builds = [publishes.build(words, named=f"earlier-{number}") for number, words in enumerate(earlier)]
        for build in builds:
            publishes.push(build)
        copy_home(host.home, place / "before")
        stage = Stage(host, publishes, place / "before", tuple(builds), act)
        stage.begins()
        act()
        stage.operations, stage.after = host.operations, seen(host.home / "www")
        stage.after_block = (host.home / "www/.htaccess").read_bytes()
        yield stage


def cut(stage: Stage, number: int, *, after: bool) -> list[str]:
    """Cut the act at an operation; a line for each rule that is broken then, and after the push that heals."""
    stage.begins()
    stage.host.becomes(Faults(without=stage.without, cut_at=number, after=after))
    problem = None
    try:
        stage.act()
    except HostError:
        pass
    except BaseException as error:
        problem = f"the cut push said {error!r}"
    said = f"{'after' if after else 'before'} {number} {stage.operations[number]}"
    problems = [problem] if problem else []
    problems += _visible(stage) + _foreign(stage)
    stage.host.heals()
    return [f"{said}: {one}" for one in (*problems, *_healed(stage, third=number % 3 == 0))]


def _visible(stage: Stage) -> list[str]:
    """What is wrong with what visitors see after a cut."""
    old = published(stage.earlier[-1]) if stage.earlier else {}
    now = seen(stage.host.home / "www")
    if "symlink" not in stage.without:
        return _one_release(now, old, stage)
    return _each_whole(now, old, stage) + _references(now, stage)


def _one_release(now: dict[str, bytes], old: dict[str, bytes], stage: Stage) -> list[str]:
    """With links both places hold one release, whole. When the first is laid, one may not be there yet."""
    possible = [_shown(old, stage), stage.after, _unverified(stage)]
    if stage.earlier:
        return [] if now in possible else [f"visitors see no release as it was published: {sorted(now)}"]
    places = {path.split("/")[0] for path in now}
    parts = [{path: one for path, one in whole.items() if path.split("/")[0] in places} for whole in possible]
    return [] if now in parts else [f"visitors see a part of a folder: {sorted(now)}"]


def _shown(old: dict[str, bytes], stage: Stage) -> dict[str, bytes]:
    """What visitors saw before: what was published last, and the hashed files of the releases before it."""
    return {**{p: c for build in stage.earlier for p, c in published(build).items() if _hashed(p)}, **old}


def _unverified(stage: Stage) -> dict[str, bytes]:
    """What they see while a push that will not be verified is looked at."""
    place = stage.publisher.place / "never"
    if not place.exists():
        return stage.after
    carried = {p: c for build in stage.earlier for p, c in published(build).items() if _hashed(p)}
    return {**carried, **published(read_build(place))}


def _hashed(path: str) -> bool:
    return "/site." in path or "/notice." in path


def _each_whole(now: dict[str, bytes], old: dict[str, bytes], stage: Stage) -> list[str]:
    """With files each one is an old one or a new one, whole, and its copies are of an old or a new one."""
    versions = [*(published(build) for build in stage.earlier), stage.after, _unverified(stage)]
    known: dict[str, set[bytes]] = {}
    for version in versions:
        for path, content in version.items():
            known.setdefault(path, set()).add(content)
    problems = [f"{path} is neither old nor new" for path, content in now.items() if content not in known.get(path, ())]
    for path, content in now.items():
        if path.endswith((".br", ".gz")):
            plain = brotli.decompress(content) if path.endswith(".br") else gzip.decompress(content)
            if plain not in known[path[:-3]]:
                problems.append(f"{path} is a copy of something else")
    if stage.earlier:
        gone = [path for path in old if path in stage.after and path not in now]
        if len(gone) > ("posix_rename" in stage.without):
            problems.append(f"missing: {gone}")
    return problems


def _references(now: dict[str, bytes], stage: Stage) -> list[str]:
    """No page refers to what is not there; on a plain host one file may be away, and only that one."""
    missing = missing_references(now)
    if "posix_rename" in stage.without and len({one.rpartition(" ")[2] for one in missing}) == 1:
        return []
    return missing


def _foreign(stage: Stage) -> list[str]:
    """Files of others are as they were; our lines in theirs are the old ones or the new ones."""
    root = stage.host.home / "www"
    problems = [f"{n} changed" for n, t in FOREIGN.items() if n != ".htaccess" and (root / n).read_text() != t]
    rules = root / ".htaccess"
    known = {(stage.before / "www/.htaccess").read_bytes(), stage.after_block, *_blocks()}
    if not rules.exists():
        return problems if "posix_rename" in stage.without else [*problems, ".htaccess is gone"]
    return problems if rules.read_bytes() in known else [*problems, f".htaccess is {rules.read_bytes()!r}"]


def _block(words: Words) -> bytes:
    block = f"# BEGIN toestemming\nHeader always set Server-Timing guard;desc={words.guard}\n# END toestemming\n"
    return f"{FOREIGN['.htaccess']}\n{block}".encode()


def _blocks() -> set[bytes]:
    return {_block(words) for words in (OLD, NEW, THIRD)}


def _healed(stage: Stage, *, third: bool) -> list[str]:
    """Push again, the same build or a third one: visitors see just that, and nothing is left over."""
    publishes, settled = replace(stage.publisher, answers=Answers.BYTES), _settled(stage)
    try:
        build, done = _pushed(publishes, THIRD if third else NEW)
        if not done:  # the cut push was done already; the next one that is to do something tidies up
            third, (build, done) = True, _pushed(publishes, THIRD)
    except PublishError as error:
        return [f"the next push said: {error}"]
    now, root = seen(stage.host.home / "www"), stage.host.home / "www"
    whole = published(build)
    problems = [f"{path} is not as published" for path, content in whole.items() if now.get(path) != content]
    problems += _extra(now, build, [*stage.earlier, *settled], links="symlink" not in stage.without)
    problems += _left(stage.host.home)
    if (root / ".htaccess").read_bytes() != _block(THIRD if third else NEW):
        problems.append(f".htaccess is {(root / '.htaccess').read_bytes()!r}")
    there = sorted(path for path in kept(root) if not path.startswith(("privacy/", "toestemming/")))
    if there != [".htaccess", "cgi-bin", "cgi-bin/x", "index.html", "privacy", "toestemming"]:
        problems.append(f"left in the document root: {there}")
    return problems


def _settled(stage: Stage) -> list[Build]:
    """The build of the cut push, where the host knows that it was verified."""
    place, log = stage.publisher.place / "new", stage.host.home / "privacy-releases/publications.jsonl"
    if not place.exists() or not log.exists():
        return []
    build = read_build(place)
    return [build] if build.release.id in log.read_text() else []


def _pushed(publishes: Publisher, words: Words) -> tuple[Build, bool]:
    """Push over what was left, and see that nothing is to be done then."""
    build = publishes.build(words, named="heals")
    with publishes.session() as session:
        done = session.push(build, Wishes(take_over=True), lambda live: ()).done
        assert session.plan(build).nothing
    return build, done


def _extra(now: dict[str, bytes], build: Build, earlier: list[Build], *, links: bool) -> list[str]:
    """What cached pages still ask for may be there too: hashed files; without links also what went with this one."""
    new = published(build)
    extra = [path for path in now if path not in new and not _hashed(path)]
    if links:
        return [f"{path} is still there" for path in extra]
    older = {path: content for one in earlier for path, content in published(one).items()}
    copies = [path for path in extra if path.endswith((".br", ".gz")) and path[:-3] in new]
    return [f"{path} is still there" for path in extra if path in copies or older.get(path) != now[path]]


def _left(home: Path) -> list[str]:
    """Names in the private folder that should not be there."""
    names = {path.name for path in (home / "privacy-releases").iterdir()}
    names |= {path.name for path in (home / "privacy-releases/releases").glob(".*")}
    left = names - {"current", "files", "publications.jsonl", "releases", "state.json"}
    return [f"left over: {sorted(left)}"] if left else []


SCENARIOS = ("first push", "push", "rollback", "swap back", "first swap back", "probe")
USUAL = [
    ("links", "push", 30, 1),
    ("links", "swap back", 60, 5),
    ("links", "rollback", 60, 9),
    ("links", "first push", 60, 7),
    ("links", "probe", 60, 60),
    ("files", "push", 40, 3),
    ("files", "first push", 60, 12),
    ("files", "swap back", 60, 12),
    ("plain", "push", 60, 6),
]
"""Kind and scenario, and of how many operations that change something one is cut: before the switch, and from it on."""


def usual_cuts(operations: list[tuple[str, str]], before: int, switch: int) -> list[tuple[int, bool]]:
    """Some of the operations after which another disk is left behind, each before or after it is done."""
    begins = next((number for number, (_, path) in enumerate(operations) if path.endswith("/state.json.new")), 0)
    changing = [number for number, (name, _) in enumerate(operations) if name in MUTATING]
    early = [number for number in changing if number < begins][before // 2 :: before]
    late = [number for number in changing if number >= begins][::switch]
    return [(number, place % 2 == 0) for place, number in enumerate([*early, *late])]


@pytest.mark.parametrize(("kind", "scenario", "before", "switch"), USUAL)
def test_a_cut_leaves_whole_releases_and_heals(
    host: Faulty, place: Path, kind: str, scenario: str, before: int, switch: int
):
    with staged(host, place, kind, scenario) as stage:
        cuts = usual_cuts(stage.operations, before, switch)
        assert len(cuts) > 2
        assert [one for number, after in cuts for one in cut(stage, number, after=after)] == []


def test_a_cut_while_a_file_of_others_is_changed_keeps_their_lines(host: Faulty, place: Path):
    """Where a host cannot rename over a file, it is away for a moment, and comes back."""
    with staged(host, place, "plain", "first swap back") as stage:
        cuts = [number for number, (_, path) in enumerate(stage.operations) if path.startswith("www/.htaccess")]
        assert len(cuts) > 10
        assert [one for number in cuts for one in cut(stage, number, after=True)] == []


def test_two_pushes_that_were_cut_one_after_the_other_leave_nothing_of_either(host: Faulty, place: Path):
    """Each renamed some of its files; the next one must know of both."""
    fourth = replace(OLD, home="fourth")
    with staged(host, place, "files", "push") as stage:
        places = [n for n, (name, path) in enumerate(stage.operations) if (name, path[:4]) == ("posix_rename", "www/")]
        for first in places[2::5]:
            stage.begins()
            for words, number in ((NEW, first), (THIRD, first + 30)):
                stage.host.becomes(Faults(without=stage.without, cut_at=number, after=True))
                with pytest.raises(HostError, match="Some pages may be old and some new, each of them whole"):
                    stage.publisher.push(words, take_over=True)
            stage.host.heals()
            build, _ = _pushed(stage.publisher, fourth)
            now = seen(host.home / "www")
            assert {path: one for path, one in now.items() if not _hashed(path)} == {
                path: one for path, one in published(build).items() if not _hashed(path)
            }


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("kind", ["links", "files", "plain"])
def test_a_cut_at_any_operation_of_a_push_leaves_whole_releases_and_heals(
    host: Faulty, place: Path, kind: str, part: int
):
    with staged(host, place, kind, "push") as stage:
        cuts = [(number, after) for number in range(len(stage.operations)) for after in (False, True)]
        assert [one for number, after in cuts[part::4] for one in cut(stage, number, after=after)] == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(2))
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("kind", HOSTS)
def test_a_cut_after_any_change_leaves_whole_releases_and_heals(
    host: Faulty, place: Path, kind: str, scenario: str, part: int
):
    """What only reads leaves the same disk behind."""
    with staged(host, place, kind, scenario) as stage:
        changing = [number for number, (name, _) in enumerate(stage.operations) if name in MUTATING]
        assert [one for number in changing[part::2] for one in cut(stage, number, after=True)] == []
