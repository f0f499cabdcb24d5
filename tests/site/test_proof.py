"""The page that checks a saved copy: what it answers to real files in a real browser, and that nothing leaves it."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml.html import fragment_fromstring
from markdown import markdown
from playwright.sync_api import Browser, Page

from policy.site.scripts import script
from policy.versions.words import words_digest
from tests.axe import violations
from tests.conftest import STRICT
from tests.hosts import Answer, Hosts, serve

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "theme_overrides/assets"
RECEIPTS = json.loads((ROOT / "tests/vectors/receipts.json").read_text("utf-8"))["cases"]["receiptOf"]
SECURE, INSECURE = "localhost", "bewijs.test"

OLD = '<h2 id="kort">In het kort</h2>\n<p>Door te kijken gaat u akkoord.</p>'
NEW = """<h2 id="kort">In het kort</h2>
<p>Wij gebruiken <abbr title="uitleg">gegevens</abbr> om film te <em>maken</em>.
Zie “deel 2” &amp; foto’s van caf&eacute;s.</p>
<h2 id="lang">Hoe lang</h2>
<div class="table"><table><tr><th data-label="Wat">Naam</th>
<td>1&nbsp;jaar<span class="detail">daarna weg</span></td></tr></table></div>
<p class="top" data-unsaid><a href="#kort">Naar boven</a></p>"""
ENGLISH = '<h2 id="kort">In short</h2>\n<p>We use data to make film.</p>'
PDF, INVENTORY, TEXT = (
    b"%PDF-1.7\n\xe2\xe3 versie 2",
    b'{"controller": {"name": "Voorbeeld"}}\n',
    b"---\ntitle: x\n---\n\nTekst\n",
)


def sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def proof(version: int, language: str, html: str, **others: Any) -> dict[str, Any]:
    kept = {"text": sha256(html.encode()), "inventory": sha256(b"inventory %d" % version), "pdf": None}
    address = f"../{'en/' if language == 'en' else ''}versies/{version}/"
    return {"version": version, "language": language, "address": address, "words": words_digest(html), **kept, **others}


PROOFS = [
    proof(1, "nl", OLD, since="25 mei 2018", until="31 december 2026"),
    proof(2, "nl", NEW, since="1 januari 2027", text=sha256(TEXT), inventory=sha256(INVENTORY), pdf=sha256(PDF)),
    proof(2, "en", ENGLISH, inventory=sha256(INVENTORY)),
]
NOTICES = [{"digest": "77ab01ce", "version": 12}]
LOCK = {
    "form": 2,
    "entries": [
        {
            "version": 1,
            "text": PROOFS[0]["text"],
            "inventory": PROOFS[0]["inventory"],
            "words": {"nl": PROOFS[0]["words"]},
        },
        {
            "version": 2,
            "text": PROOFS[1]["text"],
            "inventory": PROOFS[1]["inventory"],
            "translations": {"en": PROOFS[2]["text"]},
            "words": {"nl": PROOFS[1]["words"], "en": PROOFS[2]["words"]},
        },
    ],
}


def rendered(say: Callable[[str], str] = str) -> str:
    """The template, in Dutch or with each sentence changed by a function."""
    env = Environment(
        loader=PackageLoader("policy.site"),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The extension adds this method while it runs, so Jinja's types do not know it.
    env.install_gettext_callables(say, lambda one, more, number: say(one if number == 1 else more), newstyle=True)  # type: ignore[attr-defined]
    html = env.get_template("proof.html").render(proofs=PROOFS, consent_texts=NOTICES, asset=str)
    html = html.replace('<script src="proof" defer></script>', "")  # the pages here name their own, or none
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())


def page_of(main: str, script: bool = False) -> Answer:
    loads = '<script src="/proof.js" defer></script>' if script else ""
    head = f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/site.css">{loads}'
    start = '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>Bewijs</title>'
    html = f"{start}{head}</head>\n<body>{main}</body></html>"
    return 200, {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": STRICT}, html.encode()


def proof_page(say: Callable[[str], str] = str) -> Answer:
    """The page as editors wrote it, with the block in it."""
    _, _, text = (ROOT / "docs/bewijs.md").read_text("utf-8").split("---\n", 2)
    filled = re.sub(r"\{\{ (?!proof)[\w.-]+ \}\}", "https://www.voorbeeld.test/privacy/", text)
    filled = filled.replace("{{ proof }}", f"\n{rendered(say)}\n")
    html = markdown(filled, extensions=["attr_list", "md_in_html", "toc"])
    return page_of(f'<main id="inhoud" class="page"><h1>Bewijs</h1><div class="text">{html}</div></main>', script=True)


def version_page(html: str) -> Answer:
    return page_of(f'<main><h1>Privacyverklaring</h1><div class="text" data-policy-text>\n{html}\n</div></main>')


PAGES = {
    "/bewijs/": proof_page(),
    "/en/bewijs/": proof_page(lambda sentence: f"[en] {sentence}"),
    "/versies/1/": version_page(OLD),
    "/versies/2/": version_page(NEW),
    "/en/versies/2/": version_page(ENGLISH),
}


def answer(path: str) -> Answer:
    if path in PAGES:
        return PAGES[path]
    headers = {"Content-Security-Policy": STRICT}
    if path == "/site.css":
        return 200, {"Content-Type": "text/css", **headers}, (ASSETS / "site.css").read_bytes()
    if path == "/proof.js":
        return 200, {"Content-Type": "text/javascript; charset=utf-8", **headers}, script(ASSETS, "proof")[1].encode()
    return 404, {}, b""


@pytest.fixture(scope="module")
def hosts() -> Iterator[Hosts]:
    with serve({SECURE: answer, INSECURE: answer}) as running:
        yield running


@dataclass
class Reader:
    """Somebody with a file, on the page."""

    page: Page
    hosts: Hosts
    folder: Path

    def opens(self, path: str = "/bewijs/", host: str = SECURE) -> "Reader":
        self.page.goto(self.hosts.url(host, path))
        return self

    def saved(self, path: str) -> str:
        """What the browser saves of a page."""
        self.page.goto(self.hosts.url(SECURE, path))
        return self.page.content()

    def file(self, name: str, content: str | bytes) -> Path:
        file = self.folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def chooses(self, name: str, content: str | bytes) -> str:
        """The sentences of the answer to a file."""
        self.page.locator("input[type=file]").set_input_files(self.file(name, content))
        return self.answer(name)

    def answer(self, name: str) -> str:
        found = self.page.locator(".proof-answer", has=self.page.get_by_text(name, exact=True))
        found.wait_for()
        others = ("Vingerafdruk van", "[en] Vingerafdruk van", "Lees versie", "[en] Lees versie")
        return " ".join(text for text in found.locator("p").all_inner_texts()[1:] if not text.startswith(others))


@pytest.fixture
def reader(browser: Browser, hosts: Hosts, tmp_path: Path) -> Iterator[Reader]:
    context = browser.new_context(locale="nl-NL")
    context.set_default_timeout(5000)
    yield Reader(context.new_page(), hosts, tmp_path)
    context.close()


PUBLISHED = "Dit is versie 2, zoals wij die hebben gepubliceerd (Nederlands)."
SINCE = "Geldig vanaf 1 januari 2027."
ASIDE = "Deze woorden staan ook in het bestand en hebben wij niet nagekeken: “Naar boven”"
KNOWN = f"{PUBLISHED} {SINCE} {ASIDE}"
UNKNOWN = "Dit is geen tekst die wij hebben gepubliceerd."


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/versies/2/", KNOWN),
        ("/en/versies/2/", "Dit is versie 2, zoals wij die hebben gepubliceerd (Engels)."),
        (
            "/versies/1/",
            "Dit is versie 1, zoals wij die hebben gepubliceerd (Nederlands). "
            "Geldig van 25 mei 2018 tot en met 31 december 2026. Er is een nieuwere versie.",
        ),
    ],
)
def test_a_saved_page_is_known_again(reader: Reader, path: str, said: str) -> None:
    saved = reader.saved(path)
    assert reader.opens().chooses("bewaard.html", saved) == said


def moved(page: str) -> str:
    first, second = page.index('<h2 id="kort">'), page.index('<h2 id="lang">')
    end = page.index('<p class="top"')
    return page[:first] + page[second:end] + page[first:second] + page[end:]


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("1&nbsp;jaar", "2&nbsp;jaar"),
        lambda page: page.replace("om film te", "om geen film te"),
        lambda page: page.replace("</em>.", "</em>"),
        lambda page: page.replace("“deel 2”", ""),
        lambda page: page.replace("</table>", "</table>Wij verkopen alles."),
        moved,
    ],
    ids=["a word changed", "a word added", "a full stop gone", "words gone", "a sentence added", "sections moved"],
)
def test_a_changed_text_is_refused(reader: Reader, change: Callable[[str], str]) -> None:
    saved = reader.saved("/versies/2/")
    changed = change(saved)
    assert changed != saved
    assert reader.opens().chooses("veranderd.html", changed) == UNKNOWN


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace('class="text"', 'class="wide" lang="nl"').replace("<em>maken</em>", "<b>ma</b>ken"),
        lambda page: page.replace("“deel 2”", '"deel 2"').replace("\n", "\r\n").replace("cafés", "caf&eacute;s"),
        lambda page: page.replace("<main>", "<main><p>Een melding</p>").replace("1&nbsp;jaar", "1 <span>jaar</span>"),
        lambda page: page.replace("<h2", "<!-- bewaard --><H2").replace("</h2>", "</H2>"),
        lambda page: "\ufeff" + page,
    ],
    ids=[
        "classes and inline tags",
        "quotes and line ends",
        "around the text",
        "comments and capitals",
        "byte order mark",
    ],
)
def test_other_markup_is_the_same_text(reader: Reader, change: Callable[[str], str]) -> None:
    saved = reader.saved("/versies/2/")
    changed = change(saved)
    assert changed != saved
    assert reader.opens().chooses("opgemaakt.html", changed) == KNOWN


def test_words_that_are_not_compared_are_shown(reader: Reader) -> None:
    saved = reader.saved("/versies/2/").replace("Naar boven", "Wij verkopen alles")
    said = f"{PUBLISHED} {SINCE} {ASIDE}".replace("Naar boven", "Wij verkopen alles")
    assert reader.opens().chooses("bijgeschreven.html", saved) == said


def receipt(name: str) -> dict[str, Any]:
    return next(row["gives"] for row in RECEIPTS if row["name"] == name)


def lock_with(change: dict[str, Any]) -> str:
    """A lock in which the second version had something else."""
    first, second = LOCK["entries"]
    return json.dumps({**LOCK, "entries": [first, {**second, **change}]})


NAMED = "Dit bewijs van uw cookiekeuze noemt"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "versie-2.pdf",
            PDF,
            "Dit is de pdf van versie 2, zoals wij die hebben gepubliceerd (Nederlands). Geldig vanaf 1 januari 2027.",
        ),
        (
            "versie-2.pdf",
            PDF + b" ",
            "Deze pdf kennen wij niet. Misschien hebben wij haar later opnieuw gemaakt. Kijk de bewaarde pagina na.",
        ),
        (
            "inventory.json",
            INVENTORY,
            "Dit is de inventaris van versie 2, zoals wij die hebben gepubliceerd. Geldig vanaf 1 januari 2027.",
        ),
        ("inventory.json", INVENTORY + b" ", "Dit is geen bestand dat wij hebben gepubliceerd."),
        (
            "index.md",
            TEXT,
            "Dit is de getypte tekst van versie 2, zoals wij die hebben vastgelegd (Nederlands). "
            "Geldig vanaf 1 januari 2027.",
        ),
        (
            "cookiekeuze.json",
            json.dumps(receipt("all lists")),
            f"{NAMED} alleen teksten die wij hebben gepubliceerd. Aantal keuzes: 1.",
        ),
        (
            "cookiekeuze.json",
            json.dumps(receipt("all lists")).replace("77ab01ce", "77ab01cf"),
            f"{NAMED} een tekst die wij niet hebben gepubliceerd: 77ab01cf (12).",
        ),
        (
            "cookiekeuze.json",
            json.dumps(receipt("all lists")).replace('"dct:hasVersion": 12', '"dct:hasVersion": 13'),
            f"{NAMED} alleen teksten die wij hebben gepubliceerd. Aantal keuzes: 1.",
        ),
        (
            "cookiekeuze.json",
            json.dumps(receipt("all lists")).replace('"dct:hasVersion": 12', '"dct:hasVersion": 11'),
            f"{NAMED} een tekst die wij niet hebben gepubliceerd: 77ab01ce (11).",
        ),
        (
            "cookiekeuze.json",
            '{"@type": "dpv:ConsentReceipt", "dpv:hasRecordOfActivity": [null]}',
            f"{NAMED} een tekst die wij niet hebben gepubliceerd: ? (?).",
        ),
        (
            "cookiekeuze.json",
            json.dumps(receipt("nothing was chosen")),
            "In dit bewijs van uw cookiekeuze staat geen keuze.",
        ),
        (
            "versies.lock",
            json.dumps(LOCK),
            "Alle vingerafdrukken in dit slotbestand zijn gelijk aan die in de tabel. Aantal versies: 2.",
        ),
        (
            "versies.lock",
            '{"entries": [null, {"version": 9}]}',
            "In dit slotbestand staan andere vingerafdrukken dan in de tabel, bij versie ?, 9.",
        ),
        ("versies.lock", '{"entries": []}', "Dit is geen bestand dat wij hebben gepubliceerd."),
        (
            "cookies.html",
            "<!doctype html><html><body><p>Cookies</p></body></html>",
            "In deze pagina vinden wij de tekst van onze privacyverklaring niet. Bewaar de pagina van één versie.",
        ),
        (
            "versie-2.mhtml",
            'From: <Saved by Blink>\n\n<div data-policy-text=3D"">x</div>',
            "Dit is een webarchief. Dat kunnen wij niet nakijken. Bewaar de pagina als .html.",
        ),
        (
            "film.mp4",
            b"\x00\x00\x00\x18ftypmp42",
            "Dit soort bestand kunnen wij niet nakijken. Kies een .html, .pdf, .json of versies.lock.",
        ),
        ("leeg.txt", b"", "Dit soort bestand kunnen wij niet nakijken. Kies een .html, .pdf, .json of versies.lock."),
    ],
)
def test_each_kind_of_file_has_its_answer(reader: Reader, name: str, content: str | bytes, said: str) -> None:
    assert reader.opens().chooses(name, content) == said


@pytest.mark.parametrize(
    "change",
    [
        {"text": sha256(b"anders")},
        {"inventory": PROOFS[0]["inventory"]},
        {"words": {"nl": PROOFS[1]["words"], "en": sha256(b"anders")}},
        {"translations": {"en": sha256(b"anders")}},
        {"text": None},
    ],
    ids=["text", "inventory", "words", "translation", "nothing"],
)
def test_a_lock_that_somebody_kept_tells_what_was_changed_since(reader: Reader, change: dict[str, Any]) -> None:
    said = reader.opens().chooses("versies.lock", lock_with(change))
    assert said == "In dit slotbestand staan andere vingerafdrukken dan in de tabel, bij versie 2."


def test_a_lock_of_before_the_newest_version_still_holds(reader: Reader) -> None:
    said = reader.opens().chooses("versies.lock", json.dumps({**LOCK, "entries": LOCK["entries"][:1]}))
    assert said == "Alle vingerafdrukken in dit slotbestand zijn gelijk aan die in de tabel. Aantal versies: 1."


def test_a_file_that_is_too_large_is_not_read(reader: Reader) -> None:
    said = reader.opens().chooses("groot.html", b" " * (50 * 1024 * 1024 + 1))
    assert said == "Dit bestand is te groot om na te kijken: meer dan 50 MB."


def test_the_answer_shows_the_digest_and_leads_to_the_version(reader: Reader) -> None:
    reader.opens().chooses("bewaard.html", version_page(NEW)[2])
    assert reader.page.locator(".proof-answer").inner_text().split("\n\n") == [
        "bewaard.html",
        PUBLISHED,
        SINCE,
        ASIDE,
        f"Vingerafdruk van de woorden: {words_digest(NEW)}",
        "Lees versie 2 (Nederlands)",
    ]
    reader.page.get_by_role("link", name="Lees versie 2").click()
    reader.page.wait_for_url(reader.hosts.url(SECURE, "/versies/2/"))


def test_the_digest_of_a_file_is_that_of_sha256sum(reader: Reader) -> None:
    reader.opens().chooses("versie-2.pdf", PDF + b" ")
    shown = reader.page.locator(".proof-answer p").nth(2).inner_text()
    assert shown == f"Vingerafdruk van het bestand: {sha256(PDF + b' ')}"


def test_files_can_be_dropped_anywhere_and_several_at_once(reader: Reader) -> None:
    page = reader.opens().page
    drop = """([one, two]) => {
        const data = new DataTransfer()
        data.items.add(new File([one], 'een.html'))
        data.items.add(new File([two], 'twee.html'))
        const given = (kind) => new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })
        const over = given('dragover')
        document.querySelector('h1').dispatchEvent(over)
        const marked = document.querySelector('[data-proof]').hasAttribute('data-over')
        const drop = given('drop')
        document.querySelector('h1').dispatchEvent(drop)
        return [over.defaultPrevented, marked, drop.defaultPrevented]
    }"""
    texts = [version_page(text)[2].decode() for text in (NEW, "<p>Iets anders</p>")]
    assert page.evaluate(drop, texts) == [True, True, True]
    assert [reader.answer("een.html"), reader.answer("twee.html")] == [KNOWN, UNKNOWN]
    assert page.locator(".proof-answer").count() == 2
    assert page.locator("[data-over]").count() == 0


def test_a_new_file_takes_the_place_of_the_answer_before(reader: Reader) -> None:
    reader.opens().chooses("een.html", version_page(NEW)[2])
    assert reader.chooses("twee.html", "<html data-policy-text>x") == UNKNOWN
    assert reader.page.locator(".proof-answer").count() == 1


def test_nothing_is_asked_over_the_network_and_nothing_is_kept(reader: Reader) -> None:
    page, asked, wrong = reader.opens().page, [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    before = len(reader.hosts.requests)
    for name, content in {"a.html": version_page(NEW)[2], "b.pdf": PDF, "c.json": json.dumps(LOCK)}.items():
        reader.chooses(name, content)
    kept = page.evaluate("""async () => [
        {...localStorage}, {...sessionStorage}, document.cookie,
        (await indexedDB.databases()).length, (await caches.keys()).length,
        performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).sort(),
    ]""")
    assert (asked, wrong, reader.hosts.requests[before:]) == ([], [], [])
    assert kept == [{}, {}, "", 0, 0, ["/proof.js", "/site.css"]]
    assert page.context.cookies() == []


def test_the_keyboard_is_enough(reader: Reader) -> None:
    page = reader.page
    page.on("filechooser", lambda chooser: None)  # from the start: asked for later, Chromium may open a window first
    reader.opens()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "bewijs-bestand"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(reader.file("versie-2.pdf", PDF))
    assert reader.answer("versie-2.pdf").startswith("Dit is de pdf van versie 2")


def test_a_screen_reader_hears_the_answer_and_the_name_of_the_field(reader: Reader) -> None:
    page = reader.opens().page
    field = page.get_by_label("Kies een bestand, of sleep het naar deze pagina")
    assert field.get_attribute("type") == "file"
    page.get_by_role("status").wait_for(state="attached")
    reader.chooses("versie-2.pdf", PDF)
    assert "Dit is de pdf van versie 2" in page.get_by_role("status").inner_text()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_and_nothing_runs_out(
    browser: Browser, hosts: Hosts, tmp_path: Path, scheme: Any, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    reader = Reader(context.new_page(), hosts, tmp_path).opens()
    reader.chooses(
        "een-bestand-met-een-heel-lange-naam-zonder-spaties-zoals-browsers-die-maken.html", version_page(NEW)[2]
    )
    reader.page.locator("summary").click()
    found = violations(reader.page)
    wide = reader.page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert (found, wide) == ([], width)


def test_without_a_script_the_table_says_how_to_check_by_hand(browser: Browser, hosts: Hosts) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hosts.url(SECURE, "/bewijs/"))
    field, text = page.locator("input[type=file]").is_visible(), page.locator("main").inner_text()
    page.get_by_role("link", name="Lees hoe u dat doet").click()
    heading = page.locator("h2:target").inner_text()
    context.close()
    assert (field, heading) == (False, "Zelf nakijken")
    for one in PROOFS:
        for digest in filter(None, (one["words"], one["text"], one["inventory"], one["pdf"])):
            assert digest in text
    assert "sha256sum" in text
    assert "77ab01ce" not in text  # folded, until a reader opens it


def test_without_https_the_page_says_that_it_cannot(reader: Reader) -> None:
    page = reader.opens(host=INSECURE).page
    assert page.locator("input[type=file]").is_disabled()
    assert page.get_by_role("status").inner_text() == (
        "Uw browser rekent hier geen vingerafdruk uit. Open deze pagina via https, of kijk het bestand zelf na."
    )


def test_every_word_of_the_page_and_its_answers_can_be_translated(reader: Reader) -> None:
    said = reader.opens("/en/bewijs/").chooses("versie-1.html", version_page(OLD)[2])
    assert said == (
        "[en] Dit is versie 1, zoals wij die hebben gepubliceerd ([en] Nederlands). "
        "[en] Geldig van 25 mei 2018 tot en met 31 december 2026. Er is een nieuwere versie."
    )
    block = fragment_fromstring(rendered(lambda sentence: f"[en] {sentence}"), create_parent=True)
    runs = [run.strip(" (\n") for run in block.xpath("//text()[not(parent::code)]")]
    assert {run for run in runs if not run.startswith("[en]")} == {"", "."}
    assert [label for label in block.xpath("//@aria-label | //@data-label") if not label.startswith("[en]")] == []
