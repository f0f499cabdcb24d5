"""The inventory's codes in the words of a reader, by language."""

from datetime import date

from babel import Locale
from babel.dates import format_date

from policy.inventory.fields import Exemption, LegalBasis, Lifetime, Role, StorageKind, TransferGround
from policy.inventory.model import StorageItem

_UNITS = {
    "nl": {
        "second": ("seconde", "seconden"),
        "minute": ("minuut", "minuten"),
        "hour": ("uur", "uur"),
        "day": ("dag", "dagen"),
        "week": ("week", "weken"),
        "month": ("maand", "maanden"),
        "year": ("jaar", "jaar"),
    },
    "en": {unit: (unit, f"{unit}s") for unit in ("second", "minute", "hour", "day", "week", "month", "year")},
}
_UNBOUNDED = {
    "nl": {"session": "tot u de browser sluit", "until cleared": "tot u het wist", "not stored": "wordt niet bewaard"},
    "en": {"session": "until you close the browser", "until cleared": "until you clear it", "not stored": "not stored"},
}

_TAB = {"nl": "tot u het tabblad sluit", "en": "until you close the tab"}

STORAGE_KINDS = {
    "nl": {
        StorageKind.COOKIE: "cookie",
        StorageKind.LOCAL_STORAGE: "localStorage",
        StorageKind.SESSION_STORAGE: "sessionStorage",
        StorageKind.INDEXED_DB: "database in de browser",
        StorageKind.CACHE_STORAGE: "cache in de browser",
        StorageKind.PIXEL: "pixel",
    },
    "en": {
        StorageKind.COOKIE: "cookie",
        StorageKind.LOCAL_STORAGE: "localStorage",
        StorageKind.SESSION_STORAGE: "sessionStorage",
        StorageKind.INDEXED_DB: "database in the browser",
        StorageKind.CACHE_STORAGE: "cache in the browser",
        StorageKind.PIXEL: "pixel",
    },
}

ROLES = {
    "nl": {
        Role.CONTROLLER: "zelfstandig verwerkingsverantwoordelijke",
        Role.JOINT_CONTROLLER: "gezamenlijk verwerkingsverantwoordelijke",
        Role.PROCESSOR: "verwerker",
    },
    "en": {
        Role.CONTROLLER: "independent controller",
        Role.JOINT_CONTROLLER: "joint controller",
        Role.PROCESSOR: "processor",
    },
}

LEGAL_BASES = {
    "nl": {
        LegalBasis.CONSENT: "toestemming",
        LegalBasis.CONTRACT: "uitvoering van een overeenkomst",
        LegalBasis.LEGAL_OBLIGATION: "wettelijke verplichting",
        LegalBasis.VITAL_INTERESTS: "vitale belangen",
        LegalBasis.PUBLIC_TASK: "taak van algemeen belang",
        LegalBasis.LEGITIMATE_INTERESTS: "gerechtvaardigd belang",
    },
    "en": {
        LegalBasis.CONSENT: "consent",
        LegalBasis.CONTRACT: "performance of a contract",
        LegalBasis.LEGAL_OBLIGATION: "legal obligation",
        LegalBasis.VITAL_INTERESTS: "vital interests",
        LegalBasis.PUBLIC_TASK: "task in the public interest",
        LegalBasis.LEGITIMATE_INTERESTS: "legitimate interests",
    },
}

EXEMPTIONS = {
    "nl": {
        Exemption.TRANSMISSION: "nodig om de verbinding tot stand te brengen",
        Exemption.REQUESTED_SERVICE: "nodig voor wat u de website vraagt te doen",
        Exemption.LIMITED_ANALYTICS: "beperkte meting van het gebruik, met weinig gevolgen voor uw privacy",
    },
    "en": {
        Exemption.TRANSMISSION: "needed to make the connection",
        Exemption.REQUESTED_SERVICE: "needed for what you ask of the website",
        Exemption.LIMITED_ANALYTICS: "limited measuring of use, with little impact on your privacy",
    },
}

TRANSFER_GROUNDS = {
    "nl": {
        TransferGround.ADEQUACY: "adequaatheidsbesluit van de Europese Commissie",
        TransferGround.DPF: "EU-VS-kader voor gegevensbescherming (Data Privacy Framework)",
        TransferGround.STANDARD_CLAUSES: "standaardcontractbepalingen van de Europese Commissie",
        TransferGround.UNKNOWN: "regeling nog onbekend",
        TransferGround.PRIVACY_SHIELD: "Privacyschild (ongeldig sinds 16 juli 2020)",
    },
    "en": {
        TransferGround.ADEQUACY: "adequacy decision of the European Commission",
        TransferGround.DPF: "EU-US Data Privacy Framework",
        TransferGround.STANDARD_CLAUSES: "standard contractual clauses of the European Commission",
        TransferGround.UNKNOWN: "ground not yet known",
        TransferGround.PRIVACY_SHIELD: "Privacy Shield (void since 16 July 2020)",
    },
}

_UNKNOWN_COUNTRY = {"nl": "land onbekend", "en": "country unknown"}


def lifetime_words(lifetime: Lifetime, language: str) -> str:
    """How long, as a reader says it: `13 maanden`, `tot u de browser sluit`."""
    if not lifetime.amount:
        return _UNBOUNDED[language][lifetime.unit]
    one, more = _UNITS[language][lifetime.unit]
    return f"{lifetime.amount} {one if lifetime.amount == 1 else more}"


def item_lifetime(item: StorageItem, language: str) -> str:
    """How long an item stays; a session in sessionStorage ends with its tab, any other with the browser."""
    if item.kind is StorageKind.SESSION_STORAGE and item.lifetime.unit == "session":
        return _TAB[language]
    return lifetime_words(item.lifetime, language)


def country_name(code: str, language: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2) in a language; the code itself where it is none."""
    if code == "XX":
        return _UNKNOWN_COUNTRY[language]
    return str(Locale(language).territories.get(code, code))


def long_date(day: date, language: str) -> str:
    """A date in words, such as `1 januari 2027`."""
    return format_date(day, "d MMMM y", Locale(language))
