"""The modules that decide, on shared vectors and on whatever Hypothesis thinks of, in a real engine."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from tests.hosts import Hosts

VECTORS = Path(__file__).parents[1] / "vectors"
RECORDS = json.loads((VECTORS / "records.json").read_text("utf-8"))
DECISIONS = json.loads((VECTORS / "decisions.json").read_text("utf-8"))
TERMS, NOW = DECISIONS["terms"], DECISIONS["now"]

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def call(browser: Browser, hosts: Hosts) -> Iterator[Call]:
    """Calls an exported function of a module as a visitor gets it."""
    page = browser.new_page()
    page.goto(hosts.url("kaal.test", "/lang.html"))

    def called(name: str, *values: Any) -> Any:
        module = "record" if name.endswith("Record") else "decision"
        script = "async ([module, name, values]) => (await import(`/sources/${module}.js`))[name](...values)"
        return page.evaluate(script, [module, name, list(values)])

    yield called
    page.close()


@pytest.mark.parametrize("case", RECORDS["valid"], ids=lambda case: case["name"])
def test_a_record_is_read_as_it_was_written(call: Call, case: dict[str, Any]) -> None:
    assert (call("parseRecord", case["line"]), call("formatRecord", case["record"])) == (case["record"], case["line"])


@pytest.mark.parametrize("case", RECORDS["ignored"], ids=lambda case: case["name"])
def test_what_we_did_not_write_is_no_record(call: Call, case: dict[str, Any]) -> None:
    assert call("parseRecord", case["line"]) is None


def test_a_record_of_four_thousand_characters_is_no_record(call: Call) -> None:
    assert call("parseRecord", "1.3.0a1b2c3d.4e5f6a7b.hx3fk.some" + ".statistics" * 360) is None


@pytest.mark.parametrize("case", DECISIONS["granted"], ids=lambda case: case["name"])
def test_what_a_record_grants(call: Call, case: dict[str, Any]) -> None:
    assert call("grantedNow", case["record"], TERMS, NOW) == case["granted"]


@pytest.mark.parametrize("case", DECISIONS["allows"], ids=lambda case: f"{case['id']} {case['granted']}")
def test_a_service_or_purpose_runs_only_if_all_it_needs_is_granted(call: Call, case: dict[str, Any]) -> None:
    assert call("allows", case["id"], case["granted"], TERMS) is case["allowed"]


IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
DIGESTS = st.from_regex(r"[0-9a-f]{8,12}", fullmatch=True)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    method = draw(st.sampled_from(["all", "none", "some"]))
    return {
        "number": draw(st.integers(0, 999_999)),
        "terms": draw(DIGESTS | st.just(TERMS["terms"])),
        "text": draw(DIGESTS),
        "minute": draw(st.integers(0, 36**6 - 1) | st.integers(NOW - 300_000, NOW + 10)),
        "method": method,
        "granted": [] if method == "none" else draw(st.lists(IDS | st.sampled_from(TERMS["purposes"]), max_size=8)),
        "withdrawn": draw(st.lists(IDS, max_size=8)),
    }


@settings(max_examples=150, deadline=None)
@given(record=records())
def test_every_record_survives_its_cookie(call: Call, record: dict[str, Any]) -> None:
    line = call("formatRecord", record)
    assert re.fullmatch(r"[A-Za-z0-9_.-]{1,1024}", line)
    assert call("parseRecord", line) == record


@settings(max_examples=150, deadline=None)
@given(record=st.none() | records(), id=st.sampled_from([*TERMS["services"], *TERMS["purposes"], "unknown"]))
def test_nothing_is_allowed_that_was_not_granted(call: Call, record: dict[str, Any] | None, id: str) -> None:
    granted = call("grantedNow", record, TERMS, NOW)
    given_now = set(record["granted"]) if record and record["terms"] == TERMS["terms"] else set()
    assert set(granted or []) <= given_now
    if call("allows", id, granted, TERMS):
        needed = set(TERMS["services"].get(id, [])) | ({id} & set(TERMS["purposes"]))
        assert needed <= given_now
        assert not needed or NOW - 182 * 24 * 60 < record["minute"] <= NOW


RUBBISH = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.text(max_size=200),
    st.lists(st.text(max_size=9), max_size=3),
    st.dictionaries(st.sampled_from(["__proto__", "granted", "terms", "length"]), st.text(max_size=9)),
    st.from_regex(r"[12]\.[0-9a-z]{0,7}(\.[0-9a-f]{0,13}){0,3}\.(all|some)?(\._{0,2}[a-z]{0,9}){0,3}", fullmatch=True),
)


@settings(max_examples=150, deadline=None)
@given(line=RUBBISH)
def test_rubbish_never_grants(call: Call, line: Any) -> None:
    record = call("parseRecord", line)
    assert record is None or call("parseRecord", call("formatRecord", record)) == record
    assert not call("grantedNow", record, TERMS, NOW)
