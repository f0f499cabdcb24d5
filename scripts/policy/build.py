"""The build: everything beside the old one, then one swap; a failure leaves the old one whole."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from policy.errors import PolicyError
from policy.findings import Finding
from policy.site.plugin import build_site
from policy.site.source import Source, sound_source
from policy.versions.diff import differences

Tell = Callable[[str], None]

PARTS = ("site", "websites")
"""The folders that a build makes: the policy site, and what goes to each website."""
_NEW = ".new-"


def build(root: Path, day: date, tell: Tell) -> Path:
    """Build `build/site` and `build/websites/<id>/toestemming`; return the folder `build`.

    `tell` is called with a line of progress at each stage.
    Raises PolicyError with every problem; what was built before is then still there, whole.
    """
    place = root.resolve() / "build"
    with _alone(place), _temporary(place) as new:
        _make(root.resolve(), day, new, tell)
        tell("Putting the new build in place of the old one")
        for name in PARTS:
            _swap(new / name, place / name)
    return place


def try_build(root: Path, day: date) -> None:
    """Build into a folder that is thrown away; PolicyError with every problem."""
    with tempfile.TemporaryDirectory() as temporary:
        _make(root.resolve(), day, Path(temporary), lambda line: None)


def _make(root: Path, day: date, new: Path, tell: Tell) -> None:
    tell("Reading inventory and versions")
    source = sound_source(root, day)
    waiting = len(differences(source.inventory, source.working))
    if waiting:
        tell(f"{waiting} changes wait for the next announced version: policy status")
    for website in source.inventory.websites:
        tell(f"Linking the consent module of {website.name}")
        _bundle(source, website.id, new / "websites" / website.id / "toestemming")
    tell("Building the pages")
    build_site(root, new / "site", day)


def _bundle(source: Source, website: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    policy = source.inventory.controller.policy_site.address
    for name, content in source.bundle(source.inventory.website(website), policy).items():
        (folder / name).write_bytes(content)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold the folder for this build; the lock of a build that was killed is free."""
    lock = FileLock(place / ".lock", timeout=0)
    try:
        place.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise PolicyError([Finding("Another build is running. Wait until it is done.", "build")]) from error
    except OSError as error:
        message = f"The folder cannot be written ({error.strerror}). Move away what is in its place, or allow it."
        raise PolicyError([Finding(message, "build")]) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _temporary(place: Path) -> Iterator[Path]:
    """A folder for the new build, gone afterwards; what a killed build left is put back or removed first."""
    for left in place.glob(f"{_NEW}*"):
        for name in PARTS:
            if (left / f"old-{name}").exists() and not (place / name).exists():
                os.replace(left / f"old-{name}", place / name)
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_NEW, dir=place) as temporary:
        yield Path(temporary)


def _swap(new: Path, place: Path) -> None:
    """Two renames: the old folder goes aside, into the temporary one, and the new one takes its place."""
    old = new.with_name(f"old-{new.name}")
    if place.exists():
        os.replace(place, old)
    try:
        os.replace(new, place)
    except OSError:
        if old.exists():
            os.replace(old, place)
        raise
