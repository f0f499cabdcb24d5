"""A session with one account: plan, push, roll back, verify, probe and status, over one connection."""

import getpass
import json
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from policy.publish.abilities import Abilities, Strategy, from_data
from policy.publish.contents import Contents
from policy.publish.local import EXPECTED, Build
from policy.publish.lock import Lock, Owner, locked
from policy.publish.plan import Live, Plan, forever, is_live, plan, read_live
from policy.publish.probe import Report, probe
from policy.publish.problems import RefusedError
from policy.publish.push import Order, publish
from policy.publish.release import Release
from policy.publish.remote import Progress
from policy.publish.rollback import earlier
from policy.publish.sftp import Sftp, connected
from policy.publish.state import Places, State, read_state, write_state
from policy.publish.target import Account
from policy.publish.verify import checks, chosen, problems

_CLOCK_OFF = 300
"""Seconds that a host's clock may be off before it is told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """How a push is to be done, as the command line says it."""

    plan: str = ""
    take_over: bool = False
    move_aside: bool = False
    afresh: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What came of a push: the plan, and whether anything was to be done."""

    plan: Plan
    done: bool


class Session:
    """An open connection to an account, and what its commands share.

    `web` are the document roots with their addresses, `now` gives the time; both are handed in.
    """

    def __init__(
        self,
        remote: Sftp,
        account: Account,
        web: Sequence[tuple[str, str]],
        now: Callable[[], datetime],
        tell: Callable[[str], None],
        progress: Progress,
    ) -> None:
        self.remote, self.account, self.places = remote, account, Places(account)
        self._web, self._now, self._tell, self._progress = web, now, tell, progress

    def plan(self, build: Build, refused: Callable[[Release | None], Sequence[str]] = lambda live: ()) -> Plan:
        """What a push would do; a host that was never tried out is looked at first."""
        state = read_state(self.remote, self.places)
        if is_live(state, build.release):
            return Plan(
                account=self.account,
                live=Live(state=state, abilities=from_data(state.host)),
                release=build.release,
                contents={},
            )
        if not state.host:
            state = self._first_probe(state)
        found = plan(self.remote, self.account, build, state)
        return replace(found, refused=(*found.refused, *refused(found.live.release)))

    def push(self, build: Build, wishes: Wishes, refused: Callable[[Release | None], Sequence[str]]) -> Published:
        """Publish a build; nothing is done where it is live already."""
        first = self.plan(build, refused)
        if first.nothing and not wishes.afresh:
            return Published(plan=first, done=False)
        with self._alone(first.live.abilities, wishes.take_over) as lock:
            found = self.plan(build, refused) if not first.nothing else self._whole(build)
            _check(found, wishes)
            wanted = found.contents if wishes.afresh else _changed(found)
            order = Order(
                id=build.release.id,
                name=self._name(build.release),
                now=self._time(),
                contents=found.contents,
                texts=build.texts,
                sources=build.to_send(
                    {path: held for path, held in wanted.items() if path in build.contents(self.account)}
                ),
                blocks={mount.place: (build.root / mount.path).read_text("utf-8") for mount in self.account.blocks},
                details={"commit": build.release.commit, "as_of": build.release.as_of},
                afresh=wishes.afresh,
            )
            changed = (*found.added, *found.changed)
            self._publish(found.live.abilities, order, lock, build.expected, changed, build.release)
        return Published(plan=found, done=True)

    def rollback(self, name: str, *, take_over: bool = False) -> str:
        """Make an earlier release live again; the name of its folder."""
        state = read_state(self.remote, self.places)
        with self._alone(from_data(state.host), take_over) as lock:
            live = self.live()
            back = earlier(self.remote, self.places, live, name)
            if lost := forever(live.release, back.release):
                raise RefusedError(lost[0])
            for path in back.brought:
                self._tell(f"Comes along, since it was published: {path}")
            order = Order(
                id=back.release.id,
                name=self._name(back.release),
                now=self._time(),
                contents=back.contents,
                texts=back.texts,
                sources=back.sources,
                blocks=self._blocks(back.contents),
                event="rollback",
                details={"to": back.kept.name},
            )
            changed = [
                path
                for path, held in back.contents.items()
                if path not in live.contents or live.contents[path].object != held.object
            ]
            expected = json_of(back.texts[EXPECTED])
            self._publish(live.abilities, order, lock, expected, changed, back.release)
        return order.name

    def live(self) -> Live:
        """What the account has now."""
        return read_live(self.remote, self.places, read_state(self.remote, self.places))

    def verify(self, *, everything: bool = False) -> tuple[Release | None, int, list[str]]:
        """The live release, how many answers of the websites were looked at, and what is wrong with them."""
        live = self.live()
        if live.release is None:
            return None, 0, []
        expected = json_of(self.remote.read(self.places.release(live.state.live, EXPECTED)))
        paths = None if everything else chosen(live.contents, (), live.release.frozen, live.release.id)
        looked_at = checks(expected, live.contents, paths, self._mark(live.release))
        return live.release, len(looked_at), problems(looked_at)

    def probe(self, *, accept: bool = False) -> Report:
        """Try out the host and keep the answer; RefusedError where it can do less than before, without `accept`."""
        found = probe(self.remote, self.account, self._web, self._now().timestamp())
        state = read_state(self.remote, self.places)
        before = from_data(state.host)
        lost = [name for name, had in before.as_data().items() if had and not found.abilities.as_data()[name]]
        if lost and not accept:
            raise RefusedError(
                f"{self.account.host} cannot do any more: {', '.join(lost)}. If that is right, keep it with: "
                "policy publish probe --accept"
            )
        if state.live and before.strategy is not found.abilities.strategy:
            self._check_change(before, found.abilities)
        write_state(
            self.remote, self.places, replace(state, host=found.as_data()), replaces=found.abilities.posix_rename
        )
        return found

    def _check_change(self, before: Abilities, after: Abilities) -> None:
        """The places hold links now, or files, and the other way of publishing does not know them."""
        if Strategy.LINK in (before.strategy, after.strategy):
            raise RefusedError(
                f"Until now on {self.account.host} {before.strategy}; the probe says: {after.strategy}. The places "
                "that visitors see must be moved by hand then: PUBLISHING.md tells how."
            )

    def _first_probe(self, state: State) -> State:
        self._tell(f"Trying out what {self.account.host} can do")
        found = probe(self.remote, self.account, self._web, self._now().timestamp())
        state = replace(state, host=found.as_data())
        write_state(self.remote, self.places, state, replaces=found.abilities.posix_rename)
        if abs(found.skew) > _CLOCK_OFF:
            self._tell(f"The clock of {self.account.host} is {found.skew:.0f} seconds off")
        return state

    def _whole(self, build: Build) -> Plan:
        """The plan for sending everything again."""
        live = self.live()
        contents = build.contents(self.account)
        return Plan(account=self.account, live=live, release=build.release, contents=contents, changed=tuple(contents))

    @contextmanager
    def _alone(self, abilities: Abilities, take_over: bool) -> Iterator[Lock]:
        self.remote.unpacks, self.remote.keeps_modes = abilities.unpacks, abilities.keeps_modes
        self.remote.make_folders([self.places.root])
        with locked(self.remote, self.places, owner(self._time()), self._tell, take_over=take_over) as lock:
            yield lock

    def _publish(
        self,
        abilities: Abilities,
        order: Order,
        lock: Lock,
        expected: Any,
        changed: Sequence[str],
        release: Release,
    ) -> None:
        if abilities.strategy is not Strategy.LINK:
            self._tell(f"On {self.account.host} {abilities.strategy}")
        paths = chosen(order.contents, changed, release.frozen, order.id)

        def verify() -> list[str]:
            return problems(checks(expected, order.contents, paths, self._mark(release)))

        publish(self.remote, self.account, abilities, order, lock, verify, self._tell, self._progress)

    def _blocks(self, contents: Contents) -> dict[str, str]:
        """Our lines for each file of others, from what the store holds of a release."""
        return {
            mount.place: (self.remote.read(f"{self.places.files}/{contents[mount.path].object}") or b"").decode()
            for mount in self.account.blocks
            if mount.path in contents
        }

    def _name(self, release: Release) -> str:
        return f"{self._now():%Y%m%d-%H%M%S}-{release.id[:8]}"

    def _time(self) -> str:
        return f"{self._now():%Y-%m-%dT%H:%M:%SZ}"

    def _mark(self, release: Release) -> str:
        """What makes an address new to every cache between the host and us."""
        return f"release={release.id[:8]}-{self._now():%H%M%S}"


@contextmanager
def session(
    account: Account,
    web: Sequence[tuple[str, str]],
    now: Callable[[], datetime],
    tell: Callable[[str], None],
    progress: Progress = lambda sent, total: None,
) -> Iterator[Session]:
    """A session with an account; see `connected` for the errors. `now` gives the time in UTC."""
    with connected(account) as remote:
        yield Session(remote, account, web, now, tell, progress)


def owner(time: str) -> Owner:
    """Who we are, for others who find the lock."""
    try:
        who = getpass.getuser()
    except (KeyError, OSError):
        who = "somebody"
    return Owner(who, socket.gethostname(), os.getpid(), time)


def json_of(text: bytes | None) -> Any:
    """What the websites must answer, as the host keeps it."""
    return json.loads(text or b'{"headers": [], "answers": []}')


def _changed(found: Plan) -> Contents:
    return {path: found.contents[path] for path in (*found.added, *found.changed)}


def _check(found: Plan, wishes: Wishes) -> None:
    """RefusedError where a rule, or what the editor said, forbids the plan."""
    if found.refused:
        raise RefusedError(" ".join(found.refused))
    if wishes.plan and wishes.plan != found.digest:
        raise RefusedError(
            f"This is not the plan {wishes.plan} any more, but {found.digest}. Look at it: policy publish plan"
        )
    if found.aside and not wishes.move_aside:
        raise RefusedError(
            f"Something else stands at {', '.join(found.aside)} on {found.account.host}. Look what it is; to move it "
            f"into {found.account.folder}/aside, away for less than a second: policy publish push --move-aside"
        )
