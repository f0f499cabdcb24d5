"""Every sentence of the site is said in each of its languages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract
from lxml import html

from policy.inventory.read import read_inventory
from policy.inventory.spoken import in_language, sentences
from policy.site.languages import CATALOGUES, others
from tests.conftest import ROOT

TEMPLATES = [*(ROOT / "scripts/policy/site/templates").glob("*.html"), *(ROOT / "theme_overrides").glob("*.html")]
SAID = re.compile(r"""\bsay\(\s*f?(?:"([^"]+)"|'([^']+)')""")


def said_by_templates() -> set[str]:
    """The Dutch sentences of all templates, singular where there are two forms."""
    found = set()
    for template in TEMPLATES:
        with template.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ["_", "gettext", "ngettext"], [], {"trimmed": "true"}):
                found.add(message[0] if isinstance(message, tuple) else message)
    return {message for message in found if message}


def said_by_the_program() -> set[str]:
    """The Dutch sentences that the program says itself."""
    texts = [path.read_text("utf-8") for path in (ROOT / "scripts/policy/site").glob("*.py")]
    return {one or other for text in texts for one, other in SAID.findall(text)}


def catalogue(language: str) -> dict[str, object]:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return {m.id[0] if isinstance(m.id, tuple) else m.id: m.string for m in read_po(file) if m.id}


@pytest.mark.parametrize("language", others())
def test_each_sentence_has_its_words(language: str) -> None:
    wanted, known = said_by_templates() | said_by_the_program(), catalogue(language)
    assert len(wanted) > 150
    assert sorted(sentence for sentence in wanted if not known.get(sentence)) == []


@pytest.mark.parametrize("language", others())
def test_what_is_filled_in_is_filled_in_in_both(language: str) -> None:
    holes = re.compile(r"%\(\w+\)s|\{\w+\}")
    for sentence, words in catalogue(language).items():
        forms = words if isinstance(words, tuple | list) else [words]
        for form in forms:
            assert set(holes.findall(str(form).lower())) == set(holes.findall(sentence.lower())), sentence


def test_an_inventory_in_english_says_everything_in_english() -> None:
    inventory, findings = read_inventory(ROOT / "docs/inventory")
    assert inventory is not None, findings
    english = in_language(inventory, "en")
    translation = inventory.translations[0].texts
    assert [text for text in sentences(inventory) if text not in translation] == []
    assert [text for text in sentences(english) if text in translation and translation[text] != text] == []
    assert english.controller.name == inventory.controller.name
    assert in_language(inventory, "nl") is inventory


DUTCH = re.compile(r"\b(?:wij|onze|het|een|niet|voor|deze|wordt|zijn|tot en met|geldig|versie)\b")


@pytest.mark.parametrize(
    "page", ["en", "en/cookies", "en/wijzigingen", "en/begrippen", "en/bewijs", "en/versies/2", "en/volgende"]
)
def test_an_english_page_says_nothing_in_dutch(site: Path, page: str) -> None:
    tree = html.fromstring((site / page / "index.html").read_bytes())
    for other in tree.xpath("//*[@lang='nl'] | //code | //script | //pre"):
        other.drop_tree()
    words = re.sub(r"[“\"].*?[”\"]|\([^)]*\)", " ", " ".join(tree.text_content().split()))
    assert tree.get("lang") == "en"
    assert sorted(set(DUTCH.findall(words))) == []


def test_a_page_without_a_translation_says_so_and_shows_the_dutch_text(site: Path) -> None:
    tree = html.fromstring((site / "en/versies/1/index.html").read_bytes())
    own = html.fromstring((site / "versies/1/index.html").read_bytes())
    (text,), (shown,) = own.xpath("//div[@class='text']"), tree.xpath("//div[@class='text']")
    assert "This page is available in Dutch only" in tree.text_content()
    assert shown.get("lang") == "nl"
    assert " ".join(shown.text_content().split()) == " ".join(text.text_content().split())
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://www.leiz.nl/privacy/versies/1/"]


def test_languages_name_each_other_only_where_both_are_written(site: Path) -> None:
    named = {
        page: {
            link.get("hreflang"): link.get("href")
            for link in html.fromstring((site / page / "index.html").read_bytes()).xpath("//link[@hreflang]")
        }
        for page in ("versies/1", "en/versies/1", "versies/2", "en/versies/2")
    }
    base = "https://www.leiz.nl/privacy/"
    pair = {"nl": f"{base}versies/2/", "en": f"{base}en/versies/2/", "x-default": f"{base}versies/2/"}
    assert named == {"versies/1": {}, "en/versies/1": {}, "versies/2": pair, "en/versies/2": pair}


@pytest.mark.parametrize("page", ["versies/2", "cookies", "bouwers", "versies/1", "versies/2/verschil", "bewijs"])
def test_each_page_leads_to_itself_in_the_other_language(site: Path, page: str) -> None:
    for here, there in ((page, f"en/{page}"), (f"en/{page}", page)):
        tree = html.fromstring((site / here / "index.html").read_bytes())
        (link,) = tree.xpath("//nav[@class='places']//a[@hreflang]")
        assert (site / here / link.get("href")).resolve() == (site / there).resolve()
