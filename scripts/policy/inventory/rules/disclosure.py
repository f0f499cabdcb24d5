"""What the law wants told about the controller, the processing and the recipients (GDPR Art. 13 and 14)."""

import re
from collections.abc import Iterator

from babel import Locale

from policy.findings import Finding
from policy.inventory.explain import shown
from policy.inventory.fields import EEA, LegalBasis, Provision, TransferGround
from policy.inventory.model import Controller, Inventory, Recipient, Stated
from policy.inventory.rules.names import PROCESSING, RECIPIENTS

EMAIL_TRACKING = "email-tracking"
"""The activity that measuring of opens and clicks is, where that happens."""

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "XX", "ZZ"})
_COUNTRIES = frozenset(code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code)) - _NO_COUNTRIES


def stated_or_asked(inventory: Inventory) -> Iterator[Finding]:
    """A fact about the controller has a value, or a question that is still open."""
    for name in Controller.model_fields:
        fact = getattr(inventory.controller, name)
        if isinstance(fact, Stated) and not fact.value and not fact.confirm:
            yield Finding(
                "Here is no value and no question. Write value, or ask with confirm.", "controller.toml", path=name
            )


def email_tracking(inventory: Inventory) -> Iterator[Finding]:
    """Measuring who opens or clicks in an e-mail is off, or has consent of its own (EDPB guidelines 2/2023)."""
    measured = inventory.controller.email_tracking
    asked = any(
        activity.id == EMAIL_TRACKING and activity.legal_basis is LegalBasis.CONSENT
        for activity in inventory.processing.activities
    )
    for name in ("opens", "clicks"):
        if getattr(measured, name) and not asked:
            yield Finding(
                f"Measuring {name} needs consent of its own. Switch it off, or add the activity '{EMAIL_TRACKING}' "
                "with legal basis 'consent' to docs/inventory/processing.toml.",
                "controller.toml",
                path=f"email_tracking.{name}",
            )


def interests_named(inventory: Inventory) -> Iterator[Finding]:
    """A legitimate interest is named, where and only where it is the basis (GDPR Art. 13(1)(d))."""
    for index, activity in enumerate(inventory.processing.activities):
        based = activity.legal_basis is LegalBasis.LEGITIMATE_INTERESTS
        if based and not activity.interest:
            message = "The legitimate interest is not named. Write it in interest."
            yield Finding(message, PROCESSING, path=f"activities[{index}].legal_basis")
        if not based and activity.interest:
            message = (
                f"An interest is not what {shown(activity.legal_basis.value)} rests on. "
                "Remove it, or change legal_basis."
            )
            yield Finding(message, PROCESSING, path=f"activities[{index}].interest")


def consequences_told(inventory: Inventory) -> Iterator[Finding]:
    """Where data is required, the activity says what happens without it (GDPR Art. 13(2)(e))."""
    for index, activity in enumerate(inventory.processing.activities):
        if activity.provision is Provision.REQUIRED and not activity.consequence and not activity.confirm:
            message = "What happens if this is not given? Write it in consequence, or ask with confirm."
            yield Finding(message, PROCESSING, path=f"activities[{index}].provision")


def transfers(inventory: Inventory) -> Iterator[Finding]:
    """A country outside the EEA comes with a ground that holds today (GDPR Art. 44 to 49)."""
    for index, recipient in enumerate(inventory.recipients):
        place = f"recipients[{index}]"
        covered = {transfer.country for transfer in recipient.transfers}
        if message := _wrong_country(recipient.country):
            yield Finding(message, RECIPIENTS, path=f"{place}.country")
        elif recipient.country not in EEA | covered:
            yield Finding(
                f"{shown(recipient.country)} lies outside the EEA, and no transfer there is told. "
                "Add a [[recipients.transfers]] table with its grounds.",
                RECIPIENTS,
                path=f"{place}.country",
            )
        for number, transfer in enumerate(recipient.transfers):
            path = f"{place}.transfers[{number}]"
            if message := _wrong_country(transfer.country):
                yield Finding(message, RECIPIENTS, path=f"{path}.country")
            elif transfer.country in EEA:
                message = f"{shown(transfer.country)} lies in the EEA, so nothing is transferred. Remove this table."
                yield Finding(message, RECIPIENTS, path=f"{path}.country")
            yield from _grounds(recipient, number, path)


def _grounds(recipient: Recipient, number: int, path: str) -> Iterator[Finding]:
    transfer = recipient.transfers[number]
    for index, ground in enumerate(transfer.grounds):
        message = ""
        if ground is TransferGround.PRIVACY_SHIELD:
            message = "Privacy Shield is void since 16 July 2020. Write dpf, standard-clauses or adequacy."
        elif ground is TransferGround.UNKNOWN and not (transfer.confirm or recipient.confirm):
            message = "An unknown ground needs a question. Write the ground, or ask with confirm."
        elif ground is TransferGround.DPF and transfer.country != "US":
            message = (
                f"The Data Privacy Framework is about the US, not {shown(transfer.country)}. Write another ground."
            )
        if message:
            yield Finding(message, RECIPIENTS, path=f"{path}.grounds[{index}]")


def _wrong_country(country: str) -> str:
    if country == "XX":
        return "'XX' names no country, which only the 2018 text may do. Write the country."
    if country not in _COUNTRIES:
        hint = " The United Kingdom is GB." if country == "UK" else ""
        return f"{shown(country)} is not a country.{hint} Write its ISO 3166-1 code, such as NL."
    return ""
