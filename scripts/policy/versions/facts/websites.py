"""What differs in websites, and in which services run on them."""

from collections.abc import Iterator

from policy.inventory.model import Inventory, Website
from policy.inventory.terms import asked_together
from policy.versions.facts.asked import AskedAgain
from policy.versions.facts.compare import by_id, changed_fields
from policy.versions.facts.difference import Difference
from policy.versions.facts.difference import DifferenceKind as Kind


def website_differences(old: Inventory, new: Inventory, asked: AskedAgain) -> Iterator[Difference]:
    """What differs in websites; a service that is new everywhere is told with the services, not here."""
    before, after = by_id(old.websites), by_id(new.websites)
    ran, runs = _running(old), _running(new)
    for id in sorted(after.keys() - before.keys()):
        here = [service for service in _ids(new, after[id]) if service in ran]
        yield _on(Kind.WEBSITE_ADDED, after[id], here, runs, asked.on(id, here))
    for id in sorted(before.keys() - after.keys()):
        yield Difference(Kind.WEBSITE_GONE, id, before[id].name)
    for id in sorted(before.keys() & after.keys()):
        was, now = _ids(old, before[id]), _ids(new, after[id])
        more = [service for service in now if service not in was and service in ran]
        less = [service for service in was if service not in now and service in runs]
        if more:
            yield _on(Kind.MORE_ON_WEBSITE, after[id], more, runs, asked.on(id, more))
        if less:
            yield _on(Kind.LESS_ON_WEBSITE, after[id], less, ran, ())
        told = {*more, *less, *(ran.keys() ^ runs.keys())}
        yield from _other_facts(before[id], after[id], told)


def _on(
    kind: Kind, website: Website, services: list[str], names: dict[str, str], asks_again: tuple[str, ...]
) -> Difference:
    return Difference(kind, website.id, website.name, tuple(names[id] for id in services), asks_again=asks_again)


def _other_facts(was: Website, now: Website, told: set[str]) -> Iterator[Difference]:
    fields = changed_fields(was, now, ["services"])
    if (set(was.services) ^ set(now.services)) - told:
        fields += ("services",)
    if fields:
        yield Difference(Kind.WEBSITE_CHANGED, now.id, now.name, fields=fields)


def _running(inventory: Inventory) -> dict[str, str]:
    return {service.id: service.name for service in inventory.services if not service.retired}


def _ids(inventory: Inventory, website: Website) -> list[str]:
    """What one choice on the website is about: the services of all that share its domain."""
    return [service.id for service in asked_together(inventory, website)]
