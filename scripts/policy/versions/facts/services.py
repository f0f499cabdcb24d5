"""What differs in services: which there are, whom they serve, for what."""

from collections.abc import Iterator

from policy.inventory.model import CONTROLLER, Inventory, Service
from policy.inventory.terms import readers
from policy.versions.facts.asked import AskedAgain
from policy.versions.facts.compare import by_id, other_facts
from policy.versions.facts.difference import Difference
from policy.versions.facts.difference import DifferenceKind as Kind
from policy.versions.facts.items import item_differences
from policy.versions.facts.recipients import recipient_name

_TOLD_APART = ("recipient", "purposes", "sends", "storage")


def service_differences(old: Inventory, new: Inventory, asked: AskedAgain) -> Iterator[Difference]:
    """What differs in services; one that ends but is still named has retired."""
    before, after = by_id(old.services), by_id(new.services)
    for id in sorted(before.keys() | after.keys()):
        was, now = before.get(id), after.get(id)
        yield from _came_or_went(was, now, new, asked)
        if was and now:
            yield from _changed(old, new, was, now, asked)


def _came_or_went(was: Service | None, now: Service | None, new: Inventory, asked: AskedAgain) -> Iterator[Difference]:
    if now is None:
        if was is not None:
            yield Difference(Kind.SERVICE_GONE, was.id, was.name)
    elif now.retired:
        if was is None or not was.retired:
            yield Difference(Kind.SERVICE_RETIRED, now.id, now.name, after=str(now.retired))
    elif was is None or was.retired:
        kind = Kind.SERVICE_RETURNED if was else Kind.SERVICE_ADDED
        purposes = tuple(new.purpose(id).name for id in now.purposes)
        yield Difference(kind, now.id, now.name, purposes, asks_again=asked.as_new(now.id), reveals=bool(readers(now)))


def _changed(old: Inventory, new: Inventory, was: Service, now: Service, asked: AskedAgain) -> Iterator[Difference]:
    yield from _recipient(old, new, was, now, asked)
    yield from _purposes(old, new, was, now, asked)
    if was.sends != now.sends:
        yield Difference(Kind.SENDS_CHANGED, now.id, now.name, before=was.sends, after=now.sends)
    yield from item_differences(old, new, was, now, asked)
    apart = (*_TOLD_APART, "retired") if bool(was.retired) != bool(now.retired) else _TOLD_APART
    yield from other_facts(Kind.SERVICE_CHANGED, was, now, apart)


def _recipient(old: Inventory, new: Inventory, was: Service, now: Service, asked: AskedAgain) -> Iterator[Difference]:
    if was.recipient == now.recipient:
        return
    before, after = recipient_name(old, was.recipient), recipient_name(new, now.recipient)
    if now.recipient == CONTROLLER:
        yield Difference(Kind.STAYS_WITH_CONTROLLER, now.id, now.name, before=before, after=after)
    else:
        again = asked.grown(now.id, "recipients", now.recipient)
        yield Difference(Kind.ANOTHER_RECIPIENT, now.id, now.name, before=before, after=after, asks_again=again)


def _purposes(old: Inventory, new: Inventory, was: Service, now: Service, asked: AskedAgain) -> Iterator[Difference]:
    for id in now.purposes:
        if id not in was.purposes:
            again = asked.grown(now.id, "purposes", id)
            yield Difference(Kind.NEW_PURPOSE_OF_SERVICE, now.id, now.name, (new.purpose(id).name,), asks_again=again)
    gone = tuple(old.purpose(id).name for id in was.purposes if id not in now.purposes)
    if gone:
        yield Difference(Kind.PURPOSE_OF_SERVICE_GONE, now.id, now.name, gone)
