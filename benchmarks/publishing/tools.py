"""The three tools as commands: ours, rsync and lftp, each with the same key and the same pinned host."""

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

NEEDED = {"rsync": "rsync", "lftp": "lftp"}
"""The program of each other tool; Debian's package has the same name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a site goes: the server as a client reaches it, and the address of its website."""

    port: int
    user: str
    key: Path
    known_hosts: Path
    address: str
    host: str = "127.0.0.1"

    @property
    def ssh(self) -> list[str]:
        """OpenSSH's client, which asks nothing and knows this server only."""
        options = {"BatchMode": "yes", "IdentitiesOnly": "yes", "UserKnownHostsFile": str(self.known_hosts)}
        told = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        return ["ssh", "-F", "none", "-a", "-x", "-i", str(self.key), *told]


def command(tool: str, build: Path, place: Place) -> list[str]:
    """The command that publishes a build with a tool; each has a folder of its own on the server."""
    return {"ours": _ours, "rsync": _rsync, "lftp": _lftp}[tool](build, place)


def probing(build: Path, place: Place) -> list[str]:
    """The command by which ours tries out the host, once before the first push."""
    *start, settings = _ours(build, place)
    return [*start, "--probe", settings]


def _ours(build: Path, place: Place) -> list[str]:
    settings = {
        "host": place.host,
        "port": place.port,
        "user": place.user,
        "key": str(place.key),
        "known_hosts": str(place.known_hosts),
        "address": place.address,
        "build": str(build),
    }
    return [sys.executable, "-m", "benchmarks.publishing.push", json.dumps(settings)]


def _rsync(build: Path, place: Place) -> list[str]:
    shell = shlex.join([*place.ssh, "-p", str(place.port)])
    told = ["-a", "--checksum", "--delay-updates", "--delete", "-e", shell]
    return ["rsync", *told, f"{build}/site/", f"{place.user}@{place.host}:www/rsync/"]


def _lftp(build: Path, place: Place) -> list[str]:
    script = (
        f'set cmd:fail-exit yes; set net:max-retries 2; set sftp:connect-program "{shlex.join(place.ssh)}"; '
        f"open -u {place.user},none -p {place.port} sftp://{place.host}; "
        f"mirror -R --parallel=8 --delete {shlex.quote(f'{build}/site')} www/lftp"
    )
    return ["lftp", "--norc", "-c", script]


def missing() -> list[str]:
    """The other tools that are not on this machine."""
    return [tool for tool, program in NEEDED.items() if not shutil.which(program)]


def run(command: Sequence[str]) -> str:
    """Run a command to its end and return what it said; a failure ends the benchmark with its words."""
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout
