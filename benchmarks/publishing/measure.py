"""The steps of publishing a site, each by every tool in turn, on a server of this machine."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.publishing import site, tables, tools
from benchmarks.publishing.line import Line, line
from tests.headers.apache import folder
from tests.publish.apache import shared_host
from tests.publish.certificate import certificates
from tests.publish.openssh import openssh

STEPS = ("first", "unchanged", "one word", "one word later", "everything")
PUSHES_BETWEEN = 4
"""Pushes of ours before "one word later": with them it is the seventh, and the first that has a spare folder."""
PROMISED_STEPS = ("first", "unchanged", "one word", "one word later")
FOLDERS = {"ours": "privacy", "rsync": "rsync", "lftp": "lftp"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A running server: its home on this machine and how a client reaches it."""

    home: Path
    place: tools.Place


@contextmanager
def server(*, shell: bool) -> Iterator[Server]:
    """A server with a website; every client must trust its certificate, so that ours can look at the site."""
    with folder() as root:
        proof = certificates(root / "certificate")
        os.environ["SSL_CERT_FILE"] = str(proof.authority)
        with openssh(root / "home", shell=shell) as ssh:
            (ssh.home / "www").mkdir()
            with shared_host(root / "home/www", proof) as web:
                place = tools.Place(
                    port=ssh.port, user=ssh.user, key=ssh.key, known_hosts=ssh.known_hosts, address=web.address
                )
                yield Server(home=ssh.home, place=place)


class Measuring:
    """Measurements of some tools on one server with a site of one size."""

    def __init__(self, at: Server, chosen: list[str], files: int, promised: str = "") -> None:
        self._server, self._chosen, self._files, self._promised = at, chosen, files, promised
        self._steps = PROMISED_STEPS if promised else STEPS

    def run(self, number: int, delay: float | None) -> tables.Run:
        """Every step by every tool, on an empty server; `delay` None is without a line between."""
        found: tables.Run = {}
        order = self._chosen[number % len(self._chosen) :] + self._chosen[: number % len(self._chosen)]
        with tempfile.TemporaryDirectory(prefix="site-") as temporary:
            build = Path(temporary)
            site.make(build, self._files, promised=self._promised)
            self._empty(build)
            for step in self._steps:
                self._prepare(build, step)
                for tool in order:
                    print(f"run {number + 1}, {self._files} files, {step}, {tool}", file=sys.stderr, flush=True)
                    found[step, tool] = self._timed(tool, build, delay)
                    self._compare(tool, build)
        return found

    def _prepare(self, build: Path, step: str) -> None:
        """Change what the step is about."""
        if step == "one word later" and "ours" in self._chosen:
            for push in range(PUSHES_BETWEEN):
                site.change(build, f"tussen {push}", promised=self._promised)
                tools.run(tools.command("ours", build, self._server.place))
        if step not in ("first", "unchanged"):
            site.change(build, step, everything=step == "everything", promised=self._promised)

    def _timed(self, tool: str, build: Path, delay: float | None) -> tables.Measured:
        with line(self._server.place.port, delay) if delay is not None else nullcontext() as between:
            place = self._place(between, build) if between else self._server.place
            command = tools.command(tool, build, place)
            os.sync()  # what others wrote just now is not to be paid for by who comes next
            begun = time.perf_counter()
            tools.run(command)
            seconds = time.perf_counter() - begun
        if not between:
            return tables.Measured(seconds)
        return tables.Measured(seconds, between.sent, between.received, between.turns)

    def _place(self, between: Line, build: Path) -> tools.Place:
        """The server by way of the line, under whose port its key must be pinned too."""
        known = build / "known_hosts"
        pinned = self._server.place.known_hosts.read_text("utf-8")
        known.write_text(pinned.replace(str(self._server.place.port), str(between.port)), "utf-8")
        return replace(self._server.place, port=between.port, known_hosts=known)

    def _empty(self, build: Path) -> None:
        for path in self._server.home.iterdir():
            shutil.rmtree(path)
        (self._server.home / "www").mkdir(mode=0o755)
        if "ours" in self._chosen:
            said = tools.run(tools.probing(build, self._server.place)).strip()
            if said != "a link is swapped":
                raise SystemExit(f"Ours found another way than expected: {said}")

    def _compare(self, tool: str, build: Path) -> None:
        """End where a tool did not do its work."""
        found, made = _contents(self._server.home / "www" / FOLDERS[tool]), _contents(build / "site")
        if found != made:
            wrong = sorted(path for path in found | made if found.get(path) != made.get(path))
            raise SystemExit(f"{tool} did not publish {len(wrong)} of {len(made)} files, such as {wrong[0]}")


def _contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
