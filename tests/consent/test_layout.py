"""How both layers stand on screens of every size, in light and dark, and against a website's own rules."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.axe import violations
from tests.consent.visitor import DIALOG, NOTICE, WORDS, Visitor

Make = Callable[..., Visitor]
TWINS = (WORDS.allow_all, WORDS.refuse_all)
LOOK = (
    "color", "background-color", "border-top-color", "border-top-width", "border-top-style", "border-radius", "opacity",
    "font-size", "font-weight", "font-family", "text-decoration-line", "text-transform", "box-shadow", "padding-left",
)  # fmt: skip
SIZES = [(1280, 800), (390, 844), (320, 568)]


def _button(visitor: Visitor, name: str, within: str) -> Locator:
    return visitor.page.locator(within).get_by_role("button", name=name, exact=True)


def _box(locator: Locator) -> dict[str, float]:
    box = locator.bounding_box()
    assert box
    return dict(box)


def _lies_within(box: dict[str, float], width: int, height: int) -> bool:
    return 0 <= box["x"] <= width - box["width"] and 0 <= box["y"] <= height - box["height"]


@pytest.mark.parametrize("path", ["/lang.html", "/film.html"], ids=["plain page", "page with hard rules"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_twins_are_equal_in_both_layers(visitors: Make, path: str, scheme: Any, width: int, height: int) -> None:
    visitor = visitors(viewport={"width": width, "height": height}, color_scheme=scheme).opens(path)
    for layer in (NOTICE, DIALOG):
        if layer == DIALOG:
            visitor.presses(WORDS.choose)
        allow, refuse = (_button(visitor, name, layer) for name in TWINS)
        assert visitor.style(allow, *LOOK) == visitor.style(refuse, *LOOK)
        one, other = _box(allow), _box(refuse)
        assert all(abs(one[side] - other[side]) <= 1 for side in ("y", "width", "height"))
        assert one["height"] >= 44
        assert allow.evaluate("element => element !== document.activeElement")


@pytest.mark.parametrize(("width", "height"), [*SIZES, (360, 640)])
def test_every_button_is_seen_without_scrolling(visitors: Make, width: int, height: int) -> None:
    visitor = visitors(viewport={"width": width, "height": height}).opens("/")
    for name in (*TWINS, WORDS.choose):
        assert _lies_within(_box(_button(visitor, name, NOTICE)), width, height)
    visitor.presses(WORDS.choose)
    for name in (*TWINS, WORDS.save, WORDS.close):
        assert _lies_within(_box(_button(visitor, name, DIALOG)), width, height)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_layer_leaves_a_phone_more_than_half_its_screen(visitors: Make) -> None:
    visitor = visitors(viewport={"width": 360, "height": 640}).opens("/")
    assert _box(visitor.notice)["height"] <= 0.45 * 640
    text = visitor.notice.locator(".leiz-choice-text")
    text.get_by_role("link").scroll_into_view_if_needed()
    assert text.get_by_role("link").is_visible()


def test_the_first_layer_is_a_card_at_the_lower_left_of_a_desk(visitor: Visitor) -> None:
    box = _box(visitor.opens("/").notice)
    assert (box["x"], box["width"], box["y"] + box["height"]) == (16, 416, 784)


def test_the_second_layer_is_as_high_as_what_it_holds(visitors: Make) -> None:
    visitor = visitors(viewport={"width": 1280, "height": 1600}).opens("/", "kaal.test").opens_settings()
    button, dialog = _box(_button(visitor, WORDS.save, DIALOG)), _box(visitor.dialog)
    assert dialog["y"] + dialog["height"] - (button["y"] + button["height"]) < 24
    assert abs(dialog["y"] - (1600 - dialog["height"]) / 2) <= 1


def test_a_websites_own_rules_do_not_change_the_look(visitor: Visitor) -> None:
    looks = []
    for path in ("/lang.html", "/film.html"):
        visitor.opens(path)
        parts = [visitor.notice, _button(visitor, WORDS.allow_all, NOTICE), visitor.notice.locator("dt").first]
        looks.append([visitor.style(part, *LOOK, "letter-spacing", "line-height") for part in parts])
    assert looks[0] == looks[1]


def test_a_website_puts_nothing_before_or_after(visitor: Visitor) -> None:
    visitor.opens("/lang.html").page.add_style_tag(content="*::before, *::after { content: 'x' !important }")
    script = "(e) => ['::before', '::after'].map((side) => getComputedStyle(e, side).content)"
    parts = [visitor.notice, _button(visitor, WORDS.allow_all, NOTICE), visitor.notice.locator("dl")]
    assert [part.evaluate(script) for part in parts] == [["none", "none"]] * 3


def test_a_website_may_set_the_colours(visitor: Visitor) -> None:
    visitor.opens("/lang.html").page.add_style_tag(content=":root { --leiz-choice-paper: rgb(1, 2, 3) }")
    assert visitor.style(visitor.notice, "background-color") == ["rgb(1, 2, 3)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_any_state(visitors: Make, scheme: Any, width: int) -> None:
    visitor = visitors(viewport={"width": width, "height": 700}, color_scheme=scheme).opens("/")
    found = violations(visitor.page)
    visitor.presses(WORDS.choose)
    for summary in visitor.dialog.locator("summary").all():
        summary.click()
    found += violations(visitor.page)
    visitor.chooses("media")
    visitor.status.get_by_text(WORDS.saved).wait_for()
    found += violations(visitor.page)
    assert [f"{one['id']} {one['target']}: {one['summary']}" for one in found] == []


def _hidden_while_tabbing(visitor: Visitor, top: float) -> list[float]:
    """The lower edges of the links of a long page that lie below a height when they have the focus."""
    visitor.page.locator("main a").first.focus()
    bottoms = []
    for _ in range(30):
        visitor.page.keyboard.press("Tab")
        bottoms.append(visitor.page.evaluate("document.activeElement.getBoundingClientRect().bottom"))
    return [bottom for bottom in bottoms if bottom > top]


@pytest.mark.parametrize(("width", "height"), [(1280, 500), (320, 568)])
def test_what_has_the_focus_is_never_hidden(visitors: Make, width: int, height: int) -> None:
    visitor = visitors(viewport={"width": width, "height": height}).opens("/lang.html")
    assert _hidden_while_tabbing(visitor, _box(visitor.notice)["y"]) == []
    last = visitor.page.locator("[data-consent-settings]")
    last.focus()
    assert _box(last)["y"] < _box(visitor.notice)["y"]
    visitor.refuses().status.get_by_text(WORDS.saved).wait_for()
    assert _hidden_while_tabbing(visitor, _box(visitor.status)["y"]) == []
    visitor.opens_settings().presses(WORDS.save)
    visitor.status.get_by_text(WORDS.saved).wait_for()
    assert last.evaluate("element => element === document.activeElement")
    assert _box(last)["y"] + _box(last)["height"] <= _box(visitor.status)["y"]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_however_much_is_told_all_of_it_can_be_read(visitors: Make, width: int, height: int) -> None:
    visitor = visitors(viewport={"width": width, "height": height}).opens("/lang.html").refuses()
    visitor.status.get_by_text(WORDS.saved).wait_for()
    visitor.status.evaluate(
        "line => { line.append('Dit bewaart een ander. '.repeat(30), document.createElement('a'));"
        "line.lastChild.href = '/'; line.lastChild.append('De laatste') }"
    )
    assert _lies_within(_box(visitor.status), width, height)
    last = visitor.status.get_by_role("link")
    last.focus()
    assert _lies_within(_box(last), width, height)
    assert _hidden_while_tabbing(visitor, _box(visitor.status)["y"]) == []


def test_what_was_told_leaves_no_room_behind(visitor: Visitor) -> None:
    visitor.opens("/lang.html").refuses().status.get_by_text(WORDS.saved).click()
    assert visitor.style(visitor.page.locator("html"), "padding-bottom", "scroll-padding-bottom") == ["0px", "auto"]


RATIO = """
const wrapper = document.createElement('div')
wrapper.id = 'ratio'
wrapper.style = 'position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden'
const frame = document.createElement('iframe')
frame.style = 'position: absolute; inset: 0; width: 100%; height: 100%'
Object.assign(frame.dataset, { service: 'cinema', src: '/film.html' })
wrapper.append(frame)
document.querySelector('main').prepend(wrapper)
"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_stand_in_of_a_frame_that_fills_a_ratio_fills_it_too(visitors: Make, width: int, height: int) -> None:
    visitor = visitors(viewport={"width": width, "height": height}).opens("/lang.html").refuses()
    visitor.page.evaluate(RATIO)
    still = visitor.page.locator(".leiz-choice-frame")
    assert _box(still) == _box(visitor.page.locator("#ratio"))
    assert still.evaluate("element => (element.scrollTop = 1e6, element.scrollTop + element.clientHeight)") == (
        still.evaluate("element => element.scrollHeight")
    )
    assert visitor.style(still, "overflow-y") == ["auto"]


def test_every_part_says_its_own_language(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' });"
        " document.querySelector('[data-consent-settings]')?.remove() }, true)"
    )
    visitor.opens("/").presses(WORDS.choose)
    visitor.dialog.wait_for()
    parts = "[...document.querySelectorAll('.leiz-choice')].map((e) => [e.className.split('-').pop(), e.lang, e.dir])"
    assert sorted(visitor.page.evaluate(parts)) == [
        [part, "nl", "ltr"] for part in ("dialog", "frame", "notice", "settings", "status")
    ]


def test_a_click_on_what_was_told_puts_it_away(visitor: Visitor) -> None:
    visitor.opens("/lang.html").refuses().status.get_by_text(WORDS.saved).click()
    assert visitor.status.is_hidden()


def test_the_first_layer_moves_nothing(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "window.shift = 0;"
        "new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shift += value })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    visitor.opens("/lang.html").notice.wait_for()
    visitor.refuses().status.get_by_text(WORDS.saved).wait_for()
    visitor.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert visitor.page.evaluate("window.shift") == 0


def test_the_first_layer_appears_without_motion(visitor: Visitor) -> None:
    visitor.opens("/")
    assert visitor.style(visitor.notice, "transition-duration", "animation-name") == ["0s", "none"]


def test_forced_colours_keep_the_edges(visitors: Make) -> None:
    visitor = visitors(forced_colors="active").opens("/")
    edges = [visitor.style(_button(visitor, name, NOTICE), "border-top-style", "border-top-width") for name in TWINS]
    assert edges == [["solid", "1px"]] * 2


def test_a_print_has_neither_layer(visitor: Visitor) -> None:
    visitor.opens("/").presses(WORDS.choose)
    visitor.dialog.wait_for()
    visitor.page.emulate_media(media="print")
    assert [layer.is_hidden() for layer in (visitor.notice, visitor.dialog)] == [True, True]


def test_text_at_twice_the_size_still_fits(visitors: Make) -> None:
    visitor = visitors(viewport={"width": 640, "height": 1136}).opens("/")
    visitor.page.add_style_tag(content=":root { --leiz-choice-font: system-ui }")
    visitor.page.evaluate("document.querySelectorAll('.leiz-choice').forEach((e) => e.style.setProperty('zoom', '2'))")
    tops = [_box(_button(visitor, name, NOTICE)) for name in (*TWINS, WORDS.choose)]
    assert all(_lies_within(box, 640, 1136) for box in tops)
    assert all(one["y"] <= other["y"] for one, other in pairwise(tops))
