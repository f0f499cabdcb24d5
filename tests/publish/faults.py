"""What a faulty server does wrong, and when: decided per operation, without a connection."""

import posixpath
from dataclasses import dataclass
from enum import Enum, auto

from tests.publish.packets import MAKING, MUTATING, Request, Status


class Cut(Enum):
    """The connection ends: before the operation is done, or after it and before its answer."""

    BEFORE = auto()
    AFTER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What the server does wrong; nothing unless it is said here.

    Operations are numbered from 0, over all connections since the server became so. Each request of SFTP is one, also
    `close`, `realpath` and `limits`, and each command of a shell (`exec`); the greeting is none.
    """

    without: frozenset[str] = frozenset()
    """Operations that it does not know, such as `symlink`, `link`, `posix_rename`, `copy_data`, `statvfs`, `fsync`;
    it does not offer their extensions either."""
    shell: bool = False
    """Whether it runs commands (in its home, by `/bin/sh`); otherwise SFTP only."""
    fail_at: int | None = None
    """The number of the operation that is not done and answered with a failure."""
    cut_at: int | None = None
    """The number of the operation at which all connections end; the ones before it are done."""
    after: bool = False
    """Whether the operation at the cut is done; its answer is never sent."""
    cut_after_bytes: int | None = None
    """The operation whose request, or the command whose input, ends beyond this many bytes is cut and not done."""
    returns: bool = False
    """Whether connections are accepted after a cut; otherwise they end at once until the server becomes another."""
    room: int | None = None
    """Bytes that can be written until the disk is full; nothing is then made, things can be renamed and removed."""
    not_writable: tuple[str, ...] = ()
    """Paths at and below which nothing may be changed; a relative one starts at home."""
    delay: float = 0.0
    """Seconds that each operation takes longer."""
    wrong_host_key: bool = False
    """Whether it has another host key than the pinned one."""


HEALTHY = Faults()


@dataclass(slots=True)
class Judge:
    """Counts what a server is asked, and says what is wrong with it."""

    faults: Faults
    home: str
    operations: int = 0
    received: int = 0
    written: int = 0
    full: bool = False

    def says(self, request: Request, received: int) -> Cut | Status | None:
        """The fault of a request that took so many bytes; None where it is to be done."""
        number, faults = self.operations, self.faults
        self.operations += 1
        if self.too_much(received):
            return Cut.BEFORE
        if number == faults.cut_at:
            return Cut.AFTER if faults.after else Cut.BEFORE
        if number == faults.fail_at:
            return Status.FAILURE
        if request.operation in faults.without:
            return Status.OP_UNSUPPORTED
        if request.operation in MUTATING and any(self._below(path) for path in _changed(request)):
            return Status.PERMISSION_DENIED
        return Status.FAILURE if self._no_room(request) else None

    def too_much(self, received: int) -> bool:
        """Whether the connection carries these bytes no more."""
        self.received += received
        return self.faults.cut_after_bytes is not None and self.received > self.faults.cut_after_bytes

    def _below(self, path: str) -> bool:
        place = posixpath.normpath(posixpath.join(self.home, path))
        roots = (posixpath.normpath(posixpath.join(self.home, root)) for root in self.faults.not_writable)
        return any(place == root or place.startswith(f"{root}/") for root in roots)

    def _no_room(self, request: Request) -> bool:
        """OpenSSH tells a full disk as a mere failure."""
        if self.faults.room is None or request.operation not in MAKING:
            return False
        self.full = self.full or self.written + request.size > self.faults.room
        self.written += 0 if self.full else request.size
        return self.full


def _changed(request: Request) -> tuple[str, ...]:
    """The paths that change: a link leaves what it leads to as it is."""
    return request.paths[1:] if request.operation in {"link", "symlink"} else request.paths
