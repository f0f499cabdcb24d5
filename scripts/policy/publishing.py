"""From what a build left to the hosts: the accounts of publishing.toml, and what the calendar and questions forbid."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit, urlunsplit

from policy.errors import PolicyError
from policy.inventory.files import FOLDER
from policy.inventory.model import Website
from policy.inventory.publishing import KNOWN_HOSTS, NAME, Publishing, read_publishing
from policy.inventory.questions import questions
from policy.publish.local import Build, read_build
from policy.publish.problems import PublishError, RefusedError
from policy.publish.release import Release
from policy.publish.target import Account, Kind, Mount
from policy.site.source import Source, sound_source
from policy.versions.model import NOTICE, PolicyVersion, State

KEY = "POLICY_SSH_KEY"
"""The variable of the environment that names the file of a private key."""
MODULE, WELL_KNOWN = "toestemming", ".well-known"
WORDPRESS = ("wordpress/leiz-toestemming.php", "wp-content/mu-plugins/leiz-toestemming.php")
"""The plug-in, in the folder of a website's build and in its document root."""
_OLDEST = 180
"""Days after which a live site is told to be old: what it says of itself (RFC 9116) holds for less than a year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """An account, and its document roots with the addresses that show them."""

    account: Account
    roots: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What is to be published where, and on which day."""

    source: Source
    settings: Publishing
    targets: tuple[Target, ...]

    def build(self) -> Build:
        """The build to publish; PublishError where there is none, or it was made for another day."""
        found = read_build(self.source.root / "build")
        if found.release.as_of != self.source.day.isoformat():
            raise PublishError(
                f"The build is of {found.release.as_of}, and today is {self.source.day}. "
                "Make it anew with: policy build"
            )
        return found

    def refused(self, live: Release | None, *, with_open_questions: bool) -> list[str]:
        """A sentence for each reason that forbids to publish beside this live release."""
        found = list(_too_short(self.source, live))
        if not with_open_questions:
            found += _open(self)
        return found


def read_publication(root: Path, day: date) -> Publication:
    """The publication of a project; RefusedError where a password is in a file, PolicyError with other problems."""
    source = sound_source(root, day)
    folder = root / FOLDER
    settings, findings = read_publishing(folder, tuple(website.id for website in source.inventory.websites))
    if findings:
        secret = any("Passwords" in finding.message for finding in findings)
        raise (RefusedError if secret else PolicyError)(findings)
    if settings is None:
        raise PolicyError(f"{FOLDER}/{NAME} is missing: it says where things go. PUBLISHING.md tells how to make it.")
    return Publication(source=source, settings=settings, targets=tuple(_targets(source, settings, folder)))


def _targets(source: Source, settings: Publishing, folder: Path) -> Iterator[Target]:
    site, key = settings.policy_site, os.environ.get(KEY)
    for account in settings.accounts:
        mounts, roots = list[Mount](), list[tuple[str, str]]()
        for target in settings.websites:
            if target.account == account.id:
                website = source.inventory.website(target.website)
                mounts += _of_website(website, target.document_root, wordpress=target.wordpress)
                roots.append((target.document_root, f"{website.origin}/"))
        if site.account == account.id:
            mounts.append(Mount(Kind.FOLDER, "site", site.place))
            roots.append(_root_of(site.place, source.inventory.controller.policy_site.address))
        made = Account(
            id=account.id,
            host=account.host,
            user=account.user,
            port=account.port,
            key=Path(key) if key else None,
            known_hosts=folder / KNOWN_HOSTS,
            folder=account.folder,
            mounts=tuple(mounts),
        )
        if mounts:
            yield Target(account=made, roots=tuple(dict.fromkeys(roots)))


def _of_website(website: Website, root: str, *, wordpress: bool) -> Iterator[Mount]:
    own = f"websites/{website.id}"
    yield Mount(Kind.FOLDER, f"{own}/{MODULE}", f"{root}/{MODULE}")
    for name in ("gpc.json", "security.txt"):
        yield Mount(Kind.FILE, f"{own}/{WELL_KNOWN}/{name}", f"{root}/{WELL_KNOWN}/{name}")
    if wordpress:
        yield Mount(Kind.FILE, f"{own}/{WORDPRESS[0]}", f"{root}/{WORDPRESS[1]}")
    yield Mount(Kind.BLOCK, f"{own}/htaccess", f"{root}/.htaccess")


def _root_of(place: str, address: str) -> tuple[str, str]:
    """The folder around the site's place with its address, where the two end alike; else the place itself."""
    parts = urlsplit(address)
    path, above = PurePosixPath(parts.path), PurePosixPath(place).parent
    if path.name and path.name == PurePosixPath(place).name and str(above) != ".":
        around = str(path.parent).rstrip("/") + "/"
        return str(above), urlunsplit(parts._replace(path=around))
    return place, address


def _open(publication: Publication) -> Iterator[str]:
    """Questions that nobody answered yet, in what visitors would read and in where it goes."""
    source = publication.source
    for version in source.known:
        asked = len(questions(source.of(version)))
        if asked and source.timeline.state(version, source.day) is not State.SUPERSEDED:
            yield (
                f"Version {version.number} has {asked} open questions. Answer them (policy inventory questions) and "
                "announce again, or publish with --with-open-questions."
            )
    settings = publication.settings
    facts = (*settings.accounts, settings.policy_site, *settings.websites)
    if asked := sum(fact.confirm is not None for fact in facts):
        yield f"{FOLDER}/{NAME} has {asked} open questions. Answer them there and remove confirm, or see above."


def _too_short(source: Source, live: Release | None) -> Iterator[str]:
    """A substantive version that readers would see too late; one that they could see already is no matter here."""
    seen = {version.version for version in live.versions} if live else set[int]()
    for version in source.known:
        if version.number in seen or not version.is_substantive or _is_urgent(version) or version.in_force is None:
            continue
        coming = source.timeline.state(version, source.day) is State.ANNOUNCED
        days = (version.in_force - source.day).days
        if (coming or live is not None) and days < NOTICE.days:
            yield (
                f"Version {version.number} would be in force {days} days after readers first see it, and a substantive "
                f"one needs {NOTICE.days}. Announce it again for a later day: "
                f"policy announce {version.number} --in-force …"
            )


def _is_urgent(version: PolicyVersion) -> bool:
    return any(text.urgent_reason for text in version.texts)


def calendar(source: Source, live: Release) -> list[str]:
    """A sentence for each way in which the live release is behind the day."""
    found, day = [], source.day.isoformat()
    seen = {version.version for version in live.versions}
    for version in live.versions:
        for then, what in ((version.announced, "announced"), (version.in_force, "in force")):
            if live.as_of < then <= day:
                found.append(
                    f"Version {version.version} is {what} since {then}, and the live site is of {live.as_of}. "
                    "Publish: policy build, policy publish push."
                )
    for version in source.known:
        if version.number not in seen:
            found.append(f"Version {version.number} is announced, and not on the live site. Publish it.")
    if (source.day - date.fromisoformat(live.as_of)).days > _OLDEST:
        found.append(
            f"The live site is of {live.as_of}, which is long ago. Publish: policy build, policy publish push."
        )
    return found
