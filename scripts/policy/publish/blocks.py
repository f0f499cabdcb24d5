"""Our lines in a file that is not ours alone, such as the `.htaccess` of a website: between two marks, at its end."""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress

from policy.publish.problems import HostError, RefusedError
from policy.publish.remote import Entry, Remote, Sent

BEGIN, END = "# BEGIN toestemming", "# END toestemming"
NEW_TEXT, OLD_TEXT = "new", "old"
_BLOCK = re.compile(rf"^{BEGIN}\b.*?^{END}[^\n]*\n?", re.DOTALL | re.MULTILINE)


def with_block(text: str, block: str, shown_as: str) -> str:
    """The text with our block in place of the one that is there, or at the end; all else stays as it is.

    An empty block takes ours away. Raises RefusedError where the marks in the text do not belong together.
    """
    marks = re.findall(rf"^(?:{BEGIN}|{END})\b", text, re.MULTILINE)
    if marks not in ([], [BEGIN, END]):
        raise RefusedError(
            f"{shown_as}: the marks '{BEGIN}' and '{END}' should stand there once, in this order. Mend them by hand."
        )
    if marks:
        return _BLOCK.sub(lambda found: block, text, count=1)
    if not block:
        return text
    return text + ("" if not text or text.endswith("\n") else "\n") + block


class Blocks:
    """Our lines in each of these files, by its place; the files are read at the moment that they are written.

    `replaces` says that the host can rename over a file, so that the change is one step.
    """

    def __init__(self, remote: Remote, wanted: Mapping[str, str], *, replaces: bool) -> None:
        self._remote, self._wanted, self._replaces = remote, wanted, replaces
        self._written: list[tuple[str, str | None, str]] = []
        """What was changed: the place, its text before, None where there was no file, and its text after."""

    def check(self) -> None:
        """RefusedError where a file is something else, or our marks in it do not belong together."""
        for place, block in self._wanted.items():
            with_block(self._read(place) or "", block, place)

    def write(self) -> None:
        """Put our lines into each file."""
        for place, block in self._wanted.items():
            before = self._read(place)
            after = with_block(before or "", block, place)
            if after != (before or ""):
                self._written.append((place, before, after))
                self._put(place, after, over=before is not None)

    def back(self) -> None:
        """Take back what was written: the file as it was, or only our lines where others changed theirs since."""
        for place, before, after in reversed(self._written):
            now = self._read(place)
            if now == before:  # it could not be written
                continue
            if now != after:
                self._put(place, with_block(now or "", block_of(before or ""), place), over=now is not None)
            elif before is None:
                self._remote.remove([place])
            else:
                self._put(place, before, over=True)
        self._written.clear()

    def _read(self, place: str) -> str | None:
        if self._remote.kind(place) not in (None, Entry.FILE):
            raise RefusedError(f"{place} on the host is not a file. Move it away.")
        content = self._remote.read(place)
        return None if content is None else content.decode("utf-8", "surrogateescape")

    def _put(self, place: str, text: str, *, over: bool) -> None:
        """Write the file beside its place first; `over` says that one stands there. One of the two is always whole."""
        content = text.encode("utf-8", "surrogateescape")
        token = secrets.token_hex(4)
        new, old = beside(place, NEW_TEXT, token), beside(place, OLD_TEXT, token)
        self._remote.send({new: Sent(content, len(content))})
        try:
            if self._replaces:
                self._remote.replace([(new, place)])
            elif over:
                self._swap(new, place, old)
            else:
                self._remote.rename([(new, place)])
        except HostError:
            with suppress(HostError):
                self._remote.remove([new])
            raise

    def _swap(self, new: str, place: str, old: str) -> None:
        self._remote.rename([(place, old)])
        try:
            self._remote.rename([(new, place)])
        except HostError:
            self._remote.rename([(old, place)])
            raise
        self._remote.remove([old])


def block_of(text: str) -> str:
    """Our lines in a text; empty where there are none."""
    found = _BLOCK.search(text)
    return found[0] if found else ""


def beside(place: str, kind: str, token: str) -> str:
    """Where the new text is sent to, or the old one stands for a moment; a name that no copy of an editor has."""
    return f"{place}.toestemming-{kind}-{token}"
