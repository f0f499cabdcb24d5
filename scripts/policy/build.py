"""The build: everything beside the old one, then one swap; a failure leaves the old one whole."""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from policy.site.plugin import build_site
from policy.site.source import Source, sound_source

Tell = Callable[[str], None]


def build(root: Path, day: date, tell: Tell) -> Path:
    """Build `build/site` and `build/websites/<id>/toestemming`; return the folder `build`.

    `tell` is called with a line of progress at each stage.
    Raises PolicyError with every problem; what was built before is then still there, whole.
    """
    tell("Reading inventory and versions")
    source = sound_source(root, day)
    place = root / "build"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=place) as temporary:
        new = Path(temporary)
        for website in source.inventory.websites:
            tell(f"Linking the consent module of {website.name}")
            _bundle(source, website.id, new / "websites" / website.id / "toestemming")
        tell("Building the pages")
        build_site(root, new / "site", day)
        tell("Putting the new build in place of the old one")
        for name in ("site", "websites"):
            _swap(new / name, place / name)
    return place


def _bundle(source: Source, website: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    policy = source.inventory.controller.policy_site.address
    for name, content in source.bundle(source.inventory.website(website), policy).items():
        (folder / name).write_bytes(content)


def _swap(new: Path, place: Path) -> None:
    """Two renames: the old folder goes aside, the new one takes its place, then the old one is removed."""
    old = new.with_name(f"old-{new.name}")
    if place.exists():
        os.replace(place, old)
    try:
        os.replace(new, place)
    except OSError:
        if old.exists():
            os.replace(old, place)
        raise
    shutil.rmtree(old, ignore_errors=True)
