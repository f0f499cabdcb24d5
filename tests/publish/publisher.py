"""Somebody who publishes small builds to a server of the tests, with a clock that is a second later at each look."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from policy.publish.local import Build
from policy.publish.plan import Plan
from policy.publish.probe import Report
from policy.publish.release import Release
from policy.publish.session import Published, Wishes, session
from policy.publish.target import Account
from tests.publish.faults import Faults
from tests.publish.faulty import Faulty
from tests.publish.openssh import OpenSSH
from tests.publish.small import Answers, Words, account, small_build

_TRIED: dict[frozenset[str], str] = {}
"""The state after a probe of a host that lacks these operations."""
ROOT = "www"
"""The document root, from where the account starts."""


@dataclass
class Publisher:
    """One publisher: what it publishes to, and what it was told."""

    server: Faulty | OpenSSH
    place: Path
    """Where its builds are made."""
    address: str
    account: Account
    answers: Answers = Answers.ALL
    started: datetime = datetime(2026, 11, 24, 12, tzinfo=UTC)
    told: list[str] = field(default_factory=list)
    sent: list[tuple[int, int]] = field(default_factory=list)
    hooks: dict[str, Callable[[], object]] = field(default_factory=dict)
    """What happens, once, when a line is told."""
    _seconds: Iterator[int] = field(default_factory=count, repr=False)
    """Of one publisher and all that are made from it, so that no two look at the clock in the same second."""

    def build(self, words: Words, *, entries: Mapping[int, str] | None = None, named: str = "build") -> Build:
        """A build that says these words."""
        return small_build(self.place / named, words, self.address, entries=entries, answers=self.answers)

    def push(self, what: Words | Build, **wishes: Any) -> Published:
        """Publish; `refused` is the one wish that is not of the command line."""
        refused: Callable[[Release | None], Sequence[str]] = wishes.pop("refused", lambda live: ())
        build = self.build(what) if isinstance(what, Words) else what
        with self.session() as session:
            return session.push(build, Wishes(**wishes), refused)

    def plan(self, what: Words | Build) -> Plan:
        """What a push would do."""
        build = self.build(what) if isinstance(what, Words) else what
        with self.session() as session:
            return session.plan(build)

    def rollback(self, name: str = "", **wishes: bool) -> str:
        """Go back."""
        with self.session() as session:
            return session.rollback(name, **wishes)

    def verify(self, *, everything: bool = True) -> tuple[Release | None, int, list[str]]:
        """Look at the live site."""
        with self.session() as session:
            return session.verify(everything=everything)

    def probe(self, *, accept: bool = False) -> Report:
        """Try out the host."""
        with self.session() as session:
            return session.probe(accept=accept)

    def on(self, lacking: frozenset[str]) -> None:
        """The host is one that lacks these operations, and was tried out: what came of the first time still holds."""
        self.server.becomes(Faults(without=lacking))
        state = self.server.home / self.account.folder / "state.json"
        if lacking in _TRIED:
            state.parent.mkdir(exist_ok=True)
            state.write_text(_TRIED[lacking])
            return
        state.unlink(missing_ok=True)
        self.probe()
        _TRIED[lacking] = state.read_text()
        self.server.heals()  # nothing was asked of it yet

    def session(self, now: Callable[[], datetime] | None = None) -> Any:
        """A session, for what has no method here; `now` in place of its own clock."""
        roots = [(ROOT, self.address)]
        return session(self.account, roots, now or self.now, self._tell, self._sent)

    def with_account(self, **changes: Any) -> "Publisher":
        """Another publisher with the same builds, whose account is another."""
        return replace(self, account=replace(self.account, **changes), told=[], sent=[], hooks={})

    def now(self) -> datetime:
        """A second later at each look, so that no two releases have one name."""
        return self.started + timedelta(seconds=next(self._seconds))

    def _tell(self, line: str) -> None:
        self.told.append(line)
        self.hooks.pop(line, lambda: None)()

    def _sent(self, sent: int, total: int) -> None:
        self.sent.append((sent, total))


def publisher(server: Faulty | OpenSSH, place: Path, address: str, answers: Answers = Answers.ALL) -> Publisher:
    """A publisher with the account that the server lets in."""
    made = account(server.host, server.port, server.user, server.key, server.known_hosts)
    return Publisher(server, place, address, made, answers)
