"""Edits of a policy text as an editor or the inventory makes them, drawn by Hypothesis."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

POLICY = (Path(__file__).parent / "policy.html").read_text("utf-8")
_WORDS = "wij u gegevens, niet altijd de website toestemming. van cookies (nieuw) 12 maanden “zo” nooit! én"
WORDS = _WORDS.split(" ")

Edit = tuple[str, int, int]
Doer = Callable[[HtmlElement, int, int], None]


def edited(fragment: str, edits: list[Edit]) -> str:
    """The fragment after all edits; an edit that finds nothing to change does nothing."""
    root = html.fragment_fromstring(fragment, create_parent="div")
    for name, where, what in edits:
        EDITS[name](root, where, what)
    inner = html.tostring(root, encoding="unicode")
    return inner.removeprefix("<div>").removesuffix("</div>")


def drawn(most: int = 12) -> st.SearchStrategy[list[Edit]]:
    """A list of edits."""
    number = st.integers(0, 9999)
    return st.lists(st.tuples(st.sampled_from(sorted(EDITS)), number, number), max_size=most)


def some_pairs(count: int) -> list[tuple[str, str]]:
    """Pairs of texts, the same ones at every run: a text and what became of it, or two that went apart."""
    draw = Random(2027)
    pairs = []
    for number in range(count):
        before, after = (
            [(draw.choice(sorted(EDITS)), draw.randrange(10_000), draw.randrange(10_000)) for _ in range(length)]
            for length in (draw.choice((0, 1, 3, 8, 15)), draw.choice((1, 2, 5, 12, 30)))
        )
        old = edited(POLICY, before)
        pairs.append((old, edited(old if number % 2 else POLICY, after)))
    return pairs


def _pick(found: list[HtmlElement], number: int) -> HtmlElement | None:
    return found[number % len(found)] if found else None


def _all(root: HtmlElement, path: str) -> list[HtmlElement]:
    return [element for element in root.xpath(path) if element is not root]


def _word(number: int) -> str:
    return WORDS[number % len(WORDS)]


def _remove(element: HtmlElement) -> None:
    element.drop_tree()


def _spots(root: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """Where words stand: an element and which of its two texts."""
    found = []
    for element in root.iter():
        found += [(element, "text")] if element.text and element.text.strip() else []
        found += [(element, "tail")] if element is not root and element.tail and element.tail.strip() else []
    return found


def _in_text(change: Callable[[str, int], str]) -> Doer:
    def do(root: HtmlElement, where: int, what: int) -> None:
        spots = _spots(root)
        if spots:
            element, name = spots[where % len(spots)]
            setattr(element, name, change(getattr(element, name), what))

    return do


def _word_in(text: str, what: int) -> str:
    words = text.split(" ")
    words.insert(what % (len(words) + 1), _word(what))
    return " ".join(words)


def _word_out(text: str, what: int) -> str:
    words = text.split(" ")
    del words[what % len(words)]
    return " ".join(words)


def _word_other(text: str, what: int) -> str:
    words = text.split(" ")
    words[what % len(words)] = _word(what // 7)
    return " ".join(words)


def _sentence_in(text: str, what: int) -> str:
    return text + " " + " ".join(_word(what + step * 3).strip(".,!") for step in range(what % 9 + 2)).capitalize() + "."


def _sentence_out(text: str, what: int) -> str:
    sentences = re.split(r"(?<=[.!?])\s", text)
    del sentences[what % len(sentences)]
    return " ".join(sentences)


def _quotes(text: str, what: int) -> str:
    return text.replace("“", '"').replace("”", '"').replace("’", "'") if what % 2 else text.replace(" ", "\n ")


def _flow(root: HtmlElement) -> list[HtmlElement]:
    return _all(root, "./* | .//section/* | .//article/* | ./div/p | ./blockquote/*")


def _section(root: HtmlElement, where: int) -> list[HtmlElement]:
    heading = _pick(_all(root, "./h2 | ./h3"), where)
    if heading is None:
        return []
    found = [heading]
    for after in heading.itersiblings():
        if after.tag in ("h2", "h3") and after.tag <= heading.tag:
            break
        found.append(after)
    return found


def _section_out(root: HtmlElement, where: int, what: int) -> None:
    for element in _section(root, where):
        _remove(element)


def _section_move(root: HtmlElement, where: int, what: int) -> None:
    section = _section(root, where)
    places = [place for place in _all(root, "./h2 | ./h3 | ./*[last()]") if place not in section]
    before = _pick(places, what)
    if before is not None:
        for element in section:
            before.addprevious(element)


def _new(root: HtmlElement, what: int, *pieces: str) -> list[HtmlElement]:
    del root
    words = " ".join(_word(what + step * step) for step in range(what % 11 + 1))
    return [html.fragment_fromstring(piece.format(words=words)) for piece in pieces]


def _free(root: HtmlElement, what: int) -> str:
    number = what
    while root.xpath("//*[@id=$id]", id=f"nieuw-{number}"):
        number += 1
    return f"nieuw-{number}"


def _section_in(root: HtmlElement, where: int, what: int) -> None:
    before = _pick(_all(root, "./h2 | ./h3 | ./p"), where)
    if before is not None:
        tag = "h2" if what % 2 else "h3"
        heading = f'<{tag} id="{_free(root, what)}">{{words}}</{tag}>'
        for element in _new(root, what, heading, "<p>{words}</p>", "<ul><li>{words}</li></ul>")[: what % 3 + 1]:
            before.addprevious(element)


def _block_in(root: HtmlElement, where: int, what: int) -> None:
    at = _pick(_flow(root), where)
    kinds = (
        "<p>{words} <b>{words}</b></p>",
        "<ol start='3'><li>{words}</li><li>a</li></ol>",
        "<pre>{words}\n  x</pre>",
        "<hr>",
        "<div><p>{words}</p></div>",
        f"<p id='{_free(root, what)}'>{{words}}</p>",
    )
    if at is not None:
        element = _new(root, what, kinds[what % len(kinds)])[0]
        if at.tag == "h5" or at.tag == "h4" or what % 5:
            at.addnext(element)
        else:
            at.addprevious(element)


def _out(path: str) -> Doer:
    def do(root: HtmlElement, where: int, what: int) -> None:
        element = _pick(_all(root, path), where)
        if element is not None and (element.getparent() is root or len(element.getparent()) > 1):
            _remove(element)

    return do


def _moved(path: str) -> Doer:
    def do(root: HtmlElement, where: int, what: int) -> None:
        element = _pick(_all(root, path), where)
        if element is not None:
            sibling = _pick([one for one in element.getparent() if one.tag == element.tag], what)
            if sibling is not None and sibling is not element:
                sibling.addnext(element)

    return do


def _again(path: str, piece: str) -> Doer:
    """Another of the same kind after one that is there."""

    def do(root: HtmlElement, where: int, what: int) -> None:
        element = _pick(_all(root, path), where)
        if element is not None:
            element.addnext(_new(root, what, piece)[0])

    return do


def _nested(root: HtmlElement, where: int, what: int) -> None:
    item = _pick(_all(root, ".//li[not(ul)]"), where)
    if item is not None:
        item.append(_new(root, what, "<ul><li>{words}</li><li>nog een</li></ul>")[0])


def _row_in(root: HtmlElement, where: int, what: int) -> None:
    row = _pick(_all(root, ".//tbody/tr"), where)
    if row is not None:
        new = html.fromstring(f"<table>{html.tostring(row, encoding='unicode')}</table>").find(".//tr")
        new.attrib.pop("data-key", None)
        for cell in new:
            for child in list(cell):
                _remove(child)
            cell.text = " ".join(_word(what + step) for step in range(what % 4 + 1))
        row.addnext(new)


def _column_in(root: HtmlElement, where: int, what: int) -> None:
    table = _pick(_all(root, ".//table"), where)
    if table is not None:
        for row in table.iter("tr"):
            cell = html.Element("th" if row.getparent().tag == "thead" else "td")
            cell.text = _word(what)
            row.append(cell)


def _attribute(path: str, name: str, values: tuple[str, ...]) -> Doer:
    def do(root: HtmlElement, where: int, what: int) -> None:
        element = _pick(_all(root, path), where)
        if element is not None and what % (len(values) + 1) < len(values):
            element.set(name, values[what % (len(values) + 1)])
        elif element is not None:
            element.attrib.pop(name, None)

    return do


def _tag(path: str, tags: tuple[str, ...]) -> Doer:
    def do(root: HtmlElement, where: int, what: int) -> None:
        element = _pick(_all(root, path), where)
        if element is not None:
            element.tag = tags[what % len(tags)]

    return do


def _unwrap(root: HtmlElement, where: int, what: int) -> None:
    element = _pick(_all(root, ".//strong | .//em | .//abbr | .//code | .//b | .//a"), where)
    if element is not None:
        element.drop_tag()


def _wrap(root: HtmlElement, where: int, what: int) -> None:
    spots = _spots(root)
    if not spots:
        return
    element, name = spots[where % len(spots)]
    words = getattr(element, name).split(" ")
    start = what % len(words)
    end = start + 1 + what % 3
    if not " ".join(words[start:end]).strip():
        return
    new = html.Element(("strong", "em", "a", "abbr", "code", "span")[what % 6])
    if new.tag == "a":
        new.set("href", "#contact")
    new.text = " ".join(words[start:end])
    inside = name == "text"
    if new.tag == "a" and ((element.tag == "a" and inside) or element.xpath("ancestor::a")):
        return
    setattr(element, name, " ".join(words[:start]) + " ")
    new.tail = " " + " ".join(words[end:])
    if inside:
        element.insert(0, new)
    else:
        tail = element.tail
        element.addnext(new)
        element.tail, new.tail = tail, " " + " ".join(words[end:])


def _bare_text(root: HtmlElement, where: int, what: int) -> None:
    element = _pick(_all(root, "./*"), where)
    if element is not None:
        element.tail = f" losse {_word(what)} tekst "


def _rename(root: HtmlElement, where: int, what: int) -> None:
    element = _pick(_all(root, ".//*[@id]"), where)
    if element is not None:
        element.set("id", _free(root, what))


EDITS: dict[str, Doer] = {
    "word in": _in_text(_word_in),
    "word out": _in_text(_word_out),
    "word other": _in_text(_word_other),
    "sentence in": _in_text(_sentence_in),
    "sentence out": _in_text(_sentence_out),
    "quotes and white space": _in_text(_quotes),
    "section in": _section_in,
    "section out": _section_out,
    "section moved": _section_move,
    "block in": _block_in,
    "block out": _out("./p | ./ul | ./ol | ./div | ./dl | .//article/* | .//section/p"),
    "block moved": _moved("./p | .//article/p"),
    "bare text": _bare_text,
    "item in": _again(".//li", "<li>{words}</li>"),
    "item out": _out(".//li"),
    "item moved": _moved(".//li"),
    "item nested": _nested,
    "item numbered": _attribute(".//ol/li", "value", ("4", "9")),
    "list turned": _attribute(".//ol", "reversed", ("",)),
    "list started": _attribute(".//ol", "start", ("5", "1")),
    "list of another kind": _tag(".//ul | .//ol[not(@start) and not(@reversed) and not(li/@value)]", ("ol", "ul")),
    "row in": _row_in,
    "row out": _out(".//tbody/tr"),
    "row moved": _moved(".//tbody/tr"),
    "column in": _column_in,
    "caption out": _out(".//caption"),
    "fact in": _again(".//dl/div", "<div><dt>{words}</dt><dd>{words}</dd></div>"),
    "fact out": _out(".//dl/div"),
    "fact moved": _moved(".//dl/div"),
    "service out": _out(".//article"),
    "service moved": _moved(".//article"),
    "category moved": _moved(".//section"),
    "link to": _attribute(".//a", "href", ("#contact", "https://voorbeeld.nl/?a=1&b=2", "../3/")),
    "class": _attribute(".//p | .//div | .//span | .//table", "class", ("a", "a b", "detail")),
    "label": _attribute(".//td", "data-label", ("Anders", 'Met "tekens" & <hoeken>')),
    "title": _attribute(".//abbr", "title", ("Een andere uitleg.",)),
    "opened": _attribute(".//details", "open", ("",)),
    "bold to italic": _tag(".//strong | .//em | .//b | .//code", ("em", "strong", "i", "s", "del", "ins")),
    "heading of another depth": _tag("./h2 | ./h3", ("h2", "h3", "h4")),
    "wrapped": _wrap,
    "unwrapped": _unwrap,
    "anchor renamed": _rename,
}
