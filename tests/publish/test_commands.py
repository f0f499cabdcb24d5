"""`policy publish` as an editor and a pipeline call it: with the real site, on a real host, by its exit codes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from policy.publish.release import Announced, Release
from policy.publishing import Publication, calendar, read_publication
from policy.site.source import Source
from policy.versions.model import Timeline
from tests.conftest import DAY
from tests.publish.apache import shared_host
from tests.publish.certificate import Certificates
from tests.publish.openssh import OpenSSH, openssh

OPEN = "--with-open-questions"
Run = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def root(built: Path, place: Path) -> Path:
    """A copy of the project with what it built."""
    return Path(shutil.copytree(built.parent, place / "project", symlinks=True))


@pytest.fixture
def server(place: Path) -> Iterator[OpenSSH]:
    """The host that the account of the project is on."""
    with openssh(place / "home", shell=True) as server:
        (server.home / "www").mkdir()
        (server.home / "www/index.html").write_text("<!doctype html><title>LEIZ</title>")
        (server.home / "www/.htaccess").write_text("# the website's own\n")
        yield server


@pytest.fixture
def run(root: Path, server: OpenSSH, proof: Certificates) -> Iterator[Run]:
    """Run a command of the project; its host and its website are private ones."""
    settings = root / "docs/inventory/publishing.toml"
    text = settings.read_text("utf-8").replace('"leiznl.ssh.transip.me"', f'"{server.host}"\nport = {server.port}')
    settings.write_text(text.replace('user = "leiznl"', f'user = "{server.user}"'), "utf-8")
    shutil.copy(server.known_hosts, root / "docs/inventory/known_hosts")
    with shared_host(server.home / "www", proof) as website:
        real = {443: website.tls, 80: website.plain}
        environment = {
            **os.environ,
            "POLICY_SSH_KEY": str(server.key),
            "SSL_CERT_FILE": str(proof.authority),
            "POLICY_RESOLVE": " ".join(f"www.leiz.nl:{port}=127.0.0.1:{to}" for port, to in real.items()),
        }

        def run(*words: str, day: date = DAY) -> Done:
            command = [sys.executable, "-m", "policy.cli", "--root", str(root), "--as-of", day.isoformat(), *words]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            return Done(done.returncode, done.stdout, done.stderr)

        yield run


def test_the_real_site_is_published_verified_and_taken_back(run: Run, server: OpenSSH) -> None:
    planned = run("publish", "plan", "--json", OPEN)
    assert planned.code == 0, planned.err
    (plan,) = json.loads(planned.out)
    assert (plan["strategy"], plan["live"], plan["refused"]) == ("a link is swapped", None, [])

    assert run("publish", "push", OPEN, "--plan", "0123456789ab").code == 3
    first = run("publish", "push", OPEN, "--plan", plan["plan"])
    assert (first.code, first.out) == (0, f"transip: release {plan['release'][:8]} is live and verified.\n"), first.err
    again = run("publish", "push", OPEN)
    assert (again.code, again.out) == (0, f"transip: nothing to do, release {plan['release'][:8]} is live.\n")
    checked = run("publish", "verify", "--all")
    assert (checked.code, checked.err) == (0, "")
    assert run("publish", "status").code == 0

    tampered = server.home / "www/privacy/versies/1/index.html"
    tampered.write_text(tampered.read_text("utf-8").replace("LEIZ", "LIEZ"), "utf-8")
    found = run("publish", "verify", "--all")
    assert (found.code, "https://www.leiz.nl/privacy/versies/1/ holds something else" in found.err) == (6, True)
    assert run("publish", "push", OPEN, "--afresh").code == 0
    assert run("publish", "verify", "--all").code == 0

    nothing_before = run("publish", "rollback", "no-such-release")
    assert (nothing_before.code, "no such release" in nothing_before.err) == (3, True)
    assert run("publish", "rollback").code == 0
    assert (server.home / "www/.htaccess").read_text("utf-8").startswith("# the website's own\n# BEGIN toestemming\n")


def test_open_questions_stop_a_push_before_anything_is_touched(run: Run, server: OpenSSH) -> None:
    refused = run("publish", "push")
    assert refused.code == 3
    assert "Version 2 has 93 open questions." in refused.err
    assert sorted(path.name for path in (server.home / "www").iterdir()) == [".htaccess", "index.html"]


def test_a_build_of_another_day_is_not_published(run: Run) -> None:
    done = run("publish", "push", OPEN, day=DAY + timedelta(days=1))
    assert (done.code, done.err) == (
        1,
        "The build is of 2026-11-24, and today is 2026-11-25. Make it anew with: policy build\n",
    )


def test_an_unknown_host_is_shown_and_not_trusted(run: Run, root: Path, server: OpenSSH) -> None:
    pinned = root / "docs/inventory/known_hosts"
    key = pinned.read_text("utf-8").split()[1:3]
    pinned.unlink()
    done = run("publish", "probe")
    assert (done.code, " ".join(key) in done.err) == (3, True), done.err
    assert not (server.home / "privacy-releases").exists()
    assert run("publish", "push", OPEN).code == 3


def test_a_password_in_the_settings_is_refused_and_not_repeated(run: Run, root: Path) -> None:
    settings = root / "docs/inventory/publishing.toml"
    text = settings.read_text("utf-8").replace('id = "transip"', 'id = "transip"\npassword = "geheim-12"', 1)
    settings.write_text(text, "utf-8")
    done = run("publish", "push", OPEN)
    assert (done.code, "geheim-12" in done.err + done.out) == (3, False)
    assert "docs/inventory/publishing.toml: password: Passwords and keys do not belong in a file." in done.err


@pytest.fixture
def publication(built: Path) -> Publication:
    """What would be published of the real project on DAY."""
    return read_publication(built.parent, DAY)


def _live(as_of: date, *numbers: int) -> Release:
    days = {1: ("2018-05-25", "2018-05-25"), 2: ("2026-11-24", "2027-01-01")}
    versions = tuple(Announced(number, *days[number], "entry") for number in numbers)
    return Release(id="0" * 64, as_of=as_of.isoformat(), versions=versions)


def _refused(publication: Publication, day: date, live: Release | None) -> list[str]:
    later = replace(publication, source=replace(publication.source, day=day))
    return later.refused(live, with_open_questions=True)


@pytest.mark.parametrize(
    ("day", "live", "days"),
    [
        (date(2026, 12, 2), None, None),
        (date(2026, 12, 3), None, 29),
        (date(2026, 12, 3), _live(DAY, 1), 29),
        (date(2026, 12, 3), _live(DAY, 1, 2), None),
        (date(2027, 1, 5), _live(DAY, 1), -4),
        (date(2027, 1, 5), None, None),
    ],
)
def test_a_substantive_version_is_seen_thirty_days_before(
    publication: Publication, day: date, live: Release | None, days: int | None
) -> None:
    found = _refused(publication, day, live)
    expected = [f"Version 2 would be in force {days} days after readers first see it"] if days is not None else []
    assert [sentence.split(",")[0] for sentence in found] == expected


def test_an_urgent_version_needs_no_thirty_days(publication: Publication) -> None:
    versions = publication.source.timeline.versions
    texts = tuple(replace(text, urgent_reason="Een lek.") for text in versions[1].texts)
    timeline = Timeline((versions[0], replace(versions[1], texts=texts)))
    urgent = replace(publication, source=replace(publication.source, timeline=timeline))
    assert _refused(urgent, date(2026, 12, 20), _live(DAY, 1)) == []


@pytest.mark.parametrize(
    ("day", "live", "sentences"),
    [
        (DAY, _live(DAY, 1, 2), []),
        (date(2026, 12, 31), _live(DAY, 1, 2), []),
        (
            date(2027, 1, 1),
            _live(DAY, 1, 2),
            ["Version 2 is in force since 2027-01-01, and the live site is of 2026-11-24."],
        ),
        (date(2027, 1, 1), _live(date(2027, 1, 1), 1, 2), []),
        (DAY, _live(date(2026, 11, 23), 1), ["Version 2 is announced, and not on the live site."]),
        (date(2027, 8, 1), _live(date(2027, 1, 2), 1, 2), ["The live site is of 2027-01-02, which is long ago."]),
    ],
)
def test_the_alarm_tells_where_live_site_and_calendar_disagree(
    publication: Publication, day: date, live: Release, sentences: list[str]
) -> None:
    source: Source = replace(publication.source, day=day)
    assert [sentence.split(" Publish")[0] for sentence in calendar(source, live)] == sentences
