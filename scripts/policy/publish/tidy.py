"""What an interrupted push or probe left behind, and nobody needs."""

import posixpath
import re
from collections.abc import Iterable

from policy.publish.blocks import END, new_file
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
    """The new file beside one that is not ours alone. Where a host cannot rename over a file, a cut may have left
    only the new one: then it gets its name, as the lines of others are in it.
    """
    folder, name = posixpath.dirname(place), posixpath.basename(place)
    form = re.compile(new_file(re.escape(name), "[0-9a-f]{8}"))
    left = [f"{folder}/{one}" if folder else one for one in remote.listing(folder or ".") if form.fullmatch(one)]
    if left and remote.kind(place) is None:
        whole = [one for one in left if END.encode() in (remote.read(one) or b"")]
        if whole:
            remote.rename([(whole[0], place)])
            left.remove(whole[0])
    remote.remove(left)


def _remove(remote: Remote, path: str, kind: Entry) -> None:
    if kind is Entry.FOLDER:
        remote.remove_tree(path)
    else:
        remote.remove([path])
