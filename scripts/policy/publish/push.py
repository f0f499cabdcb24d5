"""A push: prepare where nobody looks, switch, look at the live site, and go back where it is not what was published."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from policy.publish.abilities import Abilities, Strategy
from policy.publish.blocks import read_block, with_block, write_block
from policy.publish.contents import NAME as CONTENTS
from policy.publish.contents import Contents, read_contents
from policy.publish.linked import Linked
from policy.publish.lock import Lock
from policy.publish.objects import clean, missing
from policy.publish.problems import HostError, NotVerifiedError
from policy.publish.remote import Progress, Remote, Sent
from policy.publish.staged import Staged
from policy.publish.state import AtWork, Kept, Places, State, put, read_state, write_state
from policy.publish.target import Account
from policy.publish.tree import Goal

_CLEANING = 10
"""Pushes between two cleanings of the store."""

_INTERRUPTED = {
    Strategy.LINK: "The old release or the new one is live, whole. Push again to settle it.",
    Strategy.FILES: "Some pages may be old and some new, each of them whole. Push again to settle it.",
    Strategy.PLAIN: "Some pages may be old and some new, and one may be missing. Push again to settle it.",
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
    abilities: Abilities,
    order: Order,
    lock: Lock,
    verify: Verify,
    tell: Callable[[str], None],
    progress: Progress,
) -> State:
    """Publish and verify; the state afterwards.

    Raises NotVerifiedError after going back, HostError or RefusedError where the live site is as it was, or says so.
    """
    places = Places(account)
    remote.make_folders([places.root, places.files, places.releases])
    state = read_state(remote, places)
    way = _way(remote, account, places, abilities, state, afresh=order.afresh)
    texts = {place: read_block(remote, place) for place in order.blocks}
    new_texts = {place: with_block(texts[place], block, place) for place, block in order.blocks.items()}

    tell("Preparing the release on the host")
    way.prepare(_goal(remote, places, order), progress)
    lock.sign()
    replaces = abilities.posix_rename
    write_state(remote, places, replace(state, at_work=AtWork(order.name), spare=""), replaces=replaces)

    try:
        tell("Making it live")
        way.switch(order.name)
        _write_blocks(remote, texts, new_texts, replaces=replaces)
        lock.sign()
        tell("Looking at the live site")
        if problems := verify():
            tell("Going back")
            way.back(state.live)
            _write_blocks(remote, new_texts, texts, replaces=replaces)
            write_state(remote, places, replace(state, at_work=None, spare=""), replaces=replaces)
            raise NotVerifiedError(_not_verified(problems, state))
        settled = replace(state, spare="").settled(Kept(order.name, order.id, order.now))
        return _settle(remote, places, settled, order, replaces=replaces)
    except HostError as error:
        raise HostError(
            f"{error} The switch had begun and is not verified. {_INTERRUPTED[abilities.strategy]}"
        ) from error


def _way(remote: Remote, account: Account, places: Places, abilities: Abilities, state: State, *, afresh: bool) -> Way:
    kind = Linked if abilities.strategy is Strategy.LINK else Staged
    return kind(remote, account, places, abilities, state, afresh=afresh)


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


def _write_blocks(remote: Remote, before: Mapping[str, str], after: Mapping[str, str], *, replaces: bool) -> None:
    for place, text in after.items():
        if text != before[place]:
            write_block(remote, place, text, replaces=replaces)


def _settle(remote: Remote, places: Places, state: State, order: Order, *, replaces: bool) -> State:
    """Note that it is live and was verified, and clean the store now and then."""
    cleaning = state.pushes >= _CLEANING
    state = replace(state, pushes=0, spare="") if cleaning else state
    write_state(remote, places, state, replaces=replaces)
    log = remote.read(places.log) or b""
    entry = {"time": order.now, "event": order.event, "release": order.id, "folder": order.name, **order.details}
    put(remote, places.log, log + json.dumps(entry).encode() + b"\n", replaces=replaces)
    if cleaning:
        kept = [kept.name for kept in state.releases]
        contents = [read_contents(remote.read(places.release(name, CONTENTS)), name) for name in kept]
        clean(remote, places, contents, kept)
    return state


def _not_verified(problems: list[str], state: State) -> str:
    more = f" (and {len(problems) - 5} more)" if len(problems) > 5 else ""
    left = "The release before it is live again" if state.live else "What this push put there was taken away again"
    return f"The live site did not answer what was published: {'; '.join(problems[:5])}{more}. {left}; nothing was published."
