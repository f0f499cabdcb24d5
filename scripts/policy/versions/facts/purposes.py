"""What differs in the purposes that consent is asked for or not, and in their headings."""

from collections.abc import Iterator

from policy.inventory.model import Inventory, Purpose
from policy.versions.facts.asked import AskedAgain
from policy.versions.facts.compare import added_and_gone, by_id, other_facts
from policy.versions.facts.difference import Difference
from policy.versions.facts.difference import DifferenceKind as Kind


def purpose_differences(old: Inventory, new: Inventory, asked: AskedAgain) -> Iterator[Difference]:
    """What differs in purposes; whether consent is needed and on which basis they rest are told apart."""
    before, after = by_id(old.purposes), by_id(new.purposes)
    yield from added_and_gone(before, after, Kind.PURPOSE_ADDED, Kind.PURPOSE_GONE)
    for id in sorted(before.keys() & after.keys()):
        yield from _changed(before[id], after[id], asked)
    yield from _headings(old, new)


def _changed(was: Purpose, now: Purpose, asked: AskedAgain) -> Iterator[Difference]:
    apart = ["legal_basis"]
    if was.exemption and not now.exemption:
        again = asked.all_grown("purposes", [now.id])
        yield Difference(Kind.CONSENT_NEEDED, now.id, now.name, before=str(was.exemption), asks_again=again)
    if now.exemption and not was.exemption:
        yield Difference(Kind.CONSENT_NOT_NEEDED, now.id, now.name, after=str(now.exemption))
    if bool(was.exemption) != bool(now.exemption):
        apart += ["exemption", "exemption_reason"]
    if was.legal_basis != now.legal_basis:
        yield Difference(
            Kind.NEW_BASIS_OF_PURPOSE, now.id, now.name, before=str(was.legal_basis), after=str(now.legal_basis)
        )
    yield from other_facts(Kind.PURPOSE_CHANGED, was, now, apart)


def _headings(old: Inventory, new: Inventory) -> Iterator[Difference]:
    before, after = by_id(old.categories), by_id(new.categories)
    yield from added_and_gone(before, after, Kind.HEADING_ADDED, Kind.HEADING_GONE)
    for id in sorted(before.keys() & after.keys()):
        yield from other_facts(Kind.HEADING_CHANGED, before[id], after[id])
