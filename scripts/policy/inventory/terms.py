"""What a visitor says yes to, service by service: terms that grow are asked for again, others are not.

Terms widen when a service, recipient, country or transfer ground, purpose, storage item or third-party reader is
added or a lifetime grows. Wording, removal and shortening widen nothing (GDPR Art. 4(11); EDPB guidelines 05/2020).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policy.inventory.model import CONTROLLER, Inventory, Service, Website

Item = tuple[str, str, str]
"""Kind, name and host of a storage item."""

_ASKED: Item = ("asked", "", "")
"""Beside a purpose: consent is needed for it, so one that was exempt and no longer is widens what is asked."""

History = Sequence[tuple[int, Inventory]]
"""Each announced inventory with its number, oldest first; the last one is what counts now."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one service asks for; lifetimes in days by item, infinite where an item stays until it is cleared."""

    purposes: frozenset[tuple[str, Item | None]]
    recipients: frozenset[tuple[str, str, str]]
    places: frozenset[tuple[str, str, str]]
    readers: frozenset[tuple[str, Item]]
    renewed: frozenset[Item]
    lifetimes: Mapping[Item, float]


@dataclass(frozen=True, slots=True)
class Widening:
    """One way in which terms grew: `kind` is a field of Terms, or `service` or `items`; `what` are ids or names."""

    kind: str
    what: tuple[str, ...]


def asked_together(inventory: Inventory, website: Website) -> tuple[Service, ...]:
    """The services that one choice is about: those of the website and of all that share its domain."""
    together = [website.services]
    if website.shared_domain:
        together += [other.services for other in inventory.websites if other.shared_domain == website.shared_domain]
    wanted = {id for services in together for id in services}
    return tuple(service for service in inventory.services if service.id in wanted and not service.retired)


def asked_purposes(inventory: Inventory, service: Service) -> list[str]:
    """The purposes of a service that consent is asked for, in the order of the inventory; none where it is exempt."""
    return [p.id for p in inventory.purposes if p.id in service.purposes and not p.exemption]


def readers(service: Service) -> set[str]:
    """Who else than the controller gets data through a service: its recipient and the readers of its items."""
    return ({service.recipient} | {reader for item in service.storage for reader in item.read_by}) - {CONTROLLER}


def terms(inventory: Inventory, service: Service) -> Terms:
    """What a service asks for under an inventory."""
    items = {(str(item.kind), name, item.host): item for item in service.storage for name in item.names}
    recipients = [inventory.recipient(id) for id in sorted(readers(service))]
    return Terms(
        purposes=frozenset(
            [(id, None) for id in service.purposes]
            + [(id, _ASKED) for id in asked_purposes(inventory, service)]
            + [(item.purpose, key) for key, item in items.items()]
        ),
        recipients=frozenset((one.id, one.name, str(one.role)) for one in recipients),
        places=frozenset(
            [(one.id, one.country, "") for one in recipients]
            + [(one.id, to.country, str(ground)) for one in recipients for to in one.transfers for ground in to.grounds]
        ),
        readers=frozenset((id, key) for key, item in items.items() for id in item.read_by),
        renewed=frozenset(key for key, item in items.items() if item.renewed),
        lifetimes={key: item.lifetime.days for key, item in items.items()},
    )


def widenings(old: Terms | None, new: Terms) -> list[Widening]:
    """How terms grew; empty where whoever said yes to the old ones said yes to the new ones."""
    if old is None:
        return [Widening("service", ())]
    added = new.lifetimes.keys() - old.lifetimes.keys()
    both = new.lifetimes.keys() & old.lifetimes.keys()
    longer = {key for key in both if new.lifetimes[key] > old.lifetimes[key]} | (new.renewed - old.renewed - added)
    found = {
        "purposes": {id for id, key in new.purposes - old.purposes if key not in added},
        "recipients": {id for id, *_ in new.recipients - old.recipients},
        "places": {
            " ".join(place) for place in new.places - old.places if place[0] in {id for id, *_ in old.recipients}
        },
        "items": _names(added),
        "lifetimes": _names(longer),
        "readers": {id for id, key in new.readers - old.readers if key not in added and id != CONTROLLER},
    }
    found["readers"] -= found["recipients"]
    return [Widening(kind, tuple(sorted(what))) for kind, what in found.items() if what]


def _names(items: Iterable[Item]) -> set[str]:
    return {name for _, name, _ in items}


def widened_at(history: History, website: str) -> dict[str, list[tuple[int, list[Widening]]]]:
    """For each service that one choice on a website is about now: when its terms widened, and how.

    Services by id; for each the numbers of the announced inventories, newest first. The first of them is its `since`:
    a yes given under an older number is asked for again.
    """
    found: dict[str, list[tuple[int, list[Widening]]]] = {}
    before: dict[str, Terms] = {}
    for number, inventory in history:
        now = {service.id: terms(inventory, service) for service in _services(inventory, website)}
        for id, here in now.items():
            if grown := widenings(before.get(id), here):
                found.setdefault(id, []).insert(0, (number, grown))
        before = now
    return {id: found[id] for id in before}


def _services(inventory: Inventory, website: str) -> Iterator[Service]:
    """The services of a website under an inventory that may not know it yet."""
    for one in inventory.websites:
        if one.id == website:
            yield from asked_together(inventory, one)
