"""What publishing asks of a host; `sftp.py` does it over SSH.

Paths are from where the account starts, with slashes. The calls of one method go out together and in no order;
what must come after something else is another call. Each raises HostError with a sentence for an editor.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

Progress = Callable[[int, int], None]
"""Called with the bytes that were sent since the last time, and all that are to be sent."""


class Entry(StrEnum):
    """What stands at a path."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Sent:
    """Something to send: bytes, or the file that holds them, and its size."""

    content: bytes | Path
    size: int

    def read(self) -> bytes:
        """The bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


class Remote(Protocol):
    """A host on which the account may read and write."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None where there is none."""

    def sizes(self, paths: Sequence[str]) -> list[int | None]:
        """The size in bytes of each file, None where there is none."""

    def kind(self, path: str) -> Entry | None:
        """What stands at a path, links not followed."""

    def kinds(self, paths: Sequence[str]) -> list[Entry | None]:
        """The same for each of these paths."""

    def listing(self, path: str) -> dict[str, Entry]:
        """The names in a folder, empty where there is none."""

    def read_links(self, paths: Sequence[str]) -> list[str]:
        """Where each of these symbolic links leads."""

    def is_untouched(self, folder: str, file: str, folders: Sequence[str]) -> bool:
        """Whether no entry of these folders below `folder` was put there or replaced after `file` in it was written."""

    def make_folders(self, paths: Iterable[str]) -> None:
        """Make each folder with mode 755, in this order: outer ones first; what exists is left."""

    def make_folder(self, path: str) -> bool:
        """Make one folder; False where it exists already. Only one of two callers gets True."""

    def send(self, files: Mapping[str, Sent], progress: Progress | None = None) -> None:
        """Write files with mode 644; what stands there is overwritten in place."""

    def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Give each first path, a file, its second name as well; hard links."""

    def copy(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Copy each first path to the second on the host itself."""

    def rename(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Rename; nothing may stand at the second path."""

    def replace(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Rename over what stands at the second path, with no moment between (posix-rename@openssh.com)."""

    def symlink(self, target: str, path: str) -> None:
        """Make a symbolic link at a path."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files and links; what is not there is no error."""

    def remove_folders(self, paths: Sequence[str]) -> None:
        """Remove folders in this order where they are empty; others are left."""

    def remove_tree(self, path: str) -> None:
        """Remove a folder and all that is in it; links in it are not followed."""

    def unpack(
        self, folder: str, files: Mapping[str, Sent], links: Sequence[tuple[str, str]], progress: Progress
    ) -> None:
        """Send new files and then make hard links between paths below a folder; what stands there is replaced.

        All folders must be there.
        """
