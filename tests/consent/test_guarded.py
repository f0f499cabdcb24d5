"""A page under a guard is loaded anew where the guard was in the way, and only there."""

import pytest

from tests.consent.visitor import DIALOG, WORDS, Visitor

UNDER_A_GUARD = "document[Symbol.for('leiz-choice-guard')] = true; window.first = true"


@pytest.fixture
def guarded(visitor: Visitor) -> Visitor:
    """A visitor whose pages come under a guard; it would send the same whatever is granted."""
    visitor.context.add_init_script(UNDER_A_GUARD)
    return visitor


def test_granting_loads_the_page_anew_where_something_was_held_up(guarded: Visitor) -> None:
    guarded.opens("/bewaakt/").notice.wait_for()
    with guarded.page.expect_navigation():
        guarded.allows_all()
    guarded.page.wait_for_load_state("networkidle")
    assert "counter" in guarded.services_allowed


def test_granting_leaves_a_page_alone_that_asked_nobody(guarded: Visitor) -> None:
    guarded.opens("/bewaakt/lang.html").page.evaluate("window.same = true")
    guarded.allows_all().status.get_by_text(WORDS.saved).wait_for()
    guarded.page.wait_for_load_state("networkidle")
    assert guarded.page.evaluate("window.same")


def test_what_is_not_granted_is_no_reason(guarded: Visitor) -> None:
    guarded.opens("/bewaakt/lang.html").page.evaluate(
        "port => { window.same = true; new Image().src = `//nobody.example.test:${port}/x.gif` }", guarded.hosts.port
    )
    guarded.allows_all().status.get_by_text(WORDS.saved).wait_for()
    guarded.page.wait_for_load_state("networkidle")
    assert guarded.page.evaluate("window.same")


def test_withdrawing_always_does_as_unmarked_tags_may_run(guarded: Visitor) -> None:
    guarded.opens("/bewaakt/lang.html").allows_all().opens_settings()
    with guarded.page.expect_navigation():
        guarded.presses(WORDS.refuse_all, DIALOG)
    guarded.status.get_by_role("link").first.wait_for()
    assert guarded.services_allowed == set()
