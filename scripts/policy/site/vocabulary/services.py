"""Purposes, services and what they store on a device, in the Data Privacy Vocabulary."""

from collections.abc import Iterator

from policy.inventory import words
from policy.inventory.fields import Lifetime, StorageKind
from policy.inventory.model import CONTROLLER, SITE, Inventory, Purpose, Service, StorageItem
from policy.site.vocabulary.nodes import Node, Speaker, given
from policy.site.vocabulary.processes import LEGAL_BASES

_KINDS = {
    StorageKind.COOKIE: ["tech:Cookie"],
    StorageKind.LOCAL_STORAGE: ["tech:LocalStorage"],
    StorageKind.SESSION_STORAGE: ["tech:LocalStorage"],
    StorageKind.INDEXED_DB: ["tech:LocalStorage", "tech:Database"],
    StorageKind.CACHE_STORAGE: ["tech:LocalStorage"],
    StorageKind.PIXEL: ["dpv:Technology"],
}
"""DPV calls local storage what is kept on a device; which kind exactly is told in words beside it."""

_ISO = {"second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "month": "P{}M", "year": "P{}Y"}


def iso_duration(lifetime: Lifetime) -> str | None:
    """A lifetime as ISO 8601 has it and xsd:duration allows (no weeks), such as `P13M`; None without an amount."""
    if not lifetime.amount:
        return None
    return f"P{7 * lifetime.amount}D" if lifetime.unit == "week" else _ISO[lifetime.unit].format(lifetime.amount)


def purposes(inventory: Inventory, speaker: Speaker) -> Iterator[Node]:
    """What services and items are for, with the reason where no consent is asked."""
    for purpose in inventory.purposes:
        yield _purpose(purpose, speaker)


def _purpose(purpose: Purpose, speaker: Speaker) -> Node:
    reason = purpose.exemption and words.EXEMPTIONS[speaker.language][purpose.exemption]
    return given(
        {
            **speaker.ref("purpose", purpose.id),
            "@type": "dpv:Purpose",
            "dct:title": speaker.said(purpose.name),
            "dct:description": speaker.said(purpose.sentence),
            "dpv:hasLegalBasis": {"@id": LEGAL_BASES[purpose.legal_basis]},
            "dpv:hasJustification": reason and speaker.told("dpv:Justification", purpose.exemption_reason or reason),
        }
    )


def websites(inventory: Inventory) -> Iterator[Node]:
    """The websites that services are a part of."""
    for website in inventory.websites:
        yield {"@id": website.origin, "@type": "schema:WebSite", "schema:name": website.name}


def services(inventory: Inventory, speaker: Speaker) -> Iterator[Node]:
    """The services that have not retired, each followed by its storage items."""
    for service in inventory.services:
        if not service.retired:
            yield _service(inventory, service, speaker)
            for at, item in enumerate(service.storage):
                yield _item(service, at, item, speaker)


def _service(inventory: Inventory, service: Service, speaker: Speaker) -> Node:
    bases = dict.fromkeys(LEGAL_BASES[one.legal_basis] for one in inventory.purposes if one.id in service.purposes)
    others = None if service.recipient == CONTROLLER else speaker.who(service.recipient)
    return given(
        {
            **speaker.ref("service", service.id),
            "@type": "dpv:Service",
            "dct:title": speaker.said(service.name),
            "dct:description": speaker.said(service.description),
            "dpv:hasDataController": speaker.ref("controller"),
            "dpv:hasServiceProvider": speaker.who(service.recipient),
            "dpv:hasRecipient": others,
            "dpv:hasPurpose": [speaker.ref("purpose", id) for id in service.purposes],
            "dpv:hasLegalBasis": [{"@id": basis} for basis in bases],
            "dpv:hasProcessing": speaker.told("dpv:Transmit", service.sends),
            "dpv:isImplementedUsingTechnology": [_item_ref(service, at, speaker) for at in range(len(service.storage))],
            "dct:isPartOf": [{"@id": one.origin} for one in inventory.websites if service.id in one.services],
        }
    )


def _item_ref(service: Service, at: int, speaker: Speaker) -> Node:
    return speaker.ref("item", f"{service.id}-{at + 1}")


def _item(service: Service, at: int, item: StorageItem, speaker: Speaker) -> Node:
    return given(
        {
            **_item_ref(service, at, speaker),
            "@type": _KINDS[item.kind],
            "schema:name": list(item.names),
            "dct:type": speaker.said(words.STORAGE_KINDS[speaker.language][item.kind]),
            "dct:description": speaker.said(item.description),
            "dpv:hasScope": None if item.host == SITE else item.host,
            "dpv:hasPurpose": speaker.ref("purpose", item.purpose),
            "dpv:hasRecipient": [speaker.who(id) for id in item.read_by],
            "dpv:hasStorageCondition": _kept(item, speaker),
        }
    )


def _kept(item: StorageItem, speaker: Speaker) -> Node | None:
    """How long an item stays: an amount of time, or until the visitor does something; nothing for what is not kept."""
    if item.lifetime.unit == "not stored":
        return None
    duration = iso_duration(item.lifetime)
    node = {
        "@type": "dpv:TemporalDuration" if duration else "dpv:UntilEventDuration",
        "rdf:value": duration and {"@value": duration, "@type": "xsd:duration"},
        "dct:title": speaker.said(words.item_lifetime(item, speaker.language)),
    }
    return {"@type": "dpv:StorageDuration", "dpv:hasDuration": given(node)}
