"""Whatever an editor changes, both texts can be read from the comparison."""

import re
from collections import Counter

from hypothesis import given
from lxml import html

from policy.versions.compare.text import accept, canonical, compare, reject
from tests.length import tries
from tests.versions.compare.random_edits import POLICY, Edit, drawn, edited
from tests.versions.compare.words import DUTCH

FORBIDDEN = ("ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "details")
"""Elements in which no words may stand, marked or not."""


def check(old: str, new: str) -> None:
    """All that must be true of a comparison."""
    found = compare(old, new, DUTCH)
    assert accept(found.html) == canonical(new)
    assert reject(found.html) == canonical(old)
    root = html.fragment_fromstring(found.html, create_parent="div")
    ids = Counter(root.xpath("//@id"))
    assert [id for id, count in ids.items() if count > 1] == []
    assert [change.id for change in found.changes if change.id not in ids] == []
    assert [one.getparent().tag for one in root.iter("ins", "del", "span") if one.getparent().tag in FORBIDDEN] == []
    assert [link for link in root.xpath("//a[contains(@class, 'jump')]/@href") if link[1:] not in ids] == []
    assert 0.0 <= found.share <= 1.0
    assert [change.id for change in found.changes] == [f"wijziging-{n + 1}" for n in range(len(found.changes))]
    order = [id for id in root.xpath("//@id") if re.fullmatch(r"wijziging-\d+", id)]
    assert order == [change.id for change in found.changes]


@given(drawn(4), drawn())
@tries(100, 300)
def test_leaving_out_one_text_gives_the_other(first: list[Edit], then: list[Edit]) -> None:
    old = edited(POLICY, first)
    check(old, edited(old, then))


@given(drawn(), drawn())
@tries(50, 100)
def test_two_texts_that_went_apart_compare_as_well(one: list[Edit], other: list[Edit]) -> None:
    check(edited(POLICY, one), edited(POLICY, other))


@given(drawn())
@tries(50, 100)
def test_a_text_does_not_differ_from_itself(edits: list[Edit]) -> None:
    text = edited(POLICY, edits)
    found = compare(text, text, DUTCH)
    assert (found.changes, found.share) == ((), 0.0)
    assert not re.search('class="rev"|data-rev', found.html)
    assert accept(found.html) == reject(found.html) == canonical(text)


@given(drawn())
@tries(50, 100)
def test_the_canonical_form_is_canonical(edits: list[Edit]) -> None:
    once = canonical(edited(POLICY, edits))
    assert canonical(once) == once
