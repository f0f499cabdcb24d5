"""What differs between two inventories, as sentences with their consequence for visitors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from policy.inventory.model import Inventory, Recipient, Service, StorageItem


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `widens` means that more is asked of visitors, so their consent must be asked again."""

    what: str
    widens: bool = False


def differences(old: Inventory, new: Inventory) -> list[Difference]:
    """Everything that differs from the old inventory to the new one.

    Only what consent is asked for can widen: a new bookkeeper or an exempt cookie asks nobody anything.
    """
    asked = {service.id for service in _running(new) if _is_asked(new, service)}
    asking = {service.recipient for service in new.services if service.id in asked}
    return [
        *_added_or_gone("recipient", _names(old.recipients), _names(new.recipients), asking),
        *_added_or_gone("service", _names(_running(old)), _names(_running(new)), asked),
        *_added_or_gone("purpose", _names(old.purposes), _names(new.purposes), _asked_purposes(new)),
        *_added_or_gone("website", _names(old.websites), _names(new.websites)),
        *_recipients(old, new, asking),
        *_services(old, new, asked),
        *_processing(old, new),
    ]


def _running(inventory: Inventory) -> tuple[Service, ...]:
    return tuple(service for service in inventory.services if not service.retired)


def _asked_purposes(inventory: Inventory) -> set[str]:
    return {purpose.id for purpose in inventory.purposes if not purpose.exemption}


def _is_asked(inventory: Inventory, service: Service) -> bool:
    return not _asked_purposes(inventory).isdisjoint(service.purposes)


def _names(facts: Iterable[Any]) -> dict[str, str]:
    return {fact.id: fact.name for fact in facts}


def _added_or_gone(
    kind: str, old: dict[str, str], new: dict[str, str], asked: Iterable[str] = ()
) -> Iterator[Difference]:
    for id in sorted(new.keys() - old.keys()):
        yield Difference(f"{kind} added: {new[id]}", id in asked)
    for id in sorted(old.keys() - new.keys()):
        yield Difference(f"{kind} gone: {old[id]}")


def _recipients(old: Inventory, new: Inventory, asking: set[str]) -> Iterator[Difference]:
    before = {recipient.id: recipient for recipient in old.recipients}
    for recipient in new.recipients:
        was = before.get(recipient.id)
        if was and _places(recipient) - _places(was):
            yield Difference(f"{recipient.name}: new country or transfer ground", recipient.id in asking)
        elif was and recipient != was:
            yield Difference(f"{recipient.name}: other facts")


def _places(recipient: Recipient) -> set[tuple[str, str]]:
    grounds = {(transfer.country, str(ground)) for transfer in recipient.transfers for ground in transfer.grounds}
    return {(recipient.country, ""), *grounds}


def _services(old: Inventory, new: Inventory, asked: set[str]) -> Iterator[Difference]:
    before = {service.id: service for service in _running(old)}
    for service in _running(new):
        was = before.get(service.id)
        if was is None or was == service:
            continue
        wider = list(_wider(was, service))
        gone = sorted(key[1] for key in _items(was).keys() - _items(service).keys())
        yield from (Difference(f"{service.name}: {what}", service.id in asked) for what in wider)
        if gone:
            yield Difference(f"{service.name}: no longer stores {_some(gone)}")
        if not wider and not gone:
            yield Difference(f"{service.name}: other facts")


def _wider(old: Service, new: Service) -> Iterator[str]:
    """What a service asks more than it did."""
    if set(new.purposes) - set(old.purposes):
        yield "new purpose"
    if new.recipient != old.recipient:
        yield "another recipient"
    before, after = _items(old), _items(new)
    both = before.keys() & after.keys()
    if added := [key[1] for key in after.keys() - before.keys()]:
        yield f"stores {_some(added)} as well"
    if longer := [key[1] for key in both if after[key].lifetime.days > before[key].lifetime.days]:
        yield f"keeps {_some(longer)} longer"
    if read := [key[1] for key in both if set(after[key].read_by) - set(before[key].read_by)]:
        yield f"lets others read {_some(read)}"


def _some(names: Iterable[str]) -> str:
    first, *others = sorted(names)
    return f"{first} and {len(others)} more" if others else first


def _items(service: Service) -> dict[tuple[str, str, str], StorageItem]:
    return {(str(item.kind), name, item.host): item for item in service.storage for name in item.names}


def _processing(old: Inventory, new: Inventory) -> Iterator[Difference]:
    before = {activity.id: activity for activity in old.processing.activities}
    after = {activity.id: activity for activity in new.processing.activities}
    yield from _added_or_gone("processing activity", _names(before.values()), _names(after.values()))
    for id in sorted(before.keys() & after.keys()):
        if before[id] != after[id]:
            yield Difference(f"processing activity changed: {after[id].name}")
    if old.controller != new.controller:
        yield Difference("facts about the controller changed")
