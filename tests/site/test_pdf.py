"""The PDF of a version says what its page says, and is the same file on every machine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from policy.errors import PolicyError
from policy.site.pdf import FONTS, STANDS_FOR, to_pdf
from tests.conftest import ROOT
from tests.length import only_long

try:
    import pypdf
    import weasyprint  # noqa: F401 - only whether it is there: the code under test imports it itself
    from fontTools.ttLib import TTFont
except (ImportError, OSError) as error:
    WITHOUT = str(error)
else:
    WITHOUT = ""
# `policy test` installs all of it where it may; elsewhere the reason is printed.
makes_pdfs = pytest.mark.skipif(bool(WITHOUT), reason=f"no PDF can be made or read here: {WITHOUT.partition(':')[0]}")

FOOTER = (
    "LEIZ Mediaproducties · Privacyverklaring, versie {} · aangekondigd op 24 november 2026\n"
    "https://www.leiz.nl/privacy/versies/{}/ · sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
)
TOP, BOTTOM, LEFT, RIGHT = 98, 1010, 83, 711
"""Where the text of an A4 page begins and ends, in CSS pixels; outside it stand the header and the footer."""

TINY = """<!doctype html>
<html lang="{lang}"><head><title>Policy</title><link rel="canonical" href="https://example.nl/privacy/versies/1/"></head>
<body><a class="skip" href="#inhoud">Skip</a><header><nav>Menu</nav></header>
<main id="inhoud"><h1>Policy</h1><p class="state" data-of-the-day><span>draft</span> <a href="../2/">next</a></p>
<p class="state">The Dutch text prevails: <a href="https://example.nl">Nederlands</a></p>
<nav>Contents</nav><script>alert(1)</script><p hidden>Hidden ✓</p>
{content}
</main><footer>Bottom</footer></body></html>"""


def tiny(folder: Path, content: str, lang: str = "en") -> Path:
    page = folder / "index.html"
    page.write_text(TINY.format(lang=lang, content=content), "utf-8")
    return page


def made(page: Path) -> bytes:
    return to_pdf(page, footer="Footer")


def read(data: bytes) -> "pypdf.PdfReader":
    return pypdf.PdfReader(BytesIO(data))


@dataclass(frozen=True)
class Printed:
    """A version as page and as PDF."""

    page: Path
    data: bytes

    @property
    def reader(self) -> "pypdf.PdfReader":
        return read(self.data)

    @property
    def main(self) -> html.HtmlElement:
        return html.fromstring(self.page.read_bytes()).find(".//main")

    def headings(self, *tags: str) -> list[tuple[str, str]]:
        return [(element.tag, spaced(element.text_content())) for element in self.main.iter(*tags)]


@pytest.fixture(scope="module", params=[1, 2])
def printed(request: pytest.FixtureRequest, site: Path) -> Printed:
    page = site / f"versies/{request.param}/index.html"
    footer = FOOTER.format(request.param, request.param)
    return Printed(page, to_pdf(page, footer=footer, author="LEIZ Mediaproducties"))


def spaced(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Without white space and hyphens: a line ends elsewhere on paper."""
    return re.sub(r"[\s\xad-]+", "", text)


@dataclass(frozen=True)
class Piece:
    """A piece of text with its left edge, its distance from the top of the page, its font and its size, in pixels."""

    text: str
    left: float
    top: float
    font: str
    size: float


@cache
def pieces(data: bytes) -> list[list[Piece]]:
    """The pieces of each page, in the order in which they are drawn."""
    pages: list[list[Piece]] = []

    def visit(text: str, _: list[float], place: list[float], font: dict[str, Any] | None, size: float) -> None:
        name = font["/BaseFont"].partition("+")[2] if font else ""
        pages[-1].append(Piece(text, place[4], place[5], name, size))

    for page in read(data).pages:
        pages.append([])
        page.extract_text(visitor_text=visit)
    return pages


def body(data: bytes) -> str:
    """The text between headers and footers, without the marks of lists, which are drawn after a page's text."""
    return "".join(
        piece.text
        for page in pieces(data)
        for piece in page
        if (TOP <= piece.top <= BOTTOM or not piece.top) and not re.fullmatch(r"(•|–|\d+\.)\s*", piece.text)
    )


def structure(reader: "pypdf.PdfReader") -> Iterator[str]:
    """The tags of the structure tree, in the order of reading."""

    def walk(element: Any) -> Iterator[str]:
        element = element.get_object()
        if not isinstance(element, dict) or "/S" not in element:
            return
        yield element["/S"]
        for kid in element.get("/K", []):
            if not isinstance(kid, int):
                yield from walk(kid)

    for top in reader.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        yield from walk(top)


@makes_pdfs
def test_every_word_of_the_page_stands_in_the_pdf_in_its_order(printed: Printed) -> None:
    said, main = squeezed(body(printed.data)), printed.main
    for left_out in main.xpath(".//nav | .//*[@data-of-the-day] | .//p[@class='colophon'] | .//details//caption"):
        left_out.drop_tree()
    at, missing = 0, []
    for words in filter(None, map(squeezed, main.itertext())):
        found = said.find(words, at)
        missing += [words] if found < 0 else []
        at = max(at, found + len(words))
    assert missing == []


@makes_pdfs
def test_the_bookmarks_are_the_headings_of_sections(printed: Printed) -> None:
    def flat(entries: list[Any], level: int = 2) -> Iterator[tuple[str, str]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry, level + 1)
            else:
                yield f"h{level}", entry.title

    assert list(flat(printed.reader.outline)) == printed.headings("h2", "h3")


@makes_pdfs
def test_a_screen_reader_can_follow_the_pdf(printed: Printed) -> None:
    root = printed.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    headings = [tag.strip("/").lower() for tag in structure(printed.reader) if re.fullmatch(r"/H\d", tag)]
    assert headings == [tag for tag, _ in printed.headings("h1", "h2", "h3", "h4", "h5", "h6")]


@makes_pdfs
def test_the_pdf_tells_its_title_and_author_and_no_date(printed: Printed) -> None:
    information = dict(printed.reader.metadata or {})
    assert information.pop("/Producer").startswith("WeasyPrint")
    title = html.fromstring(printed.page.read_bytes()).findtext(".//title")
    assert information == {"/Title": title, "/Author": "LEIZ Mediaproducties"}


@makes_pdfs
def test_only_our_fonts_are_embedded_and_they_are_whole(printed: Printed) -> None:
    ours = {path.read_bytes() for path in FONTS.glob("*.otf")}
    fonts = [font for page in printed.reader.pages for font in page["/Resources"]["/Font"].values()]
    files = {font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile3"].get_data() for font in fonts}
    assert files
    assert files <= ours
    # Pango's own names differ from version to version.
    assert [font["/BaseFont"] for font in fonts if not re.match(r"/POLIC[A-Z]\+Policy-", font["/BaseFont"])] == []


@makes_pdfs
def test_every_page_has_the_footer_and_its_number(printed: Printed) -> None:
    number, pages = printed.page.parent.name, pieces(printed.data)
    footer = FOOTER.format(number, number)
    wanted = [squeezed(f"{footer}{at} / {len(pages)}") for at, _ in enumerate(pages, start=1)]
    assert [squeezed("".join(piece.text for piece in page if piece.top > BOTTOM)) for page in pages] == wanted


@makes_pdfs
def test_nothing_runs_off_the_page(printed: Printed) -> None:
    fonts = {path.stem.replace("-Regular", ""): TTFont(path) for path in FONTS.glob("*.otf")}
    widths = {
        name.replace("Policy", "Policy-"): {
            chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()
        }
        for name, font in fonts.items()
    }
    edges: list[float] = []

    def visit(operator: bytes, operands: list[Any], *_: Any) -> None:
        if operator in (b"m", b"l"):  # the rules of tables
            edges.append(float(operands[0]))

    for page in printed.reader.pages:
        page.extract_text(visitor_operand_before=visit)
    assert [edge for edge in edges if not LEFT <= edge <= RIGHT] == []
    outside = []
    for piece in filter(lambda piece: piece.text.strip(), (piece for page in pieces(printed.data) for piece in page)):
        width = sum(widths[piece.font].get(letter, 0) for letter in piece.text.rstrip()) * piece.size / 1000
        outside += [piece] if piece.left < LEFT or piece.left + width > RIGHT + 4 else []
    assert outside == []


@makes_pdfs
@pytest.mark.parametrize("printed", [1, *only_long([2])], indirect=True)
def test_the_same_page_is_the_same_pdf_in_another_place_time_language_and_with_other_fonts(
    printed: Printed, tmp_path: Path
) -> None:
    page = tmp_path / "elders" / "index.html"
    page.parent.mkdir()
    shutil.copy(printed.page, page)
    number = printed.page.parent.name
    rules = tmp_path / "fonts.conf"
    rules.write_text(
        "<fontconfig><match target='font'><edit name='hinting' mode='assign'><bool>true</bool></edit></match>"
        "<match><test name='family'><string>Policy Serif</string></test><edit name='family' mode='prepend'>"
        "<string>DejaVu Sans</string></edit></match><dir>/usr/share/fonts</dir></fontconfig>",
        "utf-8",
    )
    code = (
        "import sys; from pathlib import Path; from policy.site.pdf import to_pdf; "
        "sys.stdout.buffer.write(to_pdf(Path('index.html'), footer=sys.argv[1], author='LEIZ Mediaproducties'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, FOOTER.format(number, number)],
        cwd=page.parent,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "scripts"),
            "PYTHONHASHSEED": "7",
            "HOME": str(tmp_path),
            "TZ": "Pacific/Auckland",
            "LC_ALL": "C",
            "FONTCONFIG_FILE": str(rules),
        },
        capture_output=True,
        check=True,
    )
    assert done.stdout == printed.data


@makes_pdfs
def test_menus_scripts_and_hidden_parts_stay_on_the_screen(tmp_path: Path) -> None:
    data = made(tiny(tmp_path, "<p>Text.</p>"))
    assert (
        spaced(read(data).pages[0].extract_text())
        == "Policy The Dutch text prevails: Nederlands (example.nl) Text. Footer 1 / 1"
    )


@makes_pdfs
def test_what_is_folded_on_the_screen_is_open_on_paper(tmp_path: Path) -> None:
    data = made(tiny(tmp_path, "<details><summary>Two names</summary><p>a, b</p></details>"))
    assert "Two names a, b" in spaced(body(data))


@makes_pdfs
@pytest.mark.parametrize(
    ("lang", "link", "shown"),
    [
        ("en", '<a href="https://example.org/why?a=b">why</a>', "See why (example.org/why?a=b)."),
        ("en", '<a href="../../cookies/">Cookies</a>', "See Cookies (example.nl/privacy/cookies/)."),
        ("en", '<a href="https://example.org/">example.org</a>', "See example.org."),
        ("en", '<a href="mailto:a@example.org">a@example.org</a>', "See a@example.org."),
        ("en", '<a href="mailto:a@example.org">write</a>', "See write (a@example.org)."),
        ("en", '<a href="#part">part 1</a>', "See part 1 (p. 1)."),
        ("nl", '<a href="#part">part 1</a>', "See part 1 (blz. 1)."),
    ],
)
def test_a_reader_of_paper_knows_where_a_link_leads(tmp_path: Path, lang: str, link: str, shown: str) -> None:
    data = made(tiny(tmp_path, f'<h2 id="part">Part</h2><p>See {link}.</p>', lang))
    assert shown in spaced(body(data))


@makes_pdfs
def test_a_link_leads_from_the_file_to_the_site(tmp_path: Path) -> None:
    reader = read(made(tiny(tmp_path, '<p><a href="../../cookies/">Cookies</a> <a href="#inhoud">Top</a></p>')))
    links = [annotation.get_object() for page in reader.pages for annotation in page["/Annots"]]
    assert [link["/A"]["/URI"] if "/A" in link else link["/Dest"] for link in links] == [
        "https://example.nl",
        "https://example.nl/privacy/cookies/",
        "inhoud",
    ]


@makes_pdfs
def test_a_page_without_an_address_tells_nothing_of_this_machine(tmp_path: Path) -> None:
    page = tiny(tmp_path, '<p><a href="../../cookies/">Cookies</a></p>')
    page.write_text(re.sub("<link[^>]*>", "", page.read_text("utf-8")), "utf-8")
    links = [annotation.get_object() for p in read(made(page)).pages for annotation in p["/Annots"]]
    assert [link["/A"]["/URI"] for link in links] == ["https://example.nl"]


@makes_pdfs
def test_a_list_of_facts_is_a_table_to_a_screen_reader(tmp_path: Path) -> None:
    reader = read(made(tiny(tmp_path, '<dl class="facts"><div><dt>Name</dt><dd>LEIZ</dd></div></dl>')))
    wanted = ["/Table", "/TR", "/TH", "/TD"]
    assert [tag for tag in structure(reader) if tag in [*wanted, "/L", "/LI"]] == wanted


@makes_pdfs
def test_a_letter_that_our_fonts_lack_is_named(tmp_path: Path) -> None:
    page = tiny(tmp_path, "<p>Ω and ✓</p>")
    with pytest.raises(PolicyError) as raised:
        to_pdf(page, footer="Footer")
    assert str(raised.value) == (
        f"{page.as_posix()}: the fonts of the PDF have no Ω (U+03A9), ✓ (U+2713). "
        "Write it in words, or add it to the fonts as fonts/README.md beside pdf.py tells."
    )


@pytest.mark.parametrize(
    ("import_of_it", "why"),
    [
        ("raise ModuleNotFoundError(\"No module named 'weasyprint'\")", "No module named 'weasyprint'"),
        (
            "print('Advice.'); raise OSError(\"cannot load library 'libpango': nowhere\")",
            "cannot load library 'libpango'",
        ),
    ],
)
def test_without_the_library_one_sentence_tells_the_way_out(tmp_path: Path, import_of_it: str, why: str) -> None:
    (tmp_path / "weasyprint.py").write_text(import_of_it, "utf-8")
    code = (
        "from pathlib import Path; from policy.errors import PolicyError; from policy.site.pdf import to_pdf\n"
        "try: to_pdf(Path('index.html'), footer='')\nexcept PolicyError as error: print(error, end='')"
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT / "scripts")])
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        f"A PDF needs WeasyPrint and Pango ({why}): run `pip install '.[pdf]'` and "
        "`apt-get install libpangoft2-1.0-0 libharfbuzz-subset0`, or build without --pdf."
    )


def test_the_fonts_are_small_and_bring_their_licences() -> None:
    sizes = {path.name: path.stat().st_size for path in FONTS.glob("*.otf")}
    assert [name for name, size in sizes.items() if size > 60_000] == []
    assert sum(sizes.values()) < 300_000
    assert (FONTS / "OFL.txt").read_text("utf-8").count("Reserved Font Name 'Source'") == 2
    assert "GUST Font License" in (FONTS / "GUST-FONT-LICENSE.txt").read_text("utf-8")


@makes_pdfs
@pytest.mark.parametrize("path", sorted(FONTS.glob("*.otf")), ids=lambda path: path.stem)
def test_each_sign_of_a_font_stands_for_a_letter_and_no_name_is_a_reserved_one(path: Path) -> None:
    """A ligature without a code point was drawn well and copied as another letter."""
    font = TTFont(path)
    assert set(font.getGlyphOrder()) - set(font.getBestCmap().values()) == {".notdef"}
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    ligatures = {
        letters[found.LigGlyph] for table in tables for row in getattr(table, "ligatures", {}).values() for found in row
    }
    assert ligatures <= STANDS_FOR.keys()
    names = {str(name) for name in font["name"].names if name.nameID in (1, 3, 4, 6)}
    assert [name for name in names if not name.startswith("Policy")] == []
