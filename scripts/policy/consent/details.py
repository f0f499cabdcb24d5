"""What the second layer of a website's consent module knows: every service with what it keeps and who reads it."""

from typing import Any

from policy.consent.config import asked_together, notice_in
from policy.inventory.fields import Party, StorageKind
from policy.inventory.model import CONTROLLER, Inventory, Notice, Purpose, Service, Website
from policy.inventory.words import country_name, item_lifetime

_WORDS = (
    *("preferences_title", "preferences_intro", "close", "allow_all", "refuse_all", "save"),
    *("always_on", "services", "more", "lifetime", "storage", "recipient"),
)
_REMOVABLE = (StorageKind.COOKIE, StorageKind.LOCAL_STORAGE, StorageKind.SESSION_STORAGE)


def second_layer(inventory: Inventory, website: Website) -> dict[str, Any]:
    """All that the second layer and the eraser need; the linker adds the style."""
    services = asked_together(inventory, website)
    return {
        "texts": {language: _texts(inventory, website, language) for language in website.languages},
        "items": [
            [service.id, item.kind, name]
            for service in services
            for item in service.storage
            if item.party == Party.FIRST and item.kind in _REMOVABLE
            for name in item.names
        ],
    }


def _texts(inventory: Inventory, website: Website, language: str) -> dict[str, Any]:
    services = asked_together(inventory, website)
    notice = notice_in(inventory, language)
    used = {id for service in services for id in service.purposes}
    return {
        **{key: getattr(notice, key) for key in _WORDS},
        "purposes": [
            _purpose(inventory, purpose, services, notice)
            for purpose in sorted(inventory.purposes, key=lambda purpose: bool(purpose.exemption))
            if purpose.id in used
        ],
        "left": {
            service.id: [notice.not_removed.format(service=service.name), _own_link(service)]
            for service in services
            if any(item.party == Party.THIRD for item in service.storage)
        },
    }


def _own_link(service: Service) -> str:
    return service.links.opt_out or service.links.cookies or service.links.privacy or ""


def _purpose(inventory: Inventory, purpose: Purpose, services: tuple[Service, ...], notice: Notice) -> dict[str, Any]:
    return {
        "id": purpose.id,
        "name": purpose.name,
        "sentence": purpose.sentence,
        "asked": not purpose.exemption,
        "services": [
            _service(inventory, service, purpose, notice) for service in services if purpose.id in service.purposes
        ],
    }


def _service(inventory: Inventory, service: Service, purpose: Purpose, notice: Notice) -> dict[str, Any]:
    others = [
        inventory.purpose(id).name
        for id in service.purposes
        if id != purpose.id and not inventory.purpose(id).exemption and not purpose.exemption
    ]
    return {
        "name": service.name,
        "needs": notice.needs_all.format(purposes=", ".join(others)) if others else "",
        "recipient": _recipient(inventory, service.recipient, notice),
        "items": [
            [", ".join(item.names), item_lifetime(item, notice.language)]
            for item in service.storage
            if item.purpose == purpose.id
        ],
    }


def _recipient(inventory: Inventory, id: str, notice: Notice) -> str:
    if id == CONTROLLER:
        return inventory.controller.name
    recipient = inventory.recipient(id)
    return f"{recipient.name}, {country_name(recipient.country, notice.language)}"
