"""The record comes back as the server's own cookie: as it was, when it was young, and never in place of a newer one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page, Response

from policy.headers.csp import LONGEST, Guarded
from policy.headers.htaccess import LONGEST_LINE, htaccess
from policy.headers.reissue import CAP, TERM, is_reissued, variables
from tests.consent.records import base36
from tests.consent.visitor import DIALOG, NOTICE, WORDS
from tests.headers.apache import Apache, apache
from tests.headers.secure import PATIENCE, WWW, Held, Secure, newcomer, secure_website
from tests.headers.test_record import _acts, cookies
from tests.headers.website import ALL, COUNTED, MINUTE, NONE, NUMBER, SERVICES, act

MODULE = Path(__file__).parents[2] / "consent_js"
TODAY = datetime.now(UTC).date()
MONTH = timedelta(minutes=36**3)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LINE = re.compile(r"=~ /(\^\w\w\[\S+\])/ && %\{TIME\} > '(\d+)' && %\{TIME\} < '(\d+)'\" \"GUARD_UNTIL=(.*)\"$")


def minute(moment: datetime) -> str:
    return base36(int(moment.timestamp()) // 60)


def ago(**time: float) -> str:
    """The minute so long ago, as a record writes it."""
    return minute(datetime.now(UTC) - timedelta(**time))


def untils(lines: list[str], chosen: datetime, now: datetime) -> list[datetime]:
    """What the lines say of the end of a record of one moment, at another moment."""
    found = [_LINE.search(line) for line in lines]
    return [
        datetime.strptime(one[4], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
        for one in found
        if one and re.match(one[1], minute(chosen)) and one[2] < f"{now:%Y%m%d%H%M%S}" < one[3]
    ]


def expected(value: str, today: date = TODAY) -> str:
    """The cookie of the answer, by the rule: 32.4 days are four spans; each record lapses with its span."""
    (last,) = re.findall(r"\.([0-9a-z]{5})(?:\.[^.]*){5}$", value)
    chosen = EPOCH + timedelta(minutes=int(last, 36))
    ends = chosen - (chosen - EPOCH) % (MONTH / 4) + timedelta(days=182)
    return f"consent={value}; Expires={ends:%a, %d %b %Y %H:%M:%S} GMT; Path=/; SameSite=Lax; Secure"


def record(*acts: str) -> str:
    return "2" + "".join(acts)


def aged(minute: str, granted: str = "00s200p1") -> str:
    return act(granted).replace(MINUTE, minute)


MOST = (1024 - len(record(act()))) // 4
"""The codes that fit in a record that is sent back."""
DAYS = st.dates(date(2026, 1, 1), date(2060, 1, 1))


def test_the_term_and_the_attributes_are_those_of_the_module():
    (term,) = re.findall(r"^export const TERM = (\d+) \* 24 \* 60$", (MODULE / "decision.js").read_text("utf-8"), re.M)
    assert timedelta(days=int(term)) == TERM
    kept = (MODULE / "keep.js").read_text("utf-8")
    assert re.findall(r"'(; \w[^']*)'", kept) == [
        *("; domain=", "; path=/; samesite=lax", "; secure", "; max-age="),
    ]


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(0, 195 * 24 * 60), st.integers(0, 7 * 24 * 60), st.integers(-14, 14))
def test_a_young_record_ends_half_a_year_after_the_choice_or_up_to_eight_days_before(
    day: date, later: int, age: int, zone: int
):
    """In whatever zone the server lives, and for half a year after the build."""
    chosen = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=later)
    now = chosen + timedelta(minutes=age, hours=zone)
    (until,) = untils(list(variables(day)), chosen, now)
    assert timedelta(0) <= chosen + TERM - until < MONTH / 4


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(-400, 400), st.integers(-40, 400))
def test_an_old_record_is_left_alone_and_so_is_one_from_the_future(day: date, made: int, age: int):
    chosen = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=made)
    found = untils(list(variables(day)), chosen, chosen + timedelta(days=age))
    if age > (CAP + MONTH / 4).days + 3 or age < -(MONTH / 4).days - 3:
        assert found == []
    assert all(chosen + timedelta(days=age) < until for until in found), "an end in the past would remove the cookie"


def test_the_lines_change_once_a_month_and_are_short():
    year = ["\n".join(variables(TODAY + timedelta(days=day))) for day in range(365)]
    assert len(set(year)) == 1 + sum(one != other for one, other in pairwise(year)) <= 13
    lines = htaccess(SERVICES, NUMBER, TODAY).splitlines()
    assert max(map(len, lines)) < LONGEST_LINE and all(line.isascii() for line in lines)


@pytest.mark.parametrize(
    ("origin", "shared", "is_so"),
    [
        ("https://www.leiz.nl", None, True),
        ("http://www.leiz.nl", None, False),
        ("https://www.leiz.nl", "leiz.nl", False),
    ],
)
def test_where_the_record_is_sent_back(origin: str, shared: str | None, is_so: bool):
    assert is_reissued(origin, shared) is is_so


def test_a_website_that_shares_its_choice_and_one_with_too_long_a_csp_send_nothing_back():
    assert "Set-Cookie" not in htaccess(SERVICES, NUMBER)
    many = [
        Guarded(id=f"s{at}", code=f"{at:04}", purposes=("00p1",), hosts={"script": (f"js{at}.{'x' * 40}.test",)})
        for at in range(130)
    ]
    assert "Set-Cookie" not in htaccess(many, NUMBER, TODAY)
    assert "Set-Cookie" in htaccess(many[:100], NUMBER, TODAY)
    assert LONGEST == 8000


PAGE = "<!doctype html><title>Page</title>"
OTHERS = "Set-Cookie: session=1; Path=/; HttpOnly\nSet-Cookie: consents=2; Path=/\n"
FILES = {
    "index.html": PAGE,
    "front.html": PAGE,
    "own.html.asis": f"Content-Type: text/html\n{OTHERS}\n{PAGE}",
    "public.html.asis": f"Content-Type: text/html\nCache-Control: public, max-age=60\n\n{PAGE}",
    "shared.html.asis": f"Content-Type: text/html\nCache-Control: s-maxage=60\n\n{PAGE}",
    "gone.html.asis": f"Status: 404 Gone\nContent-Type: text/html\n\n{PAGE}",
    "moved.html.asis": f"Status: 301 Moved\nContent-Type: text/html\nLocation: https://{WWW}/\n\n{PAGE}",
    "wrong.html.asis": f"Status: 500 Wrong\nContent-Type: text/html\n\n{PAGE}",
    "script.js": "1",
    "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "hard/.htaccess": 'Header edit Set-Cookie ^(.*)$ "$1; HttpOnly"\n',
    "hard/index.html": PAGE,
}
WORDPRESS = """\
RewriteEngine On
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /front.html [L]
"""
HARD = 'Header edit Set-Cookie ^(.*)$ "$1; HttpOnly"\nHeader always edit Set-Cookie ^(.*)$ "$1; HttpOnly"\n'


@pytest.fixture(scope="module")
def server() -> Iterator[Apache]:
    with apache({**FILES, ".htaccess": WORDPRESS + htaccess(SERVICES, NUMBER, TODAY)}) as running:
        yield running


def sent_back(server: Apache, cookie: str | None, path: str = "/", **headers: str) -> list[str]:
    """The cookies of an answer to a browser that opens a page."""
    told = {"Sec_Fetch_Dest": "document", **({"Cookie": cookie} if cookie else {}), **headers}
    return server.header("Set-Cookie", path, **told)


KEPT = {
    "all": ALL,
    "nothing": NONE,
    "some": COUNTED,
    "among other cookies": f"a=1; {COUNTED}; b=2",
    "withdrawn": f"consent=2{act('', '', '00s200p1')}",
    "in two acts, of which the last counts": f"consent={record(aged(ago(days=170)), aged(ago(minutes=1)))}",
    "a week old": f"consent={record(aged(ago(days=7)))}",
    "under another number": f"consent=2{act('00s2', number='1')}",
    "white space behind it, which is no part of a header": ALL + " \t",
    "as long as may be": f"consent={record(act('zzzz' * MOST))}",
}


@pytest.mark.parametrize("cookie", KEPT.values(), ids=KEPT)
def test_a_young_record_comes_back_as_it_was(server: Apache, cookie: str):
    (value,) = re.findall(r"(?:^|; )consent=([^;]*)", cookie)
    assert sent_back(server, cookie) == [expected(value.strip())]


FORGED = {
    "no cookie": None,
    "no value": "consent=",
    "another cookie": "a=1",
    "a name that ends alike": "my" + ALL,
    "a name that begins alike": ALL.replace("consent=", "consents="),
    "a name of capitals": ALL.replace("consent", "Consent"),
    "inside another value": f"a={ALL}",
    "inside a quoted value": f'a="x; {ALL}"',
    "two records": f"{ALL}; {NONE}",
    "two equal records": f"{ALL}; {ALL}",
    "a record and rubbish": f"consent=x; {ALL}",
    "behind a comma": f"a=1, {ALL}",
    "behind no space": f"a=1;{ALL}",
    "in quotes": ALL.replace("=", '="') + '"',
    "with attributes": ALL + ";Domain=evil.test",
    "with attributes and a space": ALL + " ;Domain=evil.test;Max-Age=999999999",
    "a semicolon inside": ALL.replace("00s2", "00;2"),
    "percent signs": ALL.replace(".", "%2E"),
    "an escaped line break": ALL + "%0d%0aSet-Cookie: evil=1",
    "the letters of a line break": ALL + "\\r\\nSet-Cookie: evil=1",
    "a quote": ALL + '"',
    "a backslash": ALL + "\\",
    "a variable": ALL + "%{GUARD_RECORD}e",
    "an expression": ALL + "%{reqenv:PATH}",
    "a reference": ALL + "$1",
    "a letter of Latin-1": ALL + "\xe9",
    "bytes of UTF-8": ALL + "\xc3\xa9",
    "full-width digits": ALL.replace("2.12", "2.\xef\xbc\x91\xef\xbc\x92"),
    "capitals": ALL.replace("00s2", "00S2"),
    "an underscore": ALL.replace("00s2", "00_2"),
    "cut": ALL[:-1],
    "another form": ALL.replace("=2.", "=3."),
    "a minute of six digits": ALL.replace(MINUTE, "0" + MINUTE),
    "a minute of four digits": ALL.replace(MINUTE, MINUTE[1:]),
    "from next month": f"consent={record(aged(ago(days=-30)))}",
    "from last month": f"consent={record(aged(ago(days=30)))}",
    "young, and an old act after it": f"consent={record(aged(ago(minutes=1)), aged(ago(days=170)))}",
    "longer than may be": f"consent={record(act('zzzz' * (MOST + 1)))}",
    "as long as a browser keeps": f"consent=2{act('zzzz' * 970)}",
    "as long as Apache reads": f"consent=2{act('zzzz' * 2030)}"[:8150],
    "our variables as cookies": f"GUARD_UNTIL=x; GUARD_MINUTE={MINUTE}; GUARD_RECORD={ALL[8:]}",
}


@pytest.mark.parametrize("cookie", FORGED.values(), ids=FORGED)
def test_on_doubt_nothing_comes_back(server: Apache, cookie: str | None):
    assert sent_back(server, cookie) == []


@pytest.mark.parametrize("given", [{}, {"Cookie": COUNTED}], ids=["without a record", "beside a record"])
def test_nothing_of_an_address_or_of_another_header_comes_back(server: Apache, given: dict[str, str]):
    value = ALL.removeprefix("consent=")
    path = f"/?{ALL}&consent={value}&GUARD_RECORD={value}&GUARD_UNTIL=x;{ALL}"
    forged = dict.fromkeys(("Set_Cookie", "X_Cookie", "Cookie2", "X_Original_URL", "Referer", "User_Agent"), ALL)
    wanted = [expected(COUNTED.removeprefix("consent="))] if given else []
    assert sent_back(server, None, path, **given, **forged) == wanted
    until = "Fri, 01 Jan 2100 00:00:00 GMT"
    variables = {"GUARD_RECORD": value, "GUARD_MINUTE": MINUTE, "GUARD_UNTIL": until}
    lines = "".join(f"{name}: {text}\r\n" for name, text in (variables | given).items())
    assert cookies_of(server.raw(lines.encode())) == wanted


def cookies_of(answer: bytes) -> list[str]:
    """The cookies that an answer sets."""
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return [line.partition(": ")[2] for line in head if line.lower().startswith("set-cookie:")]


RAW = {
    "a line break": b"\r\nSet-Cookie: evil=1",
    "a line break and a body": b"\r\n\r\n<script>evil()</script>",
    "a line feed": b"\nSet-Cookie: evil=1",
    "a carriage return": b"\rSet-Cookie: evil=1",
    "nothing": b"\0",
    "nothing, and attributes": b"\0; Domain=evil.test",
    "a folded line": b"\r\n ; Domain=evil.test",
    "a line of its own": b"\r\nCookie: a=1; Domain=evil.test",
    "a second record on a line of its own": b"\r\nCookie: " + NONE.encode(),
    "bytes that are no text": bytes(range(128, 256)),
}


@pytest.mark.parametrize("behind", RAW.values(), ids=RAW)
def test_bytes_behind_a_record_never_reach_the_answer(server: Apache, behind: bytes):
    """A line break ends the cookie, so that the record before it is whole; all else makes it none."""
    answer = server.raw(b"Cookie: " + ALL.encode() + behind + b"\r\n")
    assert b"evil" not in answer.partition(b"\r\n\r\n")[0]
    assert cookies_of(answer) in ([], [expected(ALL.removeprefix("consent="))])


@st.composite
def requests(draw: st.DrawFn) -> str:
    """A `Cookie` header whose record was kept at one moment or another."""
    moments = [MINUTE, ago(days=3), ago(days=20), ago(days=-20), "0" + MINUTE, MINUTE[1:], "zzzzz"]
    return draw(cookies()).strip().replace(MINUTE, draw(st.sampled_from(moments)), draw(st.integers(0, 4)))


def by_the_rule(cookie: str) -> list[str]:
    """What comes back, from a record that is read field by field."""
    values = [pair.removeprefix("consent=") for pair in cookie.split("; ") if pair.startswith("consent=")]
    if len(values) != 1 or not _acts(values[0]) or len(values[0]) > 1024:
        return []
    last = values[0].split(".")[-6]
    young = ago(days=14) < last < ago(days=-7) and len(last) == 5
    return [expected(values[0])] if young else []


def test_apache_sends_back_what_the_rule_says(server: Apache):
    seen = []

    @settings(max_examples=200, deadline=None)
    @given(requests())
    def ask(cookie: str) -> None:
        seen.append(by_the_rule(cookie))
        assert sent_back(server, cookie) == seen[-1]

    ask()
    assert [] in seen and any(seen)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=80))
def test_rubbish_never_comes_back(server: Apache, rubbish: str):
    for cookie in ("consent=" + rubbish, ALL + rubbish, "consent=2." + rubbish):
        cookie = cookie.strip()
        assert sent_back(server, cookie) == by_the_rule(cookie)


@pytest.mark.parametrize("path", ["/", "/index.html", "/pretty/address/?q=1", "/own.html.asis", "/hard/"])
def test_every_page_sends_it_back_once_and_leaves_other_cookies_as_they_are(server: Apache, path: str):
    others = [line.removeprefix("Set-Cookie: ") for line in OTHERS.splitlines()] if "own" in path else []
    assert sent_back(server, ALL, path) == [*others, expected(ALL.removeprefix("consent="))]
    assert sent_back(server, None, path) == others
    assert ", ".join(server.header("Cache-Control", path, Sec_Fetch_Dest="document", Cookie=ALL)) == "private, no-cache"
    assert server.header("Vary", path, Sec_Fetch_Dest="document", Cookie=ALL) == ["Cookie"]


@pytest.mark.parametrize(
    "path",
    [
        *("/script.js", "/drawing.svg", "/public.html.asis", "/shared.html.asis"),
        *("/gone.html.asis", "/moved.html.asis", "/wrong.html.asis"),
    ],
)
def test_nothing_but_a_page_that_is_there_and_is_not_for_everybody(server: Apache, path: str):
    assert sent_back(server, ALL, path) == []


def test_an_answer_that_nothing_was_modified_sends_nothing(server: Apache):
    told = {"Accept": "*/*", "Cookie": ALL, "Sec_Fetch_Dest": "document"}
    (tag,) = server.header("ETag", "/", **told)
    status, headers = server.get("/", **told, If_None_Match=tag)
    assert (status, [name for name, _ in headers if name == "Set-Cookie"]) == (304, [])


@pytest.mark.parametrize(
    "told",
    [
        *({"Sec_Fetch_Dest": kind} for kind in ("", "iframe", "frame", "empty", "script", "worker", "documents")),
        *({"Sec_Fetch_Dest": "document", "Sec_Purpose": purpose} for purpose in ("prefetch", "prefetch;prerender")),
        {},
    ],
    ids=str,
)
def test_only_a_visitor_who_opens_a_page_gets_it(server: Apache, told: dict[str, str]):
    assert server.header("Set-Cookie", "/", Cookie=ALL, **told) == []


def test_lines_of_others_before_ours_and_ours_twice_change_nothing():
    guard = htaccess(SERVICES, NUMBER, TODAY)
    wanted = expected(ALL.removeprefix("consent="))
    with apache({"index.html": PAGE, ".htaccess": HARD + guard + guard}) as server:
        assert set(sent_back(server, ALL)) == {wanted}


@pytest.mark.parametrize("module", ["setenvif", "headers"])
def test_without_a_module_the_page_goes_and_nothing_is_sent_back(module: str):
    with apache({"index.html": PAGE, ".htaccess": htaccess(SERVICES, NUMBER, TODAY)}, without=(module,)) as server:
        assert (server.get()[0], sent_back(server, ALL)) == (200, [])


COUNTS = "stats.example-third.test"
HEAD = (
    '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Pagina</title><link rel="icon" href="data:,">'
    '<script src="/toestemming/consent.js" defer></script>'
)
FOOT = '<p><a href="/langzaam.html">Verder</a> <a href="/cookies/" data-consent-settings>Cookie-instellingen</a>'
MARKED = f'<script type="text/plain" data-service="counter" src="https://{COUNTS}/counter.js"></script>'
SITE = {
    "index.html": HEAD + MARKED + FOOT,
    "langzaam.html": HEAD + MARKED + FOOT,
    "leeg.html": HEAD + FOOT,
    "kaal.html": PAGE,
}
SLOW = "/langzaam.html"
REFUSES = "window.consent?.allows('counter') === false"
CHOOSES = f"""async (answer) => {{
  const until = async (found) => {{ while (!found()) await new Promise(requestAnimationFrame) }}
  const button = () => [...document.querySelectorAll('{DIALOG} button')].find((one) => one.textContent === answer)
  document.querySelector('[data-consent-settings]').click()
  await until(button)
  button().click()
  await until(() => !button())
}}"""
"""Asks for the settings, and gives the answer for all."""
SIGNAL = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"


@pytest.fixture(scope="module")
def website() -> Iterator[tuple[Secure, Browser]]:
    with secure_website(SITE) as running:
        yield running


@dataclass
class Visit:
    """A visitor of the website over TLS, and what the website is asked."""

    front: Secure
    context: BrowserContext

    def opens(self, path: str = "/") -> Page:
        page = self.context.new_page()
        page.goto(f"https://{WWW}{path}")
        return page

    def chooses(self, page: Page, answer: str) -> str:
        """For all, in the settings; the record that is kept then."""
        page.locator("[data-consent-settings]").click()
        page.locator(DIALOG).get_by_role("button", name=answer, exact=True).click()
        page.locator(DIALOG).wait_for(state="detached")
        return self.kept

    def withdraws(self, page: Page) -> str:
        """Refuse all, and wait until the page has loaded anew under its guard; the record that is kept then."""
        page.evaluate("window.before = true")
        withdrawn = self.chooses(page, WORDS.refuse_all)
        page.wait_for_function("!window.before && document.readyState === 'complete'")
        return withdrawn

    def begins(self, page: Page) -> Held:
        """Go to the slow page, whose answer comes when it is let go."""
        held = self.front.held[SLOW] = Held()
        page.evaluate("path => { setTimeout(() => location.assign(path)) }", f"https://{WWW}{SLOW}")
        assert held.came.wait(PATIENCE)
        return held

    def lands(self, page: Page, held: Held) -> str:
        """Let it go, and wait for the page; the record that came with it."""
        came: list[Response] = []
        page.on("response", lambda response: came.append(response))
        held.go.set()
        page.wait_for_url(f"**{SLOW}")
        page.wait_for_function("window.consent && document.readyState === 'complete'")
        (old,) = [one for one in came[0].headers_array() if one["name"].lower() == "set-cookie"]
        return old["value"].partition("=")[2].partition(";")[0]

    @property
    def kept(self) -> str:
        """The one record on the device."""
        (record,) = [one for one in self.context.cookies() if one["name"] == "consent"]
        return record["value"]


@pytest.fixture
def visit(website: tuple[Secure, Browser]) -> Iterator[Visit]:
    front, browser = website
    front.held.clear()
    context = newcomer(browser)
    yield Visit(front, context)
    context.close()


def test_the_cookie_becomes_the_servers_own_with_nothing_changed_but_its_end(visit: Visit):
    visit.chooses(visit.opens("/leeg.html"), WORDS.allow_all)
    (before,) = visit.context.cookies()
    visit.opens("/leeg.html")
    (after,) = visit.context.cookies()
    ends = re.search("Expires=(.*) GMT", expected(before["value"]))[1]
    seconds = datetime.strptime(ends, "%a, %d %b %Y %H:%M:%S").replace(tzinfo=UTC).timestamp()
    assert abs(after["expires"] - seconds) < 3
    assert before == after | {"expires": before["expires"]}


@pytest.mark.parametrize("end", ["the other tab stays", "the other tab is closed", "the browser says no"])
def test_a_withdrawal_while_a_page_is_on_its_way_stands(visit: Visit, end: str):
    """The answer to the page brings the record from before it."""
    if end == "the browser says no":
        visit.context.add_init_script(SIGNAL)
    page = visit.opens()
    granted = visit.chooses(page, WORDS.allow_all)
    page.wait_for_function("window.counted")
    other = visit.context.new_page()  # an open page of the website would hear of it, and load itself anew
    held = visit.begins(other)
    withdrawn = visit.withdraws(page)
    if end == "the other tab is closed":
        page.close()
    visit.front.asked.clear()
    assert visit.lands(other, held) == granted != withdrawn
    other.wait_for_function(f"record => {REFUSES} && document.cookie.includes(record)", arg=withdrawn)
    other.wait_for_load_state("networkidle")  # it may still load anew
    assert (visit.kept, COUNTS in visit.front.asked) == (withdrawn, False)


def test_a_withdrawal_that_nobody_could_yet_take_in_stands(visit: Visit):
    """The tab closes before the part has come that follows a choice."""
    visit.context.route("**/toestemming/after.*", lambda route: route.abort())
    page = visit.opens("/leeg.html")
    granted = visit.chooses(page, WORDS.allow_all)
    other = visit.context.new_page()
    held = visit.begins(other)
    visit.chooses(page, WORDS.refuse_all)
    page.close()
    visit.front.asked.clear()
    assert visit.lands(other, held) == granted
    other.wait_for_function(REFUSES)
    assert COUNTS not in visit.front.asked


def test_a_yes_on_a_page_that_is_already_left_stands(visit: Visit):
    """What speaks to a browser for a test does not reach such a page: another one gives the sign."""
    page = visit.opens("/leeg.html")
    refused = visit.chooses(page, WORDS.refuse_all)
    page.evaluate(
        f"answer => addEventListener('storage', ({{ key }}) => key === 'sign' && ({CHOOSES})(answer))", WORDS.allow_all
    )
    other = visit.opens("/kaal.html")
    held = visit.begins(page)
    other.evaluate("localStorage.setItem('sign', '1')")
    other.wait_for_function("document.cookie.includes('.all.')")
    granted = visit.kept
    assert visit.lands(page, held) == refused != granted
    assert (page.evaluate("consent.allows('counter')"), visit.kept) == (True, granted)


def test_a_page_that_comes_back_from_the_cache_brings_no_record_back(visit: Visit):
    page = visit.opens("/leeg.html")
    visit.chooses(page, WORDS.allow_all)
    for path in ("/", "/leeg.html"):
        page.goto(f"https://{WWW}{path}")
    withdrawn = visit.withdraws(page)
    page.go_back(wait_until="networkidle")
    page.wait_for_function(REFUSES)
    assert visit.kept == withdrawn


def test_who_removes_the_cookie_is_asked_again(visit: Visit):
    page = visit.opens("/leeg.html")
    visit.chooses(page, WORDS.allow_all)
    visit.opens("/leeg.html")
    visit.context.clear_cookies()
    page.goto(f"https://{WWW}/")
    page.locator(NOTICE).wait_for()
    assert visit.context.cookies() == []
