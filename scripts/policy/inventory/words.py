"""The inventory's codes in the words of a reader, by language."""

from collections.abc import Mapping
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.units import format_unit

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
"""Babel has the words of other languages, but misses the Dutch days and hours (2.18)."""

_UNBOUNDED = {
    "nl": {
        "session": "tot u de browser sluit",
        "tab": "tot u het tabblad sluit",
        "until cleared": "tot u het wist",
        "not stored": "wordt niet bewaard",
    },
    "en": {
        "session": "until you close the browser",
        "tab": "until you close the tab",
        "until cleared": "until you clear it",
        "not stored": "not stored",
    },
}

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


def lifetime_words(lifetime: Lifetime, language: str, unbounded: Mapping[str, str] | None = None) -> str:
    """How long, as a reader says it: `13 maanden`, `tot u de browser sluit`.

    `unbounded` are the words where no amount is named; Dutch and English have theirs here.
    """
    if not lifetime.amount:
        return (unbounded or _UNBOUNDED[language])[lifetime.unit]
    if language not in _UNITS:
        return str(format_unit(lifetime.amount, f"duration-{lifetime.unit}", locale=language))
    one, more = _UNITS[language][lifetime.unit]
    return f"{lifetime.amount} {one if lifetime.amount == 1 else more}"


def item_lifetime(item: StorageItem, language: str, unbounded: Mapping[str, str] | None = None) -> str:
    """How long an item stays; a session in sessionStorage ends with its tab, any other with the browser."""
    if item.kind is StorageKind.SESSION_STORAGE and item.lifetime.unit == "session":
        return (unbounded or _UNBOUNDED[language])["tab"]
    return lifetime_words(item.lifetime, language, unbounded)


def country_name(code: str, language: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2) in a language; the code itself where it is none."""
    if code == "XX":
        return _UNKNOWN_COUNTRY.get(language, code)
    return str(Locale(language).territories.get(code, code))


def long_date(day: date, language: str) -> str:
    """A date in words, such as `1 januari 2027`."""
    return format_date(day, "d MMMM y", Locale(language))
