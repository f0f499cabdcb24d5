"""The visitor's journeys from the first visit to the withdrawal, in every engine."""

import pytest

from tests.consent.visitor import DIALOG, NOTICE, PURPOSES, WORDS
from tests.journeys.traveller import FRAME, STATUS, Traveller, button, one

ALLOWED = {"stats.example-third.test", "ads.example-friends.test", "player.example-cinema.test"}
PLAYER = "player.example-cinema.test"
RUNS = "window.counted && window.advertised && window.order?.length === 3"
BOXES = f"""[{button(WORDS.allow_all, NOTICE)}, {button(WORDS.refuse_all, NOTICE)}].map((button) => {{
  const {{ width, height, top }} = button.getBoundingClientRect()
  const {{ color, backgroundColor, font, border }} = getComputedStyle(button)
  return [Math.round(width), Math.round(height), Math.round(top), color, backgroundColor, font, border].join()
}})"""


def test_a_first_visit_asks_with_twin_buttons_and_does_nothing_else(traveller: Traveller) -> None:
    traveller.opens("/").waits_for(button(WORDS.choose, NOTICE))
    assert traveller.sees(NOTICE)
    allow, refuse = traveller.finds(BOXES)
    assert allow == refuse
    assert (traveller.kept(), traveller.other_hosts(), traveller.granted) == (set(), set(), set())


@pytest.mark.usually("firefox")
def test_each_part_keeps_its_look_whichever_comes_last(traveller: Traveller) -> None:
    traveller.opens("/").waits_for(f"{one(NOTICE)} && {one(FRAME)}")
    assert traveller.finds(f"getComputedStyle({one(NOTICE)}).position") == "fixed"
    assert traveller.finds(f"getComputedStyle({one(FRAME)}).borderTopStyle") == "solid"


@pytest.mark.usually("webkit")
def test_a_refusal_is_kept_and_holds_on_the_next_page(traveller: Traveller) -> None:
    traveller.opens("/").refuses()
    assert (traveller.method, traveller.kept()) == ("none", {"consent"})
    assert traveller.other_hosts() == set()
    for page in ("/lang.html", "/"):
        assert traveller.opens(page).is_asked() is False
        assert (traveller.granted, traveller.method) == (set(), "none")
        assert (traveller.other_hosts(), traveller.kept()) == (set(), {"consent"})


def test_allowing_all_runs_the_services_in_order_and_on_the_next_page_at_once(traveller: Traveller) -> None:
    traveller.opens("/").allows_all().waits_for(RUNS).waits_for_host(PLAYER)
    assert (traveller.method, traveller.granted) == ("all", set(PURPOSES))
    assert traveller.finds("order") == ["inline 1", "external", "inline 2"]
    assert traveller.sees("#from-template")
    traveller.opens("/").waits_for(RUNS).waits_for_host(PLAYER)
    assert traveller.finds("order") == ["inline 1", "external", "inline 2"]
    assert (traveller.is_asked(), traveller.other_hosts()) == (False, ALLOWED)


@pytest.mark.usually("firefox")
def test_a_choice_of_ones_own_is_kept_and_shown_again(traveller: Traveller) -> None:
    traveller.opens("/").presses(WORDS.choose, NOTICE).waits_for(one(DIALOG))
    assert traveller.switched_on() == set()
    traveller.switches("statistics").presses(WORDS.save, DIALOG).waits_for(f"!{one(DIALOG)}")
    assert (traveller.sees(NOTICE), traveller.method, traveller.granted) == (False, "some", {"statistics"})
    traveller.reloads().waits_for("window.counted")
    assert (traveller.is_asked(), traveller.other_hosts()) == (False, {"stats.example-third.test"})
    assert traveller.opens_settings().switched_on() == {"statistics"}


def test_withdrawing_removes_what_was_kept_and_stops_what_ran(traveller: Traveller) -> None:
    traveller.opens("/").allows_all().waits_for(RUNS).waits_for_host(PLAYER)
    assert {"_counter", "_friends_ad", "visits_id", "visits:1", "visits.now"} < traveller.kept()
    traveller.opens_settings().finds("window.before = true")
    traveller.hosts.requests.clear()
    traveller.presses(WORDS.refuse_all, DIALOG).waits_for("!window.before && document.readyState === 'complete'")
    traveller.waits_for(f"{one(f'{STATUS} a')}")
    assert (traveller.kept(), traveller.granted, traveller.other_hosts()) == ({"consent"}, set(), set())
    assert traveller.finds("[window.counted, window.advertised, window.order]") == [None, None, None]


@pytest.mark.usually("firefox")
def test_a_frame_loads_once(traveller: Traveller) -> None:
    traveller.opens("/").refuses().waits_for(one(FRAME))
    assert WORDS.frame_blocked.format(service="Cinema") in traveller.reads(FRAME)
    assert not traveller.sees("iframe")
    traveller.presses(WORDS.load_once, FRAME).waits_for_host(PLAYER)
    assert (traveller.sees("iframe"), traveller.sees(FRAME), traveller.granted) == (True, False, set())
    traveller.reloads().waits_for(one(FRAME))
    assert (traveller.sees("iframe"), traveller.sees(FRAME), traveller.other_hosts()) == (False, True, set())


@pytest.mark.usually("webkit")
def test_a_frame_loads_always(traveller: Traveller) -> None:
    traveller.opens("/").refuses().presses(WORDS.load_always, FRAME).waits_for_host(PLAYER)
    assert (traveller.sees(FRAME), traveller.granted) == (False, {"media"})
    traveller.reloads().waits_for_host(PLAYER)
    assert (traveller.sees("iframe"), traveller.sees(FRAME), traveller.other_hosts()) == (True, False, {PLAYER})


@pytest.mark.usually("webkit")
def test_sub_domains_share_a_choice_and_say_so(traveller: Traveller) -> None:
    traveller.opens("/lang.html", "film.voorbeeld.test").waits_for(button(WORDS.refuse_all, NOTICE))
    assert WORDS.shared.format(domain="voorbeeld.test") in traveller.reads(NOTICE)
    traveller.refuses()
    assert traveller.driver.cookies() == {"consent": ".voorbeeld.test"}
    assert traveller.opens("/film.html", "film.voorbeeld.test").is_asked() is False
    assert traveller.method == "none"
    traveller.opens("/film.html", "www.voorbeeld.test")
    assert traveller.method == "none"
