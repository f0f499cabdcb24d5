"""What an interrupted push or probe left behind, and nobody needs."""

import posixpath
import re
from collections.abc import Iterable

from policy.publish.blocks import NEW_TEXT, OLD_TEXT, beside
from policy.publish.probe import PROBE
from policy.publish.remote import Entry, Remote
from policy.publish.state import NEW, Places
from policy.publish.target import Account

_PROBE = re.compile(rf"{PROBE}[0-9a-f]{{12}}")


def tidy(remote: Remote, places: Places) -> None:
    """Remove what was only being made in the private folder. Only who holds the lock may call it."""
    for name, kind in remote.listing(places.root).items():
        if name.startswith(NEW):
            _remove(remote, f"{places.root}/{name}", kind)


def tidy_roots(remote: Remote, account: Account, roots: Iterable[str]) -> None:
    """The same in the document roots, after an interruption."""
    for root in roots:
        for name, kind in remote.listing(root).items():
            if _PROBE.fullmatch(name):
                _remove(remote, f"{root}/{name}", kind)
    for mount in account.blocks:
        _tidy_file(remote, mount.place)


def _tidy_file(remote: Remote, place: str) -> None:
    """What is left beside a file that is not ours alone. Where a host cannot rename over a file, a cut may have left
    that file under another name: then it gets its own again, as the lines of others are in it.
    """
    folder, name = posixpath.dirname(place), posixpath.basename(place)
    new, old = (re.compile(beside(re.escape(name), kind, "[0-9a-f]{8}")) for kind in (NEW_TEXT, OLD_TEXT))
    names = remote.listing(folder or ".")
    left = [one for one in names if new.fullmatch(one) or old.fullmatch(one)]
    moved = next((one for one in left if old.fullmatch(one)), None)
    if moved and name not in names:
        remote.rename([(posixpath.join(folder, moved), place)])
        left.remove(moved)
    remote.remove([posixpath.join(folder, one) for one in left])


def _remove(remote: Remote, path: str, kind: Entry) -> None:
    if kind is Entry.FOLDER:
        remote.remove_tree(path)
    else:
        remote.remove([path])
