"""Asking again: only for what is new, with a sentence that says what; every other choice stands."""

from typing import Any

from policy.consent.code import purpose_code, service_code
from policy.inventory.fields import Lifetime
from policy.inventory.model import Inventory
from tests import demo
from tests.axe import violations
from tests.consent.conftest import Opens
from tests.consent.records import act, codes, every_code, fields, record
from tests.consent.visitor import DIALOG, NOTICE, WORDS

MAP = "map"
OLD = record(act(number=3))


def _changed(id: str, **facts: Any) -> Inventory:
    services = tuple(s.model_copy(update=facts) if s.id == id else s for s in demo.inventory().services)
    return demo.inventory().model_copy(update={"services": services})


def _with_a_map() -> Inventory:
    """The demonstration with one service more, for a purpose that is asked for already."""
    inventory = demo.inventory()
    new = inventory.service("cinema").model_copy(update={"id": MAP, "name": "De kaart", "storage": ()})
    sites = tuple(
        w.model_copy(update={"services": (*w.services, MAP)}) if w.id == "voorbeeld" else w for w in inventory.websites
    )
    return inventory.model_copy(update={"services": (*inventory.services, new), "websites": sites})


def _longer() -> Inventory:
    counter = demo.inventory().service("counter")
    item = counter.storage[0].model_copy(update={"lifetime": Lifetime.parse("14 months")})
    return _changed("counter", storage=(item, *counter.storage[1:]))


def _shorter() -> Inventory:
    counter = demo.inventory().service("counter")
    item = counter.storage[0].model_copy(update={"lifetime": Lifetime.parse("1 month")})
    return _changed("counter", storage=(item,), description="Anders gezegd.")


def test_a_new_service_is_asked_for_and_the_others_run_at_once(opens: Opens) -> None:
    visitor = opens(_with_a_map(), OLD).waits_for("window.counted && window.advertised")
    text = visitor.notice.inner_text()
    assert WORDS.changes_title in text
    assert WORDS.new_service.format(service="De kaart", purposes="Video") in text
    assert "Counter" not in text
    assert visitor.services_allowed == {"counter", "visits", "cinema", "friends-ads", "friends-login"}
    assert visitor.page.evaluate("consent.allows('map')") is False
    assert [f"{one['id']} {one['target']}" for one in violations(visitor.page)] == []


def test_the_new_one_refused_leaves_every_other_choice_and_is_not_asked_again(opens: Opens) -> None:
    visitor = opens(_with_a_map(), OLD, "/lang.html").presses(WORDS.refuse_new, NOTICE)
    visitor.status.get_by_text(WORDS.saved).wait_for()
    before, after = fields(visitor.record)
    assert (before, after[0], after[4:]) == (fields(OLD)[0], "4", ["", service_code(MAP), ""])
    visitor.reloads().page.wait_for_load_state("networkidle")
    assert (visitor.notice.count(), visitor.page.evaluate("consent.allows('map')")) == (0, False)
    assert visitor.page.evaluate("consent.allows('cinema')")


def test_the_new_one_allowed_runs(opens: Opens) -> None:
    visitor = opens(_with_a_map(), OLD, "/lang.html").presses(WORDS.allow_new, NOTICE)
    visitor.waits_for("consent.allows('map') && consent.allows('counter')")
    visitor.reloads()
    assert visitor.page.evaluate("consent.allows('map')")


def test_who_refused_is_asked_for_the_new_one_only(opens: Opens) -> None:
    visitor = opens(_with_a_map(), record(act("none", "", every_code())), "/lang.html").presses(WORDS.allow_new, NOTICE)
    visitor.waits_for("consent.allows('map')")
    assert visitor.services_allowed == set()
    granted = "".join(act[4] for act in fields(visitor.record))
    assert codes(granted) == {service_code(MAP), purpose_code("media")}


def test_a_longer_lifetime_asks_for_that_service_and_keeps_it_off(opens: Opens) -> None:
    visitor = opens(_longer(), OLD)
    text = visitor.notice.inner_text()
    assert WORDS.new_lifetimes.format(service="Counter", items="_counter, _counter_*") in text
    assert "stats.example-third.test" not in visitor.other_hosts()
    assert visitor.services_allowed == {"visits", "cinema", "friends-ads", "friends-login"}
    visitor.presses(WORDS.allow_new, NOTICE).waits_for("window.counted")


def test_other_words_and_less_of_everything_ask_nothing(opens: Opens) -> None:
    visitor = opens(_shorter(), OLD).waits_for("window.counted && window.advertised")
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.notice.count() == 0


def test_who_chose_nothing_yet_gets_the_first_layer(opens: Opens) -> None:
    visitor = opens(_with_a_map(), path="/lang.html")
    assert visitor.notice.get_by_role("heading").inner_text() == WORDS.title


def test_who_only_allowed_a_frame_still_gets_the_first_layer(opens: Opens) -> None:
    visitor = opens(demo.inventory()).presses(WORDS.load_always, ".leiz-choice-frame")
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    visitor.reloads()
    assert visitor.notice.get_by_role("heading").inner_text() == WORDS.title


def test_the_second_layer_shows_what_is_new_switched_off(opens: Opens) -> None:
    visitor = opens(_with_a_map(), OLD, "/lang.html").presses(WORDS.choose)
    boxes = visitor.page.locator(DIALOG).locator("section", has=visitor.switch("media"))
    assert visitor.switch("media").is_checked()
    assert boxes.get_by_label("De kaart").is_visible() and not boxes.get_by_label("De kaart").is_checked()
    visitor.presses(WORDS.save, DIALOG).waits_for("consent.allows('cinema')")
    assert visitor.page.evaluate("consent.allows('map')") is False
    assert visitor.notice.count() == 0


def test_a_purpose_switches_its_services_and_a_service_its_purposes(opens: Opens) -> None:
    visitor = opens(demo.inventory(), path="/lang.html").presses(WORDS.choose)
    visitor.dialog.wait_for()
    for summary in visitor.dialog.locator("section summary").all():
        summary.click()
    visitor.switch("statistics").check()
    counter, ads = visitor.dialog.get_by_label("Counter"), visitor.dialog.get_by_label("Friends Ads")
    assert counter.is_checked() and ads.first.is_checked() and ads.last.is_checked()
    counter.uncheck()
    visitor.dialog.get_by_label("Cinema").check()
    assert visitor.switch("media").is_checked() and not visitor.dialog.get_by_label("Inloggen met Friends").is_checked()
    visitor.presses(WORDS.save, DIALOG).status.get_by_text(WORDS.saved).wait_for()
    assert visitor.services_allowed == {"visits", "cinema"}
    visitor.opens_settings()
    assert not visitor.dialog.get_by_label("Counter").is_checked()
