"""What stood in our places before us: moved into the private folder, where the account allowed it, and brought back."""

import posixpath
from collections.abc import Sequence

from policy.publish.remote import Entry, Remote
from policy.publish.state import Places
from policy.publish.target import Account


class Aside:
    """What a push moves aside, and what interrupted pushes before it did; `names` are their folders, oldest first."""

    def __init__(self, remote: Remote, places: Places, names: Sequence[str]) -> None:
        self._remote, self._places, self._names = remote, places, list(names)

    def move(self, place: str, name: str) -> None:
        """Move what stands at a place to where the push `name` keeps it."""
        there = self._there(place, name)
        self._remote.make_folders([self._places.aside])
        self._remote.make_folders([posixpath.dirname(there)])
        self._remote.rename([(place, there)])
        self._names.append(name)

    def find(self, place: str) -> str | None:
        """Where that lies which stood at a place first; None where nothing was moved."""
        there = (self._there(place, name) for name in self._names)
        return next((path for path in there if self._remote.kind(path)), None)

    def bring_back(self, there: str, place: str) -> None:
        """Put it back; nothing may stand there."""
        self._remote.rename([(there, place)])
        self._remote.remove_folders([posixpath.dirname(there)])

    def _there(self, place: str, name: str) -> str:
        return f"{self._places.aside}/{name}/{place.replace('/', '-')}"


def occupied(remote: Remote, account: Account) -> list[str]:
    """The places where something stands that is no empty folder."""
    found = []
    for mount in account.folders:
        kind = remote.kind(mount.place)
        if kind and not (kind is Entry.FOLDER and not remote.listing(mount.place)):
            found.append(mount.place)
    return found
