"""The words of a page in JavaScript: the table, and whatever Hypothesis thinks of, are read as the build reads them."""

import json
from collections.abc import Callable, Iterator
from html import escape
from html.entities import html5, name2codepoint
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from policy.versions.words import text_of, words_of
from tests.hosts import Answer, serve

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "theme_overrides/assets"
TABLE = json.loads((ROOT / "tests/golden/words.json").read_text("utf-8"))["cases"]
TRIES = settings(max_examples=150, deadline=None)  # how long one takes depends on who else uses the machine

Call = Callable[[str, str], Any]


def sources(path: str) -> Answer:
    if path == "/":
        return 200, {"Content-Type": "text/html"}, b"<!doctype html><title>Bron</title>"
    file = ASSETS / path.lstrip("/")
    if file.parent != ASSETS or not file.is_file():
        return 404, {}, b""
    return 200, {"Content-Type": "text/javascript; charset=utf-8"}, file.read_bytes()


@pytest.fixture(scope="module")
def call(browser: Browser) -> Iterator[Call]:
    """A function of words.js, by name."""
    with serve({"bron.test": sources}) as hosts:
        page = browser.new_page()
        page.goto(hosts.url("bron.test"))
        script = "async ([name, value]) => (await import('/words.js'))[name](value)"
        yield lambda name, value: page.evaluate(script, [name, value])
        page.close()


@pytest.fixture(scope="module")
def save(browser: Browser) -> Iterator[Callable[[str], str]]:
    """What a browser writes of a page that it has read."""
    page = browser.new_page()
    yield lambda html: page.evaluate(
        "(html) => new DOMParser().parseFromString(html, 'text/html').documentElement.outerHTML", html
    )
    page.close()


@pytest.mark.parametrize(
    ("asked", "row"),
    [pytest.param(asked, row, id=f"{asked}: {row['name']}") for asked, rows in TABLE.items() for row in rows],
)
def test_the_table_holds_in_the_browser(call: Call, asked: str, row: dict[str, Any]) -> None:
    assert call(asked, row["given"][0]) == row["gives"]


def test_both_know_the_same_names_of_characters(call: Call) -> None:
    html = "|".join(f"x&{name}x" for name in sorted(KNOWN) if "amp" not in name.lower())
    assert call("wordsOf", html) == words_of(html)
    assert "&" not in words_of(html)


ASSIGNED = st.characters(codec="utf-8", exclude_categories=["Cn", "Cs"])
"""Characters that every version of Unicode here knows: how they compose stays as it is for ever."""
TAGS = (
    "<p>",
    "</p>",
    "<b",
    "<!--",
    "-->",
    "<script",
    "</script",
    "<template>",
    "</template",
    "<br/>",
    "<div>",
    "</div>",
)
NAMES = ("&eacute", "&notin;", "&#x", "&#13", "&#0", " data-unsaid", " data-policy-text", "\u00ad", "e\u0301")
PIECES = st.sampled_from([*"<>&;\"'=/! -\n“’éb", *TAGS, *NAMES]) | ASSIGNED
KNOWN = {*(f"{name};" for name in name2codepoint), "apos;", *(name for name in html5 if name[-1] != ";")}
"""The names of characters that JavaScript knows; each page of a browser holds only some of them."""


@TRIES
@given(html=st.lists(PIECES | ASSIGNED, max_size=60).map("".join))
def test_both_read_any_file_alike(call: Call, html: str) -> None:
    assume(not any(f"&{name}" in html for name in html5.keys() - KNOWN))
    assert call("wordsOf", html) == words_of(html)
    assert call("textOf", html) == text_of(html)


RUNS = st.text(
    st.sampled_from("aé &<>\"'“’\u00a0\u00ad\n–€") | ASSIGNED.filter(lambda c: c >= " "), min_size=1, max_size=12
)


def wrapped(tags: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """What stands inside, between one of these tags and its end tag."""
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", st.sampled_from(tags), inner)


def several(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inner, max_size=3).map("".join)


INLINE = st.recursive(
    RUNS.map(escape),
    lambda inner: wrapped(["b", "abbr title='x > y'", "em", "span class=detail", "CODE", "i data-unsaid"], inner),
    max_leaves=4,
)
VOID = st.sampled_from(["<br>", "<wbr>", "<!-- x -->", "<img alt=x>", "&shy;", "&eacute;"])
BLOCKS = st.recursive(
    wrapped(["p", "h2", "li", "summary"], several(INLINE | VOID)),
    lambda inner: wrapped(["div", "section", "ul", "details", "div data-unsaid", "SECTION class=x"], several(inner)),
    max_leaves=8,
)


@TRIES
@given(text=BLOCKS)
def test_what_a_browser_saves_says_what_was_built(call: Call, save: Callable[[str], str], text: str) -> None:
    page = f'<!doctype html><html><body><main data-policy-text="">{text}</main></body></html>'
    saved = save(page)
    assert words_of(text_of(saved) or "") == words_of(text)
    assert call("wordsOf", call("textOf", saved)) == words_of(text)
