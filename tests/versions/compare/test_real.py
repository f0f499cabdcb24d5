"""The two versions that were published, and what a browser makes of a comparison."""

import re
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from lxml import html
from playwright.sync_api import Browser

from policy.versions.compare.text import accept, canonical, compare, reject
from tests.versions.compare.random_edits import some_pairs
from tests.versions.compare.words import DUTCH


@pytest.fixture(scope="module")
def versions(site: Path) -> list[str]:
    """The text of each version, as it was built."""
    found = []
    for number in (1, 2):
        page = html.document_fromstring((site / "versies" / str(number) / "index.html").read_text("utf-8"))
        text = html.tostring(page.find_class("text")[0], encoding="unicode", with_tail=False)
        found.append(text[text.index(">") + 1 : text.rindex("</div>")])
    return found


def test_both_texts_can_be_read_from_the_comparison_of_any_two_versions(versions: list[str]) -> None:
    for old, new in permutations(versions, 2):
        found = compare(old, new, DUTCH)
        assert (accept(found.html), reject(found.html)) == (canonical(new), canonical(old))
        assert found.share > 0.6


def test_a_version_does_not_differ_from_itself(versions: list[str]) -> None:
    for text in versions:
        found = compare(text, text, DUTCH)
        assert (accept(found.html), found.changes, found.share) == (canonical(text), (), 0.0)


def test_ten_words_that_changed_are_all_that_is_marked(versions: list[str]) -> None:
    old = canonical(versions[1])
    draw = Random(4)
    places = draw.sample([match.span(1) for match in re.finditer(r" ([a-z]{5,}) (?![^<]*(?:</a>|\">))", old)], 10)
    new = old
    for start, end in sorted(places, reverse=True):
        new = new[:start] + "anders" + new[end:]
    found = compare(old, new, DUTCH)
    assert (accept(found.html), reject(found.html)) == (new, old)
    assert sorted(" … ".join(change.after for change in found.changes).split(" … ")) == ["anders"] * 10


def test_a_browser_reads_a_comparison_as_it_was_written(browser: Browser) -> None:
    """HTML that is put in order by the parser of a browser, such as text in a table, would come back otherwise."""
    pairs = some_pairs(60)
    written = [compare(old, new, DUTCH).html for old, new in pairs]
    page = browser.new_page()
    read = page.evaluate(
        "texts => texts.map(text => new DOMParser().parseFromString(text, 'text/html').body.innerHTML)", written
    )
    page.close()
    assert [(accept(one), reject(one)) for one in read] == [(canonical(new), canonical(old)) for old, new in pairs]
