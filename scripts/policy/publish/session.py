"""A session with one account: plan, push, roll back, verify, probe and status, over one connection."""

import getpass
import json
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy.publish.abilities import Strategy, from_data
from policy.publish.contents import Contents
from policy.publish.local import EXPECTED, Build
from policy.publish.lock import Lock, Owner, locked
from policy.publish.plan import Live, Plan, forever, is_live, plan, read_live
from policy.publish.probe import Report
from policy.publish.problems import RefusedError
from policy.publish.push import Order, publish
from policy.publish.release import Release
from policy.publish.remote import Progress
from policy.publish.rollback import earlier
from policy.publish.state import Places, State, read_state
from policy.publish.target import Account
from policy.publish.tidy import tidy, tidy_roots
from policy.publish.tried import try_out
from policy.publish.verify import checks, chosen, problems

if TYPE_CHECKING:
    from policy.publish.sftp.client import Sftp

Refused = Callable[[Release | None], Sequence[str]]
"""Says what forbids to publish beside the live release."""


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
        remote: "Sftp",
        account: Account,
        web: Sequence[tuple[str, str]],
        now: Callable[[], datetime],
        tell: Callable[[str], None],
        progress: Progress,
    ) -> None:
        self.remote, self.account, self.places = remote, account, Places(account)
        self._web, self._now, self._tell, self._progress = web, now, tell, progress

    def plan(self, build: Build, refused: Refused = lambda live: ()) -> Plan:
        """What a push would do; a host that was never tried out is looked at first."""
        return self._plan(self._state(), build, refused, Wishes())

    def push(self, build: Build, wishes: Wishes, refused: Refused) -> Published:
        """Publish a build; nothing is done where it is live already."""
        state = self._state(take_over=wishes.take_over)
        if is_live(state, build.release) and not wishes.afresh:
            return Published(plan=self._plan(state, build, refused, wishes), done=False)
        with self._alone(state, wishes.take_over) as lock:
            found = self._plan(read_state(self.remote, self.places), build, refused, wishes)
            if found.nothing and not wishes.afresh:  # another publisher was faster
                return Published(plan=found, done=False)
            _check(found, wishes)
            order = self._order(build, found, wishes)
            changed = (*found.added, *found.changed)
            self._publish(found.live, order, lock, build.expected, changed, build.release)
        return Published(plan=found, done=True)

    def rollback(self, name: str, *, take_over: bool = False) -> str:
        """Make an earlier release live again; the name of its folder.

        Without a name the one before the live one, or after an interrupted push the one that was verified last.
        """
        with self._alone(read_state(self.remote, self.places), take_over) as lock:
            live = self.live()
            back = earlier(self.remote, self.account, live, name)
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
            self._publish(live, order, lock, json_of(back.texts[EXPECTED]), changed, back.release)
        return order.name

    def live(self) -> Live:
        """What the account has now."""
        return read_live(self.remote, self.account, read_state(self.remote, self.places))

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
        """Try out the host and keep the answer; see `try_out`."""
        with self._alone(read_state(self.remote, self.places), take_over=False):
            return try_out(self.remote, self.account, self._web, self._now().timestamp(), self._tell, accept=accept)

    def _state(self, *, take_over: bool = False) -> State:
        """What the host remembers; one that was never tried out is looked at first."""
        state = read_state(self.remote, self.places)
        if state.host:
            return state
        self._tell(f"Trying out what {self.account.host} can do")
        with self._alone(state, take_over):
            try_out(self.remote, self.account, self._web, self._now().timestamp(), self._tell)
            return read_state(self.remote, self.places)

    def _plan(self, state: State, build: Build, refused: Refused, wishes: Wishes) -> Plan:
        if is_live(state, build.release) and not wishes.afresh:
            live = Live(state=state, abilities=from_data(state.host))
            return Plan(account=self.account, live=live, release=build.release, contents={})
        found = plan(self.remote, self.account, build, state, afresh=wishes.afresh)
        return replace(found, refused=(*found.refused, *refused(found.live.release)))

    def _order(self, build: Build, found: Plan, wishes: Wishes) -> Order:
        wanted, own = (found.contents if wishes.afresh else _changed(found)), build.contents(self.account)
        return Order(
            id=build.release.id,
            name=self._name(build.release),
            now=self._time(),
            contents=found.contents,
            texts=build.texts,
            sources=build.to_send({path: held for path, held in wanted.items() if path in own}),
            blocks=build.blocks(self.account),
            details={"commit": build.release.commit, "as_of": build.release.as_of},
            afresh=wishes.afresh,
        )

    @contextmanager
    def _alone(self, state: State, take_over: bool) -> Iterator[Lock]:
        """Hold the lock, and remove what an interrupted push left."""
        abilities = from_data(state.host)
        self.remote.unpacks, self.remote.keeps_modes = abilities.unpacks, abilities.keeps_modes
        self.remote.make_folders([self.places.root, self.places.files, self.places.releases])
        with locked(self.remote, self.places, owner(self._time()), self._tell, take_over=take_over) as lock:
            tidy(self.remote, self.places)
            if lock.taken_over or state.interrupted:
                tidy_roots(self.remote, self.account, [root for root, _ in self._web])
            yield lock

    def _publish(
        self, live: Live, order: Order, lock: Lock, expected: Any, changed: Sequence[str], release: Release
    ) -> None:
        if live.abilities.strategy is not Strategy.LINK:
            self._tell(f"On {self.account.host} {live.abilities.strategy}")
        unsure = order.afresh or live.state.interrupted
        paths = None if unsure else chosen(order.contents, changed, release.frozen, order.id)

        def verify() -> list[str]:
            return problems(checks(expected, order.contents, paths, self._mark(release)))

        publish(self.remote, self.account, live, order, lock, verify, self._tell, self._progress)

    def _blocks(self, contents: Contents) -> dict[str, str]:
        """Our lines for each file of others, from what the store holds of a release."""
        mounts = [mount for mount in self.account.blocks if mount.path in contents]
        texts = [self.remote.read(f"{self.places.files}/{contents[mount.path].object}") or b"" for mount in mounts]
        return {mount.place: text.decode() for mount, text in zip(mounts, texts, strict=True)}

    def _name(self, release: Release) -> str:
        now = self._now()
        return f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03}-{release.id[:8]}"  # two pushes in a second are two

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
    from policy.publish.sftp.connect import connected  # asyncssh takes as long to load as a build of small pages

    with connected(account) as remote:
        yield Session(remote, account, web, now, tell, progress)


def owner(time: str) -> Owner:
    """Who we are, for others who find the lock."""
    try:
        who = getpass.getuser()
    except (KeyError, OSError):
        who = "somebody"
    return Owner(who, socket.gethostname(), os.getpid(), time, space=_space())


def _space() -> str:
    """Which processes have numbers beside ours: those since this start of the machine, in this container."""
    try:
        return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:  # not Linux: then the machine's name says it
        return ""


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
