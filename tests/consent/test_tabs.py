"""One visitor with the website in more than one tab: the newest choice holds in all of them."""

import pytest

from tests.consent.records import fields
from tests.consent.visitor import DIALOG, PURPOSES, WORDS, Visitor

FRAME = ".leiz-choice-frame"
ADD_FRAME = """
const frame = document.createElement('iframe')
Object.assign(frame.dataset, { service: 'cinema', src: '/film.html' })
document.querySelector('main').prepend(frame)
"""
DEAF = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })"
"""Without that store no page hears of a choice in another one."""


def _second_tab(visitor: Visitor) -> Visitor:
    return Visitor(visitor.context, visitor.hosts).opens("/lang.html")


@pytest.mark.parametrize("tabs", ["that hear each other", "that do not"])
def test_a_frame_does_not_bring_back_what_another_tab_withdrew(visitor: Visitor, tabs: str) -> None:
    if tabs == "that do not":
        visitor.context.add_init_script(DEAF)
    visitor.opens("/lang.html").presses(WORDS.choose).chooses("statistics")
    visitor.page.evaluate(ADD_FRAME)
    _second_tab(visitor).opens_settings().presses(WORDS.refuse_all, DIALOG)
    visitor.presses(WORDS.load_always, FRAME)
    assert visitor.granted == {"media"}
    assert [act[2] for act in fields(visitor.record)] == ["none", "one"]


def test_the_settings_show_what_another_tab_chose(visitor: Visitor) -> None:
    visitor.context.add_init_script(DEAF)
    visitor.opens("/lang.html").allows_all()
    _second_tab(visitor).opens_settings().chooses("media")
    visitor.opens_settings()
    assert [purpose for purpose in PURPOSES if visitor.switch(purpose).is_checked()] == ["media"]


def test_a_choice_in_one_tab_closes_the_first_layer_in_the_other(visitor: Visitor) -> None:
    visitor.opens("/lang.html")
    _second_tab(visitor).presses(WORDS.choose).chooses("media")
    visitor.notice.wait_for(state="detached")
    assert visitor.granted == {"media"}


@pytest.mark.parametrize("moment", ["pageshow", "visibilitychange"])
def test_a_tab_that_comes_back_takes_in_the_choice(visitor: Visitor, moment: str) -> None:
    visitor.context.add_init_script(DEAF)
    visitor.opens("/lang.html").allows_all()
    _second_tab(visitor).opens_settings().presses(WORDS.refuse_all, DIALOG)
    visitor.page.evaluate("moment => document.dispatchEvent(new Event(moment, { bubbles: true }))", moment)
    assert visitor.granted == set()


def test_a_withdrawal_stops_what_runs_in_another_tab(visitor: Visitor) -> None:
    visitor.opens("/").allows_all().waits_for("window.counted && window.advertised")
    other = _second_tab(visitor).opens_settings()
    with visitor.page.expect_navigation():
        other.presses(WORDS.refuse_all, DIALOG)
    visitor.status.get_by_role("link").wait_for()
    assert (visitor.granted, visitor.storage_items()) == (set(), {"consent"})


def test_what_was_written_after_a_withdrawal_goes_at_the_next_page(visitor: Visitor) -> None:
    visitor.opens("/lang.html").allows_all().opens_settings().presses(WORDS.refuse_all, DIALOG)
    visitor.status.get_by_role("link").wait_for()
    visitor.page.evaluate("document.cookie = '_counter=1; path=/'; localStorage.setItem('visits:1', '1')")
    visitor.opens("/film.html").waits_for("document.cookie.startsWith('consent=') && !document.cookie.includes(';')")
    assert visitor.storage_items() == {"consent"}
