"""What a reader sees of each kind of change, on small texts."""

import re
from random import Random

import pytest

from policy.versions.compare.text import Change, accept, canonical, compare, reject
from tests.versions.compare.words import DUTCH

ADDED = '<span class="unseen rev-word"> toegevoegd: </span>'
REMOVED = '<span class="unseen rev-word"> verwijderd: </span>'
CHANGED = '<span class="unseen rev-word"> gewijzigd: </span>'
SECTIONS = {
    "a": '<h2 id="a">Wie wij zijn</h2><p>Wij zijn LEIZ.</p>',
    "b": '<h2 id="b">Doelen</h2><p>Wij maken films.</p><h3 id="b1">Films</h3><p>Ook foto’s.</p>',
    "c": '<h2 id="c">Contact</h2><p>Bel ons.</p><h3 id="c1">Post</h3><p>Schrijf ons.</p>',
}
TABLE = (
    '<table><thead><tr><th scope="col">Doel</th><th scope="col">Hoe lang</th></tr></thead><tbody>{rows}</tbody></table>'
)


def row(key: str, name: str, term: str) -> str:
    return f'<tr data-key="{key}"><th scope="row">{name}</th><td>{term}</td></tr>'


def seen(old: str, new: str) -> str:
    """The comparison as HTML, once it was proved that both texts can be read from it."""
    html = compare(old, new, DUTCH).html
    assert (accept(html), reject(html)) == (canonical(new), canonical(old))
    return html


def told(old: str, new: str) -> list[tuple[str, str, str, str]]:
    """The kind, section, and words before and after of each change."""
    return [(one.kind, one.section, one.before, one.after) for one in compare(old, new, DUTCH).changes]


def test_one_word_changed_is_marked_and_told() -> None:
    old = '<h2 id="a">Termijn</h2><p>Wij antwoorden binnen vier weken.</p>'
    found = compare(old, old.replace("vier", "twee"), DUTCH)
    assert found.html == (
        '<h2 id="a">Termijn</h2>'
        f'<p data-rev="changed">{CHANGED}Wij antwoorden binnen <del class="rev" id="wijziging-1">{REMOVED}vier</del>'
        f'<ins class="rev">{ADDED}twee</ins> weken.</p>'
    )
    assert found.changes == (Change("wijziging-1", "changed", "a", "Termijn", "vier", "twee"),)
    assert found.share == 2 / 12


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        (
            "van de overeenkomst met u en de wet",
            "van uw toestemming of de wet",
            "de overeenkomst met u en",
            "uw toestemming of",
        ),
        ("naam, adres voor de post", "woonplaats, mail voor de post", "naam, adres", "woonplaats, mail"),
        (
            "onze namen en adressen zijn bekend",
            "onze foto’s en films zijn bekend",
            "namen en adressen",
            "foto’s en films",
        ),
        (
            "zo a b c d e samen f g h i j is het nu al heel lang bij ons zo",
            "zo k l m n o samen p q r s t is het nu al heel lang bij ons zo",
            "a b c d e samen f g h i j",
            "k l m n o samen p q r s t",
        ),
        (
            "naam of woonplaats van u",
            "adres of geboorteplaats vooral van u",
            "naam of woonplaats",
            "adres of geboorteplaats vooral",
        ),
        ("tot 2018. Zij volgt de wet. Lees meer.", "tot 2027. Lees meer.", "2018 … Zij volgt de wet.", "2027"),
        ("een twee drie vier vijf", "een 2 drie 4 vijf", "twee … vier", "2 … 4"),
    ],
)
def test_words_that_change_close_together_are_marked_as_one_phrase(old: str, new: str, before: str, after: str) -> None:
    assert told(f"<p>{old}</p>", f"<p>{new}</p>") == [("changed", "", before, after)]


def test_a_mark_begins_with_a_word_and_not_with_the_space_before_it() -> None:
    found = seen("<p>Wij bewaren uw naam.</p>", "<p>Wij bewaren altijd uw naam.</p>")
    assert f'Wij bewaren <ins class="rev" id="wijziging-1">{ADDED}altijd </ins>uw naam.' in found


def test_a_short_part_is_not_folded() -> None:
    assert "<details" not in seen("<p>Kort.</p><p>Bel ons nu.</p>", "<p>Kort.</p><p>Mail ons nu.</p>")


def test_a_sentence_that_came_is_not_mixed_with_the_others() -> None:
    old = "<p>Wij bewaren facturen. Daarna wissen wij ze.</p>"
    new = "<p>Wij bewaren facturen. De wet vraagt dat van ons. Daarna wissen wij ze.</p>"
    assert f'<ins class="rev" id="wijziging-1">{ADDED}De wet vraagt dat van ons. </ins>Daarna' in seen(old, new)


def test_a_section_that_moved_is_told_as_a_move_with_all_below_it() -> None:
    old, new = (("".join(SECTIONS[one] for one in order)) for order in ("abc", "cab"))
    found = compare(old, new, DUTCH)
    assert found.html.startswith(
        '<div class="rev-moved" id="wijziging-1" data-rev="moved" data-rev-index="6">'
        '<p class="rev-note">verplaatst, stond eerst na: Doelen </p><h2 id="c">Contact</h2>'
    )
    assert found.changes == (Change("wijziging-1", "moved", "c", "Contact", "Doelen", "het begin"),)
    assert found.share == 0.0
    assert reject(seen(old, new)) == canonical(old)


def test_a_word_that_changed_in_a_section_that_moved_is_told_as_well() -> None:
    old = "".join(SECTIONS.values())
    new = SECTIONS["c"].replace("Bel", "Mail") + SECTIONS["a"] + SECTIONS["b"]
    assert told(old, new) == [("moved", "c", "Doelen", "het begin"), ("changed", "c", "Bel", "Mail")]


def test_text_that_gets_a_heading_of_its_own_stays_the_same_text() -> None:
    old = '<h2 id="a">Doelen</h2><p>Wij maken films.</p><p>Wij sturen facturen.</p>'
    new = old.replace("<p>Wij sturen", '<h2 id="b">Geld</h2><p>Wij sturen')
    assert told(old, new) == [("added", "b", "", "Geld")]


def test_a_section_that_went_is_told_under_its_own_name() -> None:
    old = SECTIONS["a"] + SECTIONS["b"]
    found = compare(old, SECTIONS["a"], DUTCH)
    assert found.changes == (
        Change("wijziging-1", "removed", "b", "Doelen", "Doelen Wij maken films. Films Ook foto’s.", ""),
    )
    assert f'<h2 data-old-id="b" data-rev="removed" id="wijziging-1" data-rev-own="id">{REMOVED}Doelen</h2>' in seen(
        old, SECTIONS["a"]
    )


def test_what_came_to_a_section_stands_before_the_section_that_went_after_it() -> None:
    old = SECTIONS["a"] + SECTIONS["b"] + SECTIONS["c"]
    new = SECTIONS["a"] + "<p>Ons kantoor is in Zwolle.</p>" + SECTIONS["c"]
    assert [(one.kind, one.title) for one in compare(old, new, DUTCH).changes] == [
        ("added", "Wie wij zijn"),
        ("removed", "Doelen"),
    ]


def test_new_section_numbers_are_marked_and_not_told() -> None:
    old = '<h2 id="a"><span class="number">1</span> Doelen</h2><p>Wij maken films.</p>'
    new = '<h2 id="b">Kort</h2><p>Dit is nieuw.</p>' + old.replace("1", "2")
    assert told(old, new) == [("added", "b", "", "Kort Dit is nieuw.")]
    assert f'<del class="rev">{REMOVED}1</del><ins class="rev">{ADDED}2</ins>' in seen(old, new)


def test_a_row_is_known_by_its_key_though_its_name_changed() -> None:
    old = TABLE.format(rows=row("film", "Films", "2 jaar") + row("geld", "Facturen", "7 jaar"))
    new = TABLE.format(rows=row("film", "Films", "2 jaar") + row("geld", "Belasting", "10 jaar"))
    assert told(old, new) == [("changed", "", "Facturen … 7", "Belasting … 10")]
    assert '<tr data-key="geld" data-rev="changed">' in seen(old, new)


def test_a_row_without_a_key_is_known_by_its_first_cell() -> None:
    rows = [f"<tr><th>{name}</th><td>{term} bewaard</td></tr>" for name, term in (("Films", "2"), ("Geld", "7"))]
    new = [rows[1].replace("7", "10"), rows[0]]
    assert told(TABLE.format(rows="".join(rows)), TABLE.format(rows="".join(new))) == [
        ("moved", "", "Films", "het begin"),
        ("changed", "", "7", "10"),
    ]


def test_a_row_that_came_stands_in_the_table_and_marks_stand_in_cells() -> None:
    old = TABLE.format(rows=row("film", "Films", "2 jaar"))
    new = TABLE.format(rows=row("film", "Films", "2 jaar") + row("geld", "Facturen", "7 jaar"))
    assert (
        '<tr data-key="geld" data-rev="added" id="wijziging-1" data-rev-own="id">'
        f'<th scope="row">{ADDED}Facturen</th><td>7 jaar</td></tr>'
    ) in seen(old, new)


def test_a_table_with_another_column_is_another_table() -> None:
    old = "<table><tbody><tr><th>Films</th><td>2 jaar</td></tr></tbody></table>"
    assert [kind for kind, *_ in told(old, old.replace("</tr>", "<td>ja</td></tr>"))] == ["removed", "added"]


def test_a_fact_with_another_number_of_descriptions_is_another_fact() -> None:
    """A term may not come after a description in one `div`."""
    old = "<dl><div><dt>Naam van ons bedrijf</dt><dd>LEIZ</dd></div></dl>"
    new = old.replace("ons bedrijf", "het bedrijf").replace("<dd>", "<dd>Film</dd><dd>")
    assert [kind for kind, *_ in told(old, new)] == ["removed", "added"]


def test_a_link_to_another_address_is_told_and_seen() -> None:
    old = '<p>Lees meer <a href="/oud/">over cookies</a>.</p>'
    new = old.replace("/oud/", "/nieuw/")
    assert seen(old, new) == (
        '<p data-rev="changed">Lees meer <a href="/nieuw/" data-old-href="/oud/" data-rev="changed">over cookies</a>'
        '<span class="rev-note" id="wijziging-1"> (link gewijzigd: eerst /oud/, nu /nieuw/)</span>.</p>'
    )
    assert told(old, new) == [("link", "", "/oud/", "/nieuw/")]


def test_an_item_that_went_keeps_its_number_and_shifts_no_other() -> None:
    old = "<ol><li>offerte</li><li>opdracht</li><li>film</li><li>factuur</li></ol>"
    assert seen(old, old.replace("<li>opdracht</li>", "")) == (
        f'<ol><li>offerte</li><li data-rev="removed" id="wijziging-1" data-rev-own="id">{REMOVED}opdracht</li>'
        '<li value="2" data-rev-own="value">film</li><li>factuur</li></ol>'
    )
    values = re.findall(
        r'<li[^>]*?(?: value="(.)")?(?: id[^>]*| data-rev-own[^>]*)?>', seen(old, old.replace("offerte", "vraag"))
    )
    assert values == ["", "1", "", "", ""]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>Binnen <strong>vier weken</strong></p>", "<p>Binnen <em>vier weken</em></p>"),
        ("<p>Uw KVK-nummer</p>", '<p>Uw <abbr title="Kamer van Koophandel">KVK-nummer</abbr></p>'),
        ("<p>Uw <b>naam</b> en adres</p>", "<p>Uw naam en adres</p>"),
        ('<p class="a">Uw naam</p>', '<p class="b">Uw naam</p>'),
        ("<p>Uw naam\nen adres</p>", "<p>  Uw naam en\n\n adres</p>"),
    ],
)
def test_other_markup_around_the_same_words_is_kept_and_not_told(old: str, new: str) -> None:
    assert told(old, new) == []
    assert not re.search("<ins|<del", seen(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Zie deel 4 hierover.", 'Zie <a href="#delen">deel 4</a> hierover.'),
        ("Wij bewaren alles <s>nooit</s> altijd.", "Wij bewaren alles nooit altijd."),
        ("Wij bewaren alles <ins>nooit</ins> weer.", "Wij bewaren alles <del>nooit</del> weer."),
    ],
)
def test_words_that_became_a_link_or_were_struck_out_are_told(old: str, new: str) -> None:
    assert [kind for kind, *_ in told(f"<p>{old}</p>", f"<p>{new}</p>")] == ["changed"]
    seen(f"<p>{old}</p>", f"<p>{new}</p>")


def test_other_quotation_marks_are_other_words() -> None:
    assert told('<p>Wij heten "LEIZ".</p>', "<p>Wij heten “LEIZ”.</p>") == [("changed", "", '" … "', "“ … ”")]


def test_unchanged_parts_are_folded_and_the_heading_of_a_change_is_not() -> None:
    long = f"<p>{'Dit blijft zoals het was. ' * 6}</p>"
    old = f'{long}<h2 id="a">Namen</h2>{long}<h2 id="b">Doelen</h2><h3 id="b1">Films</h3>{long}<p>Bel ons.</p>'
    folded = re.sub(r"<details.*?<summary>(.*?)</summary>.*?</details>", r"[\1]", seen(old, old.replace("Bel", "Mail")))
    assert folded.startswith(
        '[2 delen zijn niet gewijzigd]<h2 id="b">Doelen</h2><h3 id="b1">Films</h3>[1 deel is niet gewijzigd]<p data-rev'
    )


def test_links_lead_from_each_change_to_the_next_and_the_one_before() -> None:
    old = "<p>Bel ons vandaag.</p><p>Mail ons vandaag.</p><h2 id='a'>Tot morgen dan</h2><p>Schrijf ons vandaag.</p>"
    html = seen(old, old.replace("vandaag", "morgen").replace("Tot morgen", "Tot straks"))
    back, onward = "vorige wijziging</a>", "volgende wijziging</a>"
    found = re.findall(r'<(?:span|p) class="jumps rev-jumps">(.*?)</(?:span|p)>', html)
    assert found == [
        f' <a class="jump" href="#wijziging-2">{onward}',
        f' <a class="jump" href="#wijziging-1">{back} <a class="jump" href="#wijziging-3">{onward}',
        f' <a class="jump" href="#wijziging-2">{back} <a class="jump" href="#wijziging-4">{onward}',
        f' <a class="jump" href="#wijziging-3">{back}',
    ]


def test_a_folded_part_of_the_text_opens_where_something_in_it_changed() -> None:
    old = "<details><summary>Meer</summary><p>Wij maken films.</p></details>"
    assert '<details open="" data-rev-own="open">' in seen(old, old.replace("films", "foto’s"))


def test_what_was_removed_names_no_anchor_that_is_gone() -> None:
    old = '<p>Blijft.</p><section aria-labelledby="a"><h2 id="a">Namen</h2><p><a href="#a">Zie boven</a></p></section>'
    assert not re.search(r' (id|href|aria-labelledby)="#?a"', seen(old, "<p>Blijft.</p>"))


def test_a_text_that_holds_the_name_of_a_mark_keeps_it() -> None:
    old = '<h2 id="wijziging-1">Wijziging 1</h2><p>Bel ons.</p>'
    found = compare(old, old.replace("Bel", "Mail"), DUTCH)
    assert [change.id for change in found.changes] == ["wijziging-2"]


def test_text_around_a_block_that_left_does_not_run_together() -> None:
    old = 'een<p id="a">Wij</p>twee<p id="b">Films</p><p id="c">Post</p>'
    new = 'een<p id="b">Films</p><p id="c">Post</p><p id="a">Wij</p>'
    assert reject(seen(old, new)) == old


def test_long_words_of_a_change_are_cut_at_a_word() -> None:
    change = compare("", f"<p>{'lange tekst ' * 60}</p>", DUTCH).changes[0]
    assert change.after == ("lange tekst " * 25).rstrip() + "…"


@pytest.mark.parametrize("text", ["", "<p></p>", "losse tekst", "<hr>", "<pre>a\n  b</pre>", "a<p>b</p>c"])
def test_the_smallest_texts_come_and_go_as_well(text: str) -> None:
    for old, new in ((text, "<p>Wij maken films.</p>"), ("<p>Wij maken films.</p>", text), (text, text)):
        assert seen(old, new) is not None


def test_a_long_text_without_a_sentence_is_compared_by_its_phrases() -> None:
    draw = Random(1)
    words = [f"{draw.choice('aeiou')}{draw.randrange(60)} de" for _ in range(4000)]
    old = f"<p>{' '.join(words)}</p>"
    new = f"<p>{' '.join(['anders' if number % 40 == 0 else word for number, word in enumerate(words)])}</p>"
    assert compare(old, new, DUTCH).share < 0.1
