"""The well-known files are what their specifications say, read here once more from the grammar."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.errors import PolicyError
from policy.headers.well_known import expires_on, gpc_json, security_txt

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
WWW = "https://www.leiz.test/.well-known/security.txt"
GIVEN = {
    "contacts": ["mailto:veilig@leiz.test", "https://www.leiz.test/contact/", "tel:+31-38-1234567"],
    "expires": date(2027, 10, 1),
    "languages": ["nl", "en"],
    "canonical": [WWW],
}

# RFC 9116, section 5, rule by rule; a date and time as in RFC 3339, section 5.6.
_EOL = r"[ \t]*\r?\n"
_URI = r"[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+"
_TIME = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})"
_TAG = r"[A-Za-z0-9-]+"
_FIELDS = {
    "contact": _URI,
    "canonical": _URI,
    "policy": _URI,
    "expires": _TIME,
    "preferred-languages": rf"{_TAG}(?:[ \t]*,[ \t]*{_TAG})*",
}


def fields(text: str) -> dict[str, list[str]]:
    """The fields of an unsigned file; AssertionError where it breaks the grammar or a MUST."""
    assert re.fullmatch(rf"(?:[^\r\n]*{_EOL})+", text)
    found: dict[str, list[str]] = {}
    for line in re.split(_EOL, text)[:-1]:
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition(":")
        assert separator and value[0] == " "
        assert re.fullmatch(_FIELDS[name.lower()], value[1:]), line
        found.setdefault(name.lower(), []).append(value[1:])
    assert found["contact"] and len(found["expires"]) == 1 and len(found.get("preferred-languages", [""])) == 1
    webs = [uri for name in ("contact", "canonical", "policy") for uri in found.get(name, []) if uri[:4] == "http"]
    assert all(uri.startswith("https://") for uri in webs)
    return found


def test_gpc_json_says_yes_and_since_when():
    text = gpc_json(date(2026, 11, 24))
    assert json.loads(text) == {"gpc": True, "lastUpdate": "2026-11-24"}
    assert text == '{"gpc": true, "lastUpdate": "2026-11-24"}\n'


def test_security_txt_holds_each_field():
    text = security_txt(**GIVEN, policy="https://www.leiz.test/melden/")
    assert fields(text) == {
        "contact": GIVEN["contacts"],
        "expires": ["2027-10-01T00:00:00Z"],
        "preferred-languages": ["nl, en"],
        "canonical": [WWW],
        "policy": ["https://www.leiz.test/melden/"],
    }


def test_what_is_not_given_has_no_field():
    assert fields(security_txt(**GIVEN | {"languages": [], "canonical": []})) == {
        "contact": GIVEN["contacts"],
        "expires": ["2027-10-01T00:00:00Z"],
    }


@given(DAYS)
def test_it_ends_within_a_year_and_not_before_ten_months(day: date):
    (end,) = fields(security_txt(**GIVEN | {"expires": expires_on(day)}))["expires"]
    left = datetime.fromisoformat(end) - datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert timedelta(days=300) < left < timedelta(days=365)


@given(DAYS)
def test_the_end_is_the_same_for_a_whole_month(day: date):
    assert expires_on(day) == expires_on(day.replace(day=1)) == expires_on(day.replace(day=28))
    assert expires_on(day) < expires_on(day.replace(day=28) + timedelta(days=4))


WRONG = {
    "no contact": {"contacts": []},
    "an address without mailto": {"contacts": ["veilig@leiz.test"]},
    "a page without encryption": {"contacts": ["http://www.leiz.test/"]},
    "a script": {"contacts": ["javascript:alert(1)"]},
    "a line break in a contact": {"contacts": ["mailto:a@leiz.test\nExpires: 2099-01-01T00:00:00Z"]},
    "a carriage return": {"contacts": ["mailto:a@leiz.test\r"]},
    "a line break at the end": {"contacts": ["mailto:a@leiz.test\n"]},
    "a space": {"contacts": ["https://www.leiz.test/a b"]},
    "a letter that is not ASCII": {"contacts": ["https://www.leïz.test/"]},
    "a header of the mail": {"contacts": ["mailto:a@leiz.test?bcc=b@leiz.test"]},
    "a local number": {"contacts": ["tel:038-1234567"]},
    "a language by its name": {"languages": ["Nederlands"]},
    "a language twice": {"languages": ["nl", "nl"]},
    "a comma in a language": {"languages": ["nl, en"]},
    "another file": {"canonical": ["https://www.leiz.test/security.txt"]},
    "a file below a folder": {"canonical": ["https://www.leiz.test/privacy/.well-known/security.txt"]},
    "the file without encryption": {"canonical": [WWW.replace("https", "http")]},
    "a policy that is no address": {"policy": "melden"},
    "an empty policy": {"policy": ""},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_cannot_stand_in_it_is_refused_with_the_way_out(wrong: dict[str, object]):
    with pytest.raises(PolicyError, match=r"^security\.txt: .+ (Write|Give|Name) .+\.$"):
        security_txt(**GIVEN | wrong)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(PolicyError) as told:
        security_txt(**GIVEN | {"contacts": ["veilig@leiz.test"], "languages": ["Nederlands"]})
    assert str(told.value) == (
        "security.txt: 'veilig@leiz.test' is no contact. Write mailto: with an address, https:// with a page, or tel: "
        "with +31 and so on. 'Nederlands' is no language. Write a code such as nl (RFC 5646)."
    )


@given(st.text(max_size=40), st.sampled_from(["contacts", "languages", "canonical"]))
def test_whatever_is_taken_keeps_to_the_grammar(text: str, key: str):
    for value in (text, GIVEN[key][0] + text):
        try:
            made = security_txt(**GIVEN | {key: [value]})
        except PolicyError:
            continue
        assert value in str(fields(made))
