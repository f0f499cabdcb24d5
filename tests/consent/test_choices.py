"""Choosing per purpose, changing one's mind, and for how long a choice holds."""

import re
from datetime import datetime, timedelta
from itertools import combinations

import pytest

from policy.consent.code import purpose_code, service_code
from tests.consent.records import act, codes, every_code, fields, record
from tests.consent.visitor import DIALOG, PURPOSES, WORDS, WWW, Visitor

SUBSETS = [set(some) for size in range(4) for some in combinations(PURPOSES, size)]
HOSTS = {
    "stats.example-third.test": {"statistics"},
    "player.example-cinema.test": {"media"},
    "ads.example-friends.test": {"statistics", "advertising"},
}
DAY = timedelta(days=1)
WRITTEN = """
window.written = []
const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
Object.defineProperty(document, 'cookie', {
  get: () => cookie.get.call(document),
  set: (value) => { window.written.push(value); cookie.set.call(document, value) },
})
"""


def _kept(visitor: Visitor) -> object:
    return next(cookie for cookie in visitor.context.cookies() if cookie["name"] == "consent")


@pytest.mark.parametrize("subset", SUBSETS, ids=lambda subset: "+".join(sorted(subset)) or "none")
def test_every_subset_of_purposes_is_stored_and_enforced(visitor: Visitor, subset: set[str]) -> None:
    visitor.opens("/").presses(WORDS.choose)
    assert not any(visitor.switch(purpose).is_checked() for purpose in PURPOSES)
    visitor.chooses(*subset).reloads().page.wait_for_load_state("load")
    assert visitor.granted == subset
    assert visitor.other_hosts() == {host for host, needed in HOSTS.items() if needed <= subset}
    visitor.opens_settings()
    assert {purpose for purpose in PURPOSES if visitor.switch(purpose).is_checked()} == subset


def test_the_record_says_what_was_chosen_and_nothing_about_who(visitor: Visitor) -> None:
    visitor.page.clock.set_fixed_time("2026-11-22T10:20:59Z")
    visitor.opens("/").presses(WORDS.choose).chooses("media")
    [[number, minute, method, text, granted, refused, withdrawn]] = fields(visitor.record)
    assert (number, method, withdrawn) == ("3", "some", "")
    assert int(minute, 36) * 60 == datetime.fromisoformat("2026-11-22T10:20:00+00:00").timestamp()
    media = {service_code("cinema"), service_code("friends-login"), purpose_code("media")}
    assert (codes(granted), codes(granted) | codes(refused)) == (media, codes(every_code()))
    assert re.fullmatch("[0-9a-f]{8}", text)


def test_the_cookie_holds_half_a_year_and_stays_on_this_website(visitor: Visitor) -> None:
    visitor.context.add_init_script(WRITTEN)
    visitor.opens("/").refuses()
    [cookie] = visitor.context.cookies()
    assert visitor.page.evaluate("window.written[0]").partition("; ")[2] == "max-age=15724800; path=/; samesite=lax"
    days = (cookie["expires"] - datetime.now().timestamp()) / DAY.total_seconds()
    assert 181 < days <= 182.01
    assert [cookie[key] for key in ("domain", "path", "sameSite")] == [WWW, "/", "Lax"]


def test_a_visit_does_not_renew_the_choice(visitor: Visitor) -> None:
    visitor.page.clock.set_fixed_time("2026-11-22T10:20:00Z")
    visitor.opens("/").allows_all()
    before = _kept(visitor)
    visitor.page.clock.set_fixed_time("2026-12-22T10:20:00Z")
    visitor.reloads()
    assert _kept(visitor) == before


@pytest.mark.parametrize("answer", [WORDS.allow_all, WORDS.refuse_all])
def test_a_yes_and_a_no_end_on_the_same_day(visitor: Visitor, answer: str) -> None:
    start = datetime.fromisoformat("2026-11-22T10:20:00+00:00")
    visitor.page.clock.set_fixed_time(start)
    visitor.opens("/").presses(answer)
    visitor.page.clock.set_fixed_time(start + 182 * DAY - timedelta(minutes=1))
    visitor.reloads()
    assert visitor.notice.count() == 0
    visitor.page.clock.set_fixed_time(start + 182 * DAY)
    visitor.reloads().notice.wait_for()
    assert (visitor.granted, visitor.other_hosts()) == (set(), set())
    visitor.presses(WORDS.choose)
    assert not any(visitor.switch(purpose).is_checked() for purpose in PURPOSES)


def test_sub_domains_share_a_choice_and_say_so(visitor: Visitor) -> None:
    visitor.opens("/", "film.voorbeeld.test")
    assert WORDS.shared.format(domain="voorbeeld.test") in visitor.notice.inner_text()
    visitor.allows_all()
    assert visitor.context.cookies()[0]["domain"] == ".voorbeeld.test"


def test_another_domain_asks_for_itself(visitor: Visitor) -> None:
    visitor.opens("/").allows_all()
    visitor.opens("/lang.html", "film.voorbeeld.test").notice.wait_for()


def _keeps(visitor: Visitor, value: str) -> None:
    visitor.context.add_cookies([{"name": "consent", "value": value, "url": visitor.hosts.url(WWW)}])


def test_a_yes_to_older_terms_asks_again_and_grants_nothing_until_then(visitor: Visitor) -> None:
    _keeps(visitor, record(act(number=2)))
    visitor.opens("/").notice.wait_for()
    assert (visitor.services_allowed, visitor.other_hosts()) == (set(), set())


def test_other_words_do_not_ask_again(visitor: Visitor) -> None:
    _keeps(visitor, record(act()))
    visitor.opens("/").waits_for("window.counted")
    assert (visitor.notice.count(), visitor.granted) == (0, set(PURPOSES))


PLANT = """
(names) => {
  for (const name of names)
    for (const domain of ['', '; domain=www.voorbeeld.test', '; domain=voorbeeld.test'])
      for (const path of ['/', '/films', '/films/', '/films/2026/'])
        document.cookie = `${name}=1; path=${path}${domain}`
  document.cookie = 'basket=1; path=/'
  localStorage.setItem('visits:9', '1')
  localStorage.setItem('basket', '1')
  sessionStorage.setItem('visits.now', '1')
}
"""


def test_withdrawing_removes_what_was_kept_everywhere_and_stops_what_ran(visitor: Visitor) -> None:
    visitor.opens("/films/2026/").allows_all().waits_for("window.counted && window.advertised")
    visitor.page.evaluate(PLANT, ["_counter", "_counter_ab.1", "visits_id", "_friends_ad"])
    visitor.opens_settings()
    visitor.asked.clear()
    with visitor.page.expect_navigation():
        visitor.presses(WORDS.refuse_all, DIALOG)
    visitor.status.get_by_role("link").wait_for()
    assert visitor.storage_items() == {"consent", "basket"}
    assert (visitor.other_hosts(), visitor.granted) == (set(), set())


def test_what_cannot_be_removed_from_here_is_said_with_the_providers_own_link(visitor: Visitor) -> None:
    visitor.opens("/").allows_all().waits_for("window.counted").opens_settings()
    with visitor.page.expect_navigation():
        visitor.chooses("media", "advertising")
    link = visitor.status.get_by_role("link")
    link.wait_for()
    assert (link.inner_text(), link.get_attribute("href")) == (
        WORDS.not_removed.format(service="Counter"),
        "https://stats.example-third.test/opt-out",
    )
    assert visitor.status.inner_text().startswith(WORDS.saved)


def test_withdrawing_one_purpose_leaves_the_other(visitor: Visitor) -> None:
    visitor.opens("/").allows_all().waits_for("window.counted && window.advertised").opens_settings()
    with visitor.page.expect_navigation():
        visitor.chooses("statistics")
    visitor.waits_for("window.counted")
    assert visitor.granted == {"statistics"}
    assert "_friends_ad" not in visitor.storage_items()
    assert {"_counter", "visits_id"} <= visitor.storage_items()


def test_the_page_is_not_loaded_anew_when_nothing_ran(visitor: Visitor) -> None:
    visitor.opens("/lang.html").allows_all()
    visitor.page.evaluate("window.same = true")
    visitor.page.locator("[data-consent-settings]").click()
    visitor.presses(WORDS.refuse_all, DIALOG)
    visitor.status.get_by_text(WORDS.saved).wait_for()
    assert visitor.page.evaluate("window.same") and visitor.granted == set()


def test_withdrawing_takes_no_more_clicks_than_granting_and_opening(visitor: Visitor) -> None:
    visitor.opens("/lang.html").allows_all()
    visitor.page.locator("[data-consent-settings]").click()
    visitor.presses(WORDS.refuse_all, DIALOG)
    assert [act[2] for act in fields(visitor.record)] == ["none"]


def test_a_refusal_after_expiry_removes_what_the_old_yes_left(visitor: Visitor) -> None:
    visitor.opens("/films/2026/lang.html")
    visitor.page.evaluate(PLANT, ["_counter"])
    visitor.refuses()
    visitor.waits_for("!document.cookie.includes('_counter')")
    assert visitor.storage_items() == {"consent", "basket"}
