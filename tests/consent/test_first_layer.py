"""What a first visit brings, and what each answer to it does."""

import re
from collections.abc import Callable

import pytest

from tests.consent.visitor import PURPOSES, WORDS, Visitor

WATCH = """
window.kept = []
const ways = [[Storage.prototype, 'setItem'], [navigator, 'sendBeacon'], [indexedDB, 'open'], [window, 'fetch']]
for (const [owner, name] of ways) {
  const real = owner[name]
  owner[name] = function (...values) { window.kept.push(name); return real.apply(this, values) }
}
const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
Object.defineProperty(document, 'cookie', {
  get: () => cookie.get.call(document),
  set: (value) => { window.kept.push(value); cookie.set.call(document, value) },
})
"""


def test_before_a_choice_nothing_is_kept_and_nobody_else_is_asked(visitor: Visitor) -> None:
    visitor.context.add_init_script(WATCH)
    visitor.opens("/")
    visitor.notice.wait_for()
    assert (visitor.page.evaluate("window.kept"), visitor.storage_items(), visitor.other_hosts()) == ([], set(), set())
    assert visitor.granted == set()


def _fetched(visitor: Visitor) -> list[str]:
    """The files of this website that the page asked for, without their digests."""
    return [re.sub(r"\.[0-9a-f]{8}\.", ".", url.rpartition("/")[2]) for url in visitor.asked if url[:5] != "data:"]


def test_a_first_visit_fetches_the_entry_and_the_first_layer(visitor: Visitor) -> None:
    visitor.opens("/lang.html").notice.wait_for()
    assert _fetched(visitor) == ["lang.html", "consent.js", "notice.nl.js"]


@pytest.mark.parametrize("answer", [WORDS.allow_all, WORDS.refuse_all])
def test_a_returning_visitor_fetches_the_entry_only_and_gets_no_node(visitor: Visitor, answer: str) -> None:
    visitor.opens("/lang.html").presses(answer).status.get_by_text(WORDS.saved).wait_for()
    before = visitor.reloads().page.content()
    visitor.page.wait_for_load_state("networkidle")
    assert _fetched(visitor) == ["lang.html", "consent.js"]
    assert (visitor.page.content(), "leiz" in before) == (before, False)


def test_refusing_leaves_nothing_but_the_record(visitor: Visitor) -> None:
    visitor.opens("/").refuses()
    visitor.notice.wait_for(state="detached")
    assert visitor.storage_items() == {"consent"}
    visitor.reloads()
    assert (visitor.notice.count(), visitor.other_hosts(), visitor.storage_items()) == (0, set(), {"consent"})


def test_allowing_lets_the_services_run_in_the_order_of_the_page(visitor: Visitor) -> None:
    visitor.opens("/").allows_all().waits_for("window.counted && window.advertised")
    assert visitor.page.evaluate("order") == ["inline 1", "external", "inline 2"]
    assert visitor.page.locator("#from-template").is_visible()
    assert visitor.granted == set(PURPOSES)
    visitor.reloads().waits_for("window.counted && window.advertised")
    assert visitor.notice.count() == 0
    others = {"stats.example-third.test", "ads.example-friends.test", "player.example-cinema.test"}
    assert visitor.other_hosts() == others


def test_the_first_layer_names_who_and_why_and_where_to_change_it(visitor: Visitor) -> None:
    text = visitor.opens("/").notice.inner_text()
    others = WORDS.recipients_many.format(number=3)
    named = ["Voorbeeld Film", others, "Statistiek", "Video", "Advertenties", WORDS.change_later]
    assert [word for word in named if word not in text] == []
    link = visitor.notice.get_by_role("link").get_attribute("href")
    assert link == visitor.hosts.url("www.voorbeeld.test", "/privacy/cookies/")


@pytest.mark.parametrize("act", ["Escape", "scroll", "follow a link", "leave alone"])
def test_no_other_act_is_taken_for_a_choice(visitor: Visitor, act: str) -> None:
    visitor.opens("/lang.html")
    if act == "Escape":
        visitor.page.keyboard.press("Escape")
    elif act == "scroll":
        visitor.page.mouse.wheel(0, 4000)
    elif act == "follow a link":
        visitor.page.get_by_role("link", name="een link").first.click()
        visitor.page.wait_for_url("**/film.html?1")
    visitor.notice.wait_for()
    assert (visitor.storage_items(), visitor.other_hosts()) == (set(), set())


def test_closing_the_second_layer_stores_nothing(visitor: Visitor) -> None:
    visitor.opens("/").presses(WORDS.choose)
    visitor.dialog.wait_for()
    visitor.switch("media").check()
    visitor.page.keyboard.press("Escape")
    visitor.dialog.wait_for(state="detached")
    visitor.presses(WORDS.choose)
    assert not visitor.switch("media").is_checked()
    visitor.presses(WORDS.close)
    assert (visitor.notice.count(), visitor.storage_items(), visitor.granted) == (1, set(), set())


def test_without_scripts_the_page_is_whole_and_inert(visitors: Callable[..., Visitor]) -> None:
    visitor = visitors(java_script_enabled=False).opens("/")
    assert visitor.page.get_by_role("heading", name="Films over Zwolle").is_visible()
    assert (visitor.other_hosts(), visitor.context.cookies()) == (set(), [])


def test_a_website_that_needs_no_consent_asks_nothing_but_has_its_settings(visitor: Visitor) -> None:
    visitor.opens("/lang.html", "kaal.test")
    assert visitor.notice.count() == 0
    visitor.opens_settings()
    assert visitor.dialog.get_by_text(WORDS.always_on).is_visible()
    assert visitor.dialog.get_by_role("checkbox").count() == 0


def test_a_page_without_a_place_for_the_settings_gets_one(visitor: Visitor) -> None:
    visitor.opens("/film.html").refuses()
    visitor.presses(WORDS.settings)
    visitor.dialog.wait_for()


@pytest.mark.parametrize("signal", ["globalPrivacyControl", "doNotTrack"])
def test_a_browser_that_says_no_is_not_asked_but_can_change_its_mind(visitor: Visitor, signal: str) -> None:
    value = {"globalPrivacyControl": "true", "doNotTrack": "'1'"}[signal]
    visitor.context.add_init_script(f"Object.defineProperty(Navigator.prototype, '{signal}', {{ get: () => {value} }})")
    visitor.opens("/")
    assert (visitor.notice.count(), visitor.storage_items(), visitor.granted) == (0, set(), set())
    visitor.opens_settings().chooses("media").reloads()
    assert visitor.granted == {"media"}
