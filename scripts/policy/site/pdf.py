"""A policy version as a PDF: the words of its built page, set as a book with fonts of our own."""

import copy
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urljoin

from lxml import html
from lxml.builder import E

from policy.errors import PolicyError
from policy.findings import Finding

STYLE = Path(__file__).with_name("pdf.css")
FONTS = Path(__file__).with_name("fonts")
FOR_TEXT = ("PolicySerif-Regular.otf", "PolicySans-Regular.otf")
NO_FONT_OF_THE_MACHINE = FONTS / "fonts.conf"
VARIANT = "pdf/ua-1"
"""ISO 14289-1: a PDF that a screen reader can follow."""

NOT_ON_PAPER = (
    ".//nav|.//script|.//style|.//template|.//noscript|.//dialog|.//form|.//button|.//*[@hidden]"
    "|.//*[@data-of-the-day]|.//p[@class='colophon']"
)
STANDS_FOR = {
    **{"Ĳ": "IJ", "ĳ": "ij", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"},
    "\N{HYPHEN}": "\N{SOFT HYPHEN}",
}
"""What a reader searches and copies: the letters of a ligature, and a soft hyphen for one that only ends a line."""


def to_pdf(page: Path, *, footer: str, author: str = "") -> bytes:
    """The PDF of a built version page: A4, tagged, with bookmarks, the footer's lines on every page.

    It depends on the page, the footer and the author, not on the day, the machine's fonts or settings.
    Another version of WeasyPrint, or a Python with another zlib, can make other bytes of the same words.
    A `PolicyError` says that WeasyPrint or Pango is missing, or which letters our fonts lack.
    """
    weasyprint = _weasyprint()
    printed = _printed(html.fromstring(page.read_text("utf-8")), footer, author)
    _check_letters(printed, page)
    text = html.tostring(printed, doctype="<!doctype html>", encoding="unicode")
    with _only_our_fonts():
        fonts = weasyprint.text.fonts.FontConfiguration()
        files = weasyprint.urls.URLFetcher(allowed_protocols=("file",))
        style = weasyprint.CSS(filename=STYLE, font_config=fonts, url_fetcher=files)
        source = weasyprint.HTML(string=text, base_url=page.resolve().as_uri(), url_fetcher=files)
        document = source.render(fonts, stylesheets=[style], pdf_variant=VARIANT)
        # Whole fonts: what HarfBuzz cuts out of a font differs from version to version.
        pdf: bytes = document.write_pdf(finisher=_settle, pdf_variant=VARIANT, full_fonts=True)
    return pdf


def _weasyprint() -> ModuleType:
    """The library, imported only when a PDF is asked for; an optional extra, since it needs Pango on the machine."""
    try:
        with redirect_stdout(io.StringIO()):  # it prints a page of advice where Pango is missing
            import weasyprint.text.fonts
            import weasyprint.urls
    except (ImportError, OSError) as error:
        raise PolicyError(
            f"A PDF needs WeasyPrint and Pango ({str(error).partition(':')[0]}): run `pip install '.[pdf]'` and "
            "`apt-get install libpangoft2-1.0-0 libharfbuzz-subset0`, or build without --pdf."
        ) from error
    return weasyprint


@contextmanager
def _only_our_fonts() -> Iterator[None]:
    """No font and no font setting of the machine is found, so none can move a line."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(NO_FONT_OF_THE_MACHINE)
    try:
        yield
    finally:
        os.environ.pop("FONTCONFIG_FILE")
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def _letters() -> frozenset[int]:
    """The code points that all our text fonts have."""
    from fontTools.ttLib import TTFont

    return frozenset.intersection(*(frozenset(TTFont(FONTS / name).getBestCmap()) for name in FOR_TEXT))


def _check_letters(printed: html.HtmlElement, page: Path) -> None:
    text = "".join(printed.itertext())
    missing = sorted({letter for letter in text if not letter.isspace() and ord(letter) not in _letters()})
    if missing:
        shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing)
        way_out = "Write it in words, or add it to the fonts as fonts/README.md beside pdf.py tells."
        raise PolicyError([Finding(f"the fonts of the PDF have no {shown}. {way_out}", file=page.as_posix())])


def _settle(document: Any, pdf: Any) -> None:
    """Fonts are named by the order of their use, not by words of Pango; a sign is known by what it stands for."""
    names = {font.hash: f"POLIC{chr(65 + i)}" for i, font in enumerate(document.fonts.values())}
    meant = {_utf_16(sign): _utf_16(letters) for sign, letters in STANDS_FOR.items()}
    used = re.compile(rb"(?<=/)(%s)(?=[ +])" % "|".join(names).encode())

    def named(item: Any) -> Any:
        return used.sub(lambda name: names[name[0].decode()].encode(), item) if isinstance(item, bytes) else item

    for thing in pdf.objects:
        if isinstance(thing, dict):
            entries = [(names.get(key, key), named(value)) for key, value in thing.items()]
            thing.clear()
            thing.update(entries)
        elif b"begincmap" in getattr(thing, "stream", []):
            thing.stream = [
                re.sub(rb"(?<=> )<\w+>", lambda sign: meant.get(sign[0], sign[0]), item) for item in thing.stream
            ]
        elif "Subtype" not in getattr(thing, "extra", ["Subtype"]):  # a page, not a font or an image
            thing.stream = [named(item) for item in thing.stream]


def _utf_16(text: str) -> bytes:
    return b"<%s>" % text.encode("utf-16-be").hex().encode()


def _printed(tree: html.HtmlElement, footer: str, author: str) -> html.HtmlElement:
    """The page as it goes to paper: its main part, unfolded, each link followed by where it leads."""
    main = copy.deepcopy(tree.find(".//main"))
    for element in main.xpath(NOT_ON_PAPER):
        element.drop_tree()
    for details in main.xpath(".//details"):
        details.tag, details.attrib["class"] = "div", "unfolded"
        for summary in details.iterchildren("summary"):
            summary.tag, summary.attrib["class"] = "p", "summary"
    for facts in main.xpath(".//dl[@class='facts'][not(*[not(self::div)])]"):
        _make_table(facts)
    address, ids = tree.xpath("string(//link[@rel='canonical']/@href)"), set(main.xpath(".//@id"))
    for link in main.xpath(".//a[@href]"):
        _show_target(link, address, ids)
    names = [E.meta(name="author", content=author)] if author else []
    imprint = E.div({"class": "imprint"}, *(E.p(line) for line in footer.splitlines()))
    head = E.head(E.title(tree.findtext(".//title") or ""), *names)
    return E.html(head, E.body(imprint, main), lang=tree.get("lang") or "nl")


def _make_table(facts: html.HtmlElement) -> None:
    """A list of facts becomes a table with a heading for each row: PDF/UA-1 has no tag for such a list."""
    facts.tag = "table"
    for pair in facts:
        pair.tag = "tr"
        for cell in pair:
            cell.tag = "th" if cell.tag == "dt" else "td"
            if cell.tag == "th":
                cell.set("scope", "row")


def _show_target(link: html.HtmlElement, address: str, ids: set[str]) -> None:
    """The page number of a place in this text, or the address where the words of the link are not the address."""
    target = link.get("href")
    if target.startswith("#") and target[1:] in ids:
        _follow(link, E.span({"class": "on-page", "data-target": target}))
        return
    leads_to = urljoin(address, target)
    if not re.match(r"[a-z]+:", leads_to):  # a page beside this one, and this one does not say where it is
        del link.attrib["href"]
        return
    link.set("href", leads_to)
    shown = re.sub(r"^(mailto:|tel:|https://)", "", leads_to)
    if _bare(shown) == _bare(link.text_content()):
        link.set("class", "address")
    else:
        _follow(link, E.span(f" ({shown})", {"class": "leads-to"}))


def _bare(address: str) -> str:
    return address.strip().removeprefix("https://").removesuffix("/")


def _follow(link: html.HtmlElement, added: html.HtmlElement) -> None:
    added.tail, link.tail = link.tail, None
    link.addnext(added)
