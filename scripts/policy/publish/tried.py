"""Trying out a host, and keeping the answer in its state."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policy.publish.abilities import Abilities, Strategy, from_data
from policy.publish.probe import Report, probe
from policy.publish.problems import RefusedError
from policy.publish.state import Places, read_state, write_state
from policy.publish.target import Account

_CLOCK_OFF = 300
"""Seconds that a host's clock may be off before it is told."""

if TYPE_CHECKING:
    from policy.publish.sftp.client import Sftp


def try_out(
    remote: "Sftp",
    account: Account,
    web: Sequence[tuple[str, str]],
    now: float,
    tell: Callable[[str], None],
    *,
    accept: bool = False,
) -> Report:
    """Try out the host and keep the answer; only who holds the lock may call it.

    RefusedError where it can do less than before, without `accept`, or where another way of publishing follows that
    does not know what the places hold now.
    """
    found, places = probe(remote, account, web, now), Places(account)
    state = read_state(remote, places)
    before, after = from_data(state.host), found.abilities
    lost = [name for name, had in before.as_data().items() if had and not after.as_data()[name]]
    if lost and not accept:
        raise RefusedError(
            f"{account.host} cannot do any more: {', '.join(lost)}. If that is right, keep it with: "
            "policy publish probe --accept"
        )
    if state.live or state.interrupted:
        _check_change(account, before, after)
    write_state(remote, places, replace(state, host=found.as_data()), replaces=after.posix_rename)
    if abs(found.skew) > _CLOCK_OFF:
        tell(f"The clock of {account.host} is {found.skew:.0f} seconds off")
    return found


def _check_change(account: Account, before: Abilities, after: Abilities) -> None:
    """The places hold links now, or files, and the other way of publishing does not know them."""
    if before.strategy is not after.strategy and Strategy.LINK in (before.strategy, after.strategy):
        raise RefusedError(
            f"Until now on {account.host} {before.strategy}; the probe says: {after.strategy}. The places "
            "that visitors see must be moved by hand then: PUBLISHING.md tells how."
        )
