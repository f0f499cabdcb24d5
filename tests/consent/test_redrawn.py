"""A page that draws itself anew keeps the first layer, the settings and the stand-ins of its frames."""

from tests.consent.test_tabs import ADD_FRAME, FRAME
from tests.consent.visitor import WORDS, Visitor

NEW_BODY = "document.body.replaceWith(document.createElement('body'))"


def test_the_first_layer_and_the_settings_come_back(visitor: Visitor) -> None:
    visitor.opens("/film.html").page.evaluate(NEW_BODY)
    visitor.notice.wait_for()
    visitor.presses(WORDS.settings)
    visitor.dialog.wait_for()
    visitor.chooses("media").page.evaluate(NEW_BODY)
    visitor.page.get_by_role("button", name=WORDS.settings).wait_for()
    assert visitor.notice.count() == 0


def test_the_settings_button_makes_room_for_a_place_of_the_page(visitor: Visitor) -> None:
    visitor.opens("/film.html").refuses()
    own = visitor.page.locator(".leiz-choice-settings")
    visitor.page.evaluate("document.body.append(document.createElement('a')); document.body.lastChild.id = 'place'")
    visitor.page.evaluate("document.querySelector('#place').dataset.consentSettings = ''; document.body.append('')")
    own.wait_for(state="detached")
    visitor.page.evaluate("document.querySelector('#place').remove()")
    own.wait_for()


def test_a_frame_that_went_takes_its_stand_in_along(visitor: Visitor) -> None:
    visitor.opens("/lang.html").refuses().page.evaluate(ADD_FRAME)
    visitor.page.locator(FRAME).wait_for()
    visitor.page.evaluate("document.querySelector('iframe').remove()")
    visitor.page.locator(FRAME).wait_for(state="detached")


def test_a_stand_in_that_went_is_made_again(visitor: Visitor) -> None:
    visitor.opens("/lang.html").refuses().page.evaluate(ADD_FRAME)
    visitor.page.locator(FRAME).wait_for()
    visitor.page.evaluate("document.querySelector('.leiz-choice-frame').remove()")
    visitor.presses(WORDS.load_once, FRAME)
    visitor.page.frame_locator("iframe").get_by_role("heading").wait_for()
    assert visitor.page.locator(FRAME).count() == 0


def test_a_page_that_throws_the_first_layer_out_each_time_still_works(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "new MutationObserver(() => document.querySelector('.leiz-choice-notice')?.remove())"
        ".observe(document, { childList: true, subtree: true })"
    )
    visitor.opens("/lang.html").page.get_by_role("link", name="een link").first.click()
    visitor.page.wait_for_url("**/film.html?1")
