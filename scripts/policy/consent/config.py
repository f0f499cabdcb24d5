"""What the consent module of a website knows: plain data, made from the inventory."""

from typing import Any

from policy.consent.digest import short_digest
from policy.errors import PolicyError
from policy.findings import Finding
from policy.inventory.model import CONTROLLER, Inventory, Notice, Purpose, Service, StorageItem, Website

FULL_LIST = {"nl": "cookies/", "en": "en/cookies/"}
"""Where the policy pages list every service, by language."""

LONGEST_PURPOSES = 900
"""Letters that all consent purposes of a website may have together; `record.js` reads records up to 1024."""

_FIRST_LAYER = ("title", "change_later", "more", "allow_all", "refuse_all", "choose", "settings", "saved")
_FRAMES = ("frame_blocked", "load_once", "load_always")


def asked_together(inventory: Inventory, website: Website) -> tuple[Service, ...]:
    """The services that one choice is about: those of the website and of all that share its domain."""
    together = [website.services]
    if website.shared_domain:
        together += [other.services for other in inventory.websites if other.shared_domain == website.shared_domain]
    wanted = {id for services in together for id in services}
    return tuple(service for service in inventory.services if service.id in wanted and not service.retired)


def consent_purposes(inventory: Inventory, services: tuple[Service, ...]) -> list[Purpose]:
    """The purposes of these services that consent is asked for, in the order of the inventory."""
    used = {id for service in services for id in service.purposes}
    return [purpose for purpose in inventory.purposes if purpose.id in used and not purpose.exemption]


def first_layer(inventory: Inventory, website: Website, *, number: int, policy: str) -> dict[str, Any]:
    """All that the first layer needs; the linker adds the style and the address of the second layer."""
    services = asked_together(inventory, website)
    asked = consent_purposes(inventory, services)
    ids = [purpose.id for purpose in asked]
    _check_length(website, ids)
    used = {id for service in services for id in service.purposes}
    return {
        "number": number,
        "terms": terms_digest(inventory, website),
        "domain": website.shared_domain or "",
        "purposes": ids,
        "exempt": [purpose.id for purpose in inventory.purposes if purpose.id in used and purpose.id not in ids],
        "services": {service.id: [id for id in ids if id in service.purposes] for service in services},
        "click": [service.id for service in services if service.loading == "click"],
        "frames": {service.id: service.name for service in services if service.hosts.frame},
        "texts": {language: _texts(inventory, website, language, policy) for language in website.languages},
    }


def _check_length(website: Website, purposes: list[str]) -> None:
    if len(".".join(purposes)) > LONGEST_PURPOSES:
        message = (
            f"'{website.id}' asks consent for so many purposes that their names do not fit in one cookie. "
            f"Merge or shorten purposes, to {LONGEST_PURPOSES} letters together."
        )
        raise PolicyError([Finding(message, "docs/inventory/purposes.toml")])


def terms_digest(inventory: Inventory, website: Website) -> str:
    """Changes when what is asked for changes; the words it is asked in do not count."""
    services = asked_together(inventory, website)
    asked = {purpose.id for purpose in consent_purposes(inventory, services)}
    return short_digest([_terms(inventory, service) for service in services if asked & set(service.purposes)])


def readers(service: Service) -> set[str]:
    """Who else than the controller gets data through a service: its recipient and the readers of its items."""
    return ({service.recipient} | {reader for item in service.storage for reader in item.read_by}) - {CONTROLLER}


def _terms(inventory: Inventory, service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "purposes": sorted(service.purposes),
        "storage": sorted(_item(item) for item in service.storage),
        "recipient": service.recipient,
        "recipients": [_recipient(inventory, id) for id in sorted(readers(service))],
    }


def _item(item: StorageItem) -> list[Any]:
    where = [item.kind, item.party, item.host, item.purpose]
    return [sorted(item.names), *where, str(item.lifetime), sorted(item.read_by)]


def _recipient(inventory: Inventory, id: str) -> list[Any]:
    recipient = inventory.recipient(id)
    transfers = sorted([transfer.country, sorted(transfer.grounds)] for transfer in recipient.transfers)
    return [id, recipient.name, recipient.role, recipient.country, transfers]


def _texts(inventory: Inventory, website: Website, language: str, policy: str) -> dict[str, Any]:
    notice = notice_in(inventory, language)
    services = asked_together(inventory, website)
    purposes = consent_purposes(inventory, services)
    asked = {purpose.id for purpose in purposes}
    others = {id for service in services if asked & set(service.purposes) for id in readers(service)}
    filled = {"controller": inventory.controller.name, "website": website.name}
    intro = [notice.intro.format(**filled, recipients=_count(len(others), notice))]
    if website.shared_domain:
        intro.append(notice.shared.format(domain=website.shared_domain))
    texts = {
        **{key: getattr(notice, key) for key in (*_FIRST_LAYER, *_FRAMES)},
        "intro": intro,
        "purposes": [[purpose.name, purpose.sentence] for purpose in purposes],
    }
    return {**texts, "list": policy + FULL_LIST[language], "digest": short_digest(texts), "language": language}


def notice_in(inventory: Inventory, language: str) -> Notice:
    """The words of the module in a language; KeyError if there are none."""
    for notice in inventory.notices:
        if notice.language == language:
            return notice
    raise KeyError(language)


def _count(others: int, notice: Notice) -> str:
    form = {0: notice.recipients_none, 1: notice.recipients_one}.get(others, notice.recipients_many)
    return form.format(number=others)
