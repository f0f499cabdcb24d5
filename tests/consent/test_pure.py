"""The modules that decide: the shared tables, and whatever Hypothesis thinks of, in a real engine."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from policy.consent.code import code_number, code_text, purpose_code, service_code
from tests.length import tries
from tests.vectors.engine import ROOT, Call, calling

VECTORS = ROOT / "tests/vectors"
TABLES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(VECTORS.glob("*.json"))}
CASES = [
    pytest.param(table.get("shared"), asked, row, id=f"{name} {asked}: {row['name']}"[:150])
    for name, table in TABLES.items()
    for asked, rows in table["cases"].items()
    for row in rows
]
LONGEST, TERM, NOW = 3900, 182 * 24 * 60, 30_000_000
TRIES = tries(40, 100)


@pytest.fixture(scope="module")
def call(browser: Browser) -> Iterator[Call]:
    with calling(browser) as called:
        yield called


@pytest.mark.parametrize(("shared", "asked", "row"), CASES)
def test_the_tables(call: Call, shared: Any, asked: str, row: dict[str, Any]) -> None:
    assert call(asked, *row["given"], shared) == row["gives"]


@pytest.mark.parametrize("row", TABLES["codes"]["cases"]["codeOf"], ids=lambda row: row["name"])
def test_the_build_makes_the_same_codes(row: dict[str, Any]) -> None:
    (name,) = row["given"]
    assert code_text(code_number(name)) == row["gives"]


@TRIES
@given(name=st.text())
def test_the_build_makes_the_same_code_of_any_name(call: Call, name: str) -> None:
    assert (service_code(name), purpose_code(name)) == (call("codeOf", name), call("codeOf", "#" + name))


def test_the_tables_hold_in_node() -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("No Node.js. To run the tables in it as well, install version 20.19 or newer.")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < (20, 19):
        pytest.skip(f"Node.js {version} cannot read modules in .js files. It can from version 20.19 on.")
    command = [node, "--test", "tests/vectors/pure.test.mjs"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"# pass {len(CASES)}\n" in run.stdout.replace("ℹ", "#")


CODES = st.from_regex(r"[0-9a-z]{4}", fullmatch=True) | st.sampled_from(["aaaa", "bbbb", "cccc", "dddd"])
LISTS = st.lists(CODES, max_size=6).map("".join)
NUMBERS = st.integers(0, 999_999)
MINUTES = st.integers(0, 36**6 - 1) | st.integers(NOW - TERM - 10, NOW + 10)


def base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


@st.composite
def acts(
    draw: st.DrawFn, numbers: st.SearchStrategy[int] = NUMBERS, lists: st.SearchStrategy[str] = LISTS
) -> list[str]:
    return [
        str(draw(numbers)),
        base36(draw(MINUTES)),
        draw(st.sampled_from(["all", "none", "some", "one"])),
        draw(st.from_regex(r"[0-9a-f]{8}", fullmatch=True)),
        *(draw(lists) for _ in range(3)),
    ]


def codes_in(text: str) -> list[str]:
    return [text[at : at + 4] for at in range(0, len(text), 4)]


@TRIES
@given(record=st.lists(acts(), max_size=20))
def test_every_record_survives_its_cookie(call: Call, record: list[list[str]]) -> None:
    line = call("formatRecord", record)
    assert re.fullmatch(r"consent=2[0-9a-z.]*", line)
    assert call("parseRecord", line) == record


@TRIES
@given(record=st.lists(st.tuples(acts(), st.integers(0, 970)), max_size=6))
def test_a_record_that_is_too_long_loses_its_oldest_acts_and_no_other(call: Call, record: list[Any]) -> None:
    long = [[*act[:4], act[4] + "1f4k" * more, *act[5:]] for act, more in record]
    line = call("formatRecord", long)
    kept = call("parseRecord", line)
    assert len(line) <= LONGEST
    assert kept == long[len(long) - len(kept) :]
    assert kept == long or len(line) + len(".".join(["", *long[-len(kept) - 1]])) > LONGEST


FEW = st.lists(st.sampled_from(["aaaa", "bbbb", "cccc", "dddd", "eeee"]), unique=True, max_size=5)


@st.composite
def choices(draw: st.DrawFn) -> list[str]:
    """An act as choices make it: about each code it says one thing."""
    said = draw(FEW)
    first, second = sorted([draw(st.integers(0, len(said))), draw(st.integers(0, len(said)))])
    one = draw(acts(numbers=st.integers(0, 9)))
    return [*one[:4], "".join(said[:first]), "".join(said[first:second]), "".join(said[second:])]


@TRIES
@given(chosen=st.lists(choices(), max_size=6))
def test_the_newest_act_about_a_code_stands_and_no_other(call: Call, chosen: list[list[str]]) -> None:
    newest = {code: [*act[:4], at] for act in chosen for at in (4, 5, 6) for code in codes_in(act[at])}
    kept = call("standing", chosen)
    found = [(code, [*act[:4], at]) for act in kept for at in (4, 5, 6) for code in codes_in(act[at])]
    assert len(found) == len(newest)
    assert dict(found) == newest
    assert all("".join(act[4:]) for act in kept)


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    """Terms of four services, as plain.js takes them; names of purposes and headings may be those of services."""
    needs = st.lists(st.tuples(st.sampled_from(["#a", "#b", "#c"]), st.just(0)), unique=True, max_size=3)
    services = {}
    for name in draw(st.lists(st.sampled_from(["one", "two", "three", "four"]), unique=True)):
        purposes = draw(needs)
        services[name] = [(name, draw(st.integers(0, 9))), *purposes] if purposes else []
    names = draw(st.dictionaries(st.sampled_from(["one", "a", "b", "heading"]), needs, max_size=4))
    return {"number": draw(st.integers(7, 9)), "names": names, "services": services}


NAMED = st.sampled_from(["one", "two", "three", "four", "#a", "#b", "#c"])


@st.composite
def said(draw: st.DrawFn) -> dict[str, Any]:
    lists = {kind: draw(st.lists(NAMED, max_size=6)) for kind in ("granted", "refused", "withdrawn")}
    return {"number": draw(st.integers(0, 9)), "minute": draw(MINUTES), **lists}


def may_run(name: str, record: list[dict[str, Any]], terms: dict[str, Any]) -> bool:
    """The rule in plain words: each need was last said yes to, lately, under a number new enough and known here."""
    tables = [table[name] for table in (terms["names"], terms["services"]) if name in table]
    counting = [act for act in record if NOW - TERM < act["minute"] <= NOW]

    def granted(need: tuple[str, int]) -> bool:
        about = [act for act in counting if need[0] in act["granted"] + act["refused"] + act["withdrawn"]]
        no = [code for act in about[-1:] for code in act["refused"] + act["withdrawn"]]
        return need[0] not in no and any(need[1] <= act["number"] <= terms["number"] for act in about[-1:])

    return bool(tables) and all(granted(need) for needs in tables for need in needs)


@TRIES
@given(terms=terms(), record=st.lists(said(), max_size=4))
def test_nothing_is_allowed_that_was_not_granted(
    call: Call, terms: dict[str, Any], record: list[dict[str, Any]]
) -> None:
    names = ["one", "two", "three", "four", "a", "b", "heading", "#a", "unknown"]
    assert call("allowed", names, record, NOW, terms) == [name for name in names if may_run(name, record, terms)]


COUNTER, CINEMA, STATISTICS, MEDIA = ASKED = [
    *map(service_code, ("counter", "cinema")),
    *map(purpose_code, ("statistics", "media")),
]
IN_ORDER = sorted([(code_number("counter"), 0), (code_number("cinema"), 1)])
PLAIN = {
    "number": 999_999,
    "names": {"statistics": [[STATISTICS, 0]], "optional": [[STATISTICS, 0], [MEDIA, 0]]},
    "kinds": [[0, STATISTICS], [0, MEDIA]],
    "services": [2 * (code - before) + kind for (before, _), (code, kind) in pairwise([(0, 0), *IN_ORDER])],
}
IDS_IN_ORDER = [("counter", "cinema")[kind] for _, kind in IN_ORDER]
NAMES = ["counter", "cinema", "statistics", "optional"]
RUBBISH = st.one_of(
    st.text(max_size=200),
    st.text(max_size=200).map("consent=".__add__),
    st.text("0123456789abcdefghijklmnopqrstuvwxyz.", max_size=200).map("consent=2.".__add__),
    st.from_regex(r"consent=[12](\.[0-9a-z]{0,8}){0,12}", fullmatch=True),
    st.from_regex(
        r"consent=2\.3\.hv05c\.(all|ALL|yes|)\.[0-9a-g]{7,9}\." + "".join(ASKED) + r"\.\.[a-z]{0,3}\.?", fullmatch=True
    ),
)


@tries(80, 200)
@given(line=RUBBISH)
def test_rubbish_never_grants(call: Call, line: str) -> None:
    wrote = re.fullmatch(
        r"consent=2(\.\d{1,6}\.[0-9a-z]{1,6}\.(all|none|some|one)\.[0-9a-f]{8}(\.([0-9a-z]{4})*){3})+", line
    )
    if wrote and wrote.string.isascii():
        assert call("writtenAgain", line) == line
    else:
        assert call("parseRecord", line) == []
        assert call("decided", PLAIN, line, NOW, NAMES) == {
            "allowed": [],
            "left": [service_code(name) for name in IDS_IN_ORDER],
        }


@TRIES
@given(chosen=st.lists(choices(), min_size=1, max_size=4), data=st.data())
def test_a_record_that_was_cut_anywhere_grants_nothing_more(
    call: Call, chosen: list[list[str]], data: st.DataObject
) -> None:
    codes = dict(zip(["aaaa", "bbbb", "cccc", "dddd"], ASKED, strict=True))
    fresh = [
        [
            act[0],
            base36(NOW),
            *act[2:4],
            *("".join(codes.get(code, code) for code in codes_in(text)) for text in act[4:]),
        ]
        for act in chosen
    ]
    line = call("formatRecord", call("standing", fresh))
    start, end = sorted([data.draw(st.integers(9, len(line))), data.draw(st.integers(9, len(line)))])
    whole = call("decided", PLAIN, line, NOW, NAMES)["allowed"]
    assert set(call("decided", PLAIN, line[:start], NOW, NAMES)["allowed"]) <= set(whole)
    assert set(call("decided", PLAIN, line[:start] + line[end:], NOW, NAMES)["allowed"]) <= set(whole)


def many(count: int) -> list[str]:
    """Ids of so many services, none with the code of another."""
    found: dict[str, str] = {}
    for word, number in product(["counter", "cinema", "friends"], range(count)):
        found.setdefault(service_code(f"{word}-{number}"), f"{word}-{number}")
    return list(found.values())[:count]


@pytest.mark.parametrize("method", ["all", "none", "some"])
def test_a_choice_about_five_hundred_services_fits_and_is_read_back(call: Call, method: str) -> None:
    ids, purposes = many(500), ["statistics", "media", "advertising", "login"]
    numbers = sorted(code_number(id) for id in ids)
    kinds = [[3, purpose_code(one)] for one in purposes]
    steps = [after - before for before, after in zip([0, *numbers], numbers, strict=False)]
    plain = {"number": 3, "names": {}, "kinds": kinds, "services": [step * 4 + at % 4 for at, step in enumerate(steps)]}
    wanted = {"all": ids, "none": [], "some": ids[::2]}[method]
    yes = [service_code(id) for id in wanted] + [purpose_code(one) for one in purposes if method != "none"]
    no = [code for code in map(service_code, ids) if code not in yes] + [
        purpose_code(one) for one in purposes if method == "none"
    ]
    act = ["3", base36(NOW), method, "77ab01ce", "".join(yes), "".join(no[::2]), "".join(no[1::2])]
    earlier = ["2", base36(NOW - 1), "all", "0123abcd", "".join(map(service_code, ids)), "", ""]
    line = call("formatRecord", call("withAct", [earlier], act))
    assert len(line) <= LONGEST
    assert call("parseRecord", line) == [act]
    assert call("decided", plain, line, NOW, ids) == {"allowed": wanted, "left": []}
