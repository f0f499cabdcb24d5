"""The way without links: changed files are laid ready and renamed into the document roots, in an order that is safe.

What is new comes first, so that no page refers to a file that is not there yet; then what changed, the home page last;
what is gone, at the end. A push that is cut leaves some new and some old pages, each whole, and the next one heals it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from policy.publish.abilities import Abilities
from policy.publish.aside import Aside, occupied
from policy.publish.contents import HASHED, Contents, Held, folders_of
from policy.publish.objects import double
from policy.publish.remote import Progress, Remote
from policy.publish.state import Places, State
from policy.publish.target import Account, Kind
from policy.publish.tree import Goal, describe, send_objects

_RULES = re.compile(r"(.*/)?\.htaccess")
_ENTRY = re.compile(r"site/(?:index\.html(?:\.br|\.gz)?|\.well-known/.*)")
"""Where visitors and programs begin."""
_PAGE = re.compile(r".*\.html(?:\.br|\.gz)?")
_ORDER = (re.compile(r"site/(?:[a-z]{2}/)?versies/.*"), _PAGE)
"""What changed, by path: texts of versions, other pages; then feeds and lists."""


class Staged:
    """Publishing by renames, file by file; `held` gives what a release folder holds."""

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
        self._afresh = afresh or (state.at_work is not None and state.at_work.afresh)
        self._is_first = not state.live and not state.interrupted
        self._before = [held(state.live) if state.live else {}, *map(held, state.interrupted)]
        """What the files in the document roots may be of; before the first push there are none."""
        self._goal: Contents = {}
        self._staged: dict[str, str] = {}
        """Where each path that is to be put in its place lies ready."""
        self._aside = Aside(remote, places, state.interrupted)

    def prepare(self, goal: Goal, progress: Progress) -> None:
        """Send what is missing, say what the release holds, and lay ready what changes; nobody sees it yet."""
        send_objects(self._remote, self._places, goal, progress)
        describe(self._remote, self._places, goal)
        self._goal = goal.contents
        self._lay_ready(self._before, self._goal)

    def switch(self, name: str) -> None:
        """Put the files of the release in their places."""
        for place in occupied(self._remote, self._account) if self._is_first else ():
            self._aside.move(place, name)
        self._put(self._before, self._goal)

    def back(self, name: str) -> None:
        """Put back the files of the release that was live before; "" where there was none."""
        before, new = [*self._before, self._goal], self._held(name) if name else {}
        self._lay_ready(before, new)
        self._put(before, new)
        for mount in self._account.folders if not name else ():
            if stood := self._aside.find(mount.place):
                self._remote.remove_folders([mount.place])
                self._aside.bring_back(stood, mount.place)

    def _lay_ready(self, before: Sequence[Contents], new: Contents) -> None:
        """A name of its own for each file that is to change, where each file is now as one of `before` says."""
        live = [path for path in self._live(new) if self._afresh or _differs(path, new[path], before)]
        self._remote.remove_tree(self._places.staged)
        self._remote.make_folders([self._places.staged])
        self._staged = {path: f"{self._places.staged}/{number}" for number, path in enumerate(live)}
        pairs = [(f"{self._places.files}/{new[path].object}", place) for path, place in self._staged.items()]
        double(self._remote, self._abilities, pairs)

    def _put(self, before: Sequence[Contents], new: Contents) -> None:
        """Make the document roots hold `new`."""
        live = self._live(new)
        self._remote.make_folders(self._folders(live[path] for path in self._staged))

        def rank(path: str) -> int:
            return _rank(path, before)

        for _, group in groupby(sorted(self._staged, key=rank), key=rank):
            self._swap([(self._staged[path], live[path]) for path in group])
        self._remove(before, new)
        self._remote.remove_tree(self._places.staged)  # a rename over a link to the same file leaves both

    def _swap(self, pairs: Sequence[tuple[str, str]]) -> None:
        if self._abilities.posix_rename:
            self._remote.replace(pairs)
            return
        for pair in pairs:  # one after the other, so that at most one file is away at any moment
            self._remote.remove([pair[1]])
            self._remote.rename([pair])

    def _remove(self, before: Sequence[Contents], new: Contents) -> None:
        gone = {path: place for held in before for path, place in self._live(held).items() if path not in new}
        for _, group in groupby(sorted(gone, key=_last), key=_last):
            self._remote.remove([gone[path] for path in group])
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
    return any(path not in one or one[path].object != held.object for one in before)


def _last(path: str) -> int:
    """When a path is removed: where visitors begin first, so that nothing leads to what is not there any more."""
    if _RULES.fullmatch(path):
        return 4
    if _ENTRY.fullmatch(path):
        return 0
    if HASHED.fullmatch(path.rsplit("/", 1)[-1]):
        return 3
    return 1 if _PAGE.fullmatch(path) else 2


def _rank(path: str, before: Sequence[Mapping[str, Held]]) -> int:
    """When a path is put in its place: the rules of the server, what is new, what changed, and where visitors begin.

    What one interrupted push has and another has not may not be there, and counts as new.
    """
    if _RULES.fullmatch(path):
        return 0
    if _ENTRY.fullmatch(path):
        return 9
    if any(path not in one for one in before):
        return 1 if HASHED.fullmatch(path.rsplit("/", 1)[-1]) else 2
    return 3 + next((place for place, form in enumerate(_ORDER) if form.fullmatch(path)), len(_ORDER))
