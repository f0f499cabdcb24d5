"""What a push would do, before it does anything: what is sent, changed and removed, and what forbids it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policy.publish.abilities import Abilities, Strategy, from_data
from policy.publish.aside import occupied
from policy.publish.contents import Contents, carried
from policy.publish.kept import kept_contents, kept_release
from policy.publish.linked import check_roots, strangers
from policy.publish.local import Build
from policy.publish.release import Release, lost
from policy.publish.remote import Remote
from policy.publish.state import KEPT, Places, State
from policy.publish.target import Account


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """What an account has now: `release` and `contents` are None and empty before the first push."""

    state: State
    abilities: Abilities
    release: Release | None = None
    contents: Contents = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a push to an account would do. Paths are those of the release; sizes are bytes.

    `aside` are places where something of others stands; `refused` says what forbids the push.
    """

    account: Account
    live: Live
    release: Release
    contents: Contents
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the release is the live one already."""
        return is_live(self.live.state, self.release)

    @property
    def bytes(self) -> int:
        """What travels at most; what the host still has from an earlier release does not."""
        return sum({(held := self.contents[path]).object: held.size for path in (*self.added, *self.changed)}.values())

    @property
    def digest(self) -> str:
        """Twelve digits that stand for this plan: what is live, what comes, and what changes."""
        what = [self.live.state.live, self.release.id, self.added, self.changed, self.gone, self.aside]
        return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:12]

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "account": self.account.id,
            "plan": self.digest,
            "strategy": self.live.abilities.strategy,
            "live": self.live.release.id if self.live.release else None,
            "release": self.release.id,
            "nothing_to_do": self.nothing,
            "interrupted": self.live.state.at_work is not None,
            "bytes": self.bytes,
            "added": list(self.added),
            "changed": list(self.changed),
            "gone": list(self.gone),
            "moved_aside": list(self.aside),
            "refused": list(self.refused),
        }


def is_live(state: State, release: Release) -> bool:
    """Whether this release is live, verified, and nothing was interrupted since."""
    live = state.release(state.live)
    return live is not None and live.id == release.id and state.at_work is None


def read_live(remote: Remote, account: Account, state: State, *, mend: bool = False) -> Live:
    """What an account has now. HostError where what describes it is damaged; `mend` makes the best of that."""
    abilities, places, kept = from_data(state.host), Places(account), state.release(state.live)
    if kept is None:
        return Live(state=state, abilities=abilities)
    contents = kept_contents(remote, places, account, kept.name, mend=mend)
    release = kept_release(remote, places, account, kept, contents, mend=mend)
    return Live(state=state, abilities=abilities, release=release, contents=contents)


def plan(remote: Remote, account: Account, build: Build, state: State, *, afresh: bool = False) -> Plan:
    """The plan for an account in this state; `afresh` trusts nothing that lies there.

    RefusedError where a document root is missing.
    """
    places = Places(account)
    check_roots(remote, account)
    live = read_live(remote, account, state, mend=afresh)
    new = with_carried(build.contents(account), live)
    linked = live.abilities.strategy is Strategy.LINK
    first = not state.live and not state.interrupted
    return Plan(
        account=account,
        live=live,
        release=build.release,
        contents=new,
        **_differences(live.contents, new),
        aside=tuple(strangers(remote, account, places) if linked else occupied(remote, account) if first else ()),
        refused=tuple(forever(live.release, build.release)),
    )


def with_carried(new: Contents, live: Live) -> Contents:
    """The contents with what cached pages still ask for: hashed files as long as their release can be gone back to.

    Where files are renamed one by one, what is gone stays for one release longer.
    """
    others = 0 if live.abilities.strategy is Strategy.LINK else 1
    return {**new, **carried(new, live.contents, hashed=KEPT, others=others)}


def forever(live: Release | None, new: Release) -> list[str]:
    """A sentence where the new release drops or changes what was published for ever."""
    found = lost(live, new) if live else []
    if not found:
        return []
    more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
    return [
        f"What was published stays, in address and words: {'; '.join(found[:3])}{more}. Put it back as it was "
        "published; a version is corrected by a new one, and a PDF comes with policy build --pdf."
    ]


def _differences(live: Contents, new: Contents) -> Mapping[str, Any]:
    return {
        "added": tuple(sorted(path for path in new if path not in live)),
        "changed": tuple(sorted(path for path in new if path in live and live[path].object != new[path].object)),
        "gone": tuple(sorted(path for path in live if path not in new)),
    }
