"""A private OpenSSH server on a loopback port: a full shell, or SFTP only in a chroot, as hosts give it."""

import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from tests.publish.keys import known_host, session_keys

HOST = "127.0.0.1"
START = "/home"
"""Where a client of a chroot starts, as it sees it."""
_SFTP_PROGRAMS = (
    "/usr/lib/openssh/sftp-server",
    "/usr/libexec/openssh/sftp-server",
    "/usr/lib/ssh/sftp-server",
    "/usr/libexec/sftp-server",
)
_ROOT_OWNED = ("/var/lib", "/run")
"""Where a chroot may lie: sshd refuses one below a folder that others can write, as `/tmp` is."""
_CONFIGURATION = """\
HostKey {host_key}
AuthorizedKeysFile {authorized}
AuthenticationMethods publickey
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
UseDNS no
PrintMotd no
PidFile none
LogLevel VERBOSE
{login}
"""
_CHROOT = """\
Subsystem sftp internal-sftp
ChrootDirectory {root}
ForceCommand internal-sftp -d {start}
DisableForwarding yes
PermitTTY no
"""
# The login starts in the given folder, not in that of the account that runs the tests. Sshd can say so of
# `internal-sftp`, not of a shell; and what it forces runs in a shell, so SFTP is the program beside it here.
# Bash reads the start files of a login by SSH unless it believes to be inside another; those are of this machine.
_SHELL = """\
Subsystem sftp {sftp}
SetEnv HOME="{home}" SHLVL=1
ForceCommand cd && exec "$SHELL" -c "${{SSH_ORIGINAL_COMMAND:-exec $SHELL}}"
"""


@dataclass(frozen=True)
class OpenSSH:
    """A running server: how to log in, and where its files really are."""

    port: int
    home: Path
    """The real folder in which a client starts."""
    root: Path
    """The real folder that a client sees as `/`."""
    key: Path
    known_hosts: Path
    log: Path
    user: str
    host: str = HOST

    def real(self, path: str) -> Path:
        """Where a path of the client really is; a relative one starts at home."""
        return self.root / path.lstrip("/") if path.startswith("/") else self.home / path

    def seen(self, path: Path) -> str:
        """How a client calls a real path."""
        return str(PurePosixPath("/", path.relative_to(self.root)))

    def ssh(self, program: str = "ssh") -> list[str]:
        """The command that OpenSSH's client, or rsync's `-e`, needs before the host; it asks nothing."""
        options = {"BatchMode": "yes", "IdentitiesOnly": "yes", "UserKnownHostsFile": str(self.known_hosts)}
        told = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        return [program, "-F", "none", "-i", str(self.key), "-p", str(self.port), "-l", self.user, *told]


@contextmanager
def openssh(home: Path, *, shell: bool) -> Iterator[OpenSSH]:
    """A server whose logins start in `home`, which is made where it is missing.

    `shell`: a full shell and SFTP, with this machine's own paths. Otherwise SFTP only, in a chroot: it is made
    elsewhere, as sshd wants it, and `home` becomes a link to the folder in it; it needs root, and is gone at the end.
    """
    program = _program("sshd")
    with tempfile.TemporaryDirectory(prefix="sshd-") as folder, _homes(home, shell) as (real, root):
        place, keys = Path(folder), session_keys()
        login = _login(real, root, shell)
        text = _CONFIGURATION.format(host_key=keys.host, authorized=keys.authorized, login=login)
        (place / "configuration").write_text(text, "utf-8")
        command = [program, "-i", "-f", str(place / "configuration"), "-E", str(place / "log")]
        with _listening(command) as port:
            user = keys.client.owner()  # sshd lets no other in than the account that runs it
            (place / "known_hosts").write_text(known_host(keys.host, HOST, port), "utf-8")
            yield OpenSSH(port, real, root, keys.client, place / "known_hosts", place / "log", user)


def _program(name: str) -> str:
    path = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"  # where Debian puts it, and looks for root only
    found = shutil.which(name, path=path)
    if not found:
        pytest.skip(f"There is no {name} here. Debian has it as openssh-server.")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, parents=True, exist_ok=True)  # root's sshd wants it, empty
    return found


def _login(home: Path, root: Path, shell: bool) -> str:
    if not shell:
        return _CHROOT.format(root=root, start=START)
    return _SHELL.format(sftp=sftp_program(), home=home)


def sftp_program() -> str:
    """OpenSSH's file server; a test is skipped without it."""
    found = next((place for place in _SFTP_PROGRAMS if Path(place).exists()), None)
    if not found:
        pytest.skip("There is no sftp-server here. Debian has it as openssh-sftp-server.")
    return found


@contextmanager
def _homes(home: Path, shell: bool) -> Iterator[tuple[Path, Path]]:
    """The real folder of the login, and the one that it sees as `/`."""
    if shell:
        home.mkdir(parents=True, exist_ok=True)
        yield home, Path("/")
        return
    if os.geteuid() != 0:
        pytest.skip("A chroot needs root: run the tests as root to see SFTP without a shell.")
    base = next((place for place in _ROOT_OWNED if os.access(place, os.W_OK)), None)
    root = Path(tempfile.mkdtemp(prefix="chroot-", dir=base))
    root.chmod(0o755)  # Apache reads below it under another account
    real = root / START.lstrip("/")
    try:
        real.mkdir(mode=0o755)
        home.parent.mkdir(parents=True, exist_ok=True)
        home.symlink_to(real)
        yield real, root
    finally:
        home.unlink(missing_ok=True)
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def _listening(command: list[str]) -> Iterator[int]:
    """Start sshd for each connection to a port of ours, as inetd does: no wait, no port taken by another."""
    started: list[subprocess.Popen[bytes]] = []
    listener = socket.create_server((HOST, 0), backlog=64)

    def accept() -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                connection, _ = listener.accept()
                with connection:
                    started[:] = [process for process in started if process.poll() is None]
                    started.append(subprocess.Popen(command, stdin=connection, stdout=connection))

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # wakes the thread; closing alone does not
        listener.close()
        thread.join()
        for process in started:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a server and all that was started by it: sshd gives each session a group of its own."""
    for child in _descendants(process.pid):
        with suppress(ProcessLookupError):
            _kill(child)
    process.kill()
    process.wait()


def _kill(process: int) -> None:
    """Kill a process and wait until it has ended, though another must collect it."""
    handle = os.pidfd_open(process)
    try:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([handle], [], [], 10)
    finally:
        os.close(handle)


def _descendants(pid: int) -> list[int]:
    """The processes below one, where the machine has `/proc`."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            parents[int(stat.parent.name)] = int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    found = [pid]
    for parent in found:  # grows while it is read
        found += [child for child, above in parents.items() if above == parent]
    return found[1:]
