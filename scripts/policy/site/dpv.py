"""A version of the policy as JSON-LD: schema.org for the page, the W3C Data Privacy Vocabulary for what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policy.inventory.model import OWN_LANGUAGE, Controller, Inventory
from policy.inventory.spoken import in_language, translation_in
from policy.site.vocabulary.nodes import PREFIXES, Node, Speaker, given
from policy.site.vocabulary.processes import personal_data, processes, recipients
from policy.site.vocabulary.services import purposes, services, websites


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """What is said of a version in one language; dates that are not known yet are None."""

    number: int
    title: str
    note: str = ""
    announced: date | None = None
    in_force: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """Absolute addresses: of the version's page in its language, and of what belongs to it.

    `earlier` and `later` are the pages of the versions before and after it in the same language;
    `other_languages` holds the page of the same version by language (ISO 639-1), without its own.
    """

    page: str
    pdf: str | None = None
    feed: str | None = None
    earlier: str | None = None
    later: str | None = None
    other_languages: Mapping[str, str] = field(default_factory=dict)


def dpv(edition: Edition, inventory: Inventory, language: str, addresses: Addresses) -> dict[str, Any]:
    """The document as plain data, with its context in it; the same input always gives the same document.

    `inventory` is that of the version, `language` that of its title and note. Where nobody translated the inventory,
    its sentences stand in its own language, and say so.
    Terms are those of DPV 2.2; rights are left out, since the inventory does not hold them.
    """
    spoken = language if translation_in(inventory, language) else OWN_LANGUAGE
    said, speaker = in_language(inventory, spoken), Speaker(spoken)
    told = processes(said, speaker)
    return {
        "@context": {"@version": 1.1, "@base": addresses.page, **PREFIXES},
        "@graph": [
            _page(edition, language, addresses, told, said, speaker),
            _controller(said.controller, speaker),
            *told,
            *personal_data(said, speaker),
            *recipients(said, speaker),
            *purposes(said, speaker),
            *websites(said),
            *services(said, speaker),
        ],
    }


def _page(
    edition: Edition, language: str, addresses: Addresses, told: list[Node], inventory: Inventory, speaker: Speaker
) -> Node:
    return given(
        {
            "@id": addresses.page,
            "@type": ["schema:WebPage", "dpv:PrivacyNotice"],
            **_of_edition(edition, language),
            **_relations(addresses, language),
            "schema:publisher": speaker.ref("controller"),
            "dpv:hasDataController": speaker.ref("controller"),
            "dpv:hasProcess": [{"@id": process["@id"]} for process in told],
            "dpv:hasService": [speaker.ref("service", one.id) for one in inventory.services if not one.retired],
            "dpv:hasPurpose": [speaker.ref("purpose", one.id) for one in inventory.purposes],
            "dpv:hasTechnicalOrganisationalMeasure": _measures(inventory.controller, speaker),
        }
    )


def _of_edition(edition: Edition, language: str) -> Node:
    title = {"@value": edition.title, "@language": language}
    return {
        "schema:name": title,
        "dct:title": title,
        "schema:description": edition.note and {"@value": edition.note, "@language": language},
        "schema:version": str(edition.number),
        "schema:inLanguage": language,
        "dct:language": language,
        "schema:datePublished": _day(edition.announced),
        "dct:issued": _day(edition.announced),
        "schema:temporalCoverage": _interval(edition),
        "dct:valid": _period(edition),
    }


def _relations(addresses: Addresses, language: str) -> Node:
    """Other editions, other languages (Dutch is the original) and other forms of the page."""
    own, others = addresses.other_languages.get(OWN_LANGUAGE), addresses.other_languages.values()
    pdf = {"@type": "schema:MediaObject", "schema:encodingFormat": "application/pdf"}
    return {
        "dct:replaces": addresses.earlier and {"@id": addresses.earlier},
        "dct:isReplacedBy": addresses.later and {"@id": addresses.later},
        "schema:translationOfWork": own and {"@id": own},
        "schema:workTranslation": [{"@id": other} for other in others] if language == OWN_LANGUAGE else None,
        "schema:encoding": addresses.pdf and {**pdf, "schema:contentUrl": {"@id": addresses.pdf}},
        "schema:subjectOf": addresses.feed and {"@type": "schema:DataFeed", "schema:url": {"@id": addresses.feed}},
    }


def _day(day: date | None) -> Node | None:
    return {"@value": day.isoformat(), "@type": "xsd:date"} if day else None


def _interval(edition: Edition) -> str | None:
    """ISO 8601-2: from day to day, with two dots while no end is known."""
    return f"{edition.in_force}/{edition.last_day or '..'}" if edition.in_force else None


def _period(edition: Edition) -> Node | None:
    """The encoding of a period that the Dublin Core has for this (DCMI Period)."""
    if edition.in_force is None:
        return None
    end = f" end={edition.last_day};" if edition.last_day else ""
    return {"@value": f"start={edition.in_force};{end} scheme=W3C-DTF;", "@type": "dct:Period"}


def _controller(controller: Controller, speaker: Speaker) -> Node:
    """GDPR Art. 13(1)(a) and (b); what the inventory does not state is left out."""
    contact = controller.privacy_contact
    person = {"dpv:hasName": contact.name, "dpv:hasContact": contact.email}
    officer = contact.registered_officer
    return given(
        {
            **speaker.ref("controller"),
            "@type": ["dpv:DataController", "schema:Organization"],
            "dpv:hasName": controller.name,
            "schema:url": controller.website.value and {"@id": controller.website.value},
            "dpv:hasAddress": _address(controller),
            "dpv:hasContact": [value for value in (controller.email.value, controller.phone.value) if value],
            "dpv:hasIdentifier": [
                value for value in (controller.chamber_of_commerce.value, controller.vat.value) if value
            ],
            "dpv:hasDataProtectionOfficer": {"@type": "dpv:DataProtectionOfficer", **person} if officer else None,
            "schema:contactPoint": None
            if officer
            else {"@type": "schema:ContactPoint", "schema:name": contact.name, "schema:email": contact.email},
        }
    )


def _address(controller: Controller) -> str:
    place = controller.postal_address
    return f"{place.street}, {place.postcode} {place.city}"


def _measures(controller: Controller, speaker: Speaker) -> list[Node]:
    measures = controller.security.measures if controller.security else ()
    return [speaker.told("dpv:TechnicalOrganisationalMeasure", measure) for measure in measures]
