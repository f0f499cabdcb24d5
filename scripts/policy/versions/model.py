"""When a policy version applies."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policy.inventory.model import Inventory

SUBSTANTIVE = "substantive"
"""The class of a version that readers must know of beforehand; the others are editorial and technical."""

NOTICE = timedelta(days=30)
"""How long before it is in force a substantive version is announced, unless it says what was urgent."""


class State(StrEnum):
    """Where a version stands on a day."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of a text: `number` as it stands there, `anchor` without its hash sign."""

    number: str
    title: str
    anchor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionText:
    """What a version says about itself in one language (ISO 639-1); empty where nothing was written yet."""

    language: str
    title: str
    note: str = ""
    description: str | None = None
    urgent_reason: str = ""
    affects: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    holds_already: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyVersion:
    """One edition of the policy; `inventory` is its frozen one, None while it is a draft.

    `texts` holds its own text and then the translations; `removed` the anchors of sections that it leaves out.
    """

    number: int
    change_class: str
    announced: date | None = None
    in_force: date | None = None
    removed: tuple[str, ...] = ()
    texts: tuple[VersionText, ...] = ()
    inventory: Inventory | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the version is written in, its own first."""
        return tuple(text.language for text in self.texts)

    def text(self, language: str) -> VersionText:
        """What it says in a language; in its own where it has no translation."""
        return next((text for text in self.texts if text.language == language), self.texts[0])

    @property
    def is_substantive(self) -> bool:
        """Whether it changes what is done with personal data, or what readers must know of it."""
        return self.change_class == SUBSTANTIVE

    def state(self, as_of: date, successor: "PolicyVersion | None" = None) -> State:
        """The state on a day; nothing is stored, so nothing can disagree."""
        if self.announced is None or as_of < self.announced:
            return State.DRAFT
        if self.in_force is None or as_of < self.in_force:
            return State.ANNOUNCED
        if successor and successor.in_force and successor.announced and successor.in_force <= as_of:
            return State.SUPERSEDED
        return State.IN_FORCE


@dataclass(frozen=True, slots=True)
class Timeline:
    """All versions, oldest first, numbered from 1 without gaps."""

    versions: tuple[PolicyVersion, ...]

    def version(self, number: int) -> PolicyVersion:
        """The version of that number; KeyError if there is none."""
        if not 1 <= number <= len(self.versions):
            raise KeyError(number)
        return self.versions[number - 1]

    def successor(self, version: PolicyVersion) -> PolicyVersion | None:
        """The next version, if there is one."""
        return self.versions[version.number] if version.number < len(self.versions) else None

    def predecessor(self, version: PolicyVersion) -> PolicyVersion | None:
        """The version before it, if there is one."""
        return self.versions[version.number - 2] if version.number > 1 else None

    def state(self, version: PolicyVersion, as_of: date) -> State:
        """The state of a version on a day."""
        return version.state(as_of, self.successor(version))

    def last_day(self, version: PolicyVersion) -> date | None:
        """The last day on which a version is in force; None while no successor ends it."""
        successor = self.successor(version)
        if successor is None or successor.in_force is None:
            return None
        return successor.in_force - timedelta(days=1)

    def in_force(self, as_of: date) -> PolicyVersion | None:
        """The version in force on a day."""
        return next((v for v in reversed(self.versions) if self.state(v, as_of) is State.IN_FORCE), None)

    def announced(self, as_of: date) -> PolicyVersion | None:
        """The next version that is announced on a day and not yet in force."""
        current = self.in_force(as_of)
        later = self.versions[current.number :] if current else self.versions
        return next((v for v in later if self.state(v, as_of) is State.ANNOUNCED), None)

    def all_announced(self, as_of: date) -> tuple[PolicyVersion, ...]:
        """The versions that are announced on a day and not yet in force, the next one first."""
        return tuple(v for v in self.versions if self.state(v, as_of) is State.ANNOUNCED)

    def newest_announced(self, as_of: date) -> PolicyVersion | None:
        """The newest version that readers know of on a day, in force or not."""
        return next((v for v in reversed(self.versions) if self.state(v, as_of) is not State.DRAFT), None)
