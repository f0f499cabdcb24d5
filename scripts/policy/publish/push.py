"""A push: prepare where nobody looks, switch, look at the live site, and go back where it is not what was published."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

from policy.publish.abilities import Abilities, Strategy
from policy.publish.blocks import Blocks
from policy.publish.contents import Contents
from policy.publish.kept import kept_contents
from policy.publish.linked import Linked
from policy.publish.lock import Lock
from policy.publish.objects import clean, missing
from policy.publish.plan import Live
from policy.publish.problems import HostError, NotVerifiedError, PublishError, TakenOverError
from policy.publish.remote import Progress, Remote, Sent
from policy.publish.staged import Staged
from policy.publish.state import Kept, Places, State, put, read_log, write_state
from policy.publish.target import Account
from policy.publish.tree import Goal

_CLEANING = 10
"""Pushes between two cleanings of the store."""

_AGAIN = "Push again to settle it."
_INTERRUPTED = {
    Strategy.LINK: f"The old release or the new one is live, whole. {_AGAIN}",
    Strategy.FILES: f"Some pages may be old and some new, each of them whole. {_AGAIN}",
    Strategy.PLAIN: f"Some pages may be old and some new, and one may be missing. {_AGAIN}",
}
"""What is live after a connection is lost in the middle of a switch."""

Verify = Callable[[], list[str]]
"""Looks at the live websites; a sentence for each answer that is not what was published."""


class Way(Protocol):
    """How a release becomes live on a host."""

    def prepare(self, goal: Goal, progress: Progress) -> None:
        """All that can be done before anybody sees anything."""

    def switch(self, name: str) -> None:
        """Make it live."""

    def back(self, name: str) -> None:
        """Make the release before it live again; "" where there was none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What to publish: the id and contents of the release, the files that describe it, and what can be sent.

    `name` is that of its folder, `blocks` our lines in each file of others by its place, `now` is ISO 8601 in UTC,
    `event` what the host's own log calls it.
    """

    id: str
    name: str
    now: str
    contents: Contents
    texts: Mapping[str, bytes]
    sources: Mapping[str, Sent]
    blocks: Mapping[str, str]
    event: str = "push"
    details: Mapping[str, Any]
    afresh: bool = False
    """Whether nothing that lies on the host is to be trusted: then all is sent again."""


def publish(
    remote: Remote,
    account: Account,
    live: Live,
    order: Order,
    lock: Lock,
    verify: Verify,
    tell: Callable[[str], None],
    progress: Progress,
) -> State:
    """Publish and verify; the state afterwards. `live` was read since the lock was taken.

    Raises NotVerifiedError after going back, HostError or RefusedError where the live site is as it was, or says so.
    """
    places, state, abilities = Places(account), live.state, live.abilities
    replaces = abilities.posix_rename
    way = _way(remote, account, places, abilities, state, afresh=order.afresh)
    blocks = Blocks(remote, order.blocks, replaces=replaces)
    blocks.check()

    tell("Preparing the release on the host")
    way.prepare(_goal(remote, places, order), progress)
    lock.sign()
    begun = state.begun(order.name, afresh=order.afresh)
    write_state(remote, places, begun, replaces=replaces)

    def back() -> None:
        tell("Going back")
        lock.check()
        way.back(state.live)
        blocks.back()
        write_state(remote, places, begun.abandoned(), replaces=replaces)

    def switch() -> list[str]:
        tell("Making it live")
        lock.check()
        way.switch(order.name)
        blocks.write()
        lock.sign()
        tell("Looking at the live site")
        return verify()

    interrupted = _INTERRUPTED[abilities.strategy]
    if problems := _or_back(switch, back, interrupted):
        try:
            back()
        except HostError as error:
            raise HostError(f"{_problems(problems)} Going back was interrupted: {error} {interrupted}") from error
        left = "The release before it is live again" if state.live else "What this push put there was taken away again"
        raise NotVerifiedError(f"{_problems(problems)} {left}; nothing was published.")
    lock.check()
    return _settle(remote, places, account, begun.settled(Kept(order.name, order.id, order.now)), order, tell, replaces)


def _or_back(switch: Callable[[], list[str]], back: Callable[[], None], interrupted: str) -> list[str]:
    """What the switch says; where it fails all is put back, unless the host is gone or another publisher is at work."""
    try:
        return switch()
    except TakenOverError:
        raise
    except HostError as error:
        try:
            back()
        except PublishError:
            raise HostError(f"{error} The switch had begun and is not verified. {interrupted}") from error
        raise HostError(f"{error} What was live before is live again.") from error
    except BaseException:
        with suppress(PublishError):
            back()
        raise


def _way(remote: Remote, account: Account, places: Places, abilities: Abilities, state: State, *, afresh: bool) -> Way:
    def held(name: str) -> Contents:
        return kept_contents(remote, places, account, name, mend=afresh)

    kind = Linked if abilities.strategy is Strategy.LINK else Staged
    return kind(remote, account, places, abilities, state, held, afresh=afresh)


def _goal(remote: Remote, places: Places, order: Order) -> Goal:
    """The goal, with what the store lacks. What the caller cannot send was checked to be there."""
    needed = {name: sent.size for name, sent in order.sources.items()}
    lacking = missing(remote, places, needed, afresh=order.afresh)
    return Goal(
        name=order.name,
        contents=order.contents,
        texts=order.texts,
        missing={name: order.sources[name] for name in order.sources if name in lacking},
    )


def _settle(
    remote: Remote,
    places: Places,
    account: Account,
    state: State,
    order: Order,
    tell: Callable[[str], None],
    replaces: bool,
) -> State:
    """Note that it was verified, in the log first: the state makes the next push believe that all was done."""
    cleaning = state.pushes >= _CLEANING
    state = replace(state, pushes=0, spare="") if cleaning else state
    entry = {"time": order.now, "event": order.event, "release": order.id, "folder": order.name, **order.details}
    try:
        log = read_log(remote, places) + json.dumps(entry).encode() + b"\n"
        put(remote, places.log, log, replaces=replaces)
        write_state(remote, places, state, replaces=replaces)
    except HostError as error:
        raise HostError(
            f"{error} The release is live and was verified, but the host did not note it. {_AGAIN}"
        ) from error
    if cleaning:
        _clean(remote, places, account, state, tell)
    return state


def _clean(remote: Remote, places: Places, account: Account, state: State, tell: Callable[[str], None]) -> None:
    """Remove what nobody needs; a push that is done does not fail for it."""
    kept = [kept.name for kept in state.releases]
    try:
        clean(remote, places, [kept_contents(remote, places, account, name) for name in kept], kept)
    except HostError as error:
        tell(f"The host was not cleaned: {error}")


def _problems(problems: list[str]) -> str:
    more = f" (and {len(problems) - 5} more)" if len(problems) > 5 else ""
    return f"The live site did not answer what was published: {'; '.join(problems[:5])}{more}."
