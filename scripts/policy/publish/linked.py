"""The way with links: each place is a symbolic link into `current`, itself a link that is swapped in one step."""

import posixpath
import secrets
from collections.abc import Callable

from policy.publish.abilities import Abilities
from policy.publish.aside import Aside
from policy.publish.contents import NAME as CONTENTS
from policy.publish.contents import Contents, folders_of
from policy.publish.problems import HostError, RefusedError
from policy.publish.remote import Entry, Progress, Remote
from policy.publish.state import Places, State
from policy.publish.target import Account, Kind, Mount
from policy.publish.tree import Goal, make_tree


class Linked:
    """Publishing by a swapped link. All places change in the same moment, and a kill at any time leaves one release.

    `held` gives what a release folder holds.
    """

    def __init__(
        self,
        remote: Remote,
        account: Account,
        places: Places,
        abilities: Abilities,
        state: State,
        held: Callable[[str], Contents],
        *,
        afresh: bool,
    ) -> None:
        self._remote, self._account, self._places, self._abilities = remote, account, places, abilities
        self._held = held
        self._spare_name = "" if afresh or not abilities.link else state.spare
        self._aside = Aside(remote, places, state.interrupted)

    def prepare(self, goal: Goal, progress: Progress) -> None:
        """Make the release folder; nobody sees it yet."""
        spare, held = self._spare()
        make_tree(self._remote, self._places, self._abilities, goal, spare, held, progress)

    def _spare(self) -> tuple[str, Contents]:
        """The folder of a release that nobody needs any more, and what is in it; none where that is not known."""
        name = self._spare_name
        if not name:
            return "", {}
        try:
            held = self._held(name)
        except HostError:  # an interrupted push used it up
            return "", {}
        return (
            (name, held)
            if self._remote.is_untouched(self._places.release(name), CONTENTS, folders_of(held))
            else ("", {})
        )

    def switch(self, name: str) -> None:
        """Make this release the live one."""
        self._point(name)
        for mount, there in elsewhere(self._remote, self._account, self._places).items():
            self._mount(mount, there, name)

    def back(self, name: str) -> None:
        """Make the release that was live before the live one again; "" where there was none."""
        if name:
            self._point(name)
        held = self._held(name) if name else {}
        not_ours = elsewhere(self._remote, self._account, self._places)
        for mount in reversed(self._account.folders):
            stood = self._aside.find(mount.place)
            if stood or not any(mount.holds(path) for path in held):
                if mount not in not_ours:
                    self._remote.remove([mount.place])
                if stood:
                    self._aside.bring_back(stood, mount.place)
        if not name:
            self._remote.remove([self._places.current])

    def _point(self, name: str) -> None:
        new = self._places.new(f"current-{secrets.token_hex(4)}")
        self._remote.symlink(f"releases/{name}", new)
        self._remote.replace([(new, self._places.current)])

    def _mount(self, mount: Mount, there: Entry | None, name: str) -> None:
        """Let the place lead into `current`; what stands there goes aside, where the account allowed it before."""
        if not there and mount.kind is Kind.FILE:
            self._remote.make_folders([posixpath.dirname(mount.place)])
        new = self._places.new(f"link-{secrets.token_hex(4)}")
        self._remote.symlink(_target(self._places, mount), new)
        if there:
            self._aside.move(mount.place, name)
        self._remote.rename([(new, mount.place)])


def elsewhere(remote: Remote, account: Account, places: Places) -> dict[Mount, Entry | None]:
    """The mounts whose place is not our link, each with what stands there."""
    kinds = dict(zip(account.folders, remote.kinds([mount.place for mount in account.folders]), strict=True))
    links = [mount for mount, kind in kinds.items() if kind is Entry.LINK]
    targets = dict(zip(links, remote.read_links([mount.place for mount in links]), strict=True))
    return {mount: kind for mount, kind in kinds.items() if targets.get(mount) != _target(places, mount)}


def strangers(remote: Remote, account: Account, places: Places) -> list[str]:
    """The places where something stands that is not ours, and a push would move aside."""
    return [mount.place for mount, there in elsewhere(remote, account, places).items() if there]


def check_roots(remote: Remote, account: Account) -> None:
    """RefusedError where a document root is not there: then a path in the settings is wrong."""
    roots = sorted({posixpath.dirname(mount.place) for mount in account.mounts if mount.kind is not Kind.FILE} - {""})
    gone = [root for root, there in zip(roots, remote.kinds(roots), strict=True) if there is None]
    if gone:
        raise RefusedError(
            f"{account.host} has no folder {', '.join(gone)}. Look in docs/inventory/publishing.toml whether that is "
            "the document root."
        )


def _target(places: Places, mount: Mount) -> str:
    return posixpath.relpath(f"{places.current}/{mount.path}", posixpath.dirname(mount.place) or ".")
