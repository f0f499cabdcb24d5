"""One at a time: what builds, or freezes a version, holds the folder `build`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from policy.errors import PolicyError
from policy.findings import Finding


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Hold the folder, and make it where it is missing; the lock of a process that was killed is free.

    PolicyError where another holds it, or where it cannot be written.
    """
    lock = FileLock(place / ".lock", timeout=0)
    try:
        place.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise PolicyError([Finding("Another build is running. Wait until it is done.", "build")]) from error
    except OSError as error:
        message = f"The folder cannot be written ({error.strerror}). Move away what is in its place, or allow it."
        raise PolicyError([Finding(message, "build")]) from error
    try:
        yield
    finally:
        lock.release()
