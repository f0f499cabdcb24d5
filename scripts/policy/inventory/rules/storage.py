"""What a service puts on the device: once, for a purpose of the service, and not longer than can be explained."""

from collections.abc import Iterator

from policy.findings import Finding
from policy.inventory.explain import shown
from policy.inventory.fields import Lifetime, Party, StorageKind
from policy.inventory.model import SITE, Inventory, StorageItem
from policy.inventory.rules.names import service_file

_LONG = Lifetime("month", 13)
_LONG_IF_RENEWED = Lifetime("month", 6)


def items_once(inventory: Inventory) -> Iterator[Finding]:
    """An item (name, kind and host) stands once in a service, and has one lifetime in all of them."""
    seen: dict[tuple[str, str, str], tuple[str, int, Lifetime]] = {}
    for service in inventory.services:
        for index, item in enumerate(service.storage):
            for place, name in enumerate(item.names):
                key = (name, item.kind, item.host)
                other, first, lifetime = seen.setdefault(key, (service.id, index, item.lifetime))
                file, path = service_file(service.id), f"storage[{index}].names[{place}]"
                if other == service.id and first != index:
                    message = f"{shown(name)} stands here twice, first in storage[{first}]. Remove one."
                    yield Finding(message, file, path=path)
                elif other != service.id and lifetime != item.lifetime:
                    yield Finding(
                        f"{shown(name)} lives {item.lifetime} here and {lifetime} in "
                        f"docs/inventory/{service_file(other)}. Write the longest in both.",
                        file,
                        path=f"storage[{index}].lifetime",
                    )


def purposes_of_the_service(inventory: Inventory) -> Iterator[Finding]:
    """What an item is for, its service is for: a service runs only when all its purposes are granted."""
    declared = {purpose.id for purpose in inventory.purposes}
    for service in inventory.services:
        for index, item in enumerate(service.storage):
            if item.purpose in declared and item.purpose not in service.purposes:
                yield Finding(
                    f"{shown(item.purpose)} is not among the purposes of this service: {', '.join(service.purposes)}. "
                    "Add it there, or choose one of those.",
                    service_file(service.id),
                    path=f"storage[{index}].purpose",
                )


def host_of_the_party(inventory: Inventory) -> Iterator[Finding]:
    """A first-party item stands on the website's own host, a third-party item does not."""
    for service in inventory.services:
        for index, item in enumerate(service.storage):
            message = ""
            if item.party is Party.FIRST and item.host != SITE:
                message = f"A first-party item stands on '{SITE}', not on {shown(item.host)}. Write host = \"{SITE}\","
                message += ' or party = "third".'
            elif item.party is Party.THIRD and item.host == SITE:
                message = f"A third-party item does not stand on '{SITE}'. Write the host that holds it,"
                message += ' or party = "first".'
            if message:
                yield Finding(message, service_file(service.id), path=f"storage[{index}].host")


def lifetimes(inventory: Inventory) -> Iterator[Finding]:
    """A lifetime fits the kind, and one over 13 months has a written reason (CNIL; GDPR Art. 5(1)(e))."""
    for service in inventory.services:
        for index, item in enumerate(service.storage):
            if message := _impossible(item) or _too_long(item):
                yield Finding(message, service_file(service.id), path=f"storage[{index}].lifetime")


def renewals(inventory: Inventory) -> Iterator[Finding]:
    """What is asked for does not start anew on each visit; a warning, since often only the maker can change it."""
    asked = {purpose.id for purpose in inventory.purposes if not purpose.exemption}
    for service in inventory.services:
        for index, item in enumerate(service.storage):
            long = item.lifetime.days > _LONG_IF_RENEWED.days and not item.lifetime_reason
            if item.renewed and long and item.purpose in asked:
                message = (
                    f"{shown(item.lifetime)} starts anew on each visit, so the item may never end. "
                    "Switch that off in the service, or say in lifetime_reason why it stays."
                )
                yield Finding(message, service_file(service.id), path=f"storage[{index}].renewed", warning=True)


def _impossible(item: StorageItem) -> str:
    if item.kind is StorageKind.SESSION_STORAGE and item.lifetime.days:
        return f'Session storage ends with the tab, so {shown(item.lifetime)} cannot be. Write "session".'
    if item.lifetime.unit == "not stored" and item.kind is not StorageKind.PIXEL:
        return 'Only a pixel is not stored. Write how long the item stays, or kind = "pixel".'
    return ""


def _too_long(item: StorageItem) -> str:
    if item.lifetime_reason or item.lifetime.days <= _LONG.days:
        return ""
    return f"{shown(item.lifetime)} is over {_LONG}. Shorten it, or say in lifetime_reason why it is needed."
