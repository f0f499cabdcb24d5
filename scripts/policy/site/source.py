"""All that a site is made from, read and checked once."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policy.consent.link import bundle
from policy.errors import PolicyError
from policy.findings import Finding
from policy.inventory.check import read_checked
from policy.inventory.model import Inventory, Website
from policy.site.pages import check_pages
from policy.versions.lock import verify
from policy.versions.model import PolicyVersion, Timeline
from policy.versions.read import read_versions


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What the pages say: the inventory as it is typed now, the versions, and the day it is about."""

    root: Path
    day: date
    timeline: Timeline
    working: Inventory
    shows_working: bool = False

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

    def of(self, version: PolicyVersion) -> Inventory:
        """The inventory that a version's page shows: its frozen one, or the working one of a draft."""
        return version.inventory or self.working

    def bundle(self, website: Website, policy: str) -> dict[str, bytes]:
        """The files of a website's consent module by name; `policy` is the address of these pages."""
        sources = self.root / "consent_js"
        return bundle(self.inventory, website, number=self.number, sources=sources, policy=policy)


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
    return Source(root=root, day=day, timeline=timeline, working=working, shows_working=shows_working), findings


def sound_source(root: Path, day: date) -> Source:
    """The source in a project folder; PolicyError with every problem that stops a build."""
    source, findings = read_source(root, day)
    if source is None:
        raise PolicyError([finding for finding in findings if not finding.warning])
    return source
