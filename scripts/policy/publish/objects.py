"""The store on the host: each file once, under the SHA-256 of what is in it."""

import json
from collections.abc import Iterable, Mapping, Sequence

from policy.publish.abilities import Abilities
from policy.publish.contents import Contents
from policy.publish.problems import HostError
from policy.publish.remote import Remote, Sent
from policy.publish.state import Places

_MANY = 500
"""From here on one look at the whole store is less than a question for each file."""


def missing(remote: Remote, places: Places, needed: Mapping[str, int], *, afresh: bool = False) -> set[str]:
    """Which of these objects, by name with their size in bytes, the store lacks; with `afresh`, all of them.

    One that was on its way when a push was interrupted counts as missing, and is removed: it may be half there.
    """
    unsure = _unsure(remote, places) | (set(needed) if afresh else set())
    if unsure:
        remote.remove([f"{places.files}/{name}" for name in unsure])
        remote.remove([places.sending])
    names = list(needed)
    if len(names) > _MANY:
        there = remote.listing(places.files)
        names = [name for name in names if name in there]
    sizes = dict(zip(names, remote.sizes([f"{places.files}/{name}" for name in names]), strict=True))
    wrong = [name for name, size in sizes.items() if size is not None and size != needed[name]]
    remote.remove([f"{places.files}/{name}" for name in wrong])
    return {name for name in needed if sizes.get(name) != needed[name]}


def _unsure(remote: Remote, places: Places) -> set[str]:
    try:
        return set(json.loads(remote.read(places.sending) or b"[]"))
    except ValueError:  # cut while it was written: then nothing was sent yet
        return set()


def check_there(remote: Remote, places: Places, contents: Contents) -> None:
    """HostError where the store lacks an object of these contents, or holds a cut-off one.

    The size of a compressed copy depends on who compressed it, and says nothing.
    """
    sizes = {held.object: held.size for held in contents.values()}
    found = remote.sizes([f"{places.files}/{name}" for name in sizes])
    wrong = [
        name
        for (name, size), there in zip(sizes.items(), found, strict=True)
        if there is None or ("." not in name and there != size)
    ]
    if wrong:
        raise HostError(
            f"{len(wrong)} files of that release are missing or damaged in {places.files} on the host, such as "
            f"{wrong[0]}. Build what you want to publish and send it with: policy publish push --afresh"
        )


def announce(remote: Remote, places: Places, names: Iterable[str]) -> None:
    """Note on the host which objects are about to be sent, so that a half one is never taken for a whole one."""
    text = json.dumps(sorted(names)).encode()
    remote.send({places.sending: Sent(text, len(text))})


def arrived(remote: Remote, places: Places) -> None:
    """All of them are there."""
    remote.remove([places.sending])


def double(remote: Remote, abilities: Abilities, pairs: Sequence[tuple[str, str]]) -> None:
    """Make each first path, a file, stand at the second path too: by a link, a copy, or there and back by the line."""
    if abilities.link:
        remote.link(pairs)
    elif abilities.copy:
        remote.copy(pairs)
    else:
        for path, other in pairs:
            content = remote.read(path) or b""
            remote.send({other: Sent(content, len(content))})


def clean(remote: Remote, places: Places, kept: Iterable[Contents], folders: Iterable[str]) -> int:
    """Remove every object and release folder that no kept release needs; the number of what was removed."""
    needed = {held.object for contents in kept for held in contents.values()}
    idle = [f"{places.files}/{name}" for name in remote.listing(places.files) if name not in needed]
    remote.remove(idle)
    left = [name for name in remote.listing(places.releases) if name not in set(folders)]
    for name in left:
        remote.remove_tree(places.release(name))
    return len(idle) + len(left)
