"""Where things go: an account on a host, its private folder, and the places in its document roots."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a mount puts in its place: a whole folder, one file, or our lines in a file that is not ours alone."""

    FOLDER = "folder"
    FILE = "file"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Mount:
    """A path of the release (`site`) and its place on the host (`www/privacy`), from the account's own folder."""

    kind: Kind
    path: str
    place: str

    def holds(self, path: str) -> bool:
        """Whether a path of the release goes to this place; a file takes its compressed copies along."""
        if self.kind is Kind.FOLDER:
            return path.startswith(f"{self.path}/")
        return path == self.path


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """An account: how to reach it by SSH, and which mounts it has.

    `folder` is private: it lies beside the document roots, not in one of them. Paths are from where SFTP starts.
    `key` is the file of a private key; without it, the keys of the SSH agent are tried.
    """

    id: str
    host: str
    user: str
    known_hosts: Path
    port: int = 22
    key: Path | None = None
    folder: str = "privacy-releases"
    mounts: tuple[Mount, ...] = ()

    @property
    def folders(self) -> tuple[Mount, ...]:
        """What is linked or copied as it is; the others are blocks."""
        return tuple(mount for mount in self.mounts if mount.kind is not Kind.BLOCK)

    @property
    def blocks(self) -> tuple[Mount, ...]:
        """Our lines in files that are not ours alone."""
        return tuple(mount for mount in self.mounts if mount.kind is Kind.BLOCK)
