"""The lines of the guard grant exactly what the rule says, for random records and for rubbish.

Python reads the regular expressions of the lines themselves; a sample goes through the real Apache.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from policy.headers.htaccess import htaccess
from policy.headers.record import RECORD as RECORD_IN_COOKIE
from policy.headers.record import grants
from tests.headers.apache import apache
from tests.headers.website import ALL, NUMBER, SERVICES, act, header

FORM_OF_THE_MODULE = Path(__file__).parents[2] / "consent_js" / "record.js"

LINES = htaccess(SERVICES, NUMBER)
_EXPRESSION = re.compile(r"""^SetEnvIfExpr "reqenv\('(\w+)'\) =~ m#(.*?)#" """, re.MULTILINE)
_SET = re.compile(r'^SetEnvIf (\w+) "(.*?)" (.*)$', re.MULTILINE)
_SETTINGS = _SET.findall(_EXPRESSION.sub(r'SetEnvIf \1 "\2" ', LINES))
_VALUE = re.compile(r'"(\w+)=(.*?)"|(\w+)=(\S+)|!(\w+)')
_PATTERNS = {name: re.compile(name, re.ASCII) for _, name, _ in _SETTINGS}
_COMPOSED = re.search(r'^Header always merge Content-Security-Policy "(.*?)" ', LINES, re.MULTILINE)[1]


def by_the_lines(cookie: str) -> str:
    """The header that the lines compose."""
    known = {"Cookie": cookie, "Request_Method": "GET"}
    for source, pattern, values in _SETTINGS:
        found = _PATTERNS[pattern].search(known.get(source, ""))
        if found:
            for quoted, text, name, reference, gone in _VALUE.findall(values):
                known[quoted or name] = text or (found[1] if reference == "$1" else reference)
                known.pop(gone, None)
    return re.sub(r"%\{(\w+)\}e", lambda match: known[match[1]], _COMPOSED)


def by_the_rule(cookie: str) -> str:
    """The header by the rule, from a record that is read field by field."""
    values = [pair.removeprefix("consent=") for pair in cookie.split("; ") if pair.startswith("consent=")]
    acts = _acts(values[0]) if len(values) == 1 else []
    said_no = {code for one in acts for code in (*one[2], *one[3])}

    def yes(code: str, since: int) -> bool:
        return code not in said_no and any(code in one[1] and since <= one[0] <= NUMBER for one in acts)

    return header(
        *(
            service.id
            for service in SERVICES
            if service.purposes and yes(service.code, service.since) and all(yes(code, 0) for code in service.purposes)
        )
    )


def _acts(record: str) -> list[tuple[int, list[str], list[str], list[str]]]:
    form, *fields = record.split(".")
    if form != "2" or not fields or len(fields) % 7:
        return []
    acts = []
    for place in range(0, len(fields), 7):
        number, minute, method, text, *lists = fields[place : place + 7]
        sound = (
            _is(number, "0123456789", range(1, 7))
            and _is(minute, _BASE_36, range(1, 7))
            and _is(text, "0123456789abcdef", (8,))
            and all(set(codes) <= set(_BASE_36) and len(codes) % 4 == 0 for codes in lists)
            and method in ("all", "none", "some", "one")
        )
        if not sound:
            return []
        granted, refused, withdrawn = ([codes[at : at + 4] for at in range(0, len(codes), 4)] for codes in lists)
        acts.append((int(number), granted, refused, withdrawn))
    return acts


_BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def _is(text: str, letters: str, lengths: Iterable[int]) -> bool:
    return len(text) in lengths and set(text) <= set(letters)


CODES = st.sampled_from(["00p1", "00p2", "00s2", "00s3", "00s4", "0s20", "s200", "zzzz", "p100"])
LIST = st.lists(CODES, max_size=3).map("".join)
NUMBERS = st.sampled_from(
    ["0", "1", "8", "9", "09", "10", "11", "12", "12", "12", "000012", "13", "99", "120", "900000"]
)
ACT = st.builds(
    lambda number, method, lists: act(*lists, number=number, method=method),
    NUMBERS,
    st.sampled_from(["all", "none", "some", "one", "most"]),
    st.one_of(st.tuples(LIST, LIST, LIST), st.tuples(LIST, st.just(""), st.just("")), st.tuples(LIST, LIST)),
)
SOUND = st.builds(
    lambda codes, cut, other, numbers: (
        act("".join(codes[:cut]), number=numbers[0])
        + act("".join(codes[cut:other]), "".join(codes[max(cut, other) :]), number=numbers[1])
    ),
    st.permutations(["00p1", "00p2", "00s2", "00s3", "00s4", "zzzz"]),
    st.integers(0, 6),
    st.integers(0, 6),
    st.tuples(NUMBERS, st.just("12")),
)
RECORD = st.one_of(SOUND, st.lists(ACT, min_size=1, max_size=4).map("".join)).map(lambda acts: "2" + acts)


@st.composite
def cookies(draw: st.DrawFn) -> str:
    """A header with the record, now and then with a letter too many, too few or changed."""
    record = draw(RECORD)
    if draw(st.integers(0, 3)) == 0:
        place = draw(st.integers(0, len(record)))
        record = (
            record[:place]
            + draw(st.sampled_from(["", ".", "0", "s", "9", "A"]))
            + record[place + draw(st.integers(0, 5)) :]
        )
    before = draw(st.sampled_from(["", "", "a=1; ", "a=1;", "x", "consent=; ", "consent=2; "]))
    after = draw(st.sampled_from(["", "", "; b=2", " ;", "; consent=x", "; myconsent=2"]))
    return f"{before}consent={record}{after}"


@settings(max_examples=1000, deadline=None)
@given(cookies())
def test_the_lines_say_what_the_rule_says(cookie: str):
    assert by_the_lines(cookie) == by_the_rule(cookie)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="latin-1")), st.text("consent=2. ;0ps1all", max_size=60))
def test_rubbish_grants_nothing(one: str, other: str):
    for cookie in (one, "consent=" + one, other, "consent=2." + other, ALL[:-1] + other + one):
        assert by_the_lines(cookie) == by_the_rule(cookie)


def test_the_random_records_grant_and_refuse_each_service():
    seen: set[str] = set()

    @settings(max_examples=1000, deadline=None, database=None, derandomize=True)
    @given(cookies())
    def look(cookie: str) -> None:
        seen.add(by_the_rule(cookie))

    look()
    assert header() in seen
    for host in ("js.counter.test", "player.cinema.test", "js.ratings.test"):
        assert any(host in one for one in seen) and any(host not in one for one in seen)


def test_apache_reads_the_lines_as_python_does():
    with apache({"index.html": "<!doctype html>", ".htaccess": LINES}) as server:

        @settings(max_examples=150, deadline=None)
        @given(cookies())
        def ask(cookie: str) -> None:
            sent = cookie.strip()
            assert server.csp(sent) == by_the_lines(sent)

        ask()


@settings(max_examples=300, deadline=None)
@given(cookies())
def test_the_form_is_that_of_the_module(cookie: str):
    form = re.search(r"^const FORM = /(.*)/$", FORM_OF_THE_MODULE.read_text("utf-8"), re.MULTILINE)[1]
    alone = cookie.split("; ")[0]
    found = re.search(RECORD_IN_COOKIE, alone, re.ASCII)
    assert bool(found) == bool(re.search(form, alone, re.ASCII))
    assert found is None or f"consent={found[1]}" == alone


@given(st.integers(0, 999_999), st.integers(0, 999_999), st.integers(0, 999_999), st.integers(0, 5))
def test_numbers_are_compared_as_numbers(number: int, one: int, other: int, zeros: int):
    since, now = sorted((one, other))
    written = ("0" * zeros + str(number))[-6:]
    found = re.search(grants("00s2", since, ["00p1"], now), f"2{act('00s200p1', number=written)}")
    assert bool(found) == (since <= int(written) <= now)
