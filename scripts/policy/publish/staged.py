"""The way without links: changed files are laid ready and renamed into the document roots, in an order that is safe.

What is new comes first, so that no page refers to a file that is not there yet; then what changed, the home page last;
what is gone, at the end. A push that is cut leaves some new and some old pages, each whole, and the next one heals it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from policy.publish.abilities import Abilities
from policy.publish.contents import HASHED, NAME, Contents, Held, folders_of, read_contents
from policy.publish.objects import double
from policy.publish.remote import Progress, Remote
from policy.publish.state import Places, State
from policy.publish.target import Account, Kind
from policy.publish.tree import Goal, describe, send_objects

_ORDER = (
    re.compile(r"(.*/)?\.htaccess"),
    re.compile(r"site/(?:[a-z]{2}/)?versies/.*"),
    re.compile(r".*\.html(\.br|\.gz)?"),
    re.compile(r"(?!site/index\.html|site/\.well-known/).*"),
)
"""What changed, by path: the rules of the server, texts of versions, other pages, feeds and lists, the home page."""


class Staged:
    """Publishing by renames, file by file."""

    def __init__(
        self, remote: Remote, account: Account, places: Places, abilities: Abilities, state: State, *, afresh: bool
    ) -> None:
        self._remote, self._account, self._places, self._abilities = remote, account, places, abilities
        self._afresh = afresh
        self._before = [self._held(state.live)] if state.live else []
        if state.at_work and state.at_work.to != state.live:
            self._before.append(self._held(state.at_work.to))
        self._goal: Contents = {}

    def _held(self, name: str) -> Contents:
        return read_contents(self._remote.read(self._places.release(name, NAME)), f"{name}/{NAME}")

    def prepare(self, goal: Goal, progress: Progress) -> None:
        """Send what is missing, and say what the release holds; nobody sees it yet."""
        send_objects(self._remote, self._places, goal, progress)
        describe(self._remote, self._places, goal)
        self._goal = goal.contents

    def switch(self, name: str) -> None:
        """Put the files of the release in their places."""
        self._put(self._before, self._goal)

    def back(self, name: str) -> None:
        """Put back the files of the release that was live before; "" where there was none."""
        self._put([*self._before, self._goal], self._held(name) if name else {})

    def _put(self, before: Sequence[Contents], new: Contents) -> None:
        """Make the document roots hold `new`, where each file is now as one of `before` says."""
        live = {
            path: place for path, place in self._live(new).items() if self._afresh or _differs(path, new[path], before)
        }
        self._remote.remove_tree(self._places.staged)
        self._remote.make_folders([self._places.staged])
        staged = {path: f"{self._places.staged}/{number}" for number, path in enumerate(live)}
        pairs = [(f"{self._places.files}/{new[path].object}", staged[path]) for path in live]
        double(self._remote, self._abilities, pairs)
        self._remote.make_folders(self._folders(live.values()))
        for _, group in groupby(sorted(live, key=lambda path: _rank(path, before)), key=lambda p: _rank(p, before)):
            self._swap([(staged[path], live[path]) for path in group])
        self._remove(before, new)
        self._remote.remove_folders([self._places.staged])

    def _swap(self, pairs: Sequence[tuple[str, str]]) -> None:
        if self._abilities.posix_rename:
            self._remote.replace(pairs)
            return
        for pair in pairs:  # one after the other, so that at most one file is away at any moment
            self._remote.remove([pair[1]])
            self._remote.rename([pair])

    def _remove(self, before: Sequence[Contents], new: Contents) -> None:
        gone = {path: place for held in before for path, place in self._live(held).items() if path not in new}
        self._remote.remove(list(gone.values()))
        kept = set(self._folders(self._live(new).values()))
        roots = {mount.place for mount in self._account.mounts if mount.kind is Kind.FOLDER}
        left = [folder for folder in folders_of(gone.values()) if folder not in kept and _below(folder, roots)]
        self._remote.remove_folders(left[::-1])

    def _live(self, contents: Contents) -> dict[str, str]:
        """The place in a document root of each path that has one."""
        found = {}
        for path in contents:
            for mount in self._account.folders:
                if mount.holds(path):
                    found[path] = mount.place + path[len(mount.path) :]
        return found

    def _folders(self, places: Iterable[str]) -> list[str]:
        """The folders that these places need, without those above the account's own."""
        roots = [mount.place for mount in self._account.folders]
        return [folder for folder in folders_of(places) if any(_inside(folder, root) for root in roots)]


def _inside(folder: str, root: str) -> bool:
    """Whether a folder is a mount, lies in it, or is the folder of a mounted file such as `.well-known`."""
    return folder == root or folder.startswith(f"{root}/") or root.startswith(f"{folder}/")


def _below(folder: str, roots: set[str]) -> bool:
    return any(folder.startswith(f"{root}/") for root in roots)


def _differs(path: str, held: Held, before: Sequence[Contents]) -> bool:
    return not before or any(path not in one or one[path].object != held.object for one in before)


def _rank(path: str, before: Sequence[Mapping[str, Held]]) -> int:
    if not any(path in one for one in before):
        return 0 if HASHED.fullmatch(path.rsplit("/", 1)[-1]) else 1
    return 2 + next((place for place, form in enumerate(_ORDER) if form.fullmatch(path)), len(_ORDER))
