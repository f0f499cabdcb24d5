"""The words of a text: the table that JavaScript shares, and what may change in a page without changing them."""

import hashlib
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.versions.words import text_of, words_digest, words_of

TABLE = json.loads((Path(__file__).parents[1] / "golden/words.json").read_text("utf-8"))["cases"]
PAGE = """<!doctype html>
<html lang="nl"><head><title>Privacyverklaring</title><script src="x.js" defer></script></head>
<body><div class="notice"><p>Deze versie geldt vanaf 1 januari 2027.</p></div>
<div class="text" data-policy-text>
<h2 id="kort">In het kort</h2>
<p>Wij gebruiken <abbr title="uitleg">gegevens</abbr> om film te <em>maken</em>. Zie “deel 2”.</p>
<div class="table"><table><tr><td data-label="Wat">Naam</td><td>1 jaar</td></tr></table></div>
<p data-unsaid><a href="#top">Naar boven</a></p>
</div></body></html>"""
WORDS = 'In het kort Wij gebruiken gegevens om film te maken. Zie "deel 2". Naam 1 jaar'


def _rows(asked: str) -> list[Any]:
    return [pytest.param(row["given"][0], row["gives"], id=row["name"]) for row in TABLE[asked]]


@pytest.mark.parametrize(("html", "words"), _rows("wordsOf"))
def test_the_table_of_words(html: str, words: str) -> None:
    assert words_of(html) == words


@pytest.mark.parametrize(("page", "text"), _rows("textOf"))
def test_the_table_of_texts(page: str, text: str | None) -> None:
    assert text_of(page) == text


def test_a_page_says_the_words_of_its_marked_text() -> None:
    assert words_of(text_of(PAGE) or "") == WORDS


def test_the_digest_is_that_of_the_bytes_of_the_words() -> None:
    html = "<p>Café</p>"
    assert words_digest(html) == "sha256:" + hashlib.sha256("Café".encode()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('class="text"', 'class="text wide" id="t" lang="nl"'),
        ("<em>maken</em>", "<b>ma</b><i>ken</i>"),
        ("“deel 2”", "&quot;deel&nbsp;2&#34;"),
        ("<td>1 jaar</td>", "<td><span>1\n jaar</span></td>"),
        ("gebruiken", "ge&shy;bruiken"),
        ("Naar boven", "Omhoog"),
        ("</div></body>", "<!-- saved --></div><p>Reclame</p></body>"),
        ("<h2", "<style>h2 { color: red }</style><h2"),
        ("</h2>\n<p>", "</h2><p>"),
    ],
)
def test_markup_changes_no_word(old: str, new: str) -> None:
    assert words_of(text_of(PAGE.replace(old, new)) or "") == WORDS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 jaar", "2 jaar"),
        ("om film te", "om geen film te"),
        ("</td><td>", ""),
        ("</em>.", "</em>"),
        ("Wij", "wij"),
        ("</h2>", "<span>!</span></h2>"),
    ],
)
def test_a_changed_word_is_another_digest(old: str, new: str) -> None:
    assert words_digest(text_of(PAGE.replace(old, new)) or "") != words_digest(text_of(PAGE) or "")


PIECES = st.sampled_from(
    [*"<>&;\"'=/! -\n“’é", "<p>", "</p>", "<b", "<!--", "-->", "<script", "</script", "data-unsaid", "&eacute", "&#x"]
) | st.characters(codec="utf-8")


@settings(max_examples=300, deadline=None)
@given(html=st.lists(PIECES, max_size=40).map("".join))
def test_words_are_canonical_whatever_was_given(html: str) -> None:
    words = words_of(html)
    assert words == unicodedata.normalize("NFC", " ".join(re.split(r"[^\S\x1c-\x1f]+", words)).strip(" "))
    assert words_of(words.replace("&", "&amp;").replace("<", "&lt;")) == words


@settings(max_examples=300, deadline=None)
@given(before=st.text(st.sampled_from("ab c<>&\"'"), max_size=20), text=st.text(st.sampled_from("ab c"), max_size=20))
def test_whatever_stands_before_a_text_the_text_is_found(before: str, text: str) -> None:
    page = f"<p title='{before.replace('&', '&amp;').replace(chr(39), '&#39;')}'></p><div data-policy-text>{text}</div>"
    assert text_of(page) == text


def test_a_number_of_thousands_of_digits_is_no_character() -> None:
    assert words_of(f"a&#{'9' * 5000};b&#x{'f' * 5000};c&#{'0' * 5000}65;") == "a\ufffdb\ufffdcA"


@pytest.mark.parametrize("unit", ["<", "<a ", "<!--", "<a b='", "</", "&", "<div data-unsaid>", "<p a=1 ", " ", "<!"])
def test_a_strange_file_takes_no_longer_than_its_length(unit: str) -> None:
    """Twice two hundred kilobytes: a reader that looks back again and again would need minutes."""
    assert isinstance(words_of(unit * (200_000 // len(unit))), str)
    assert text_of(unit * (200_000 // len(unit))) is None
