"""A version as JSON-LD: what it says, in terms that the Data Privacy Vocabulary has."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from policy.inventory.fields import Lifetime, TransferGround
from policy.inventory.model import Inventory
from policy.inventory.read import read_inventory
from policy.inventory.translation import Translation
from policy.site.dpv import Addresses, Edition, dpv
from policy.site.vocabulary.services import iso_duration

DPV, GDPR = Namespace("https://w3id.org/dpv#"), Namespace("https://w3id.org/dpv/legal/eu/gdpr#")
TECH, LOC, SCHEMA = (
    Namespace("https://w3id.org/dpv/tech#"),
    Namespace("https://w3id.org/dpv/loc#"),
    Namespace("https://schema.org/"),
)
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
PAGE = "https://www.leiz.nl/privacy/versies/2/"
ROOT = Path(__file__).parents[2]

# Looked up one by one in the CSV files of DPV 2.2, in the repository w3c/dpv: 2.2/dpv/modules/NAME.csv.
VERIFIED = {
    "context": "Justification NotAvailable Optional Required TemporalDuration UntilEventDuration hasApplicability "
    "hasDuration hasIdentifier hasJustification hasNecessity hasScope",
    "entities": "hasAddress hasContact hasName",
    "entities_legalrole": "DataController DataProcessor DataProtectionOfficer Recipient hasDataController "
    "hasDataExporter hasDataImporter hasDataProtectionOfficer hasRecipient hasServiceProvider",
    "jurisdiction": "hasCountry hasThirdCountry",
    "legal_basis": "DataTransferLegalBasis hasLegalBasis",
    "notice": "PrivacyNotice",
    "personal_data": "CollectedPersonalData PersonalData hasPersonalData",
    "process": "Process Service hasProcess hasService",
    "processing": "CrossBorderTransfer Processing Transmit hasProcessing",
    "processing_context": "DataSource StorageDuration Technology hasDataSource hasStorageCondition "
    "isImplementedUsingTechnology",
    "purposes": "Purpose hasPurpose",
    "risk": "ConsequenceOfFailure hasConsequence",
    "TOM": "TechnicalOrganisationalMeasure hasTechnicalOrganisationalMeasure",
}
# The same in 2.2/legal/eu/gdpr/modules/legal_basis.csv and legal_basis_data_transfer.csv, 2.2/tech/modules/tools.csv.
VERIFIED_GDPR = "A6-1-a A6-1-b A6-1-c A6-1-d A6-1-e A6-1-f A45-3 A46-2-c"
VERIFIED_TECH = "Cookie Database LocalStorage"
# 2.2/loc/modules/locations.csv has a term for each code of ISO 3166-1, such as loc:MT and loc:US.

TERMS = (
    {DPV[name] for names in VERIFIED.values() for name in names.split()}
    | {GDPR[name] for name in VERIFIED_GDPR.split()}
    | {TECH[name] for name in VERIFIED_TECH.split()}
)

EDITION = Edition(
    number=2,
    title="Privacyverklaring",
    note="Per doel staat er hoe lang.",
    announced=date(2026, 11, 24),
    in_force=date(2027, 1, 1),
    last_day=date(2027, 6, 30),
)
ADDRESSES = Addresses(
    page=PAGE,
    pdf=f"{PAGE}privacyverklaring-2.pdf",
    feed="https://www.leiz.nl/privacy/wijzigingen.xml",
    earlier="https://www.leiz.nl/privacy/versies/1/",
    later="https://www.leiz.nl/privacy/versies/3/",
    other_languages={"en": "https://www.leiz.nl/privacy/en/versies/2/"},
)


@cache
def real() -> Inventory:
    inventory, findings = read_inventory(ROOT / "docs" / "inventory")
    assert inventory, findings
    return inventory


def graph(
    inventory: Inventory | None = None,
    language: str = "nl",
    edition: Edition = EDITION,
    addresses: Addresses = ADDRESSES,
) -> Graph:
    return Graph().parse(data=json.dumps(dpv(edition, inventory or real(), language, addresses)), format="json-ld")


def node(kind: str, id: str) -> URIRef:
    return URIRef(f"{PAGE}#{kind}-{id}")


def test_the_page_says_which_version_it_is_and_when_it_applies() -> None:
    found, page = graph(), URIRef(PAGE)
    assert set(found.objects(page, RDF.type)) == {SCHEMA.WebPage, DPV.PrivacyNotice}
    said = {
        SCHEMA.name: Literal("Privacyverklaring", lang="nl"),
        SCHEMA.description: Literal("Per doel staat er hoe lang.", lang="nl"),
        SCHEMA.version: Literal("2"),
        SCHEMA.inLanguage: Literal("nl"),
        SCHEMA.datePublished: Literal(date(2026, 11, 24)),
        SCHEMA.temporalCoverage: Literal("2027-01-01/2027-06-30"),
        SCHEMA.workTranslation: URIRef("https://www.leiz.nl/privacy/en/versies/2/"),
        DCTERMS.issued: Literal(date(2026, 11, 24)),
        DCTERMS.valid: Literal("start=2027-01-01; end=2027-06-30; scheme=W3C-DTF;", datatype=DCTERMS.Period),
        DCTERMS.replaces: URIRef("https://www.leiz.nl/privacy/versies/1/"),
        DCTERMS.isReplacedBy: URIRef("https://www.leiz.nl/privacy/versies/3/"),
        DPV.hasDataController: URIRef(f"{PAGE}#controller"),
    }
    assert {key: found.value(page, key) for key in said} == said


def test_what_is_not_known_yet_is_not_said() -> None:
    found = graph(edition=Edition(number=3, title="Privacyverklaring"), addresses=Addresses(page=PAGE))
    unknown = [SCHEMA.datePublished, SCHEMA.temporalCoverage, SCHEMA.description, SCHEMA.encoding, SCHEMA.subjectOf]
    unknown += [DCTERMS.issued, DCTERMS.valid, DCTERMS.replaces, DCTERMS.isReplacedBy, SCHEMA.workTranslation]
    assert [key for key in unknown if found.value(URIRef(PAGE), key)] == []


def test_a_version_without_a_last_day_applies_until_another_comes() -> None:
    found = graph(edition=Edition(number=2, title="P", announced=date(2026, 11, 24), in_force=date(2027, 1, 1)))
    assert found.value(URIRef(PAGE), SCHEMA.temporalCoverage) == Literal("2027-01-01/..")


def test_each_activity_is_there_with_its_data_basis_and_recipients() -> None:
    found, letters = graph(), dict(zip(_bases(), "abcdef", strict=True))
    activities = real().processing.activities
    assert set(found.subjects(RDF.type, DPV.Process)) == {node("activity", one.id) for one in activities}
    for one in activities:
        here = node("activity", one.id)
        assert set(found.objects(here, DPV.hasPersonalData)) == {node("data", id) for id in one.data}
        assert set(found.objects(here, DPV.hasRecipient)) == {node("recipient", id) for id in one.recipients}
        assert found.value(here, DPV.hasLegalBasis) == GDPR[f"A6-1-{letters[one.legal_basis]}"]
        for relation, text in (
            (DPV.hasPurpose, one.purpose),
            (DPV.hasDataSource, one.source),
            (DPV.hasStorageCondition, one.retention),
            (DPV.hasConsequence, one.consequence),
            (DPV.hasJustification, one.interest),
        ):
            told = [found.value(other, DCTERMS.description) for other in found.objects(here, relation)]
            assert told == ([Literal(text, lang="nl")] if text else [])
    assert set(found.objects(URIRef(PAGE), DPV.hasProcess)) == {node("activity", one.id) for one in activities}


def _bases() -> list[str]:
    """GDPR Art. 6(1), in its order."""
    return ["consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interests"]


def test_each_recipient_is_there_with_its_role_and_transfers() -> None:
    found = graph()
    roles = {"processor": DPV.DataProcessor, "controller": DPV.DataController, "joint-controller": DPV.DataController}
    for one in real().recipients:
        here = node("recipient", one.id)
        assert set(found.objects(here, RDF.type)) == {DPV.Recipient, roles[one.role]}
        assert found.value(here, DPV.hasName) == Literal(one.name)
        assert found.value(here, DPV.hasCountry) == LOC[one.country]
        transfers = list(found.subjects(DPV.hasDataImporter, here))
        assert sorted(found.value(to, DPV.hasThirdCountry) for to in transfers) == sorted(
            LOC[to.country] for to in one.transfers
        )


@pytest.mark.parametrize(
    ("ground", "article", "available"),
    [
        (TransferGround.ADEQUACY, GDPR["A45-3"], True),
        (TransferGround.DPF, GDPR["A45-3"], True),
        (TransferGround.STANDARD_CLAUSES, GDPR["A46-2-c"], True),
        (TransferGround.UNKNOWN, None, False),
        (TransferGround.PRIVACY_SHIELD, None, True),
    ],
)
def test_a_ground_names_its_article_and_one_that_is_void_or_unknown_names_none(
    ground: TransferGround, article: URIRef | None, available: bool
) -> None:
    meta = next(one for one in real().recipients if one.id == "meta")
    transfer = meta.transfers[0].model_copy(update={"grounds": (ground,)})
    only = meta.model_copy(update={"transfers": (transfer,)})
    found = graph(real().model_copy(update={"recipients": (only,)}))
    basis = found.value(node("transfer", "meta-1"), DPV.hasLegalBasis)
    assert set(found.objects(basis, RDF.type)) == {DPV.DataTransferLegalBasis, *([article] if article else [])}
    assert found.value(basis, DPV.hasApplicability) == (None if available else DPV.NotAvailable)


def test_each_storage_item_is_there_with_its_lifetime_and_readers() -> None:
    found, count = graph(), 0
    for service in real().services:
        for at, item in enumerate(service.storage):
            here = node("item", f"{service.id}-{at + 1}")
            assert {str(name) for name in found.objects(here, SCHEMA.name)} == set(item.names)
            assert found.value(here, DPV.hasPurpose) == node("purpose", item.purpose)
            readers = {
                URIRef(f"{PAGE}#controller") if id == "controller" else node("recipient", id) for id in item.read_by
            }
            assert set(found.objects(here, DPV.hasRecipient)) == readers
            kept = found.value(found.value(here, DPV.hasStorageCondition), DPV.hasDuration)
            assert (kept is None) == (item.lifetime.unit == "not stored")
            duration = found.value(kept, RDF.value)
            iso = iso_duration(item.lifetime)
            assert duration == (Literal(iso, datatype=XSD.duration) if iso else None)
            assert (node("service", service.id), DPV.isImplementedUsingTechnology, here) in found
            count += 1
    assert len(set(found.objects(None, DPV.isImplementedUsingTechnology))) == count > 0


@pytest.mark.parametrize(
    ("lifetime", "iso"),
    [
        ("5 seconds", "PT5S"),
        ("30 minutes", "PT30M"),
        ("1 hour", "PT1H"),
        ("90 days", "P90D"),
        ("2 weeks", "P14D"),
        ("13 months", "P13M"),
        ("2 years", "P2Y"),
        ("session", None),
        ("until cleared", None),
        ("not stored", None),
    ],
)
def test_a_lifetime_as_a_duration(lifetime: str, iso: str | None) -> None:
    assert iso_duration(Lifetime.parse(lifetime)) == iso
    if iso:
        assert not Literal(iso, datatype=XSD.duration).ill_typed


def test_a_retired_service_is_not_told() -> None:
    retired = tuple(one.model_copy(update={"retired": date(2027, 1, 1)}) for one in real().services)
    found = graph(real().model_copy(update={"services": retired}))
    assert list(found.subjects(RDF.type, DPV.Service)) == list(found.objects(None, DPV.hasService)) == []


def test_sentences_are_in_the_language_that_somebody_wrote_them_in() -> None:
    activity = real().processing.activities[0]
    texts = {text: f"In English: {text}" for text in (activity.retention, activity.purpose)}
    english = real().model_copy(update={"translations": (Translation(language="en", texts=texts),)})
    none = real().model_copy(update={"translations": ()})
    told = []
    for inventory in (english, none):
        found = graph(inventory, "en")
        told.append(
            found.value(found.value(node("activity", activity.id), DPV.hasStorageCondition), DCTERMS.description)
        )
    assert told == [Literal(texts[activity.retention], lang="en"), Literal(activity.retention, lang="nl")]


def test_a_translation_says_what_it_is_a_translation_of() -> None:
    dutch = Addresses(page=PAGE, other_languages={"nl": "https://www.leiz.nl/privacy/versies/2/"})
    found = graph(language="en", addresses=dutch)
    assert found.value(URIRef(PAGE), SCHEMA.translationOfWork) == URIRef("https://www.leiz.nl/privacy/versies/2/")
    assert found.value(URIRef(PAGE), SCHEMA.workTranslation) is None


def test_every_term_of_the_vocabulary_exists() -> None:
    officer = real().controller.privacy_contact.model_copy(update={"registered_officer": True})
    controller = real().controller.model_copy(update={"privacy_contact": officer})
    with_officer = real().model_copy(update={"controller": controller})
    codes = {one.country for one in real().recipients} | {
        to.country for one in real().recipients for to in one.transfers
    }
    used = {
        term
        for inventory in (real(), with_officer)
        for triple in graph(inventory)
        for term in triple
        if str(term).startswith("https://w3id.org/")
    }
    assert used - TERMS == {LOC[code] for code in codes}
    assert DPV.DataProtectionOfficer in used


def test_nothing_is_pointed_at_that_is_not_there() -> None:
    found = graph()
    named = {other for other in found.objects() if str(other).startswith(f"{PAGE}#")}
    assert named - set(found.subjects()) == set()


def test_an_old_inventory_is_told_as_well() -> None:
    inventory = Inventory.model_validate_json((ROOT / "docs/versies/1/inventory.json").read_text("utf-8"))
    found = graph(inventory)
    assert len(set(found.subjects(RDF.type, DPV.Process))) == len(inventory.processing.activities)
    assert not [country for country in found.objects(None, DPV.hasCountry) if country == LOC.XX]


def test_the_controller_says_who_answers_and_how_data_is_protected() -> None:
    found, here, controller = graph(), URIRef(f"{PAGE}#controller"), real().controller
    assert set(found.objects(here, RDF.type)) == {DPV.DataController, SCHEMA.Organization}
    assert found.value(here, DPV.hasName) == Literal(controller.name)
    assert Literal(controller.email.value) in set(found.objects(here, DPV.hasContact))
    assert found.value(found.value(here, SCHEMA.contactPoint), SCHEMA.email) == Literal(
        controller.privacy_contact.email
    )
    measures = found.objects(URIRef(PAGE), DPV.hasTechnicalOrganisationalMeasure)
    assert controller.security
    assert {str(found.value(one, DCTERMS.description)) for one in measures} == set(controller.security.measures)
