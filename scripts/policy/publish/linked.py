"""The way with links: each place is a symbolic link into `current`, itself a link that is swapped in one step."""

import posixpath
import secrets

from policy.publish.abilities import Abilities
from policy.publish.contents import NAME as CONTENTS
from policy.publish.contents import Contents, read_contents
from policy.publish.problems import RefusedError
from policy.publish.remote import Entry, Progress, Remote
from policy.publish.state import Places, State
from policy.publish.target import Account, Kind, Mount
from policy.publish.tree import Goal, make_tree


class Linked:
    """Publishing by a swapped link. All places change in the same moment, and a kill at any time leaves one release."""

    def __init__(
        self, remote: Remote, account: Account, places: Places, abilities: Abilities, state: State, *, afresh: bool
    ) -> None:
        self._remote, self._account, self._places, self._abilities = remote, account, places, abilities
        self._spare_name = "" if afresh or not abilities.link else state.spare
        self._made: list[tuple[str, str]] = []
        """The links that this push made, each with where it put what had stood there; "" for nothing."""

    def prepare(self, goal: Goal, progress: Progress) -> None:
        """Make the release folder; nobody sees it yet."""
        spare, held = self._spare()
        make_tree(self._remote, self._places, self._abilities, goal, spare, held, progress)

    def _spare(self) -> tuple[str, Contents]:
        """The folder of a release that is not kept any more, and what is in it; none where it is not there."""
        text = self._remote.read(self._places.release(self._spare_name, CONTENTS)) if self._spare_name else None
        return (self._spare_name, read_contents(text, self._spare_name)) if text else ("", {})

    def switch(self, name: str) -> None:
        """Make this release the live one."""
        self._point(name)
        for mount in self._account.folders:
            self._mount(mount)

    def back(self, name: str) -> None:
        """Make the release that was live before the live one again; "" where there was none."""
        if name:
            self._point(name)
        for place, aside in reversed(self._made):
            self._remote.remove([place])
            if aside:
                self._remote.rename([(aside, place)])
        if not name:
            self._remote.remove([self._places.current])

    def _point(self, name: str) -> None:
        new = f"{self._places.current}-{secrets.token_hex(4)}"
        self._remote.symlink(f"releases/{name}", new)
        self._remote.replace([(new, self._places.current)])

    def _mount(self, mount: Mount) -> None:
        """Let the place lead into `current`; what stands there goes aside, where the account allowed it before."""
        target = posixpath.relpath(f"{self._places.current}/{mount.path}", posixpath.dirname(mount.place) or ".")
        there = self._remote.kind(mount.place)
        if there is Entry.LINK and self._remote.read_link(mount.place) == target:
            return
        aside = ""
        if there:
            aside = f"{self._places.aside}/{secrets.token_hex(4)}-{posixpath.basename(mount.place)}"
            self._remote.make_folders([self._places.aside])
        elif mount.kind is Kind.FILE:
            self._remote.make_folders([posixpath.dirname(mount.place)])
        new = f"{self._places.root}/link-{secrets.token_hex(4)}"
        self._remote.symlink(target, new)
        if aside:
            self._remote.rename([(mount.place, aside)])
        self._remote.rename([(new, mount.place)])
        self._made.append((mount.place, aside))


def strangers(remote: Remote, account: Account, places: Places) -> list[str]:
    """The places where something stands that is not ours, and a push would move aside."""
    found = []
    for mount in account.folders:
        there = remote.kind(mount.place)
        target = posixpath.relpath(f"{places.current}/{mount.path}", posixpath.dirname(mount.place) or ".")
        if there and not (there is Entry.LINK and remote.read_link(mount.place) == target):
            found.append(mount.place)
    return found


def check_roots(remote: Remote, account: Account) -> None:
    """RefusedError where a document root is not there: then a path in the settings is wrong."""
    roots = {posixpath.dirname(mount.place) for mount in account.mounts if mount.kind is not Kind.FILE}
    gone = [root for root in sorted(roots) if root and remote.kind(root) is None]
    if gone:
        raise RefusedError(
            f"{account.host} has no folder {', '.join(gone)}. Look in docs/inventory/publishing.toml whether that is "
            "the document root."
        )
