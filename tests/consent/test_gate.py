"""Frames, log-in buttons, late nodes, and what other scripts of the page can ask of the module."""

import pytest
from playwright.sync_api import Route

from tests.consent.visitor import DIALOG, NOTICE, PURPOSES, WORDS, Visitor

ADD = """
([service, type, body]) => {
  const script = document.createElement('script')
  script.type = 'text/plain'
  Object.assign(script.dataset, { service, type })
  script.textContent = body
  document.querySelector('main').append(script)
}
"""
FRAME = ".leiz-choice-frame"
CINEMA = "player.example-cinema.test"
LOGIN = "login.example-friends.test"


def test_a_frame_waits_behind_words_of_its_own(visitor: Visitor) -> None:
    visitor.opens("/")
    text = visitor.page.locator(FRAME).inner_text()
    assert WORDS.frame_blocked.format(service="Cinema") in text
    assert visitor.page.locator("iframe").is_hidden()


def test_a_frame_loaded_once_stores_nothing(visitor: Visitor) -> None:
    visitor.opens("/").presses(WORDS.load_once, FRAME)
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    assert visitor.page.locator(FRAME).count() == 0
    assert (visitor.record, visitor.granted, visitor.notice.count()) == (None, set(), 1)
    visitor.reloads()
    assert visitor.other_hosts() == set()


def test_a_loaded_frame_takes_the_focus_of_the_button_that_loaded_it(visitor: Visitor) -> None:
    visitor.opens("/").presses(WORDS.load_once, FRAME)
    assert visitor.page.evaluate("document.activeElement.tagName") == "IFRAME"


def test_a_service_that_needs_no_consent_runs_at_once(visitor: Visitor) -> None:
    visitor.opens("/lang.html").page.evaluate(ADD, ["consent-record", "module", "window.ran = import.meta.url"])
    visitor.waits_for("window.ran")
    assert visitor.storage_items() == set()


def test_a_module_waits_and_then_runs_as_a_module(visitor: Visitor) -> None:
    visitor.opens("/lang.html").page.evaluate(ADD, ["counter", "module", "window.ran = import.meta.url"])
    assert visitor.page.evaluate("window.ran === undefined")
    visitor.allows_all().waits_for("window.ran")


def test_a_frame_allowed_for_good_grants_its_purpose_only(visitor: Visitor) -> None:
    visitor.opens("/").presses(WORDS.load_always, FRAME)
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    assert visitor.granted == {"media"}
    visitor.reloads()
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    assert visitor.other_hosts() == {CINEMA}


def test_allowing_a_frame_keeps_what_was_granted_before(visitor: Visitor) -> None:
    visitor.opens("/").presses(WORDS.choose).chooses("statistics").presses(WORDS.load_always, FRAME)
    assert visitor.granted == {"statistics", "media"}


def test_logging_in_without_consent_shows_what_it_needs(visitor: Visitor) -> None:
    visitor.opens("/").presses("Inloggen met Friends")
    visitor.dialog.wait_for()
    assert visitor.page.evaluate("document.activeElement.id") == "leiz-choice-media"
    assert (visitor.other_hosts(), visitor.storage_items()) == (set(), set())


def test_logging_in_loads_only_after_consent_and_a_click(visitor: Visitor) -> None:
    visitor.opens("/").presses(WORDS.choose).chooses("media")
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    assert LOGIN not in visitor.other_hosts()
    visitor.presses("Inloggen met Friends").waits_for("window.loggedIn")
    assert LOGIN in visitor.other_hosts()


def test_a_click_without_consent_does_not_count_later(visitor: Visitor) -> None:
    visitor.opens("/").presses("Inloggen met Friends").chooses("media")
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    assert LOGIN not in visitor.other_hosts()


def test_a_click_while_the_login_loads_does_not_reach_the_page(visitor: Visitor) -> None:
    held: list[Route] = []
    visitor.page.route("**/login.js", lambda route: held.append(route))
    visitor.opens("/").presses(WORDS.choose).chooses("media")
    visitor.page.evaluate(
        "window.reached = 0; document.querySelector('[data-service-button]').addEventListener('click', () => reached++)"
    )
    with visitor.page.expect_request("**/login.js"):
        visitor.presses("Inloggen met Friends")
    visitor.presses("Inloggen met Friends")
    assert visitor.page.evaluate("reached") == 0
    held[0].continue_()
    visitor.waits_for("window.loggedIn")
    assert visitor.page.evaluate("reached") == 1


BLOCKERS = {
    "of a browser without modules": "{ src: '/strict-visits.js', noModule: true }",
    "that is data": "{ src: '/strict-visits.js' }, { type: 'application/ld+json' }",
    "that the page removes": "{ src: '/strict-visits.js?2', className: 'goes' }",
}


@pytest.mark.parametrize("kind", BLOCKERS)
def test_a_script_that_never_runs_does_not_hold_up_the_next(visitor: Visitor, kind: str) -> None:
    visitor.opens("/lang.html").allows_all().page.evaluate(
        """async () => {
          const add = (values, data) => {
            const script = document.createElement('script')
            script.type = 'text/plain'
            Object.assign(script, values)
            Object.assign(script.dataset, { service: 'visits' }, data)
            document.querySelector('main').append(script)
          }
          add({ src: '/strict-visits.js' })
          add(BLOCKER)
          add({ textContent: 'window.ran = true' })
          await null
          document.querySelector('.goes')?.remove()
        }""".replace("BLOCKER", BLOCKERS[kind])
    )
    visitor.waits_for("window.ran")


def test_a_service_does_not_wait_for_another(visitor: Visitor) -> None:
    visitor.page.route("**/visits.js", lambda route: None)
    visitor.page.route("**/ads.js", lambda route: None)
    visitor.opens("/").allows_all().waits_for("window.counted")
    visitor.page.get_by_role("button", name="Inloggen met Friends").press("Enter")
    visitor.waits_for("window.loggedIn")
    assert visitor.page.evaluate("order") == ["inline 1"]


def test_nodes_that_come_later_are_seen(visitor: Visitor) -> None:
    visitor.opens("/lang.html").allows_all()
    visitor.page.evaluate(
        """port => {
          const script = document.createElement('script')
          script.type = 'text/plain'
          script.dataset.service = 'counter'
          script.src = `//stats.example-third.test:${port}/late.js`
          document.querySelector('main').append(script)
        }""",
        visitor.hosts.port,
    )
    visitor.waits_for("window.counted")


def test_nodes_that_come_later_stay_inert_without_consent(visitor: Visitor) -> None:
    visitor.opens("/lang.html").refuses()
    visitor.page.evaluate(
        """port => {
          const frame = document.createElement('iframe')
          frame.dataset.service = 'cinema'
          frame.dataset.src = `//player.example-cinema.test:${port}/late`
          document.querySelector('main').append(frame)
        }""",
        visitor.hosts.port,
    )
    visitor.page.locator(FRAME).wait_for()
    assert visitor.other_hosts() == set()


def test_an_unknown_service_stays_inert(visitor: Visitor) -> None:
    visitor.opens("/").allows_all().waits_for("window.counted && window.advertised")
    assert "unknown.example.test" not in visitor.other_hosts()


def test_scripts_of_the_page_hear_of_a_choice(visitor: Visitor) -> None:
    visitor.opens("/lang.html").page.evaluate(
        """() => {
          window.heard = []
          consent.on('change', ({ granted }) => heard.push(granted))
          document.addEventListener('consent:change', (event) => heard.push([event.bubbles, ...event.detail.granted]))
        }"""
    )
    visitor.presses(WORDS.allow_all, NOTICE)
    assert visitor.page.evaluate("heard") == [[True, *PURPOSES], list(PURPOSES)]
    allowed = "['counter', 'remember-choice', 'x'].map((id) => consent.allows(id))"
    assert visitor.page.evaluate(allowed) == [True, True, False]


def test_scripts_of_the_page_can_open_the_settings(visitor: Visitor) -> None:
    visitor.opens("/lang.html").page.evaluate("consent.open('advertising')")
    visitor.dialog.wait_for()
    assert visitor.page.evaluate("document.activeElement.id") == "leiz-choice-advertising"


def test_a_service_for_two_purposes_says_what_else_it_needs(visitor: Visitor) -> None:
    visitor.opens("/").presses(WORDS.choose)
    row = visitor.page.locator(DIALOG).locator("section", has=visitor.switch("advertising"))
    row.locator("summary").click()
    text = row.inner_text()
    told = [WORDS.needs_all.format(purposes="Statistiek"), "Friends Ltd., Ierland", "_friends_ad", "90 dagen"]
    assert [word for word in told if word not in text] == []
