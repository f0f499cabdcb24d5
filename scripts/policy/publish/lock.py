"""One publisher at a time: a folder on the host that only one can make, with who made it."""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from policy.publish.problems import HostError, RefusedError, TakenOverError
from policy.publish.remote import Remote, Sent
from policy.publish.state import Places

if TYPE_CHECKING:
    from policy.publish.sftp.client import Sftp

STALE_AFTER = 30 * 60
"""Seconds without a sign of life after which a lock counts as left behind; each stage of a push gives one."""
NAMELESS_AFTER = 60
"""The same for a lock without a name: whoever makes one writes the name at once."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds the lock: a name, the machine, the process and the time (ISO 8601)."""

    who: str
    machine: str
    process: int
    since: str
    token: str = ""
    space: str = ""
    """Where the number of the process means something: two containers may have one name and the same numbers."""


class Lock:
    """The lock while it is held."""

    def __init__(self, remote: Remote, places: Places, owner: Owner, *, taken_over: bool) -> None:
        self._remote, self._file, self._owner = remote, f"{places.lock}/owner.json", owner
        self.taken_over = taken_over
        """Whether another left it behind, and maybe more than that."""

    def sign(self) -> None:
        """A sign of life; TakenOverError where it is not ours any more."""
        self.check()
        self.write()

    def check(self) -> None:
        """The same without a sign."""
        found = _owner(self._remote, self._file)
        if found is None or found.token != self._owner.token:
            who = f"{found.who} on {found.machine}" if found else "Somebody"
            raise TakenOverError(f"{who} took over the lock. This push stops; run policy publish status.")

    def write(self) -> None:
        """Write who holds it."""
        text = json.dumps(asdict(self._owner)).encode()
        self._remote.send({self._file: Sent(text, len(text))})


@contextmanager
def locked(
    remote: "Sftp", places: Places, owner: Owner, tell: Callable[[str], None], *, take_over: bool = False
) -> Iterator[Lock]:
    """Hold the lock; one that was left behind is taken over.

    Raises RefusedError while another publisher is at work.
    """
    owner = replace(owner, token=secrets.token_hex(8))
    is_free = remote.make_folder(places.lock)
    if not is_free:
        _take_over(remote, places, owner, tell, forced=take_over)
    lock = Lock(remote, places, owner, taken_over=not is_free)
    _write(remote, places, lock)
    try:
        yield lock
    finally:
        _release(remote, places, owner)


def _write(remote: Remote, places: Places, lock: Lock) -> None:
    """Put our name on the lock; where that cannot be, as on a full disk, nobody has to wait for it."""
    try:
        lock.write()
    except HostError:
        with suppress(HostError):
            _remove(remote, places.lock)
        raise


def _take_over(remote: "Sftp", places: Places, owner: Owner, tell: Callable[[str], None], *, forced: bool) -> None:
    """Make the lock ours where nobody holds it any more. Of two who try at once the rename lets one through."""
    file = f"{places.lock}/owner.json"
    found = _owner(remote, file)
    name = f"{found.who} on {found.machine}, since {found.since}" if found else "somebody who left no name"
    if not (forced or _is_dead(found, owner) or _age(remote, places) > (STALE_AFTER if found else NAMELESS_AFTER)):
        raise RefusedError(
            f"Another publisher is at work: {name}. Wait, or if you know that it stopped: "
            "policy publish push --take-over"
        )
    tell(f"Taking over the lock of {name}")
    left = places.new(f"lock-{owner.token}")
    try:
        remote.rename([(places.lock, left)])
    except HostError as error:
        raise RefusedError("Another publisher is taking over the lock at this moment. Try again.") from error
    remote.remove_tree(left)
    if not remote.make_folder(places.lock):
        raise RefusedError("Another publisher was faster. Try again.")


def _is_dead(found: Owner | None, us: Owner) -> bool:
    """Whether it was a process of this machine that is no more."""
    if found is None or (found.machine, found.space) != (us.machine, us.space):
        return False
    try:
        os.kill(found.process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _age(remote: "Sftp", places: Places) -> float:
    """Seconds since the last sign of life, by the host's own clock."""
    clock = places.new(f"clock-{secrets.token_hex(4)}")
    remote.send({clock: Sent(b"", 0)})
    now = remote.modified(clock)
    remote.remove([clock])
    file = f"{places.lock}/owner.json"
    return now - remote.modified(file if remote.kind(file) else places.lock)


def _owner(remote: Remote, file: str) -> Owner | None:
    try:
        return Owner(**json.loads(remote.read(file) or b""))
    except (ValueError, TypeError):
        return None


def _release(remote: Remote, places: Places, owner: Owner) -> None:
    """Give the lock back, if it is still ours and the host is still there."""
    try:
        found = _owner(remote, f"{places.lock}/owner.json")
        if found and found.token == owner.token:
            left = places.new(f"lock-{owner.token}")
            remote.rename([(places.lock, left)])
            _remove(remote, left)
    except HostError:
        return


def _remove(remote: Remote, lock: str) -> None:
    remote.remove([f"{lock}/owner.json"])
    remote.remove_folders([lock])
