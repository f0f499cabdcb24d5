"""The build: everything beside the old one, then one swap; a failure leaves the old one whole."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from policy.alone import alone
from policy.consent.code import purpose_code, service_code
from policy.consent.link import guard_script
from policy.consent.scope import Scope
from policy.consent.wordpress import NAME as PLUGIN
from policy.consent.wordpress import plugin
from policy.headers.csp import Guarded, as_data
from policy.headers.htaccess import htaccess
from policy.headers.reissue import is_reissued
from policy.inventory.model import HOST_KINDS, Website
from policy.inventory.terms import asked_purposes, asked_together
from policy.release import finish
from policy.site.mail import mails
from policy.site.plugin import DIFFERENCES, build_site
from policy.site.source import Source, sound_source
from policy.versions.diff import differences

Tell = Callable[[str], None]

PARTS = ("site", "websites", "nieuwsbrief", "release")
"""The folders that a build makes: the policy site, what goes to each website, the text to mail, and what describes all.
"""
COPIES = ".copies"
"""Compressed copies of earlier builds, which need not be made again."""
MODULE = "toestemming"
_NEW = ".new-"


def build(root: Path, day: date, tell: Tell, *, pdf: bool = False) -> Path:
    """Build `build/site`, a folder for each website in `build/websites` and the mail; return the folder `build`.

    `tell` is called with a line of progress at each stage; with `pdf`, each version is also a PDF.
    Raises PolicyError with every problem; what was built before is then still there, whole.
    """
    place = root.resolve() / "build"
    with alone(place), _temporary(place) as new:
        _make(root.resolve(), day, new, tell, pdf=pdf, kept=place)
        tell("Putting the new build in place of the old one")
        for name in PARTS:
            _swap(new / name, place / name)
    return place


def try_build(root: Path, day: date) -> None:
    """Build into a folder that is thrown away; PolicyError with every problem."""
    with tempfile.TemporaryDirectory() as temporary:
        _make(root.resolve(), day, Path(temporary), lambda line: None, kept=None)


def _make(root: Path, day: date, new: Path, tell: Tell, *, pdf: bool = False, kept: Path | None) -> None:
    """Build into the folder `new`; `kept` holds what an earlier build left for this one."""
    tell("Reading inventory and versions")
    source = sound_source(root, day)
    waiting = len(differences(source.inventory, source.working))
    if waiting:
        tell(f"{waiting} changes wait for the next announced version: policy status")
    for website in source.inventory.websites:
        tell(f"Linking the consent module of {website.name}")
        _website(source, website, new / "websites" / website.id)
    tell("Building the pages")
    build_site(root, new / "site", day, pdf=pdf, kept=kept and kept / DIFFERENCES)
    (new / "nieuwsbrief").mkdir()
    for name, text in mails(source).items():
        (new / "nieuwsbrief" / name).write_bytes(text.encode())
    tell("Making the rules for the web server, and the list of all files")
    finish(source, new, kept and kept / COPIES)


def _website(source: Source, website: Website, place: Path) -> None:
    """The files that go to a website: the consent module, the lines of its guard, the plugin for WordPress."""
    policy = source.inventory.controller.policy_site.address
    guarded = _guarded(Scope(source.history, website.id))
    files = {f"{MODULE}/{name}": content for name, content in source.bundle(website, policy).items()}
    files[f"{MODULE}/guard.js"] = guard_script(source.root / "consent_js", source.number, as_data(guarded))
    reissued = source.day if is_reissued(website.origin, website.shared_domain) else None
    files["htaccess"] = htaccess(guarded, source.number, reissued).encode()
    files[f"wordpress/{PLUGIN}"] = plugin(source.inventory, website, asked_together(source.inventory, website)).encode()
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _guarded(scope: Scope) -> list[Guarded]:
    """The services of a website as its guard sees them; those of websites that share its choice do not run here."""
    return [
        Guarded(
            id=service.id,
            code=service_code(service.id),
            since=scope.since(service),
            purposes=tuple(purpose_code(id) for id in asked_purposes(scope.inventory, service)),
            hosts={kind: getattr(service.hosts, kind) for kind in HOST_KINDS},
        )
        for service in scope.services
        if service.id in scope.website.services
    ]


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
