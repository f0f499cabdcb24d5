"""In a real browser: under the guard nothing that nobody marked reaches a host that is not declared and granted."""

import pytest

from tests.headers.conftest import Visit
from tests.headers.pages import HOSTS, WAYS, asked_by
from tests.headers.website import ALL, COUNTED, NONE

LETTERS = {"css.letters.test": ("style", "font", "any")}
COUNTER = {"js.counter.test": ("script", "image", "connect", "any")}
CINEMA = {"player.cinema.test": ("frame", "any")}
NOT_READ_AHEAD = {
    *("/added.js", "/import.js", "/worker.js", "/written.js", "/pixel.png", "/style.png", "/face.woff2"),
    *("/film.webm", "/sound.ogg", "/frame.html", "/inner.html", "/later.html", "/object.html", "/embed.html"),
    *("/beacon.json", "/events.json", "/fetch.json", "/keepalive.json", "/request.json", "/socket.json"),
    "/prefetch.html",
}
TOLD = "performance.getEntriesByType('navigation')[0].serverTiming.map(({ name, description }) => [name, description])"


def test_without_the_guard_the_page_asks_every_host_in_every_way(visit: Visit):
    expected = asked_by(dict.fromkeys(HOSTS, tuple(WAYS)))
    assert visit.opens("/open/").asked(expected) == expected


@pytest.mark.parametrize("cookie", ["a=1", NONE, ALL[:-5]], ids=["no record", "refused", "cut off"])
def test_nothing_is_asked_of_a_host_without_consent(visit: Visit, cookie: str):
    expected = asked_by(LETTERS)
    assert visit.chooses(cookie).opens("/guarded/").asked(expected) == expected


@pytest.mark.parametrize(("cookie", "granted"), [(COUNTED, COUNTER), (ALL, COUNTER | CINEMA)], ids=["some", "all"])
def test_what_is_granted_is_asked_and_nothing_else(visit: Visit, cookie: str, granted: dict[str, tuple[str, ...]]):
    expected = asked_by(LETTERS | granted)
    assert visit.chooses(cookie).opens("/guarded/").asked(expected) == expected


def test_the_websites_own_page_runs_whole_and_knows_that_it_is_guarded(visit: Visit):
    page = visit.opens("/guarded/own.html").page
    assert page.evaluate("ran") == 1
    assert page.evaluate("document.images[0].complete && document.images[0].naturalWidth > 0")
    assert page.evaluate(TOLD) == [["guard", "12"]]
    assert visit.opens("/open/").page.evaluate(TOLD) == []


def test_a_page_from_before_the_choice_does_not_come_back(visit: Visit):
    visit.chooses(ALL).opens("/guarded/").opens("/guarded/own.html")
    visit.chooses(NONE).goes_back()
    assert visit.asked(set()) <= asked_by(LETTERS)
    visit.opens("/guarded/own.html").chooses(COUNTED).goes_back()
    witness = {("js.counter.test", "/fetch.json")}
    assert witness <= visit.asked(witness) <= asked_by(LETTERS | COUNTER)


def test_the_script_keeps_the_page_from_all_that_the_browser_does_not_read_ahead(visit: Visit):
    allowed = asked_by(LETTERS | COUNTER)
    found = visit.chooses(COUNTED).opens("/script/").asked(allowed)
    assert allowed <= found
    assert {path for _, path in found - allowed}.isdisjoint(NOT_READ_AHEAD)
    assert visit.page.evaluate("Reflect.has(document, Symbol.for('leiz-choice-guard'))")


def test_the_script_cannot_keep_the_browser_from_reading_ahead(visit: Visit):
    """The limit of the script, which the header does not have: the host is asked, though nothing of it runs."""
    witness = {("spy.test", "/script.js")}
    assert witness <= visit.chooses(NONE).opens("/script/").asked(witness)
    assert visit.page.evaluate("typeof ran") == "undefined"
