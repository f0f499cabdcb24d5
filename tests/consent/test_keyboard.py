"""Both layers by keyboard only, and where the focus is after each act."""

from tests.consent.visitor import NOTICE, WORDS, Visitor

RING = "(({ outlineStyle, outlineWidth }) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
FOCUSED = "document.activeElement.textContent.trim()"


def _tabs_to(visitor: Visitor, name: str) -> None:
    for _ in range(40):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"'{name}' cannot be reached with Tab.")


def test_the_first_layer_takes_no_focus_and_comes_first(visitor: Visitor) -> None:
    visitor.opens("/lang.html").notice.wait_for()
    assert visitor.page.evaluate("document.activeElement === document.body")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate(f"document.activeElement.closest('{NOTICE}') !== null")
    assert visitor.notice.get_attribute("aria-modal") is None


def test_a_choice_by_keyboard_goes_on_with_the_page(visitor: Visitor) -> None:
    visitor.opens("/lang.html").notice.wait_for()
    _tabs_to(visitor, WORDS.refuse_all)
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.getAttribute('role')") == "status"
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.href").endswith("film.html?1")


def test_a_choice_by_pointer_gives_the_focus_back(visitor: Visitor) -> None:
    visitor.opens("/").page.get_by_role("textbox").fill("Zwolle")
    visitor.refuses()
    assert visitor.page.evaluate("document.activeElement.name") == "q"


def test_the_second_layer_by_keyboard(visitor: Visitor) -> None:
    visitor.opens("/lang.html").notice.wait_for()
    _tabs_to(visitor, WORDS.choose)
    visitor.page.keyboard.press("Enter")
    visitor.dialog.wait_for()
    assert visitor.page.evaluate("document.activeElement.textContent") == WORDS.preferences_title
    while visitor.page.evaluate("document.activeElement.id") != "leiz-choice-media":
        visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Space")
    _tabs_to(visitor, WORDS.save)
    visitor.page.keyboard.press("Enter")
    visitor.dialog.wait_for(state="detached")
    assert visitor.granted == {"media"}
    assert visitor.page.evaluate("document.activeElement.getAttribute('role')") == "status"
    visitor.status.get_by_text(WORDS.saved).wait_for()


def test_the_focus_returns_to_the_settings_link(visitor: Visitor) -> None:
    visitor.opens("/lang.html").refuses()
    for way in ("Escape", WORDS.save):
        visitor.opens_settings()
        if way == "Escape":
            visitor.page.keyboard.press(way)
        else:
            visitor.presses(way)
        visitor.dialog.wait_for(state="detached")
        assert visitor.page.evaluate(FOCUSED) == "Cookie-instellingen"


def test_every_focused_control_has_a_ring(visitor: Visitor) -> None:
    visitor.opens("/lang.html").presses(WORDS.choose)
    visitor.dialog.wait_for()
    bare = []
    for _ in range(14):
        visitor.page.keyboard.press("Tab")
        ring = visitor.page.evaluate(RING)
        if ring != ["solid", "3px"] and visitor.page.evaluate("document.activeElement !== document.body"):
            bare.append(visitor.page.evaluate("document.activeElement.outerHTML"))
    assert bare == []


def test_a_changed_click_on_the_settings_link_follows_the_link(visitor: Visitor) -> None:
    visitor.opens("/lang.html")
    with visitor.context.expect_page():
        visitor.page.locator("[data-consent-settings]").click(modifiers=["ControlOrMeta"])
    assert visitor.dialog.count() == 0
