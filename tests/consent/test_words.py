"""The inventory's codes in the words of a reader."""

import pytest

from policy.inventory import fields, words
from policy.inventory.fields import EEA, Lifetime

LANGUAGES = ("nl", "en")


@pytest.mark.parametrize(
    ("lifetime", "dutch", "english"),
    [
        ("13 months", "13 maanden", "13 months"),
        ("1 month", "1 maand", "1 month"),
        ("2 years", "2 jaar", "2 years"),
        ("24 hours", "24 uur", "24 hours"),
        ("1 day", "1 dag", "1 day"),
        ("30 seconds", "30 seconden", "30 seconds"),
        ("session", "tot u de browser sluit", "until you close the browser"),
        ("until cleared", "tot u het wist", "until you clear it"),
        ("not stored", "wordt niet bewaard", "not stored"),
    ],
)
def test_a_lifetime_is_told_in_words(lifetime: str, dutch: str, english: str) -> None:
    parsed = Lifetime.parse(lifetime)
    assert (words.lifetime_words(parsed, "nl"), words.lifetime_words(parsed, "en")) == (dutch, english)


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.STORAGE_KINDS, fields.StorageKind),
        (words.ROLES, fields.Role),
        (words.LEGAL_BASES, fields.LegalBasis),
        (words.EXEMPTIONS, fields.Exemption),
        (words.TRANSFER_GROUNDS, fields.TransferGround),
    ],
)
def test_every_code_has_words_in_every_language(table: dict, codes: type) -> None:
    assert {language: set(table[language]) for language in LANGUAGES} == {
        language: set(codes) for language in LANGUAGES
    }


def test_every_country_of_the_eea_has_a_name() -> None:
    assert not [code for code in EEA for language in LANGUAGES if words.country_name(code, language) == code]


def test_countries_by_name() -> None:
    assert [words.country_name(code, "nl") for code in ("US", "GR", "XX", "QQ")] == [
        "Verenigde Staten",
        "Griekenland",
        "land onbekend",
        "QQ",
    ]
