"""Publishing to a website that a real Apache serves, over two real OpenSSH servers and a faulty one."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from policy.publish.abilities import Strategy
from policy.publish.local import Build
from policy.publish.problems import NotVerifiedError
from tests.publish.apache import SharedHost, fetch, trust
from tests.publish.certificate import Certificates
from tests.publish.faults import Faults
from tests.publish.faulty import Faulty
from tests.publish.openssh import OpenSSH
from tests.publish.publisher import Publisher, publisher
from tests.publish.readers import reading
from tests.publish.small import Words
from tests.publish.visible import kept, published, seen

OLD, NEW = Words(home="old"), Words(home="new", style="new", guard="3", pages=("nieuw",), versions=(1, 2))
FILES = frozenset({"symlink"})
LOOKING = "Looking at the live site"


@pytest.fixture(autouse=True)
def trusted(proof: Certificates, monkeypatch: pytest.MonkeyPatch) -> None:
    """We trust the website's certificate, as everybody would."""
    monkeypatch.setenv("SSL_CERT_FILE", str(proof.authority))


@pytest.fixture
def publishes(host: Faulty, place: Path, website: SharedHost) -> Publisher:
    """A publisher on a host whose faults a test sets."""
    return publisher(host, place / "builds", f"https://127.0.0.1:{website.tls}/")


@pytest.fixture
def over_ssh(ssh: OpenSSH, place: Path, website: SharedHost) -> Publisher:
    """A publisher on a real OpenSSH."""
    return publisher(ssh, place / "builds", f"https://127.0.0.1:{website.tls}/")


# Both real servers


def test_pushes_and_going_back_over_openssh(over_ssh: Publisher, ssh: OpenSSH, website: SharedHost):
    (ssh.home / "www/index.html").write_text("website")
    old, new = over_ssh.build(OLD, named="old"), over_ssh.build(NEW, named="new")
    over_ssh.push(old)
    assert over_ssh.told[0] == "Trying out what 127.0.0.1 can do"
    assert seen(ssh.home / "www") == published(old)
    over_ssh.push(new)
    assert published(new).items() <= seen(ssh.home / "www").items()
    assert _header(website, "/", "server-timing") == "guard;desc=3"
    over_ssh.rollback()
    assert (ssh.home / "www/privacy/index.html").read_bytes() == published(old)["privacy/index.html"]
    assert _header(website, "/privacy/versies/2/", "x-site") == "policy"
    release, looked_at, wrong = over_ssh.verify()
    assert release and looked_at >= 20 and wrong == []
    report = over_ssh.probe()
    assert report.abilities.strategy is Strategy.LINK
    assert (report.htaccess, report.forbidden, report.served) == (True, (), over_ssh.address)
    assert {"headers", "rewrite", "mime", "dir"} <= set(report.modules)


def test_without_links_over_openssh(over_ssh: Publisher, ssh: OpenSSH, place: Path, website: SharedHost):
    over_ssh.probe()
    state = ssh.home / "privacy-releases/state.json"
    found = json.loads(state.read_text())
    state.write_text(json.dumps({**found, "host": {**found["host"], "symlink": False}}))
    over_ssh.push(OLD)
    new = over_ssh.build(NEW)
    over_ssh.push(new)
    assert published(new).items() <= seen(ssh.home / "www").items()
    assert not (ssh.home / "www/privacy").is_symlink()
    assert over_ssh.verify()[2] == []


def _header(website: SharedHost, path: str, name: str) -> str | None:
    return fetch(website.tls, path, tls=trust(website.authority)).header(name)


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_modes_are_set_whatever_the_servers_umask_says(
    over_ssh: Publisher, ssh: OpenSSH, mask: int, request: pytest.FixtureRequest
):
    """With a shell more than 64 files travel as a tar stream; without, one by one."""
    before = os.umask(mask)  # the servers are started by this process, one for each connection
    request.addfinalizer(lambda: os.umask(before))
    over_ssh.push(replace(OLD, pages=tuple(f"page-{number}" for number in range(30))))
    os.umask(before)
    ours = [ssh.home / "www/privacy", *(ssh.home / "www/privacy").rglob("*")]
    modes = {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in ours}
    assert modes == {(True, "0o755"), (False, "0o644")}


def test_a_change_of_equal_size_has_another_etag(over_ssh: Publisher, website: SharedHost):
    pages = tuple(f"page-{number}" for number in range(30))
    tags = []
    for home in ("abc", "xyz"):
        over_ssh.push(replace(OLD, home=home, pages=pages))
        tags.append(_header(website, "/privacy/", "etag"))
    assert None not in tags and len(set(tags)) == 2


# What is not verified


def _expecting(build: Build, change: Callable[[dict], None]) -> Build:
    """The same build, of which the websites are said to answer something else."""
    expected = json.loads(build.texts["expected.json"])
    change(expected)
    return replace(build, texts={**build.texts, "expected.json": json.dumps(expected).encode()})


def _write(path: Path, text: str) -> Callable[[], object]:
    def write() -> None:
        path.unlink()
        path.write_text(text)

    return write


WRONG: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a header": (
        r"privacy/cookies/ has the header x-site: '', not 'policy'",
        lambda www: _write(www / "privacy/.htaccess", ""),
    ),
    "a body": (r"privacy/ holds something else", lambda www: _write(www / "privacy/index.html", "hand edit")),
    "a missing page": (r"privacy/nieuw/ ", lambda www: (www / "privacy/nieuw/index.html").unlink),
    "the module": (r"toestemming/consent\.js answered 404, not 200", lambda www: (www / "toestemming").unlink),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_on_the_live_site_is_taken_back(
    publishes: Publisher, host: Faulty, website: SharedHost, what: str
):
    said, spoils = WRONG[what]
    www = host.home / "www"
    old = publishes.build(OLD, named="old")
    publishes.push(old)
    before, log = seen(www), (host.home / "privacy-releases/publications.jsonl").read_text()
    publishes.hooks[LOOKING] = spoils(www)
    with pytest.raises(NotVerifiedError, match=rf"{said}.* The release before it is live again; nothing was published"):
        publishes.push(NEW)
    _is_as_before(host, before if what != "the module" else {}, log)
    publishes.push(NEW, move_aside=True)
    assert publishes.verify()[2] == []


def _is_as_before(host: Faulty, before: dict[str, bytes], log: str) -> None:
    if before:
        assert seen(host.home / "www") == before
    assert (host.home / "privacy-releases/publications.jsonl").read_text() == log
    assert json.loads((host.home / "privacy-releases/state.json").read_text())["at_work"] is None


ANSWERS: dict[str, tuple[str, Callable[[dict], None]]] = {
    "a redirect": (
        r"privacy/cookies answered 301, not 308|has the header location",
        lambda expected: expected["answers"].append(
            {"url": _url(expected) + "cookies", "status": 301, "location": "/elsewhere"}
        ),
    ),
    "a status": (
        r"privacy/oud answered 404, not 410",
        lambda expected: expected["answers"].append({"url": _url(expected) + "oud", "status": 410}),
    ),
    "a website's own header": (
        r"has no 'guard;desc=9' in its header server-timing",
        lambda expected: expected["answers"][-1].update(contains={"server-timing": "guard;desc=9"}),
    ),
}


def _url(expected: dict) -> str:
    return next(one["url"] for one in expected["answers"] if one.get("path") == "site/index.html")


@pytest.mark.parametrize("what", ANSWERS)
def test_another_answer_than_the_build_promised_is_taken_back(publishes: Publisher, host: Faulty, what: str):
    said, change = ANSWERS[what]
    with pytest.raises(NotVerifiedError, match=rf"{said}.* What this push put there was taken away again"):
        publishes.push(_expecting(publishes.build(NEW), change))
    assert kept(host.home / "www") == {}


def test_a_page_for_nothing_that_is_no_404_is_taken_back(publishes: Publisher, host: Faulty):
    """As a WordPress around us would, whose own rules answer for every address."""
    rules = "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\n"
    (host.home / "www/.htaccess").write_text(f"{rules}RewriteRule . /index.html [L]\n")
    (host.home / "www/index.html").write_text("website")
    before = kept(host.home / "www")
    with pytest.raises(NotVerifiedError, match=r"privacy/nergens answered 200, not 404"):
        publishes.push(OLD)
    assert {path: one[:2] for path, one in kept(host.home / "www").items()} == {
        path: one[:2] for path, one in before.items()
    }


@pytest.mark.parametrize("lacking", [frozenset[str](), FILES], ids=["links", "files"])
def test_lines_that_break_the_whole_website_are_taken_back(
    publishes: Publisher, host: Faulty, website: SharedHost, lacking: frozenset[str]
):
    host.becomes(Faults(without=lacking))
    (host.home / "www/index.html").write_text("website")
    (host.home / "www/.htaccess").write_text("# mine\n")
    publishes.push(OLD)
    before, rules = seen(host.home / "www"), (host.home / "www/.htaccess").read_bytes()
    with pytest.raises(NotVerifiedError, match=r"answered 500, not 200.* The release before it is live again"):
        publishes.push(replace(OLD, home="other", guard="4\nNoSuchDirective"))
    assert seen(host.home / "www") == before
    assert (host.home / "www/.htaccess").read_bytes() == rules
    assert fetch(website.tls, "/", tls=trust(website.authority)).status == 200


@pytest.mark.parametrize(("ending", "coding"), [("gz", "gzip"), ("br", "br")])
def test_compressed_answers_are_looked_at_too(publishes: Publisher, host: Faulty, ending: str, coding: str):
    copy = f"index.html.{ending}"
    rules = (
        f"RewriteEngine On\nRewriteCond %{{HTTP:Accept-Encoding}} {coding}\nRewriteRule ^$ {copy} [L]\n"
        f"RemoveType .gz\nRemoveLanguage .br\nAddEncoding {coding} .{ending}\n"
        f'<Files "{copy}">\nForceType "text/html; charset=utf-8"\n</Files>\n'
        "Header always set X-Site policy\n"
    )
    words = replace(OLD, texts={"site/.htaccess": rules})
    publishes.push(words)
    page = host.home / "www/privacy" / copy
    page.write_bytes(page.read_bytes()[:-9])
    said = f"{publishes.address}privacy/ holds something else than what was published"
    assert publishes.verify()[2] == [said]


# Readers under load


def _release(body: bytes) -> str:
    return body.partition(b"<p>")[2].partition(b"</p>")[0].decode()


def _whole(body: bytes) -> bool:
    return body.endswith(b"</html>\n")


def test_readers_under_load_see_no_failed_and_no_cut_off_page_while_a_link_is_swapped_twenty_times(
    publishes: Publisher, website: SharedHost
):
    publishes.push(replace(OLD, home="0", cookies="0"))
    with reading(website, ["/privacy/", "/privacy/cookies/"], _release, _whole) as readers:
        readers.read(5)
        for number in range(1, 21):
            publishes.push(replace(OLD, home=str(number), cookies=str(number)))
        readers.read(5)
    assert (readers.failed, readers.cut_off, readers.problems) == (0, 0, [])
    assert readers.views > 30


@pytest.mark.long
def test_readers_under_load_see_no_failed_and_no_cut_off_page_while_files_are_renamed(
    publishes: Publisher, host: Faulty, website: SharedHost
):
    host.becomes(Faults(without=FILES))
    publishes.push(replace(OLD, home="0", cookies="0"))
    with reading(website, ["/privacy/", "/privacy/cookies/"], _release, _whole) as readers:
        readers.read(5)
        for number in range(1, 21):
            publishes.push(replace(OLD, home=str(number), cookies=str(number)))
        readers.read(5)
    assert (readers.failed, readers.cut_off, readers.problems) == (0, 0, [])
    print(f"Views with mixed releases while files are renamed: {readers.mixed} of {readers.views}")


# Killed


SCRIPT = """\
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from policy.publish.local import read_build
from policy.publish.session import Wishes, session
from tests.publish.small import account

host, port, user, key, known, build, address, at = sys.argv[1:]
def told(line):
    print(line, flush=True)
    if line == at:
        sys.stdin.read()
def sent(count, total):
    if at == "sending":
        print(at, flush=True)
        sys.stdin.read()
made = account(host, int(port), user, Path(key), Path(known))
with session(made, [("www", address)], lambda: datetime.now(UTC), told, sent) as one:
    one.push(read_build(Path(build)), Wishes(take_over=at == "nothing"), lambda live: ())
"""


@pytest.mark.parametrize(
    "at",
    [
        "Trying out what 127.0.0.1 can do",
        "Preparing the release on the host",
        "sending",
        "Making it live",
        LOOKING,
    ],
)
def test_a_push_that_is_killed_is_taken_over_by_the_next_one_by_itself(publishes: Publisher, host: Faulty, at: str):
    old, new = publishes.build(OLD, named="old"), publishes.build(NEW, named="new")
    first = at.startswith("Trying")
    if not first:
        publishes.push(old)
    server = [host.host, str(host.port), host.user, str(host.key), str(host.known_hosts)]
    _kill([*server, str(new.root), publishes.address, at], at)
    shown = seen(host.home / "www")
    assert shown in ({}, published(old), {**_styles(old), **published(new)})
    publishes.push(new)
    assert published(new).items() <= seen(host.home / "www").items()
    assert first or any(line.startswith("Taking over the lock of ") for line in publishes.told)
    assert publishes.verify()[2] == []


def _styles(build: Build) -> dict[str, bytes]:
    return {path: content for path, content in published(build).items() if "/site." in path or "/notice." in path}


def test_a_lost_connection_is_told_in_one_sentence_and_nothing_else(publishes: Publisher, host: Faulty):
    publishes.push(OLD)
    new = publishes.build(replace(NEW, pages=tuple(f"page-{number}" for number in range(20))))
    for count in (20_000, 30_000):
        host.becomes(Faults(cut_after_bytes=count))
        server = [host.host, str(host.port), host.user, str(host.key), str(host.known_hosts)]
        process = _started([*server, str(new.root), publishes.address, "nothing"])
        _, errors = process.communicate(timeout=60)
        first, *rest = [line for line in errors.splitlines() if line and not line.startswith(" ")]
        assert first == "Traceback (most recent call last):", "of the script, which catches nothing"
        assert rest[-1].startswith("policy.publish.problems.HostError: The connection with 127.0.0.1 was lost")
        assert not [line for line in rest if line.startswith(("socket.", "Task ", "future:"))]


def _started(arguments: list[str]) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    command, pipe = [sys.executable, "-c", SCRIPT, *arguments], subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment)


def _kill(arguments: list[str], at: str) -> None:
    """Start a push and kill it when it says this."""
    process = _started(arguments)
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if said[-1] == at:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert said[-1] == at
