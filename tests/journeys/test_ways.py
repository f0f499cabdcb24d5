"""What comes between a visitor and the module: the keyboard, a strict CSP, other tabs, the way back, a signal."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.consent.visitor import DIALOG, NOTICE, PURPOSES, WORDS
from tests.journeys.driver import until
from tests.journeys.proxy import Proxy
from tests.journeys.traveller import SETTINGS, STATUS, Traveller, button, one

FOCUSED_STATUS = f"document.activeElement.matches('{STATUS}')"
FORBIDDEN = "document.body.append(Object.assign(document.createElement('style'), { textContent: 'b { color: red }' }))"
"""Breaks the CSP on purpose, so that its report shows that reports arrive."""


def test_refusing_by_keyboard_goes_on_with_the_page(traveller: Traveller) -> None:
    traveller.opens("/lang.html").waits_for(button(WORDS.refuse_all, NOTICE))
    assert traveller.finds("document.activeElement === document.body")
    traveller.driver.press("Tab")
    assert traveller.finds(f"document.activeElement.closest('{NOTICE}') !== null")
    traveller.tabs_to(WORDS.refuse_all).driver.press("Enter")
    traveller.waits_for(f"!{one(NOTICE)} && {FOCUSED_STATUS} && document.activeElement.textContent")
    assert (traveller.method, traveller.reads(STATUS)) == ("none", WORDS.saved)
    traveller.driver.press("Tab")
    assert traveller.finds("document.activeElement.getAttribute('href')") == "/film.html?1"


@pytest.mark.usually("webkit")
def test_escape_in_the_second_layer_stores_nothing(traveller: Traveller) -> None:
    traveller.opens("/lang.html").waits_for(button(WORDS.choose, NOTICE))
    traveller.tabs_to(WORDS.choose).driver.press("Enter")
    traveller.waits_for(one(DIALOG))
    assert traveller.finds("document.activeElement.textContent") == WORDS.preferences_title
    until(lambda: _on_next_switch(traveller), "a switch has the focus")
    traveller.driver.press("Space")
    assert traveller.switched_on() == {traveller.finds("document.activeElement.id").rpartition("-")[2]}
    traveller.driver.press("Escape")
    traveller.waits_for(f"!{one(DIALOG)}")
    assert (traveller.kept(), traveller.granted, traveller.sees(NOTICE)) == (set(), set(), True)


def _on_next_switch(traveller: Traveller) -> bool:
    traveller.driver.press("Tab")
    return traveller.finds("document.activeElement.matches('input')")


def test_the_strictest_csp_is_kept(traveller: Traveller, proxy: Proxy) -> None:
    proxy.reports.clear()
    traveller.opens("/streng.html").waits_for(button(WORDS.choose, NOTICE))
    assert traveller.finds(f"getComputedStyle({one(NOTICE)}).position") == "fixed"
    traveller.presses(WORDS.choose, NOTICE).waits_for(one(DIALOG)).switches("statistics")
    traveller.presses(WORDS.save, DIALOG).waits_for("document.cookie.includes('visits_id')")
    traveller.opens_settings().finds("window.before = true")
    traveller.presses(WORDS.refuse_all, DIALOG).waits_for("!document.cookie.includes('visits_id')")
    traveller.waits_for(f"!window.before && document.readyState === 'complete' && {one(STATUS)}?.textContent")
    traveller.finds(f"{FORBIDDEN}")
    until(lambda: "style-src-elem" in _forbidden(proxy), "a report arrives")
    assert _forbidden(proxy) == ["style-src-elem"]


def _forbidden(proxy: Proxy) -> list[str]:
    """The directives that something broke; not the icon that a browser looks for by itself, as this page names none."""
    reports = [report for report in proxy.reports if not report["blocked-uri"].endswith("/favicon.ico")]
    return [report.get("effective-directive") or report["violated-directive"] for report in reports]


@pytest.mark.usually("firefox")
def test_a_choice_in_one_tab_closes_the_first_layer_in_the_other(traveller: Traveller) -> None:
    traveller.opens("/lang.html").waits_for(button(WORDS.choose, NOTICE))
    traveller.driver.new_tab()
    traveller.opens("/lang.html").allows_all()
    traveller.driver.to_tab(0)
    traveller.waits_for(f"!{one(NOTICE)}")
    assert traveller.granted == set(PURPOSES)


def test_the_way_back_finds_no_stale_first_layer(traveller: Traveller) -> None:
    traveller.opens("/lang.html").waits_for(button(WORDS.choose, NOTICE))
    traveller.opens("/film.html").allows_all().driver.back()
    traveller.waits_for("location.pathname === '/lang.html' && window.consent").waits_for(f"!{one(NOTICE)}")
    assert traveller.granted == set(PURPOSES)


def test_a_page_that_was_kept_for_the_way_back_and_told_nothing_takes_in_the_choice(traveller: Traveller) -> None:
    traveller.opens("/lang.html").waits_for(button(WORDS.choose, NOTICE)).finds("window.kept = true")
    traveller.opens("/film.html").finds("BroadcastChannel.prototype.postMessage = () => {}")
    traveller.allows_all().driver.back()
    traveller.waits_for("location.pathname === '/lang.html' && window.consent").waits_for(f"!{one(NOTICE)}")
    assert traveller.finds("window.kept"), "The browser loaded the page anew: nothing was tried."
    assert traveller.granted == set(PURPOSES)


def test_the_way_back_brings_nothing_back_that_was_withdrawn(traveller: Traveller) -> None:
    traveller.opens("/").allows_all().waits_for("window.counted && window.advertised")
    traveller.opens("/lang.html").opens_settings().presses(WORDS.refuse_all, DIALOG).waits_for(f"!{one(DIALOG)}")
    traveller.waits_for("document.cookie.startsWith('consent=') && !document.cookie.includes(';')")
    traveller.driver.back()
    traveller.waits_for("location.pathname === '/' && window.consent && !window.counted")
    traveller.waits_for("document.readyState === 'complete'")
    assert (traveller.granted, traveller.kept()) == (set(), {"consent"})


def test_a_browser_that_refuses_is_not_asked_and_can_still_allow(travellers: Callable[..., Traveller]) -> None:
    traveller = travellers(refuses_by_browser=True).opens("/")
    assert traveller.finds("navigator.globalPrivacyControl") is True
    assert (traveller.is_asked(), traveller.granted, traveller.kept()) == (False, set(), set())
    traveller.opens_settings().switches("statistics").presses(WORDS.save, DIALOG).waits_for("window.counted")
    assert traveller.granted == {"statistics"}
    assert traveller.sees(SETTINGS) and urlsplit(traveller.finds("location.href")).path == "/"
