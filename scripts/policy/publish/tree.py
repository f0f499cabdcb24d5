"""A whole release in a folder of its own on the host, before anybody sees it; its files are links to the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policy.publish.abilities import Abilities
from policy.publish.contents import NAME as CONTENTS
from policy.publish.contents import Contents, folders_of, text_of
from policy.publish.objects import announce, arrived, double
from policy.publish.remote import Progress, Remote, Sent
from policy.publish.state import NEW, Places


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """The release to be made: the name of its folder, what it holds, the files that describe it, what must be sent."""

    name: str
    contents: Contents
    texts: Mapping[str, bytes]
    missing: Mapping[str, Sent]

    def describing(self) -> dict[str, Sent]:
        """The files at the top of its folder, by name."""
        texts = {**self.texts, CONTENTS: text_of(self.contents).encode()}
        return {name: Sent(content, len(content)) for name, content in texts.items()}


def send_objects(remote: Remote, places: Places, goal: Goal, progress: Progress) -> None:
    """Send what the store lacks; what an interrupted push leaves there is known to be unsure."""
    if goal.missing:
        announce(remote, places, goal.missing)
        remote.unpack(places.files, goal.missing, [], progress)
        arrived(remote, places)


def describe(remote: Remote, places: Places, goal: Goal) -> None:
    """A release folder that only says what the release holds, for hosts where the files lie in the document roots."""
    remote.make_folders([places.release(goal.name)])
    remote.send({places.release(goal.name, name): sent for name, sent in goal.describing().items()})


def make_tree(
    remote: Remote, places: Places, abilities: Abilities, goal: Goal, spare: str, held: Contents, progress: Progress
) -> None:
    """Send what is missing and make the release folder.

    `spare` is the folder of a release that nobody needs any more and `held` what is in it: the new release is made
    of it, so that only what differs costs a request. Without one it is "", and everything is linked anew.
    """
    folder = places.new(goal.name)
    if spare:
        remote.rename([(places.release(spare), folder)])
        remote.remove([f"{folder}/{name}" for name in goal.describing()])
        remote.remove([f"{folder}/{path}" for path in held if path not in goal.contents])
    there = set(folders_of(held))
    below = [f"{folder}/{path}" for path in folders_of(goal.contents) if path not in there]
    remote.make_folders(below if spare else [folder, *below])
    _fill(remote, places, abilities, goal, held, progress)
    unused = there - set(folders_of(goal.contents))
    remote.remove_folders(sorted((f"{folder}/{path}" for path in unused), key=lambda path: -path.count("/")))
    remote.send({f"{folder}/{name}": sent for name, sent in goal.describing().items()})
    remote.rename([(folder, places.release(goal.name))])


def _fill(remote: Remote, places: Places, abilities: Abilities, goal: Goal, held: Contents, progress: Progress) -> None:
    """Send the objects and give them their names in the release."""
    changed = [path for path, one in goal.contents.items() if path not in held or held[path].object != one.object]
    if not abilities.link:
        send_objects(remote, places, goal, progress)
        folder = places.new(goal.name)
        double(remote, abilities, [(f"{places.files}/{goal.contents[p].object}", f"{folder}/{p}") for p in changed])
        return
    if goal.missing:
        announce(remote, places, goal.missing)
    remote.unpack(
        places.root, {f"files/{name}": sent for name, sent in goal.missing.items()}, _links(goal, changed), progress
    )
    if goal.missing:
        arrived(remote, places)


def _links(goal: Goal, changed: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"files/{goal.contents[path].object}", f"{NEW}{goal.name}/{path}") for path in changed]
