"""Activities, kinds of data, recipients and transfers in the Data Privacy Vocabulary."""

from collections.abc import Iterator

from policy.inventory import words
from policy.inventory.fields import LegalBasis, Provision, Role, TransferGround
from policy.inventory.model import Activity, DataCategory, Inventory, Recipient, Transfer
from policy.site.vocabulary.nodes import Node, Speaker, country, given

LEGAL_BASES = {basis: f"eu-gdpr:A6-1-{letter}" for basis, letter in zip(LegalBasis, "abcdef", strict=True)}
"""GDPR Art. 6(1)(a) to (f), which the enumeration follows."""

_ROLES = {
    Role.CONTROLLER: "dpv:DataController",
    Role.JOINT_CONTROLLER: "dpv:DataController",
    Role.PROCESSOR: "dpv:DataProcessor",
}
_GROUNDS = {
    TransferGround.ADEQUACY: "eu-gdpr:A45-3",
    TransferGround.DPF: "eu-gdpr:A45-3",
    TransferGround.STANDARD_CLAUSES: "eu-gdpr:A46-2-c",
}
"""The Data Privacy Framework is an adequacy decision: (EU) 2023/1795. The Privacy Shield was one, and is void."""

_NECESSITY = {Provision.REQUIRED: "dpv:Required", Provision.OPTIONAL: "dpv:Optional"}


def processes(inventory: Inventory, speaker: Speaker) -> list[Node]:
    """A process for each activity, with the transfers that its recipients make."""
    known = {recipient.id: recipient for recipient in inventory.recipients}
    return [_process(activity, known, speaker) for activity in inventory.processing.activities]


def _process(activity: Activity, known: dict[str, Recipient], speaker: Speaker) -> Node:
    recipients = [known[id] for id in activity.recipients if id in known]
    purpose = {**speaker.ref("purpose-of-activity", activity.id), **speaker.told("dpv:Purpose", activity.purpose)}
    return given(
        {
            **speaker.ref("activity", activity.id),
            "@type": "dpv:Process",
            "dct:title": speaker.said(activity.name),
            "dpv:hasDataController": speaker.ref("controller"),
            "dpv:hasPurpose": purpose,
            "dpv:hasPersonalData": [speaker.ref("data", id) for id in activity.data],
            "dpv:hasLegalBasis": {"@id": LEGAL_BASES[activity.legal_basis]},
            "dpv:hasJustification": activity.interest and speaker.told("dpv:Justification", activity.interest),
            "dpv:hasNecessity": {"@id": _NECESSITY[activity.provision]},
            "dpv:hasConsequence": activity.consequence
            and speaker.told("dpv:ConsequenceOfFailure", activity.consequence),
            "dpv:hasDataSource": speaker.told("dpv:DataSource", activity.source),
            "dpv:hasStorageCondition": speaker.told("dpv:StorageDuration", activity.retention),
            "dpv:hasRecipient": [speaker.who(recipient.id) for recipient in recipients],
            "dpv:hasProcessing": [
                _transfer_ref(one, at, speaker) for one in recipients for at in range(len(one.transfers))
            ],
        }
    )


def personal_data(inventory: Inventory, speaker: Speaker) -> Iterator[Node]:
    """The kinds of personal data; what was seen or received from others is collected (GDPR Art. 14)."""
    for category in inventory.processing.data:
        yield _data(category, speaker)


def _data(category: DataCategory, speaker: Speaker) -> Node:
    return given(
        {
            **speaker.ref("data", category.id),
            "@type": "dpv:CollectedPersonalData" if category.observed else "dpv:PersonalData",
            "dct:title": speaker.said(category.name),
            "dpv:hasNecessity": {"@id": "dpv:Optional"} if category.voluntary else None,
        }
    )


def recipients(inventory: Inventory, speaker: Speaker) -> Iterator[Node]:
    """The recipients in their role, each followed by its transfers."""
    for recipient in inventory.recipients:
        yield _recipient(recipient, speaker)
        for at, transfer in enumerate(recipient.transfers):
            yield _transfer(recipient, at, transfer, speaker)


def _recipient(recipient: Recipient, speaker: Speaker) -> Node:
    parent = {"@type": "schema:Organization", "schema:name": recipient.parent}
    return given(
        {
            **speaker.ref("recipient", recipient.id),
            "@type": ["dpv:Recipient", _ROLES[recipient.role]],
            "dpv:hasName": recipient.name,
            "schema:parentOrganization": parent if recipient.parent else None,
            "dct:description": speaker.said(recipient.task),
            "dct:type": speaker.said(words.ROLES[speaker.language][recipient.role]),
            "dpv:hasCountry": country(recipient.country),
        }
    )


def _transfer_ref(recipient: Recipient, at: int, speaker: Speaker) -> Node:
    return speaker.ref("transfer", f"{recipient.id}-{at + 1}")


def _transfer(recipient: Recipient, at: int, transfer: Transfer, speaker: Speaker) -> Node:
    return given(
        {
            **_transfer_ref(recipient, at, speaker),
            "@type": ["dpv:Processing", "dpv:CrossBorderTransfer"],
            "dpv:hasDataExporter": speaker.ref("controller"),
            "dpv:hasDataImporter": speaker.who(recipient.id),
            "dpv:hasThirdCountry": country(transfer.country),
            "dpv:hasLegalBasis": [_ground(ground, speaker) for ground in transfer.grounds],
            "dct:description": speaker.said(transfer.copy_of_safeguards),
        }
    )


def _ground(ground: TransferGround, speaker: Speaker) -> Node:
    """A ground in words; one that is unknown says so, and a void one claims no article."""
    node: Node = {"@type": ["dpv:DataTransferLegalBasis"]}
    if ground in _GROUNDS:
        node["@type"].append(_GROUNDS[ground])
    if ground is TransferGround.UNKNOWN:
        node["dpv:hasApplicability"] = {"@id": "dpv:NotAvailable"}
    return {**node, "dct:title": speaker.said(words.TRANSFER_GROUNDS[speaker.language][ground])}
