"""What differs in the storage items of one service."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from policy.inventory.model import CONTROLLER, Inventory, Service, StorageItem
from policy.inventory.terms import Item, readers
from policy.versions.facts.asked import AskedAgain
from policy.versions.facts.compare import changed_fields
from policy.versions.facts.difference import Difference
from policy.versions.facts.difference import DifferenceKind as Kind
from policy.versions.facts.recipients import recipient_name

Items = dict[Item, StorageItem]
Pair = tuple[str, StorageItem, StorageItem]
"""The name of an item that stayed, as it was and as it is."""

_KEY = ("names", "kind", "host")


def item_differences(
    old: Inventory, new: Inventory, was: Service, now: Service, asked: AskedAgain
) -> Iterator[Difference]:
    """What differs in the items of a service; an item is the same where its kind, name and host are."""
    before, after = _items(was), _items(now)
    if before == after:
        return
    stayed = [(key[1], before[key], after[key]) for key in after if key in before]
    yield from _came_and_went(now, before.keys() - after.keys(), after.keys() - before.keys(), asked)
    yield from _lifetimes(now, stayed, asked)
    yield from _purposes(old, new, now, stayed, asked)
    yield from _readers(old, new, was, now, asked)
    yield from _other_facts(now, stayed)


def _items(service: Service) -> Items:
    return {(str(item.kind), name, item.host): item for item in service.storage for name in item.names}


def _came_and_went(service: Service, gone: set[Item], added: set[Item], asked: AskedAgain) -> Iterator[Difference]:
    """An item of the same name that is kept in another way moved; it widens, since it is another item."""
    moved = _names(gone) & _names(added)
    again = asked.grown(service.id, "items")
    if came := _names(added) - moved:
        yield Difference(Kind.ITEM_ADDED, service.id, service.name, _sorted(came), asks_again=again)
    if went := _names(gone) - moved:
        yield Difference(Kind.ITEM_GONE, service.id, service.name, _sorted(went))
    ways = _grouped((name, _ways(name, gone), _ways(name, added)) for name in moved)
    for (before, after), names in ways:
        yield Difference(
            Kind.ITEM_ELSEWHERE, service.id, service.name, names, before=before, after=after, asks_again=again
        )


def _lifetimes(service: Service, stayed: list[Pair], asked: AskedAgain) -> Iterator[Difference]:
    again = asked.grown(service.id, "lifetimes")
    longer = [pair for pair in stayed if pair[2].lifetime.days > pair[1].lifetime.days]
    shorter = [pair for pair in stayed if pair[2].lifetime.days < pair[1].lifetime.days]
    for kind, pairs, asks in ((Kind.LONGER_LIFETIME, longer, again), (Kind.SHORTER_LIFETIME, shorter, ())):
        for (before, after), names in _grouped((name, str(a.lifetime), str(b.lifetime)) for name, a, b in pairs):
            yield Difference(kind, service.id, service.name, names, before=before, after=after, asks_again=asks)
    starts = {name for name, before, after in stayed if after.renewed and not before.renewed}
    stops = {name for name, before, after in stayed if before.renewed and not after.renewed}
    if starts:
        yield Difference(Kind.LIFETIME_STARTS_ANEW, service.id, service.name, _sorted(starts), asks_again=again)
    if stops:
        yield Difference(Kind.LIFETIME_STARTS_ANEW_NO_MORE, service.id, service.name, _sorted(stops))


def _purposes(
    old: Inventory, new: Inventory, service: Service, stayed: list[Pair], asked: AskedAgain
) -> Iterator[Difference]:
    others = ((name, a.purpose, b.purpose) for name, a, b in stayed if a.purpose != b.purpose)
    for (before, after), names in _grouped(others):
        yield Difference(
            Kind.ITEM_FOR_ANOTHER_PURPOSE,
            service.id,
            service.name,
            names,
            before=old.purpose(before).name,
            after=new.purpose(after).name,
            asks_again=asked.grown(service.id, "purposes", after),
        )


def _readers(old: Inventory, new: Inventory, was: Service, now: Service, asked: AskedAgain) -> Iterator[Difference]:
    """Who reads more items or fewer; of an item that is new, its reader is news only if the service had it not."""
    before, after = _read(was), _read(now)
    for id in sorted(after):
        known = before[id] if id in before or id in readers(was) else None
        more = after[id] if known is None else (after[id] - known) & _items(was).keys()
        if more:
            again = asked.grown(now.id, "readers", id) or asked.grown(now.id, "recipients", id)
            name = recipient_name(new, id)
            yield Difference(Kind.NEW_READER, now.id, now.name, _sorted(_names(more)), after=name, asks_again=again)
    for id in sorted(before):
        if less := (before[id] - after[id]) & _items(now).keys():
            name = recipient_name(old, id)
            yield Difference(Kind.READER_GONE, now.id, now.name, _sorted(_names(less)), before=name)


def _read(service: Service) -> defaultdict[str, set[Item]]:
    """The items by each reader other than the controller."""
    found: defaultdict[str, set[Item]] = defaultdict(set)
    for key, item in _items(service).items():
        for id in item.read_by:
            if id != CONTROLLER:
                found[id].add(key)
    return found


def _other_facts(service: Service, stayed: list[Pair]) -> Iterator[Difference]:
    """Facts of items that no other kind tells of, such as the party; items with the same ones together."""
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, before, after in stayed:
        apart = [*_KEY, "purpose", "renewed"]
        apart += ["lifetime"] if before.lifetime.days != after.lifetime.days else []
        apart += ["read_by"] if (CONTROLLER in before.read_by) == (CONTROLLER in after.read_by) else []
        if fields := changed_fields(before, after, apart):
            found[fields].add(name)
    for fields, names in sorted(found.items()):
        yield Difference(Kind.ITEM_CHANGED, service.id, service.name, _sorted(names), fields)


def _ways(name: str, items: Iterable[Item]) -> str:
    return ", ".join(sorted(f"{kind} {host}" for kind, known, host in items if known == name))


def _names(items: Iterable[Item]) -> set[str]:
    return {name for _, name, _ in items}


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _grouped(changes: Iterable[tuple[str, str, str]]) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """The names that changed in the same way, from and to."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name, before, after in changes:
        found[before, after].add(name)
    return [(way, _sorted(names)) for way, names in sorted(found.items())]
