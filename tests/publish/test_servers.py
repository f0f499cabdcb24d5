"""The servers that publishing is tested on do what they say."""

import asyncio
import os
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import asyncssh
import pytest

from tests.publish.apache import SharedHost, shared_host
from tests.publish.certificate import Certificates
from tests.publish.faults import Faults
from tests.publish.faulty import Faulty
from tests.publish.keys import session_keys
from tests.publish.openssh import OpenSSH, openssh
from tests.publish.readers import Readers, reading

LOST = (OSError, asyncssh.ConnectionLost)
"""How asyncssh tells that a connection ended; the machine decides which."""
T = TypeVar("T")
Work = Callable[[asyncssh.SFTPClient], Awaitable[object]]

BEFORE = {"old": "old", "current": "-> www", "www": "/"}
STEPS: list[tuple[str, str, dict[str, str | None]]] = [
    ("mkdir", "new", {"new": "/"}),
    ("create", "new/page", {"new/page": ""}),
    ("write", "new/page", {"new/page": "new"}),
    ("close", "new/page", {}),
    ("open", "new/page", {}),
    ("create", "new/copy", {"new/copy": ""}),
    ("copy_data", "new/copy", {"new/copy": "new"}),
    ("close", "new/copy", {}),
    ("close", "new/page", {}),
    ("link", "new/link", {"new/link": "new"}),
    ("symlink", "current.new", {"current.new": "-> new"}),
    ("posix_rename", "current", {"current": "-> new", "current.new": None}),
    ("remove", "old", {"old": None}),
]
"""What `steps` asks for: operation, path, and what changes by it."""
NUMBERS = {operation: number for number, (operation, _, _) in reversed(list(enumerate(STEPS, 1)))}
"""The number of the first operation of a name; `limits`, which asyncssh's client asks at once, is number 0."""


async def steps(client: asyncssh.SFTPClient) -> None:
    """A folder with a file, its copy and a hard link; then a symlink is put in the place of another."""
    await client.mkdir("new")
    async with client.open("new/page", "wb") as file:
        await file.write(b"new")
    async with client.open("new/page", "rb") as source, client.open("new/copy", "wb") as copy:
        await client.remote_copy(source, copy)
    await client.link("new/page", "new/link")
    await client.symlink("new", "current.new")
    await client.posix_rename("current.new", "current")
    await client.remove("old")


def state(done: int) -> dict[str, str]:
    """What a home holds after so many of the steps."""
    found: dict[str, str | None] = dict(BEFORE)
    for _, _, changes in STEPS[:done]:
        found |= changes
    return {path: text for path, text in found.items() if text is not None}


def begin(home: Path) -> None:
    """A home as the steps find it."""
    for path in sorted(home.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    (home / "www").mkdir()
    (home / "old").write_text("old", "utf-8")
    (home / "current").symlink_to("www")


def content(home: Path) -> dict[str, str]:
    """Each path of a home, with the text of a file and the target of a link."""

    def told(path: Path) -> str:
        return f"-> {path.readlink()}" if path.is_symlink() else "/" if path.is_dir() else path.read_text("utf-8")

    return {path.relative_to(home).as_posix(): told(path) for path in home.rglob("*")}


def _alone(work: Coroutine[Any, Any, T]) -> T:
    """The result of work in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@asynccontextmanager
async def connected(server: OpenSSH | Faulty, key: Path | None = None) -> AsyncIterator[asyncssh.SSHClientConnection]:
    keys, hosts = [str(key or server.key)], str(server.known_hosts)
    options = {"username": server.user, "client_keys": keys, "known_hosts": hosts, "config": None, "agent_path": None}
    async with asyncssh.connect(server.host, server.port, **options) as connection:
        yield connection


def by_sftp(server: OpenSSH | Faulty, work: Work) -> object:
    async def works() -> object:
        async with connected(server) as connection, connection.start_sftp_client() as client:
            return await work(client)

    return _alone(works())


def by_shell(server: OpenSSH | Faulty, command: str, given: str | None = None) -> tuple[int | None, str]:
    """Exit status, which is None after a cut, and output."""

    async def works() -> tuple[int | None, str]:
        async with connected(server) as connection:
            done = await connection.run(command, input=given)
            return done.exit_status, str(done.stdout)

    try:
        return _alone(works())
    except LOST:
        return None, ""


def tried(server: Faulty, faults: Faults) -> str:
    """Begin anew with these faults, and name the error that the steps end with."""
    begin(server.home)
    server.becomes(faults)
    try:
        by_sftp(server, steps)
    except LOST:
        return "lost"
    except asyncssh.Error as error:
        return f"{type(error).__name__}: {error}"
    return "done"


def test_a_login_starts_at_home_and_has_its_own_paths(ssh: OpenSSH):
    start = by_sftp(ssh, lambda client: client.realpath("."))
    assert ssh.seen(ssh.home) == start
    assert ssh.real(f"{start}/www") == ssh.real("www") == ssh.home / "www"


def test_openssh_does_the_steps(ssh: OpenSSH):
    begin(ssh.home)
    by_sftp(ssh, steps)
    assert content(ssh.home) == state(len(STEPS))
    assert (ssh.home / "new/link").samefile(ssh.home / "new/page")


def test_openssh_does_not_rename_over_a_file(ssh: OpenSSH):
    begin(ssh.home)
    with pytest.raises(asyncssh.SFTPFailure):
        by_sftp(ssh, lambda client: client.rename("old", "current"))
    assert content(ssh.home) == BEFORE


def test_a_shell_starts_at_home(place: Path):
    with openssh(place / "home", shell=True) as server:
        done = by_shell(server, 'pwd; echo "$HOME"; cat; exit 3', "given")
    assert done == (3, f"{place}/home\n{place}/home\ngiven")


def test_a_login_without_a_shell_sees_its_chroot_only(place: Path):
    with openssh(place / "home", shell=False) as server:
        assert by_shell(server, "pwd") == (1, "This service allows sftp connections only.\n")
        assert sorted(by_sftp(server, lambda client: client.listdir("/"))) == [".", "..", "home"]
        assert (place / "home").resolve() == server.home
    assert not server.root.exists()
    assert not (place / "home").is_symlink()


def test_what_a_login_started_ends_with_the_server(place: Path):
    with openssh(place / "home", shell=True) as server:
        command = [*server.ssh(), server.host, "echo $$; exec sleep 1000"]
        client = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        started = int(client.stdout.readline())
        os.kill(started, 0)
    client.communicate(timeout=30)
    assert not _runs(started)


def _runs(process: int) -> bool:
    """Whether a process still runs; one that nobody waits for yet has ended as well."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_strange_key_is_not_let_in(ssh: OpenSSH, host: Faulty):
    async def enters(server: OpenSSH | Faulty) -> None:
        async with connected(server, session_keys().stranger):
            """It was let in."""

    for server in (ssh, host):
        with pytest.raises(asyncssh.PermissionDenied):
            _alone(enters(server))


def test_without_faults_each_operation_is_done_and_counted(host: Faulty):
    assert tried(host, Faults()) == "done"
    assert content(host.home) == state(len(STEPS))
    assert host.operations == [("limits", ""), *((operation, path) for operation, path, _ in STEPS)]


@pytest.mark.parametrize("after", [False, True], ids=["not-done", "done"])
def test_at_a_cut_all_before_it_is_done_and_nothing_after(host: Faulty, after: bool):
    for number in range(1, len(STEPS) + 1):
        ended = tried(host, Faults(cut_at=number, after=after))
        assert (ended, len(host.operations)) == ("lost", number + 1)
        assert content(host.home) == state(number if after else number - 1)


def test_a_cut_host_is_gone_until_it_heals(host: Faulty):
    tried(host, Faults(cut_at=NUMBERS["symlink"], without=frozenset({"fsync"})))
    with pytest.raises(LOST):
        by_sftp(host, lambda client: client.realpath("."))
    port = host.port
    host.heals()
    assert (host.port, host.faults) == (port, Faults(without=frozenset({"fsync"})))
    assert by_sftp(host, lambda client: client.listdir("new"))


def test_a_cut_host_that_returns_lets_in_at_once(host: Faulty):
    tried(host, Faults(cut_at=NUMBERS["symlink"], returns=True))
    assert by_sftp(host, lambda client: client.realpath(".")) == str(host.home)


def test_a_connection_carries_so_many_bytes(host: Faulty):
    data = b"x" * 100_000

    async def sends(client: asyncssh.SFTPClient) -> None:
        async with client.open("new", "wb", block_size=10_000, max_requests=1) as file:
            await file.write(data)

    host.becomes(Faults(cut_after_bytes=55_000))
    with pytest.raises(LOST):
        by_sftp(host, sends)
    assert (host.home / "new").read_bytes() == data[:50_000]


def test_what_was_asked_before_a_cut_is_done_though_its_answer_is_not_there(host: Faulty):
    async def sends(client: asyncssh.SFTPClient) -> None:
        async with client.open("new", "wb", block_size=1_000, max_requests=100) as file:
            await file.write(b"x" * 100_000)

    host.becomes(Faults(cut_at=52))  # after `limits`, `create` and fifty writes
    with pytest.raises(LOST):
        by_sftp(host, sends)
    assert (host.home / "new").read_bytes() == b"x" * 50_000


def test_one_operation_fails(host: Faulty):
    assert tried(host, Faults(fail_at=NUMBERS["symlink"])) == "SFTPFailure: Failure"
    assert content(host.home) == state(NUMBERS["symlink"] - 1)


@pytest.mark.parametrize("operation", ["link", "symlink", "posix_rename", "copy_data"])
def test_what_a_host_does_not_know_is_not_done(host: Faulty, operation: str):
    assert tried(host, Faults(without=frozenset({operation}))).startswith("SFTPOpUnsupported: ")
    assert content(host.home) == state(NUMBERS[operation] - 1)


def test_what_a_host_does_not_know_it_does_not_offer(host: Faulty):
    async def offers(client: asyncssh.SFTPClient) -> bool:
        return client.supports_remote_copy

    assert by_sftp(host, offers)
    host.becomes(Faults(without=frozenset({"copy_data"})))
    assert not by_sftp(host, offers)


def test_on_a_full_disk_nothing_is_made(host: Faulty):
    async def goes_on(client: asyncssh.SFTPClient) -> None:
        with pytest.raises(asyncssh.SFTPFailure):
            await client.symlink("new", "current.new")
        await client.posix_rename("old", "current")
        await client.remove("new/page")

    assert tried(host, Faults(room=5)) == "SFTPFailure: Failure"  # the copy is another three bytes
    by_sftp(host, goes_on)
    assert content(host.home) == {"new": "/", "new/copy": "", "current": "old", "www": "/"}


def test_where_nothing_may_be_changed(host: Faulty):
    denied = Faults(not_writable=(f"{host.home}/current",))
    assert tried(host, denied) == "SFTPPermissionDenied: Permission denied"
    assert content(host.home) == state(NUMBERS["posix_rename"] - 1)


def test_another_host_key_is_seen(host: Faulty):
    assert tried(host, Faults(wrong_host_key=True)).startswith("HostKeyNotVerifiable: ")
    assert host.operations == []


def test_a_command_is_an_operation(host: Faulty):
    command = 'cat > given; pwd; echo "$HOME"; exit 3'
    assert by_shell(host, command) == (1, "This service allows sftp connections only.\n")
    host.becomes(Faults(shell=True))
    assert by_shell(host, command, "text") == (3, f"{host.home}\n{host.home}\n")
    assert host.operations == [("exec", command)]
    assert (host.home / "given").read_text("utf-8") == "text"


@pytest.mark.parametrize(
    ("faults", "text"),
    [
        (Faults(shell=True, cut_at=0), "was "),
        (Faults(shell=True, cut_at=0, after=True), "was given"),
        (Faults(shell=True, cut_after_bytes=len("cat >> file")), "was "),
    ],
    ids=["not-done", "done", "bytes"],
)
def test_a_command_is_cut(host: Faulty, faults: Faults, text: str):
    (host.home / "file").write_text("was ", "utf-8")
    host.becomes(faults)
    assert by_shell(host, "cat >> file", "given") == (None, "")
    host.heals()  # waits for all that the host did
    assert (host.home / "file").read_text("utf-8") == text


def test_a_website_is_vouched_for_by_its_authority(website: SharedHost):
    (website.documents / "page.txt").write_text("page", "utf-8")
    for name in ("localhost", "www.leiz.test", "privacy.leiz.test"):
        assert website.get("/page.txt", host=name).body == b"page"
    assert website.get("/page.txt", secure=False).body == b"page"
    with pytest.raises(ssl.SSLCertVerificationError):
        website.get("/page.txt", host="other.test")


def test_a_website_is_served_from_behind_a_symlink(ssh: OpenSSH, website: SharedHost):
    """As `www/privacy` leads out of the document root, and on to the release."""
    (ssh.home / "S/releases/one/site").mkdir(parents=True)
    (ssh.home / "S/releases/one/site/index.html").write_text("one", "utf-8")
    (ssh.home / "S/releases/one/site/.htaccess").write_text("Header set X-Release one\n", "utf-8")
    (ssh.home / "S/current").symlink_to("releases/one")
    (ssh.home / "www/privacy").symlink_to("../S/current/site")
    answer = website.get("/privacy/")
    assert (answer.status, answer.body, answer.header("X-Release")) == (200, b"one", "one")


@pytest.mark.parametrize("kind", [{"options": "None"}, {"override": "None"}, {"without": ("headers",)}], ids=str)
def test_a_poorer_website(place: Path, proof: Certificates, kind: dict):
    (place / "elsewhere").mkdir()
    (place / "elsewhere/page").write_text("page", "utf-8")
    (place / "www").mkdir()
    (place / "www/link").symlink_to("../elsewhere")
    (place / "www/.htaccess").write_text(
        "AddType text/plain page\n<IfModule headers_module>\nHeader set X yes\n</IfModule>\n", "utf-8"
    )
    with shared_host(place / "www", proof, **kind) as website:
        answer = website.get("/link/page")
    status = 403 if "options" in kind else 200
    assert (answer.status, answer.header("X")) == (status, None)


def test_a_copy_by_brotli_is_breton_to_a_website_that_says_nothing(website: SharedHost):
    (website.documents / "page.js.br").write_bytes(b"copy")
    answer = website.get("/page.js.br")
    assert (answer.header("Content-Language"), answer.header("Content-Encoding")) == ("br", None)


def read_during(website: SharedHost, change: Callable[[Readers], None]) -> Readers:
    """What readers of two pages got while something changed; a page ends with a full stop."""
    with reading(website, ["/one", "/two"], lambda body: body.decode(), lambda body: body.endswith(b".")) as readers:
        readers.read(5)
        change(readers)
    return readers


def publish(website: SharedHost, name: str, texts: dict[str, str]) -> None:
    """Swap the symlink that is served."""
    home = website.documents.parent
    (home / name).mkdir()
    for page, text in texts.items():
        (home / name / page).write_text(text, "utf-8")
    (home / "next").symlink_to(name)
    (home / "next").replace(website.documents)


@pytest.fixture
def swapped(place: Path, proof: Certificates) -> Iterator[SharedHost]:
    """A website whose document root is a symlink to a whole release."""
    (place / "first").mkdir()
    (place / "www").symlink_to("first")
    for page in ("one", "two"):
        (place / "first" / page).write_text("first.", "utf-8")
    with shared_host(place / "www", proof) as server:
        yield server


def test_readers_of_whole_releases_find_nothing(swapped: SharedHost):
    def change(readers: Readers) -> None:
        publish(swapped, "second", {"one": "second.", "two": "second."})
        readers.read(5)

    readers = read_during(swapped, change)
    assert (readers.failed, readers.cut_off, readers.problems) == (0, 0, [])
    assert readers.views >= 10
    assert readers.requests == 2 * readers.views


def test_readers_find_what_failed_what_is_cut_off_and_what_is_mixed(swapped: SharedHost):
    def change(readers: Readers) -> None:
        publish(swapped, "missing", {"one": "second."})
        readers.read(5)
        assert readers.failed > 0
        publish(swapped, "cut", {"one": "thi", "two": "third."})
        readers.read(5)
        assert readers.cut_off > 0
        publish(swapped, "mixed", {"one": "fourth.", "two": "fifth."})
        readers.read(5)

    readers = read_during(swapped, change)
    assert readers.mixed > 0
    assert len(readers.problems) == readers.failed + readers.cut_off
    assert "/two: 404, " in "".join(readers.problems)
    assert "/one: 200, 3 bytes" in readers.problems
