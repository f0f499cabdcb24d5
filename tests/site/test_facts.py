"""Every fact of the policy stands on the page, in the section where a reader looks for it."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from policy.inventory.freeze import from_json
from policy.inventory.model import Inventory
from policy.inventory.read import read_inventory

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "facts"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(GOLDEN.glob("*.toml"))}
INLINE = {"a", "abbr", "b", "code", "em", "i", "strong", "sub", "sup"}
SUBSECTIONS = {1: 6, 2: 2, 3: 1, 4: 1, 5: 4, 6: 2, 7: 0, 8: 1, 9: 1, 10: 1, 11: 0}
SECTIONS = [
    number
    for section, parts in SUBSECTIONS.items()
    for number in (str(section), *(f"{section}.{part}" for part in range(1, parts + 1)))
]
COUNTED = {
    "version-1": {
        "addresses": 2,
        "mailboxes": 2,
        "master data": 12,
        "voluntary extras": 4,
        "social data": 4,
        "newsletter data": 3,
        "purposes": 12,
        "internal purposes": 7,
        "other purpose": 1,
        "legal bases": 3,
        "processors": 5,
        "measures": 4,
        "storage kinds": 4,
        "cookie uses": 3,
        "third parties": 5,
        "access answers": 4,
        "rights": 4,
        "black out": 4,
        "other rights": 4,
        "empty links of 2018": 2,
    },
    "version-2": {
        "addresses": 2,
        "mailboxes": 2,
        "master data": 12,
        "voluntary extras": 4,
        "social data": 4,
        "newsletter data": 3,
        "purposes": 12,
        "other purpose": 1,
        "legal bases": 4,
        "processors": 5,
        "measures": 4,
        "storage kinds": 5,
        "cookie uses": 3,
        "third parties": 5,
        "access answers": 8,
        "rights": 5,
        "other rights": 4,
        "complaint": 3,
    },
}
"""How many facts each list has: those of the statement of 2018, and what replaced them."""


class Content:
    """The visible words and the links of a page's main part, whole and by section; 5 ends where 5.1 begins."""

    def __init__(self, path: Path) -> None:
        main = html.fromstring(path.read_bytes()).find(".//main")
        for element in main.xpath(".//script | .//style | .//*[@hidden]"):
            element.drop_tree()
        self._words: dict[str, list[str]] = {}
        self._links: dict[str, list[str]] = {}
        self.numbers: list[str] = []
        self._place = "top"
        self._walk(main)

    def words(self, place: str) -> str:
        return folded("".join(self._words.get(place, [])))

    def links(self, place: str) -> list[str]:
        return self._links.get(place, [])

    def _walk(self, element: html.HtmlElement) -> None:
        if element.tag in ("h2", "h3"):
            number = re.match(r"\s*(\d+(?:\.\d+)*)\s", element.text_content())
            self._enter(number[1] if number else "top")
        gap = "" if element.tag in INLINE else " "
        self._say(gap + (element.text or ""))
        for link in [element.get("href")] if element.tag == "a" else []:
            for place in (self._place, "page"):
                self._links.setdefault(place, []).append(link)
        for child in element:
            if isinstance(child.tag, str):
                self._walk(child)
            self._say(child.tail or "")
        self._say(gap)

    def _enter(self, number: str) -> None:
        if number != "top":
            self.numbers.append(number)
        self._place = number

    def _say(self, text: str) -> None:
        for place in (self._place, "page"):
            self._words.setdefault(place, []).append(text)


def folded(text: str) -> str:
    """White space folded, quotes straight, small letters: what a reader would call the same words."""
    return " ".join(text.translate(str.maketrans("‘’“”\xa0", "''\"\" ")).split()).casefold()


@cache
def content(path: Path) -> Content:
    return Content(path)


def cases(key: str, *names: str) -> list[Any]:
    """A parameter for each table of a kind in the files named, or in all of them."""
    return [
        pytest.param(table.get("page", data["page"]), table, id=f"{name}-{table['section']}-{table['fact']}")
        for name, data in FILES.items()
        if not names or name in names
        for table in data.get(key, [])
    ]


@pytest.mark.parametrize(("page", "fact"), cases("fact"))
def test_the_page_says(site: Path, page: str, fact: dict[str, Any]) -> None:
    there = content(site / page)
    said, links = there.words(fact["section"]), there.links(fact["section"])
    missing = [want for want in fact["says"] if not re.search(rf"(?<!\w){re.escape(folded(want))}(?!\w)", said)]
    assert missing + [link for link in fact.get("links", []) if link not in links] == []


@pytest.mark.parametrize(("page", "never"), cases("never"))
def test_the_page_never_says(site: Path, page: str, never: dict[str, Any]) -> None:
    said = content(site / page).words(never["section"])
    assert [found for found in never["says"] if folded(found) in said] == []


def test_version_2_says_all_that_its_inventory_holds(site: Path) -> None:
    there, inventory = content(site / "versies/2/index.html"), inventory_of_version_2()
    processing = inventory.processing
    wanted = {
        "1": [category.name for category in processing.data],
        "2.1": [text for a in processing.activities for text in (a.name, a.purpose, a.interest, a.consequence) if text],
        "2.2": [processing.automated_decisions.explanation],
        "3.1": [text for activity in processing.activities for text in (activity.name, activity.retention)],
        "4.1": [text for recipient in inventory.recipients for text in (recipient.name, recipient.task)],
        "5.2": [text for purpose in inventory.purposes for text in (purpose.name, purpose.sentence)],
        "5.3": [s.name for s in inventory.services if s.recipient != "controller" and not s.retired],
    }
    missing = [(place, w) for place, texts in wanted.items() for w in texts if folded(w) not in there.words(place)]
    assert missing == []


def inventory_of_version_2() -> Inventory:
    """The frozen inventory; before the version is announced, the working one."""
    frozen = ROOT / "docs" / "versies" / "2" / "inventory.json"
    if frozen.exists():
        inventory = from_json(frozen.read_text("utf-8"), frozen.name, [])
    else:
        inventory, _ = read_inventory(ROOT / "docs" / "inventory")
    assert inventory is not None
    return inventory


@pytest.mark.parametrize("name", COUNTED)
def test_no_fact_left_a_list(name: str) -> None:
    assert Counter(fact["list"] for fact in FILES[name]["fact"] if "list" in fact) == COUNTED[name]


@pytest.mark.parametrize("name", FILES)
def test_no_fact_is_listed_twice(name: str) -> None:
    listed = Counter(
        (fact.get("page"), fact["section"], fact.get("list"), fact["fact"]) for fact in FILES[name]["fact"]
    )
    assert [fact for fact, times in listed.items() if times > 1] == []


@pytest.mark.parametrize("number", [1, 2])
def test_the_sections_keep_their_numbers(site: Path, number: int) -> None:
    assert content(site / f"versies/{number}/index.html").numbers == SECTIONS


def test_the_sections_keep_their_anchors(site: Path) -> None:
    """A link to a section works in both versions."""
    one, two = (
        [
            heading.get("id")
            for heading in html.fromstring((site / f"versies/{number}/index.html").read_bytes()).xpath("//h2 | //h3")
            if re.match(r"\s*\d", heading.text_content())
        ]
        for number in (1, 2)
    )
    assert one == two
    assert len(one) == len(SECTIONS)


def test_an_identity_document_is_only_named_to_say_do_not_send_it(site: Path) -> None:
    said = content(site / "versies/2/index.html").words("page")
    sentences = [sentence for sentence in re.split(r"(?<=[.!?]) ", said) if "identiteitsbewijs" in sentence]
    assert set(sentences) == {"stuur ons geen kopie van uw identiteitsbewijs."}


def test_no_link_leads_nowhere(site: Path) -> None:
    empty = {
        page.relative_to(site).as_posix(): link
        for page in site.rglob("*.html")
        for link in html.fromstring(page.read_bytes()).xpath("//a/@href")
        if link in ("", "#")
    }
    assert empty == {}
