"""Whatever is wrong: the page works, and nothing is granted that the visitor did not grant."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route

from policy.consent.code import purpose_code, service_code
from tests import demo
from tests.consent.records import act, every_code, fields, minutes, record
from tests.consent.visitor import DIALOG, NOTICE, PURPOSES, WORDS, WWW, Visitor

NOBODYS = "zzzz"
RECORDS = {
    "cut in half": lambda: record(act())[:30],
    "cut in the last code": lambda: record(act())[:-4],
    "without its last list": lambda: record(act())[:-1],
    "of another tool": lambda: "%7B%22statistics%22%3Atrue%7D",
    "true": lambda: "true",
    "from the future": lambda: record(act(minute=minutes(10))),
    "too old": lambda: record(act(minute=minutes(-183 * 24 * 60))),
    "four thousand characters": lambda: record(act(granted=every_code() + NOBODYS * 950)) + "x",
    "a prototype": lambda: record(act(granted="__proto__...")),
    "the form before": lambda: "1.3.0a1b2c3d.0a1b2c3d.hx3fk.all.statistics.media.advertising",
    "another form": lambda: "9" + record(act())[1:],
    "empty": lambda: "",
    "codes nobody asks for": lambda: record(act(granted=NOBODYS)),
    "an older number": lambda: record(act(number=2)),
    "purposes without their services": lambda: record(act(granted=purpose_code("statistics") + purpose_code("media"))),
}
THROWING = """
Object.defineProperty(Document.prototype, 'cookie', {{
  get() {{ throw new DOMException('blocked', 'SecurityError') }},
  set() {{ throw new DOMException('blocked', 'SecurityError') }},
}})
for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, {{ get() {{ throw new DOMException('blocked', 'SecurityError') }} }})
"""


def _with_record(visitor: Visitor, value: str) -> None:
    """Put a record on the device."""
    visitor.context.add_cookies([{"name": "consent", "value": value, "url": visitor.hosts.url(WWW)}])


def test_a_good_record_grants(visitor: Visitor) -> None:
    _with_record(visitor, record(act()))
    visitor.opens("/")
    assert (visitor.granted, visitor.notice.count()) == (set(PURPOSES), 0)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_bad_record_lets_nothing_run(visitor: Visitor, kind: str) -> None:
    _with_record(visitor, RECORDS[kind]())
    visitor.opens("/").notice.wait_for()
    assert (visitor.services_allowed, visitor.other_hosts(), visitor.faults) == (set(), set(), [])


def test_of_two_records_the_newest_act_about_each_thing_counts(visitor: Visitor) -> None:
    _with_record(visitor, record(act("none", "", every_code(), minute=minutes(-10))))
    newer = record(act("one", service_code("cinema") + purpose_code("media")))
    visitor.context.add_cookies([{"name": "consent", "value": newer, "url": visitor.hosts.url(WWW, "/deep/")}])
    visitor.opens("/deep/lang.html")
    assert (visitor.granted, visitor.services_allowed) == ({"media"}, {"cinema"})


@pytest.mark.parametrize("kind", ["from the future", "an older number", "too old", "of another tool", "cut in half"])
def test_a_wrong_record_on_the_parent_domain_does_not_hide_the_right_one(visitor: Visitor, kind: str) -> None:
    _with_record(visitor, record(act(minute=minutes(-10 if kind != "an older number" else 0))))
    wrong = RECORDS[kind]() if kind != "an older number" else record(act(number=2, minute=minutes(-10)))
    visitor.context.add_cookies([{"name": "consent", "value": wrong, "domain": ".voorbeeld.test", "path": "/"}])
    visitor.opens("/lang.html")
    assert (visitor.granted, visitor.notice.count()) == (set(PURPOSES), 0)


def test_an_element_cannot_stand_in_for_what_the_module_reads(visitor: Visitor) -> None:
    visitor.opens("/bedrog.html").presses(WORDS.choose)
    visitor.dialog.wait_for()
    assert {urlsplit(url).hostname for url in visitor.asked if "/details." in url} == {WWW}


def test_a_second_layer_that_comes_after_the_answer_stays_away(visitor: Visitor) -> None:
    held: list[Route] = []
    visitor.page.route("**/toestemming/details.*", lambda route: held.append(route))
    with visitor.opens("/lang.html").page.expect_request("**/toestemming/details.*"):
        visitor.presses(WORDS.choose)
    visitor.refuses()
    held[0].continue_()
    visitor.page.evaluate("url => import(url)", held[0].request.url)
    assert (visitor.dialog.count(), visitor.page.url) == (0, visitor.hosts.url(WWW, "/lang.html"))


def test_a_purpose_nobody_knows_opens_the_second_layer_all_the_same(visitor: Visitor) -> None:
    visitor.opens("/lang.html").page.evaluate("consent.open('\"]')")
    visitor.dialog.wait_for()


def test_where_nothing_can_be_kept_the_choice_holds_for_the_page(visitor: Visitor) -> None:
    visitor.context.add_init_script(THROWING.format())
    visitor.opens("/").refuses()
    visitor.status.get_by_text(WORDS.saved).wait_for()
    assert (visitor.notice.count(), visitor.granted, visitor.other_hosts(), visitor.faults) == (0, set(), set(), [])
    visitor.reloads().notice.wait_for()


def test_where_nothing_can_be_kept_a_yes_holds_for_the_page(visitor: Visitor) -> None:
    visitor.context.add_init_script(THROWING.format())
    visitor.opens("/lang.html").allows_all()
    assert (visitor.notice.count(), visitor.granted, visitor.faults) == (0, set(PURPOSES), [])
    visitor.reloads().notice.wait_for()
    assert visitor.granted == set()


def test_cookies_that_are_silently_dropped(visitor: Visitor) -> None:
    visitor.context.add_init_script("Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} })")
    visitor.opens("/lang.html").allows_all()
    assert (visitor.notice.count(), visitor.granted, visitor.faults) == (0, set(PURPOSES), [])
    visitor.opens_settings()
    visitor.presses(WORDS.refuse_all, DIALOG)
    assert visitor.granted == set()


def test_the_script_twice_and_an_element_called_consent(visitor: Visitor) -> None:
    visitor.opens("/twee.html").notice.wait_for()
    visitor.page.locator(".leiz-choice-settings").wait_for()
    assert (visitor.notice.count(), visitor.page.locator(".leiz-choice-settings").count(), visitor.faults) == (1, 1, [])
    assert visitor.granted == set()


@pytest.mark.parametrize("writable", ["true", "false"])
def test_another_script_that_took_the_name(visitor: Visitor, writable: str) -> None:
    taken = f"Object.defineProperty(window, 'consent', {{ value: 'mine', writable: {writable} }})"
    visitor.context.add_init_script(taken)
    visitor.opens("/lang.html").refuses()
    assert (visitor.page.evaluate("window.consent"), visitor.notice.count(), visitor.faults) == ("mine", 0, [])


def test_a_name_that_is_frozen_and_empty(visitor: Visitor) -> None:
    visitor.context.add_init_script("Object.defineProperty(window, 'consent', { value: undefined, writable: false })")
    visitor.opens("/lang.html").refuses()
    assert (visitor.notice.count(), visitor.faults) == (0, [])


def test_a_second_layer_that_does_not_come_leads_to_the_full_list(visitor: Visitor) -> None:
    visitor.page.route("**/toestemming/details.*", lambda route: route.abort())
    visitor.opens("/lang.html").presses(WORDS.choose)
    visitor.page.wait_for_url("**/privacy/cookies/")


def test_a_withdrawal_holds_when_the_second_layer_does_not_come(visitor: Visitor) -> None:
    visitor.opens("/").allows_all().waits_for("window.counted").opens_settings()
    visitor.page.route("**/toestemming/details.*", lambda route: route.abort())
    with visitor.page.expect_navigation():
        visitor.presses(WORDS.refuse_all, DIALOG)
    visitor.page.wait_for_load_state()
    assert (visitor.granted, visitor.faults) == (set(), [])


def test_a_missing_module_leaves_everything_inert(visitor: Visitor) -> None:
    visitor.page.route("**/toestemming/**", lambda route: route.abort())
    visitor.opens("/")
    assert (visitor.other_hosts(), visitor.storage_items(), visitor.faults) == (set(), set(), [])
    assert visitor.page.get_by_role("heading", name="Films over Zwolle").is_visible()


def test_a_page_from_the_back_forward_cache_knows_the_choice_made_since(visitor: Visitor) -> None:
    visitor.opens("/lang.html")
    other = visitor.context.new_page()
    other.goto(visitor.hosts.url(WWW, "/lang.html"))
    other.get_by_role("button", name=WORDS.refuse_all).click()
    other.locator(NOTICE).wait_for(state="detached")
    visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    visitor.notice.wait_for(state="detached")
    assert visitor.granted == set()


def test_a_service_whose_script_fails_does_not_hold_up_the_next(visitor: Visitor) -> None:
    visitor.page.route("**/counter.js", lambda route: route.abort())
    visitor.opens("/").allows_all().waits_for("window.advertised")


def test_a_strict_csp_with_trusted_types_reports_nothing(visitors: Callable[..., Visitor]) -> None:
    visitor = visitors()
    visitor.context.add_init_script(
        "window.reports = []; document.addEventListener('securitypolicyviolation', "
        "({ violatedDirective, sample }) => reports.push([violatedDirective, sample]))"
    )
    visitor.opens("/streng.html")
    assert visitor.style(visitor.notice, "position") == ["fixed"]
    visitor.presses(WORDS.choose)
    assert visitor.style(visitor.dialog, "display") == ["flex"]
    visitor.page.evaluate(
        "window.ran = new Promise((done) => "
        "document.querySelector('script[data-service]').addEventListener('load', done)), 0"
    )
    visitor.chooses("statistics")
    assert "visits_id" in visitor.page.evaluate("window.ran.then(() => document.cookie)")
    assert visitor.page.evaluate("window.reports") == []
    visitor.opens_settings()
    with visitor.page.expect_navigation():
        visitor.presses(WORDS.refuse_all, DIALOG)
    visitor.waits_for("!document.cookie.includes('visits_id')")
    assert (visitor.page.evaluate("window.reports"), visitor.faults) == ([], [])


PARTS = {name.split(".")[0]: body.decode() for name, body in demo.files("voorbeeld").items() if "readable" not in name}


@pytest.mark.parametrize("part", ["notice", "details", "after", "frames"])
def test_a_part_of_another_build_counts_as_missing(visitor: Visitor, part: str) -> None:
    old = re.sub(r"const pin = '[0-9a-f]{8}'", "const pin = '00000000'", PARTS[part])
    assert old != PARTS[part]
    visitor.page.route(
        f"**/toestemming/{part}.*", lambda route: route.fulfill(body=old, content_type="text/javascript")
    )
    visitor.opens("/")
    if part == "details":
        visitor.presses(WORDS.choose).page.wait_for_url("**/privacy/cookies/")
        return
    visitor.opens_settings().presses(WORDS.refuse_all, DIALOG).dialog.wait_for(state="detached")
    assert (visitor.granted, visitor.other_hosts(), visitor.faults) == (set(), set(), [])
    assert visitor.notice.count() == 0


HOSTILE = """
JSON.parse = JSON.stringify = () => { throw new Error('patched') }
for (const kind of [Object, Array, Map, Set, String]) Object.freeze(kind.prototype)
document.addEventListener('DOMContentLoaded', () => {
  const form = document.createElement('form')
  form.id = 'consent'
  document.body.append(form)
}, true)
"""


def test_frozen_prototypes_a_patched_json_and_an_element_named_consent(visitor: Visitor) -> None:
    visitor.context.add_init_script(HOSTILE)
    visitor.opens("/lang.html").presses(WORDS.choose)  # nothing is asked of the page's own scripts: they are broken
    visitor.switch("media").check()
    visitor.presses(WORDS.save, DIALOG).status.get_by_text(WORDS.saved).wait_for()
    [[_, _, method, _, granted, _, _]] = fields(visitor.record)
    assert (method, purpose_code("media") in granted, visitor.faults) == ("some", True, [])
    visitor.opens("/film.html").page.get_by_role("button", name=WORDS.settings).wait_for()
    assert visitor.notice.count() == 0


def test_a_page_that_is_made_ahead_waits_until_it_is_shown(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "window.ahead = true; Object.defineProperty(Document.prototype, 'prerendering', { get: () => window.ahead })"
    )
    _with_record(visitor, record(act()))
    visitor.opens("/").page.wait_for_load_state("networkidle")
    assert (visitor.other_hosts(), visitor.page.evaluate("'consent' in window")) == (set(), False)
    visitor.page.evaluate("window.ahead = false; document.dispatchEvent(new Event('prerenderingchange'))")
    visitor.waits_for("window.counted")


def test_two_tabs_deciding_at_once_agree_on_the_last_act(visitor: Visitor) -> None:
    visitor.opens("/lang.html").notice.wait_for()
    other = Visitor(visitor.context, visitor.hosts).opens("/lang.html")
    other.notice.wait_for()
    visitor.allows_all()
    other.opens_settings().presses(WORDS.refuse_all, DIALOG)
    assert fields(visitor.record)[-1][2] == "none"
    for tab in (visitor, other):
        tab.waits_for("!consent.allows('statistics') && !consent.allows('media')")
        tab.notice.wait_for(state="detached")


def test_a_list_that_has_not_heard_of_the_newest_choice_does_not_undo_it(visitor: Visitor) -> None:
    """What one page writes reaches the cookies of another before its list; both choices are of one minute."""
    visitor.context.clock.set_fixed_time("2026-11-24T12:00:00Z")
    visitor.opens("/lang.html").allows_all().notice.wait_for(state="detached")
    before = visitor.page.evaluate("localStorage.consent")
    visitor.opens_settings().presses(WORDS.refuse_all, DIALOG).status.wait_for()
    refused = visitor.record
    visitor.page.evaluate("before => { localStorage.consent = before }", before)
    visitor.reloads().waits_for("window.consent")
    assert not visitor.page.evaluate("consent.allows('statistics')")
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    visitor.opens_settings()
    assert visitor.record == refused


def test_a_refusal_on_another_page_counts_before_its_cookie_is_here(visitor: Visitor) -> None:
    """What one page writes may also reach the list of another before its cookies."""
    visitor.opens("/lang.html").allows_all().notice.wait_for(state="detached")
    refused = re.sub(r"[.]all[.](\w{8})[.](\w+)[.][.]$", r".none.\1...\2", visitor.record)
    visitor.page.evaluate(
        "refused => { localStorage.consent += '\\nconsent=' + refused;"
        " dispatchEvent(new StorageEvent('storage', { key: 'consent' })) }",
        refused,
    )
    visitor.waits_for("!consent.allows('statistics') && !consent.allows('media')")
    visitor.waits_for(f"document.cookie.includes('{refused}')")


def test_two_pages_whose_cookies_cannot_be_changed_come_to_rest(visitor: Visitor) -> None:
    """Each may try once to put back what the list says; what it writes there tells the other page."""
    visitor.opens("/lang.html").allows_all().notice.wait_for(state="detached")
    kept = visitor.record
    refused = re.sub(r"[.]all[.](\w{8})[.](\w+)[.][.]$", r".none.\1...\2", kept)
    visitor.context.add_init_script(
        f"Object.defineProperty(Document.prototype, 'cookie', {{ get: () => 'consent={kept}', set() {{}} }})"
    )
    visitor.page.evaluate("refused => { localStorage.consent += '\\nconsent=' + refused }", refused)
    other = Visitor(visitor.context, visitor.hosts)
    for tab in (visitor.reloads(), other.opens("/lang.html")):
        tab.waits_for("window.consent && !consent.allows('statistics')")
        tab.page.wait_for_load_state("networkidle")
    for tab in (visitor, other) * 50:  # a page that is told something reads it before it answers
        tab.page.evaluate("new Promise(requestAnimationFrame)")
    assert len(visitor.page.evaluate("localStorage.consent").split("\n")) < 10


def test_where_no_database_can_be_opened_the_eraser_still_ends(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "for (const name of ['indexedDB', 'caches'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError') } })"
    )
    visitor.opens("/lang.html").allows_all().opens_settings().presses(WORDS.refuse_all, DIALOG)
    visitor.status.get_by_role("link").first.wait_for()
    assert visitor.faults == []


def test_a_choice_made_offline_is_kept(visitor: Visitor) -> None:
    visitor.opens("/lang.html").notice.wait_for()
    visitor.context.set_offline(True)
    visitor.refuses().notice.wait_for(state="detached")
    visitor.context.set_offline(False)
    assert [act[2] for act in fields(visitor.record)] == ["none"]
    visitor.reloads().page.wait_for_load_state("networkidle")
    assert (visitor.notice.count(), visitor.faults) == (0, [])
