"""The words and values that inventory facts are made of."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from babel import localedata
from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema


def _known_language(code: str) -> str:
    if not localedata.exists(code):
        raise ValueError(f"'{code}' is not a known language. Write its two letters, such as nl or en")
    return code


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Link = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\.[^\s/]+(/\S*)?$")]
Origin = Annotated[str, StringConstraints(pattern=r"^https?://[a-z0-9.-]+(:[0-9]+)?$")]
Host = Annotated[str, StringConstraints(pattern=r"^(\*\.|\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2; `XX` (user-assigned) where a source names no country, as in 2018."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$"), AfterValidator(_known_language)]
"""ISO 639-1, such as `nl`; one whose words for periods and countries are known (Unicode CLDR)."""

EEA = frozenset(
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
        "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU",
        "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    ]
)  # fmt: skip


class LegalBasis(StrEnum):
    """GDPR Art. 6(1)(a) to (f), in that order."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal-obligation"
    VITAL_INTERESTS = "vital-interests"
    PUBLIC_TASK = "public-task"
    LEGITIMATE_INTERESTS = "legitimate-interests"


class Exemption(StrEnum):
    """Why ePrivacy Art. 5(3) / Tw 11.7a(3) needs no consent."""

    TRANSMISSION = "transmission"
    REQUESTED_SERVICE = "requested-service"
    LIMITED_ANALYTICS = "limited-analytics"


class Role(StrEnum):
    """GDPR Art. 4(7), 4(8), 26."""

    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint-controller"
    PROCESSOR = "processor"


class TransferGround(StrEnum):
    """GDPR Art. 45 and 46; `privacy-shield` is void since 16 July 2020 and only history."""

    ADEQUACY = "adequacy"
    DPF = "dpf"
    STANDARD_CLAUSES = "standard-clauses"
    UNKNOWN = "unknown"
    PRIVACY_SHIELD = "privacy-shield"


class StorageKind(StrEnum):
    """What is put on or read from the device (EDPB guidelines 2/2023)."""

    COOKIE = "cookie"
    LOCAL_STORAGE = "local-storage"
    SESSION_STORAGE = "session-storage"
    INDEXED_DB = "indexed-db"
    CACHE_STORAGE = "cache-storage"
    PIXEL = "pixel"


class Party(StrEnum):
    """Whose host holds the item, seen from the visitor's address bar."""

    FIRST = "first"
    THIRD = "third"


class Sureness(StrEnum):
    """High: the maker's own document or source code; medium: two other sources agree; low: measure it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Provision(StrEnum):
    """GDPR Art. 13(2)(e): must the data subject give the data?"""

    REQUIRED = "required"
    OPTIONAL = "optional"


class Loading(StrEnum):
    """When a granted service runs: with the page, or only after a click on its own button."""

    PAGE = "page"
    CLICK = "click"


_DAY = 86_400
_UNITS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": _DAY,
    "week": 7 * _DAY,
    "month": 365.25 / 12 * _DAY,
    "year": 365.25 * _DAY,
}
_LONGEST_YEARS = 100
_WORDS = ("session", "until cleared", "not stored")
_LIFETIME = re.compile(rf"^([1-9][0-9]{{0,9}}) ({'|'.join(_UNITS)})s?$|^({'|'.join(_WORDS)})$")


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a storage item stays on the device: an amount of a unit, or a word.

    Words: `session` (until the browser or tab closes), `until cleared`, `not stored` (a pixel).
    """

    unit: str
    amount: int = 0

    @classmethod
    def parse(cls, text: str) -> "Lifetime":
        """The lifetime that a text names; ValueError says which forms there are."""
        match = _LIFETIME.fullmatch(text)
        lifetime = None
        if match and match[3]:
            lifetime = cls(match[3])
        elif match:
            lifetime = cls(match[2], int(match[1]))
        if lifetime is None or lifetime.amount * _UNITS.get(lifetime.unit, 0) > _LONGEST_YEARS * _UNITS["year"]:
            raise ValueError(
                f"'{text}' is not a possible lifetime. Write an amount and a unit, such as "
                "'13 months' or '30 minutes', or 'session', 'until cleared' or 'not stored'"
            )
        return lifetime

    @property
    def days(self) -> float:
        """Length in days; infinite for `until cleared`, 0 for `session` and `not stored`."""
        if self.unit == "until cleared":
            return float("inf")
        return self.amount * _UNITS.get(self.unit, 0) / _DAY

    def __str__(self) -> str:
        if not self.amount:
            return self.unit
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        parsed = core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema())
        return core_schema.json_or_python_schema(
            json_schema=parsed,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), parsed]),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": _LIFETIME.pattern, "examples": ["13 months", "session", "until cleared"]}
