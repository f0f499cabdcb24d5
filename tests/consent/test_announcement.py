"""A coming version of the policy is told by the module until it is in force or was read."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import brotli
import pytest
from playwright.sync_api import Browser, Locator, Route

from policy.consent.announcement import Announcement
from policy.consent.config import entry
from policy.consent.link import bundle
from policy.consent.scope import Scope
from policy.inventory.model import Inventory
from policy.inventory.terms import History
from tests import demo
from tests.axe import violations
from tests.consent import builder
from tests.consent.records import act, base36, every_code, fields, record
from tests.consent.visitor import DIALOG, NOTICE, WORDS, WWW, Visitor
from tests.hosts import Hosts

COMING = Announcement(4, date(2027, 1, 1), {"nl": "Een teller gaat weg."}, "volgende/")
SAME = ((3, demo.inventory()), (4, demo.inventory()))
BEFORE, LAST, FIRST = "2026-12-01T12:00:00Z", "2026-12-31T22:59:59Z", "2026-12-31T23:00:00Z"
"""A day before the version is in force, the last moment before it in Amsterdam, and the first in which it is."""

TOLD = "Op 1 januari 2027 verandert onze privacyverklaring."
ANNOUNCED = ".leiz-choice-announcement"
LONG, FILM, STRICT = "/aangekondigd/lang.html", "/aangekondigd/film.html", "/aangekondigd/streng.html"
RETURNING_COSTS = 100
"""Bytes with Brotli that an announcement may add for a returning visitor who read it."""

FIRST_VISIT_COSTS = 300
"""And for a first visit, with the words."""

DEAF = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
SHIFTS = (
    "window.shift = 0;"
    "new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shift += value })"
    ".observe({ type: 'layout-shift', buffered: true })"
)
Comes = Callable[..., Visitor]


def _chosen(number: int, at: str = "2026-11-30T12:00:00Z") -> str:
    minute = base36(int(datetime.fromisoformat(at).timestamp()) // 60)
    return record(act("none", "", every_code(), number=number, minute=minute))


OLD = _chosen(3)


def _files(website: str, history: History = SAME, announcement: Announcement | None = COMING) -> dict[str, bytes]:
    return bundle(history, website, sources=demo.SOURCES, policy="/privacy/", announcement=announcement)


def _pages() -> None:
    """The demonstration's pages, where the builder's website shows them."""
    for path in (LONG, FILM, STRICT):
        body = (demo.HERE / "pages" / path.rpartition("/")[2]).read_bytes()
        csp = {"Content-Security-Policy": demo.STRICT} if path == STRICT else {}
        builder.PAGES[path] = 200, {"Content-Type": builder.HTML, **csp}, body
    english = b'<!doctype html><html lang="en"><title>Film</title><script src="/toestemming/consent.js" defer></script>'
    builder.PAGES["/en/film.html"] = 200, {"Content-Type": builder.HTML}, english
    builder.PAGES["/privacy/volgende/"] = 200, {"Content-Type": builder.HTML}, b"<title>Versie 4</title>Versie 4"


@pytest.fixture(scope="module")
def announcing() -> Iterator[Hosts]:
    _pages()
    with builder.workshop(_files) as hosts:
        yield hosts


@pytest.fixture
def comes(browser: Browser, announcing: Hosts) -> Iterator[Comes]:
    """A visitor who comes at a moment, with a record of version 3 unless told otherwise."""
    contexts = []

    def come(kept: str = OLD, at: str = BEFORE, hosts: Hosts = announcing, **kind: Any) -> Visitor:
        context = browser.new_context(**kind)
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.clock.set_fixed_time(at)
        if kept:
            context.add_cookies([{"name": "consent", "value": kept, "url": hosts.url(WWW)}])
        return Visitor(context, hosts)

    yield come
    for context in contexts:
        context.close()


def _announced(visitor: Visitor) -> Locator:
    return visitor.page.locator(ANNOUNCED)


def _is_told(visitor: Visitor, path: str = LONG) -> bool:
    """Whether a page tells it by itself, once all that it asks for has come."""
    visitor.opens(path).page.wait_for_load_state("networkidle")
    return _announced(visitor).count() == 1


def _lines(visitor: Visitor) -> list[str]:
    """What the list of earlier choices keeps, each act without its contents."""
    kept = visitor.page.evaluate("localStorage.consent ?? ''")
    return [line.split(".")[0] for line in kept.split("\n") if line]


def test_the_first_layer_tells_it_in_one_line(comes: Comes) -> None:
    visitor = comes("").opens(LONG)
    line = visitor.notice.get_by_text(TOLD)
    assert line.inner_text() == f"{TOLD} Lees wat er verandert"
    assert line.get_by_role("link").get_attribute("href") == visitor.hosts.url(WWW, "/privacy/volgende/")
    visitor.page.wait_for_load_state("networkidle")
    assert [url.rpartition("/")[2].split(".")[0] for url in visitor.asked if "/toestemming/" in url] == [
        "consent",
        "notice",
    ]
    assert _announced(visitor).count() == 0


def test_before_a_choice_it_is_shown_and_not_remembered(comes: Comes) -> None:
    visitor = comes("").opens(LONG)
    visitor.notice.get_by_role("link", name=WORDS.announcement_link).click()
    visitor.page.wait_for_url("**/privacy/volgende/")
    assert visitor.storage_items() == set()
    visitor.opens(LONG).notice.get_by_text(TOLD).wait_for()
    assert visitor.storage_items() == set()


def test_before_a_choice_nothing_is_looked_up(comes: Comes) -> None:
    visitor = comes("")
    visitor.context.add_init_script(
        "const { get } = Object.getOwnPropertyDescriptor(window, 'localStorage'); window.looked = 0;"
        "Object.defineProperty(window, 'localStorage', { get() { looked++; return get.call(window) } })"
    )
    visitor.opens(LONG).notice.get_by_text(TOLD).wait_for()
    assert visitor.page.evaluate("window.looked") == 0


def test_who_chooses_while_it_is_shown_was_told(comes: Comes) -> None:
    visitor = comes("").opens(LONG).refuses()
    visitor.status.get_by_text(WORDS.saved).wait_for()
    assert [act[0] for act in fields(visitor.record)] == ["4"]
    assert (_is_told(visitor), _is_told(visitor, FILM)) == (False, False)


def test_who_chose_before_is_told_on_every_page_until_it_was_read(comes: Comes) -> None:
    visitor = comes()
    assert (_is_told(visitor), _is_told(visitor, FILM)) == (True, True)
    assert visitor.storage_items() == {"consent"}
    visitor.presses(WORDS.announcement_read, ANNOUNCED)
    assert _announced(visitor).count() == 0
    assert (_is_told(visitor), _is_told(visitor, FILM)) == (False, False)
    assert (visitor.record, _lines(visitor)) == (OLD, ["read=4"])


def test_it_tells_when_and_what_and_where_to_read_more(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    assert (
        _announced(visitor).inner_text().split()
        == (f"{TOLD} Een teller gaat weg. Lees wat er verandert Gelezen").split()
    )
    link = _announced(visitor).get_by_role("link")
    assert link.get_attribute("href") == visitor.hosts.url(WWW, "/privacy/volgende/")


@pytest.mark.parametrize("button", ["left", "middle"])
def test_who_follows_the_link_has_read_it(comes: Comes, button: Any) -> None:
    visitor = comes().opens(LONG)
    _announced(visitor).get_by_role("link").click(button=button)
    if button == "left":
        visitor.page.wait_for_url("**/privacy/volgende/")
    assert not _is_told(visitor)


def test_the_menu_of_the_link_reads_nothing(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    _announced(visitor).get_by_role("link").click(button="right")
    assert (_announced(visitor).count(), visitor.storage_items()) == (1, {"consent"})
    assert _is_told(visitor)


@pytest.mark.parametrize(("moment", "told"), [(LAST, True), (FIRST, False)])
def test_it_is_told_up_to_the_midnight_of_amsterdam(comes: Comes, moment: str, told: bool) -> None:
    assert _is_told(comes(at=moment)) == told
    first = comes("", moment).opens(LONG)
    first.notice.wait_for()
    assert first.notice.get_by_text(TOLD).count() == told


def test_it_goes_when_its_day_comes_while_the_page_is_open(comes: Comes) -> None:
    visitor = comes(at=LAST).opens(LONG)
    _announced(visitor).wait_for()
    visitor.context.clock.set_fixed_time(FIRST)
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    assert (_announced(visitor).count(), visitor.storage_items()) == (0, {"consent"})


@pytest.mark.parametrize("number", [4, 5])
def test_a_record_of_that_version_or_a_newer_one_was_told(comes: Comes, number: int) -> None:
    visitor = comes(_chosen(number)).opens(LONG)
    visitor.page.wait_for_load_state("networkidle")
    assert _announced(visitor).count() == 0


def test_who_read_it_fetches_the_entry_only_and_gets_no_node(comes: Comes) -> None:
    visitor = comes().opens(LONG).presses(WORDS.announcement_read, ANNOUNCED)
    before = visitor.reloads().page.content()
    visitor.page.wait_for_load_state("networkidle")
    assert [url.rpartition("/")[2] for url in visitor.asked if url[:5] != "data:"] == ["lang.html", "consent.js"]
    assert (visitor.page.content(), "leiz" in before) == (before, False)


def test_an_earlier_announcement_that_was_read_counts_for_that_one_only(comes: Comes) -> None:
    visitor = comes()
    visitor.context.add_init_script("localStorage.consent ??= 'read=3'")
    assert _is_told(visitor)
    visitor.presses(WORDS.announcement_read, ANNOUNCED)
    assert _lines(visitor) == ["read=4"]


def test_what_was_read_stands_beside_the_earlier_choices(comes: Comes) -> None:
    visitor = comes("").opens(LONG).refuses()
    visitor.status.get_by_text(WORDS.saved).wait_for()
    kept = visitor.page.evaluate("localStorage.consent = localStorage.consent.replace('consent=2.4.', 'consent=2.3.')")
    visitor.context.clear_cookies()
    visitor.page.goto("about:blank")  # or the page, as it goes, puts the newer record back in its place
    visitor.context.add_cookies([{"name": "consent", "value": OLD, "url": visitor.hosts.url(WWW)}])
    visitor.opens(LONG).presses(WORDS.announcement_read, ANNOUNCED)
    assert visitor.page.evaluate("localStorage.consent") == f"{kept}\nread=4"
    visitor.opens_settings().dialog.get_by_text(WORDS.acts, exact=True).click()
    acts = visitor.dialog.locator("li")
    acts.first.wait_for()
    assert acts.count() == 1


def test_a_choice_elsewhere_on_the_page_ends_it(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    _announced(visitor).wait_for()
    visitor.opens_settings().presses(WORDS.refuse_all, DIALOG)
    visitor.status.get_by_text(WORDS.saved).wait_for()
    assert (_announced(visitor).count(), _is_told(visitor)) == (0, False)


def test_another_tab_hears_that_it_was_read(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    _announced(visitor).wait_for()
    Visitor(visitor.context, visitor.hosts).opens(FILM).presses(WORDS.announcement_read, ANNOUNCED)
    _announced(visitor).wait_for(state="detached")


def test_a_choice_in_another_tab_ends_it(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    _announced(visitor).wait_for()
    other = Visitor(visitor.context, visitor.hosts).opens(LONG)
    other.opens_settings().presses(WORDS.refuse_all, DIALOG)
    _announced(visitor).wait_for(state="detached")


@pytest.mark.parametrize("fault", [DEAF, FULL], ids=["blocked", "full"])
def test_where_nothing_can_be_kept_it_stays_away_for_the_page(comes: Comes, fault: str) -> None:
    visitor = comes()
    visitor.context.add_init_script(fault)
    assert _is_told(visitor)
    visitor.presses(WORDS.announcement_read, ANNOUNCED)
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    assert (_announced(visitor).count(), visitor.faults) == (0, [])
    assert (_is_told(visitor), visitor.faults) == (True, [])
    visitor.opens_settings().presses(WORDS.refuse_all, DIALOG)
    visitor.status.get_by_text(WORDS.saved).wait_for()
    assert (_is_told(visitor), visitor.faults) == (False, [])


@pytest.mark.parametrize("host", ["kaal.test", WWW])
def test_who_is_asked_nothing_is_told_and_nothing_is_kept(comes: Comes, host: str) -> None:
    """A website that needs no consent, and a browser that says no for its visitor."""
    visitor = comes("")
    if host == WWW:
        visitor.context.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"
        )
    visitor.opens(LONG, host).presses(WORDS.announcement_read, ANNOUNCED)
    assert (_announced(visitor).count(), visitor.notice.count(), visitor.storage_items()) == (0, 0, set())
    visitor.opens(FILM, host)
    _announced(visitor).wait_for()
    assert visitor.storage_items() == set()


def _longer() -> Inventory:
    """The demonstration with one service more for a purpose that is asked for already."""
    inventory = demo.inventory()
    new = inventory.service("cinema").model_copy(update={"id": "map", "name": "De kaart", "storage": ()})
    sites = tuple(
        site.model_copy(update={"services": (*site.services, "map")}) if site.id == "voorbeeld" else site
        for site in inventory.websites
    )
    return inventory.model_copy(update={"services": (*inventory.services, new), "websites": sites})


def test_the_question_for_what_is_new_tells_it_and_no_second_notice_comes(comes: Comes) -> None:
    history = ((3, demo.inventory()), (4, _longer()))
    with builder.workshop(lambda website: _files(website, history)) as hosts:
        visitor = comes(hosts=hosts).opens(LONG)
        assert visitor.notice.get_by_role("heading").inner_text() == WORDS.changes_title
        visitor.notice.get_by_text(TOLD).wait_for()
        visitor.page.wait_for_load_state("networkidle")
        assert _announced(visitor).count() == 0
        visitor.presses(WORDS.refuse_new, NOTICE).status.get_by_text(WORDS.saved).wait_for()
        assert not _is_told(visitor)


def test_a_question_that_comes_later_takes_its_place(comes: Comes) -> None:
    visitor = comes(_chosen(3, "2026-06-10T12:00:00Z")).opens(LONG)
    _announced(visitor).wait_for()
    visitor.context.clock.set_fixed_time("2026-12-20T12:00:00Z")  # the choice is half a year old by now
    visitor.page.evaluate("document.body.append('Meer')")
    visitor.notice.get_by_text(TOLD).wait_for()
    _announced(visitor).wait_for(state="detached")


def test_an_english_page_tells_it_in_english(comes: Comes) -> None:
    visitor = comes("").opens("/en/film.html", "film.voorbeeld.test")
    line = visitor.notice.get_by_text("Our privacy policy changes on 1 January 2027.")
    address = visitor.hosts.url("film.voorbeeld.test", "/privacy/en/volgende/")
    assert line.get_by_role("link", name="Read what changes").get_attribute("href") == address
    kept = {"name": "consent", "value": OLD, "url": visitor.hosts.url("film.voorbeeld.test")}
    visitor.context.add_cookies([kept])
    visitor.opens("/en/film.html", "film.voorbeeld.test")
    assert (_announced(visitor).get_attribute("lang"), _announced(visitor).locator("p").count()) == ("en", 2)
    visitor.presses("I have read it", ANNOUNCED)


def test_a_strict_csp_with_trusted_types_reports_nothing(comes: Comes) -> None:
    visitor = comes()
    visitor.context.add_init_script(
        "window.reports = []; document.addEventListener('securitypolicyviolation', "
        "({ violatedDirective, sample }) => reports.push([violatedDirective, sample]))"
    )
    visitor.opens(STRICT)
    assert visitor.style(_announced(visitor), "position") == ["fixed"]
    visitor.presses(WORDS.announcement_read, ANNOUNCED)
    assert (visitor.page.evaluate("window.reports"), visitor.faults) == ([], [])
    assert not _is_told(visitor, STRICT)


def test_a_page_that_throws_it_out_gets_it_back(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    _announced(visitor).evaluate("element => element.remove()")
    _announced(visitor).wait_for()
    visitor.presses(WORDS.announcement_read, ANNOUNCED)
    visitor.page.evaluate("document.body.append('Meer')")
    visitor.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert _announced(visitor).count() == 0


def test_what_was_read_does_not_come_back_with_the_frame_after_it(comes: Comes) -> None:
    visitor = comes("").opens(LONG, "kaal.test")
    _announced(visitor).wait_for()
    visitor.page.evaluate(
        "selector => new Promise((done) => { document.body.append('Meer'); queueMicrotask(() => queueMicrotask(() => {"
        " document.querySelector(selector).click();"
        " requestAnimationFrame(() => requestAnimationFrame(done)) })) })",
        f"{ANNOUNCED} button",
    )
    assert _announced(visitor).count() == 0


def test_a_part_that_comes_after_a_choice_stays_away(comes: Comes) -> None:
    visitor = comes()
    held: list[Route] = []
    visitor.page.route("**/toestemming/announcement.*", lambda route: held.append(route))
    with visitor.page.expect_request("**/toestemming/announcement.*"):
        visitor.opens(LONG)
    visitor.opens_settings().presses(WORDS.refuse_all, DIALOG).status.get_by_text(WORDS.saved).wait_for()
    held[0].continue_()
    visitor.page.evaluate("url => import(url)", held[0].request.url)
    assert _announced(visitor).count() == 0


def test_a_part_that_does_not_come_breaks_nothing(comes: Comes) -> None:
    visitor = comes()
    visitor.page.route("**/toestemming/announcement.*", lambda route: route.abort())
    assert (_is_told(visitor), visitor.faults) == (False, [])
    visitor.opens_settings()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("kept", ["", OLD], ids=["first layer", "by itself"])
def test_axe_finds_nothing(comes: Comes, scheme: Any, width: int, kept: str) -> None:
    visitor = comes(kept, viewport={"width": width, "height": 700}, color_scheme=scheme).opens(LONG)
    visitor.page.get_by_text(TOLD).wait_for()
    assert [f"{one['id']} {one['target']}: {one['summary']}" for one in violations(visitor.page)] == []


@pytest.mark.parametrize(("width", "height"), [(360, 640), (320, 568)])
def test_it_leaves_a_phone_more_than_half_its_screen(comes: Comes, width: int, height: int) -> None:
    visitor = comes(viewport={"width": width, "height": height}).opens(LONG)
    for element in (visitor.page.locator(ANNOUNCED), _announced(visitor).get_by_role("button")):
        box = element.bounding_box()
        assert box and box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["height"] <= 0.45 * height and box["y"] + box["height"] <= height
    first = comes("", viewport={"width": width, "height": height}).opens(LONG)
    assert first.notice.bounding_box()["height"] <= max(0.45 * height, 248)
    assert first.page.evaluate("document.documentElement.scrollWidth") <= width


def test_much_text_can_be_read_and_the_button_stays_in_reach(browser: Browser, comes: Comes) -> None:
    much = Announcement(4, COMING.in_force, {"nl": "Een teller gaat weg. " * 60}, "volgende/")
    with builder.workshop(lambda website: _files(website, announcement=much)) as hosts:
        visitor = comes(hosts=hosts, viewport={"width": 320, "height": 568}).opens(LONG)
        box = _announced(visitor).bounding_box()
        assert box and box["height"] <= 0.45 * 568
        pressed = _announced(visitor).get_by_role("button").bounding_box()
        assert pressed and pressed["y"] + pressed["height"] <= 568
        link = _announced(visitor).get_by_role("link")
        link.focus()
        shown = link.bounding_box()
        assert shown and box["y"] <= shown["y"] and shown["y"] + shown["height"] <= pressed["y"]


def test_it_moves_nothing_and_hides_nothing_that_has_the_focus(comes: Comes) -> None:
    visitor = comes(viewport={"width": 320, "height": 568})
    visitor.context.add_init_script(SHIFTS)
    visitor.opens(LONG)
    top = _announced(visitor).bounding_box()["y"]
    assert visitor.page.evaluate("document.activeElement === document.body")
    visitor.page.locator("main a").first.focus()
    for _ in range(20):
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("document.activeElement.getBoundingClientRect().bottom") <= top
    last = visitor.page.locator("[data-consent-settings]")
    last.focus()
    assert last.bounding_box()["y"] < top
    visitor.presses(WORDS.announcement_read, ANNOUNCED)
    assert visitor.style(visitor.page.locator("html"), "padding-bottom", "scroll-padding-bottom") == ["0px", "auto"]
    visitor.opens(LONG)
    assert visitor.page.evaluate("window.shift") == 0


def test_by_keyboard_it_comes_first_and_gives_the_focus_on(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    _announced(visitor).wait_for()
    names = []
    for _ in range(2):
        visitor.page.keyboard.press("Tab")
        names.append(visitor.page.evaluate("document.activeElement.textContent"))
    assert names == [WORDS.announcement_link, WORDS.announcement_read]
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.href").endswith("film.html?1")


def test_by_pointer_it_gives_the_focus_back(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    visitor.page.locator("main a").first.focus()
    visitor.presses(WORDS.announcement_read, ANNOUNCED)
    assert visitor.page.evaluate("document.activeElement.href").endswith("film.html?1")


def test_its_name_is_what_it_tells(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    region = visitor.page.get_by_role("region", name=TOLD, exact=True)
    region.wait_for()
    assert (region.get_by_role("status").count(), region.get_by_role("heading").count()) == (1, 0)


@pytest.mark.parametrize("width", [1280, 320])
def test_forced_colours_keep_the_edges(comes: Comes, width: int) -> None:
    visitor = comes(forced_colors="active", viewport={"width": width, "height": 700}).opens(LONG)
    parts = [_announced(visitor), _announced(visitor).get_by_role("button")]
    edges = [visitor.style(part, "border-top-style", "border-top-width") for part in parts]
    assert edges == [["solid", "1px"]] * 2


def test_a_print_does_not_have_it(comes: Comes) -> None:
    visitor = comes().opens(LONG)
    _announced(visitor).wait_for()
    visitor.page.emulate_media(media="print")
    assert _announced(visitor).is_hidden()


@pytest.mark.parametrize("website", ["voorbeeld", "deelt", "kaal"])
def test_without_an_announcement_the_files_hold_nothing_of_it(website: str) -> None:
    files = _files(website, announcement=None)
    assert {name for name, body in files.items() if b"announce" in body.lower() or b"isuntold" in body.lower()} == set()
    assert files.keys() == _without_words(website, None).keys()


def test_an_inventory_from_before_these_words_announces_nothing() -> None:
    for website in ("voorbeeld", "deelt"):
        assert _without_words(website, COMING) == _without_words(website, None)


def _without_words(website: str, announcement: Announcement | None) -> dict[str, bytes]:
    """The files of an inventory in which only the Dutch notice has the words: a website in two languages needs both."""
    none = {"announcement": None, "announcement_link": None, "announcement_read": None}
    lacking = "nl" if website == "voorbeeld" else "en"
    notices = tuple(n.model_copy(update=none) if n.language == lacking else n for n in demo.inventory().notices)
    older = demo.inventory().model_copy(update={"notices": notices})
    return _files(website, ((3, older), (4, older)), announcement)


def _sizes(files: dict[str, bytes]) -> dict[str, int]:
    return {name.split(".")[0]: len(brotli.compress(body)) for name, body in files.items() if "readable" not in name}


@pytest.mark.parametrize("website", ["voorbeeld", "kaal"])
def test_an_announcement_costs_who_read_it_at_most_a_hundred_bytes(website: str) -> None:
    before, now = _sizes(_files(website, announcement=None)), _sizes(_files(website))
    assert now["consent"] - before["consent"] <= RETURNING_COSTS
    first = [sizes["consent"] + sizes["notice"] for sizes in (before, now)]
    assert first[1] - first[0] <= FIRST_VISIT_COSTS


def test_an_announcement_changes_no_digest_that_a_record_names() -> None:
    for part in ("notice.nl", "changes.nl", "details.nl"):
        digests = []
        for files in (_files("voorbeeld"), _files("voorbeeld", announcement=None)):
            body = next(text for name, text in files.items() if name.startswith(part) and "readable" not in name)
            digests.append(body.decode().split('"digest":"')[1][:8])
        assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("day", "start"),
    [(date(2027, 1, 1), "2026-12-31T23:00:00"), (date(2027, 7, 1), "2027-06-30T22:00:00")],
    ids=["winter", "summer"],
)
def test_its_day_begins_at_midnight_in_amsterdam(day: date, start: str) -> None:
    minute = Announcement(4, day, {}, "volgende/").minute
    assert datetime.fromtimestamp(minute * 60, UTC).replace(tzinfo=None).isoformat() == start


def test_the_entry_knows_its_number_and_its_minute() -> None:
    known = COMING.entry()
    assert known == {"announced": [4, COMING.minute]}
    assert known.keys().isdisjoint(entry(Scope(SAME, "voorbeeld"), "/privacy/"))
