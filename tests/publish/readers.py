"""Readers of a website while it is published to: what they got that was not whole, or not of one release."""

import http.client
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.publish.apache import Answer, SharedHost, fetch, trust

_PATIENCE = 60


@dataclass
class Readers:
    """What was read so far; counts of all threads together."""

    requests: int = 0
    failed: int = 0
    """No answer, or another status than 200."""
    cut_off: int = 0
    """An answer of 200 with fewer bytes than it said, or a body that is not whole."""
    views: int = 0
    mixed: int = 0
    """Views whose pages came from different releases."""
    problems: list[str] = field(default_factory=list)
    """A line for each answer that failed or was cut off."""
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def read(self, views: int) -> None:
        """Wait until this many more views were read, so that a test knows that readers were there."""
        with self._changed:
            until = self.views + views
            if not self._changed.wait_for(lambda: self.views >= until, _PATIENCE):
                raise TimeoutError("The readers read nothing.")

    def _note(self, failed: bool, cut_off: bool, problem: str) -> None:
        with self._changed:
            self.requests += 1
            self.failed += failed
            self.cut_off += cut_off
            if failed or cut_off:
                self.problems.append(problem)

    def _viewed(self, releases: set[str]) -> None:
        with self._changed:
            self.views += 1
            self.mixed += len(releases) > 1
            self._changed.notify_all()


@contextmanager
def reading(
    website: SharedHost,
    paths: Sequence[str],
    release: Callable[[bytes], str],
    whole: Callable[[bytes], bool],
    threads: int = 3,
) -> Iterator[Readers]:
    """Read these paths, which are one view, again and again over HTTPS, each by a connection of its own.

    `release` names the release of a body, `whole` says whether it is all there. The last view is read to its end.
    """
    readers, enough, tls = Readers(), threading.Event(), trust(website.authority)

    def read() -> None:
        while not enough.is_set():
            bodies = [_read(readers, website.tls, path, tls, whole) for path in paths]
            readers._viewed({release(body) for body in bodies if body is not None})

    started = [threading.Thread(target=read, daemon=True) for _ in range(threads)]
    for thread in started:
        thread.start()
    try:
        yield readers
    finally:
        enough.set()
        for thread in started:
            thread.join()


def _read(readers: Readers, port: int, path: str, tls: ssl.SSLContext, whole: Callable[[bytes], bool]) -> bytes | None:
    """The body, where it came whole."""
    try:
        answer = fetch(port, path, tls=tls)
    except http.client.IncompleteRead as error:
        readers._note(False, True, f"{path}: {error}")
        return None
    except (OSError, http.client.HTTPException) as error:
        readers._note(True, False, f"{path}: {error!r}")
        return None
    failed = answer.status != 200
    cut_off = not failed and not (_as_long_as_said(answer) and whole(answer.body))
    readers._note(failed, cut_off, f"{path}: {answer.status}, {len(answer.body)} bytes")
    return None if failed or cut_off else answer.body


def _as_long_as_said(answer: Answer) -> bool:
    return answer.header("Content-Length") in (None, str(len(answer.body)))
