"""What a host can do, and the way to publish on it that follows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Strategy(StrEnum):
    """How a release becomes the live one."""

    LINK = "a link is swapped"
    FILES = "files are renamed one by one, in a safe order"
    PLAIN = "files are removed and renamed one by one: NOT ATOMIC"


@dataclass(frozen=True, kw_only=True, slots=True)
class Abilities:
    """What a probe found.

    `symlink` is true where the web server also follows a link that leads out of the document root.
    `unpacks` stands for a shell with GNU tar on the same files; `keeps_modes` for new files with the mode asked for.
    """

    posix_rename: bool = False
    symlink: bool = False
    link: bool = False
    copy: bool = False
    unpacks: bool = False
    keeps_modes: bool = False

    @property
    def strategy(self) -> Strategy:
        """The safest way that the host allows."""
        if self.posix_rename and self.symlink and (self.link or self.copy):
            return Strategy.LINK
        return Strategy.FILES if self.posix_rename else Strategy.PLAIN

    def as_data(self) -> dict[str, bool]:
        """As JSON holds it."""
        return asdict(self)


def from_data(data: Mapping[str, Any]) -> Abilities:
    """The abilities that were kept; what is not there counts as missing."""
    return Abilities(**{one.name: data.get(one.name) is True for one in fields(Abilities)})
