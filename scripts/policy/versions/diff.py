"""What differs between two inventories, as sentences with their consequence for visitors."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy.inventory.model import Inventory, Recipient, Service, StorageItem


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `widens` means that more is asked of visitors, so their consent must be asked again."""

    what: str
    widens: bool = False


def differences(old: Inventory, new: Inventory) -> list[Difference]:
    """Everything that differs from the old inventory to the new one, additions first within each kind."""
    return [
        *_added_or_gone("recipient", _names(old.recipients), _names(new.recipients)),
        *_added_or_gone("service", _names(_running(old)), _names(_running(new))),
        *_added_or_gone("purpose", _names(old.purposes), _names(new.purposes)),
        *_added_or_gone("website", _names(old.websites), _names(new.websites), widens=False),
        *_recipients(old, new),
        *_services(old, new),
        *_processing(old, new),
    ]


def _running(inventory: Inventory) -> tuple[Service, ...]:
    return tuple(service for service in inventory.services if not service.retired)


def _names(facts: tuple) -> dict[str, str]:
    return {fact.id: fact.name for fact in facts}


def _added_or_gone(kind: str, old: dict[str, str], new: dict[str, str], widens: bool = True) -> Iterator[Difference]:
    for id in sorted(new.keys() - old.keys()):
        yield Difference(f"{kind} added: {new[id]}", widens)
    for id in sorted(old.keys() - new.keys()):
        yield Difference(f"{kind} gone: {old[id]}")


def _recipients(old: Inventory, new: Inventory) -> Iterator[Difference]:
    before = {recipient.id: recipient for recipient in old.recipients}
    for recipient in new.recipients:
        was = before.get(recipient.id)
        if was and _places(recipient) - _places(was):
            yield Difference(f"{recipient.name}: new country or transfer ground", True)
        elif was and recipient != was:
            yield Difference(f"{recipient.name}: other facts")


def _places(recipient: Recipient) -> set[tuple[str, str]]:
    grounds = {(transfer.country, str(ground)) for transfer in recipient.transfers for ground in transfer.grounds}
    return {(recipient.country, ""), *grounds}


def _services(old: Inventory, new: Inventory) -> Iterator[Difference]:
    before = {service.id: service for service in _running(old)}
    for service in _running(new):
        was = before.get(service.id)
        if was is None or was == service:
            continue
        changes = list(_of_service(was, service))
        yield from changes or [Difference(f"{service.name}: other facts")]


def _of_service(old: Service, new: Service) -> Iterator[Difference]:
    if set(new.purposes) - set(old.purposes):
        yield Difference(f"{new.name}: new purpose", True)
    if new.recipient != old.recipient:
        yield Difference(f"{new.name}: another recipient", True)
    before, after = _items(old), _items(new)
    for key in sorted(after.keys() - before.keys()):
        yield Difference(f"{new.name}: stores {key[1]} as well", True)
    for key in sorted(before.keys() - after.keys()):
        yield Difference(f"{new.name}: no longer stores {key[1]}")
    for key in sorted(before.keys() & after.keys()):
        if after[key].lifetime.days > before[key].lifetime.days:
            yield Difference(f"{new.name}: {key[1]} stays longer", True)
        if set(after[key].read_by) - set(before[key].read_by):
            yield Difference(f"{new.name}: {key[1]} has a new reader", True)


def _items(service: Service) -> dict[tuple[str, str, str], StorageItem]:
    return {(str(item.kind), name, item.host): item for item in service.storage for name in item.names}


def _processing(old: Inventory, new: Inventory) -> Iterator[Difference]:
    before = {activity.id: activity for activity in old.processing.activities}
    after = {activity.id: activity for activity in new.processing.activities}
    yield from _added_or_gone(
        "processing activity", _names(old.processing.activities), _names(new.processing.activities), widens=False
    )
    for id in sorted(before.keys() & after.keys()):
        if before[id] != after[id]:
            yield Difference(f"processing activity changed: {after[id].name}")
    if old.controller != new.controller:
        yield Difference("facts about the controller changed")
