"""When a policy version applies."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policy.inventory.model import Inventory


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
class PolicyVersion:
    """One edition of the policy; `inventory` is its frozen one, None while it is a draft."""

    number: int
    title: str
    change_class: str
    note: str
    announced: date | None = None
    in_force: date | None = None
    ends: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    holds_already: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    inventory: Inventory | None = None

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
    """All versions, oldest first."""

    versions: tuple[PolicyVersion, ...]

    def version(self, number: int) -> PolicyVersion:
        """The version of that number; KeyError if there is none."""
        for version in self.versions:
            if version.number == number:
                return version
        raise KeyError(number)

    def successor(self, version: PolicyVersion) -> PolicyVersion | None:
        """The next version, if there is one."""
        return next((later for later in self.versions if later.number == version.number + 1), None)

    def predecessor(self, version: PolicyVersion) -> PolicyVersion | None:
        """The version before it, if there is one."""
        return next((earlier for earlier in self.versions if earlier.number == version.number - 1), None)

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
        return next((v for v in self.versions if self.state(v, as_of) is State.IN_FORCE), None)

    def announced(self, as_of: date) -> PolicyVersion | None:
        """The next version that is announced on a day and not yet in force."""
        return next((v for v in self.versions if self.state(v, as_of) is State.ANNOUNCED), None)

    def newest_announced(self, as_of: date) -> PolicyVersion | None:
        """The newest version that readers know of on a day, in force or not."""
        known = [v for v in self.versions if self.state(v, as_of) is not State.DRAFT]
        return known[-1] if known else None
