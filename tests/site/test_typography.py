"""Quotes and apostrophes are those of a book, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.site.typography import typographic


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("<p>foto's van pagina's</p>", "<p>foto’s van pagina’s</p>"),
        ("<p>foto&#39;s</p>", "<p>foto’s</p>"),
        ('<p>Met "wij" en &quot;ons&quot; bedoelen wij:</p>', "<p>Met “wij” en “ons” bedoelen wij:</p>"),
        ("""<a title="foto's" href="x">"ja"</a>""", """<a title="foto's" href="x">“ja”</a>"""),
        ("""<code>"a's"</code> "b" """, """<code>"a's"</code> “b” """),
    ],
)
def test_straight_quotes_become_curly(typed: str, set_as: str) -> None:
    assert typographic(typed) == set_as


@given(st.text(alphabet="ab '\"<>/=&", max_size=60))
def test_only_quotes_change(text: str) -> None:
    straight = str.maketrans({"’": "'", "“": '"', "”": '"'})
    assert typographic(text).translate(straight) == text
