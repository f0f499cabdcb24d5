"""The list of earlier choices: in this browser only, bounded, and to be taken along."""

import json
import re
from pathlib import Path

from tests.consent.records import act, every_code, minutes
from tests.consent.visitor import DIALOG, WORDS, Visitor

LIST = f"{DIALOG} details.leiz-choice-row"


def _kept(visitor: Visitor) -> list[str]:
    return (visitor.page.evaluate("localStorage.getItem('consent')") or "").split("\n")


def _opens_list(visitor: Visitor) -> str:
    visitor.opens_settings().page.locator(LIST).get_by_text(WORDS.acts).click()
    visitor.page.locator(LIST).locator("li, p").first.wait_for()
    return visitor.page.locator(LIST).inner_text()


def test_before_a_choice_the_list_is_empty_and_nothing_is_kept(visitor: Visitor) -> None:
    text = _opens_list(visitor.opens("/lang.html"))
    assert WORDS.acts_none in text
    assert visitor.storage_items() == set()


def test_each_choice_stands_in_the_list_newest_first(visitor: Visitor) -> None:
    visitor.opens("/lang.html").refuses().status.get_by_text(WORDS.saved).wait_for()
    visitor.opens_settings().chooses("media").status.get_by_text(WORDS.saved).wait_for()
    text = _opens_list(visitor)
    assert WORDS.acts_note in text
    rows = visitor.page.locator(LIST).locator("li").all_inner_texts()
    assert [WORDS.act_some in rows[0], WORDS.act_none in rows[1], len(rows)] == [True, True, 2]
    assert f"{WORDS.act_granted}: Inloggen met Friends, Video, Cinema." in re.sub(r"\s+", " ", rows[0])
    link = visitor.page.locator(LIST).get_by_role("link", name=WORDS.act_shown).first.get_attribute("href") or ""
    assert re.fullmatch(r"http://www\.voorbeeld\.test:\d+/privacy/bewijs/[0-9a-f]{8}\.json", link)


def test_the_list_keeps_twenty_acts_of_the_last_year_and_no_rubbish(visitor: Visitor) -> None:
    old = "consent=2." + act("all", minute=minutes(-366 * 24 * 60))
    lines = ["consent=2." + act("none", "", every_code(), minute=minutes(-n)) for n in range(40, 10, -1)]
    kept = "\n".join([old, "rubbish", '{"__proto__": 1}', *lines])
    visitor.opens("/lang.html").page.evaluate("kept => localStorage.setItem('consent', kept)", kept)
    visitor.refuses().status.get_by_text(WORDS.saved).wait_for()
    assert len(_kept(visitor)) == 20
    assert _kept(visitor)[:-1] == lines[-19:]


def test_the_list_names_no_visitor_and_nothing_finer_than_a_minute(visitor: Visitor) -> None:
    visitor.opens("/lang.html").allows_all().status.get_by_text(WORDS.saved).wait_for()
    (line,) = _kept(visitor)
    assert re.fullmatch(r"consent=2\.3\.[0-9a-z]{5,6}\.all\.[0-9a-f]{8}\.([0-9a-z]{4})+\.\.", line)


def test_the_list_says_that_the_browser_refused(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"
    )
    visitor.opens("/lang.html").opens_settings()
    assert visitor.dialog.get_by_text(WORDS.browser_refuses).is_visible()
    visitor.chooses("media").status.get_by_text(WORDS.saved).wait_for()
    assert _kept(visitor)[0].endswith("!")
    assert WORDS.act_signal in _opens_list(visitor)


def test_the_list_is_saved_as_a_receipt(visitor: Visitor, tmp_path: Path) -> None:
    visitor.opens("/lang.html").presses(WORDS.choose).chooses("media").status.get_by_text(WORDS.saved).wait_for()
    _opens_list(visitor)
    with visitor.page.expect_download() as saving:
        visitor.presses(WORDS.save_json, LIST)
    saving.value.save_as(tmp_path / "receipt.json")
    receipt = json.loads((tmp_path / "receipt.json").read_text("utf-8"))
    assert saving.value.suggested_filename == "cookiekeuze.json"
    assert (receipt["@type"], receipt["dct:publisher"]) == ("dpv:ConsentReceipt", "Voorbeeld Film")
    (kept,) = receipt["dpv:hasRecordOfActivity"]
    status = {
        process.get("dpv:hasService") or process["dpv:hasPurpose"]: process["dpv:hasConsentStatus"]
        for process in kept["dpv:hasProcess"]
    }
    assert status["Cinema"] == status["Video"] == "dpv:ConsentGiven"
    assert status["Counter"] == status["Statistiek"] == "dpv:ConsentRefused"


def test_the_list_is_saved_as_a_page_that_reads_by_itself(visitor: Visitor, tmp_path: Path) -> None:
    visitor.opens("/lang.html").refuses().status.get_by_text(WORDS.saved).wait_for()
    _opens_list(visitor)
    with visitor.page.expect_download() as saving:
        visitor.presses(WORDS.save_page, LIST)
    saving.value.save_as(tmp_path / "list.html")
    visitor.page.goto((tmp_path / "list.html").as_uri())
    text = visitor.page.locator("body").inner_text()
    assert (visitor.page.locator("html").get_attribute("lang"), WORDS.act_none in text) == ("nl", True)
    assert WORDS.acts_note in text


def test_a_store_that_is_full_keeps_no_choice_from_holding(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    visitor.opens("/lang.html").allows_all().status.get_by_text(WORDS.saved).wait_for()
    assert (visitor.record is not None, visitor.faults) == (True, [])
