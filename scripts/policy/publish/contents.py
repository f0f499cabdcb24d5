"""What a release folder holds: the build's files, their compressed copies, and what cached pages still ask for."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from policy.publish.manifest import COPIES, Manifest
from policy.publish.problems import HostError

NAME = "contents.json"
HASHED = re.compile(r"[^/]*\.[0-9a-f]{8}\.[^/]*")
"""The name of a file that never changes, since its name holds a digest of what is in it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file as the host keeps it: the name of its object, its size in bytes, and for how many releases it was not
    part of the build any more.
    """

    object: str
    size: int
    age: int = 0


Contents = Mapping[str, Held]
"""By path in the release folder, such as `site/index.html.br`."""


def contents_of(manifest: Manifest, sizes: Callable[[str], int | None], wanted: Callable[[str], bool]) -> Contents:
    """The wanted files of a manifest and their compressed copies.

    `sizes` gives the size in bytes of a file of the build, or None where it is not there. The object of a copy is
    named after the file that it is a copy of, so that another compressor sends nothing anew.
    """
    found = {}
    for path, file in manifest.items():
        if wanted(path):
            found[path] = Held(file.digest, file.size)
            for ending in COPIES:
                if (size := sizes(path + ending)) is not None:
                    found[path + ending] = Held(file.digest + ending, size)
    return found


def carried(new: Contents, live: Contents, *, hashed: int, others: int) -> Contents:
    """What the new contents lack of the live ones and keep for a while: `hashed` releases long, or `others`.

    A compressed copy goes at once where its file stays: it would be served instead of it.
    """
    older = {
        path: replace(held, age=held.age + 1)
        for path, held in live.items()
        if path not in new and not _copies(path, new)
    }
    return {
        path: held
        for path, held in older.items()
        if held.age <= (hashed if HASHED.fullmatch(path.rsplit("/", 1)[-1]) else others)
    }


def _copies(path: str, new: Contents) -> bool:
    return path.endswith(tuple(COPIES)) and path.rpartition(".")[0] in new


def text_of(contents: Contents) -> str:
    """The contents as a file: JSON, one line for each path."""
    lines = [
        f"{json.dumps(path, ensure_ascii=False)}: {json.dumps([held.object, held.size, held.age])}"
        for path, held in sorted(contents.items())
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_contents(text: bytes | None, shown_as: str) -> Contents:
    """Contents from their text; HostError where they are missing or something else."""
    try:
        return {path: Held(*held) for path, held in json.loads(text or b"").items()}
    except (ValueError, TypeError, AttributeError) as error:
        message = (
            f"{shown_as} on the host is missing or damaged. Send everything anew with: policy publish push --afresh"
        )
        raise HostError(message) from error


def restored(manifest: Manifest, stored: Collection[str], wanted: Callable[[str], bool]) -> Contents:
    """The contents of a release by its manifest and the names of the objects in the store, for want of better."""
    found = {}
    for path, file in manifest.items():
        if wanted(path):
            found[path] = Held(file.digest, file.size)
            found |= {path + e: Held(file.digest + e, 0) for e in COPIES if file.digest + e in stored}
    return found


def folders_of(paths: Iterable[str]) -> list[str]:
    """Every folder above these paths, the outer ones first."""
    found = {path[:place] for path in paths for place, letter in enumerate(path) if letter == "/"}
    return sorted(found, key=lambda folder: (folder.count("/"), folder))
