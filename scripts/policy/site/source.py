"""All that a site is made from, read and checked once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from policy.consent.announcement import Announcement
from policy.consent.evidence import shown_texts, to_evidence
from policy.consent.link import bundle
from policy.errors import PolicyError
from policy.findings import Finding
from policy.inventory.check import read_checked
from policy.inventory.model import Inventory, Website
from policy.inventory.spoken import Spoken, in_language
from policy.inventory.terms import History
from policy.site.pages import check_pages
from policy.versions.lock import TEXTS, Entry, locked, verify
from policy.versions.model import PolicyVersion, State, Timeline
from policy.versions.read import FOLDER, read_versions


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What the pages say: the inventory as it is typed now, the versions, and the day it is about."""

    root: Path
    day: date
    timeline: Timeline
    working: Inventory
    entries: Mapping[int, Entry] = field(default_factory=dict)
    """What the lock holds of each announced version."""
    shows_working: bool = False
    _spoken: dict[tuple[int, str], Inventory] = field(default_factory=dict, compare=False, repr=False)
    _tables: Spoken = field(default_factory=dict, compare=False, repr=False)

    def said(self, inventory: Inventory, language: str) -> Inventory:
        """An inventory of this source in a language; the same object each time it is asked for."""
        key = (id(inventory), language)
        if key not in self._spoken:
            self._spoken[key] = in_language(inventory, language, self._tables)
        return self._spoken[key]

    @property
    def known(self) -> tuple[PolicyVersion, ...]:
        """The versions that readers know of on this day, oldest first; drafts as well while an editor looks."""
        if self.shows_working:
            return self.timeline.versions
        newest = self.timeline.newest_announced(self.day)
        return self.timeline.versions[: newest.number] if newest else ()

    def compares_with_current(self, version: PolicyVersion) -> bool:
        """Whether a version has a page that tells what differs from it to the one in force."""
        current = self.timeline.in_force(self.day)
        return current is not None and version.number < current.number

    @property
    def inventory(self) -> Inventory:
        """The inventory that counts: of the newest announced version, since declaring early harms nobody.

        The one being typed counts while an editor looks at the site with `serve`,
        and before the first version that names a website (that of 2018 names none).
        """
        newest = self.timeline.newest_announced(self.day)
        if self.shows_working or newest is None or newest.inventory is None or not newest.inventory.websites:
            return self.working
        return newest.inventory

    @property
    def number(self) -> int:
        """The number of the newest announced version; 0 before the first."""
        newest = self.timeline.newest_announced(self.day)
        return newest.number if newest else 0

    @property
    def evidence(self) -> dict[str, str]:
        """Every text that consent was ever asked with, as JSON by its digest, of all announced versions."""
        found: dict[str, str] = {}
        for version in self.timeline.versions:
            path = self.root / "docs" / FOLDER / str(version.number) / TEXTS
            if path.is_file() and self.timeline.state(version, self.day) is not State.DRAFT:
                kept = json.loads(path.read_text("utf-8"))
                found |= {digest: to_evidence({"version": version.number, **text}) for digest, text in kept.items()}
        return found

    def of(self, version: PolicyVersion) -> Inventory:
        """The inventory that a version's page shows: its frozen one, or the working one of a draft."""
        return version.inventory or self.working

    @property
    def history(self) -> History:
        """Every announced inventory with the number of its version, oldest first; the last is the one that counts.

        Where the one being typed counts, it stands behind them as the next.
        """
        known = [v for v in self.timeline.versions if self.timeline.state(v, self.day) is not State.DRAFT]
        announced = [(version.number, version.inventory) for version in known if version.inventory]
        return announced if self.inventory is not self.working else [*announced, (self.number + 1, self.working)]

    def bundle(self, website: Website, policy: str) -> dict[str, bytes]:
        """The files of a website's consent module by name; `policy` is the address of these pages."""
        sources = self.root / "consent_js"
        return bundle(self.history, website.id, sources=sources, policy=policy, announcement=self.announcement)

    @property
    def announcement(self) -> Announcement | None:
        """What the modules tell of a substantive version until it is in force; None where none is announced."""
        announced = self.timeline.all_announced(self.day)
        for coming in announced:
            if coming.is_substantive and coming.in_force:
                notes = {text.language: text.note for text in coming.texts}
                page = "volgende/" if coming is announced[0] else f"{FOLDER}/{coming.number}/"
                return Announcement(coming.number, coming.in_force, notes, page)
        return None


def announced_texts(timeline: Timeline, number: int, working: Inventory) -> str:
    """What the consent modules show once a version is announced with the inventory as it is typed, as evidence."""
    earlier = [(v.number, v.inventory) for v in timeline.versions if v.number < number and v.inventory]
    return to_evidence(shown_texts([*earlier, (number, working)]))


def _unannounced(source: Source) -> list[Finding]:
    """A finding where the modules would show words that no version announced: a record could not be explained."""
    if source.inventory is source.working:
        return []
    path = source.root / "docs" / FOLDER / str(source.number) / TEXTS
    kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if shown_texts(source.history).keys() <= kept.keys():
        return []
    message = (
        f"The consent modules would show words that version {source.number} did not announce, since the program makes "
        f"them in another way. Announce it again with: policy announce {source.number}, or write a new version."
    )
    return [Finding(message, f"docs/versies/{source.number}/{TEXTS}")]


def read_source(root: Path, day: date, *, shows_working: bool = False) -> tuple[Source | None, list[Finding]]:
    """The source in a project folder, and every problem found; the source is None if one stops a build."""
    docs = root / "docs"
    working, findings = read_checked(docs / "inventory")
    timeline, wrong = read_versions(docs)
    findings += wrong + check_pages(docs)
    if timeline:
        findings += verify(docs, timeline)
    if working is None or timeline is None or any(not finding.warning for finding in findings):
        return None, findings
    source = Source(
        root=root, day=day, timeline=timeline, working=working, entries=locked(docs), shows_working=shows_working
    )
    wrong = _unannounced(source)
    return (None, [*findings, *wrong]) if wrong else (source, findings)


def sound_source(root: Path, day: date) -> Source:
    """The source in a project folder; PolicyError with every problem that stops a build."""
    source, findings = read_source(root, day)
    if source is None:
        raise PolicyError([finding for finding in findings if not finding.warning])
    return source
