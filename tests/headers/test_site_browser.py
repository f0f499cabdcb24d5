"""In a real browser: every page of the policy site does all it can under its headers, and nothing else can be done."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from policy.headers.compressed import compress
from policy.headers.htaccess import htaccess
from policy.headers.rules import PERMISSIONS
from policy.headers.site import site_htaccess
from tests.browser import playwright, shell
from tests.headers.around import HOST, Website, website
from tests.headers.website import NUMBER, SERVICES

HOME = f"https://{HOST}/privacy/"
REFUSE, CHOOSE = re.compile("^(Alles weigeren|Refuse all)$"), re.compile("^(Zelf kiezen|Choose for yourself)$")
COPY, COPIED = re.compile("^(Kopiëren|Copy)$"), re.compile("^(Gekopieerd|Copied)[.]$")
CLOSE, BEFORE = re.compile("^(Sluiten|Close)$"), re.compile("^(Wat u eerder koos|What you chose before)$")
SAVE = (re.compile("^(Bewaren als pagina|Save as a page)$"), re.compile("^(Bewaren als JSON|Save as JSON)$"))
REPORTS = """
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  console.error(`CSP: ${effectiveDirective} ${blockedURI}`))
"""
DRAWN = "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))"
"""The viewer of a file asks for its pictures when it draws, and reports come after that."""
SPY = "https://spy.test/"
FORBIDDEN = {
    "connect-src": "fetch('versions.json').catch(() => 0)",
    "script-src-elem": f"import('{SPY}x.js').catch(() => 0)",
    "require-trusted-types-for": "try { document.body.innerHTML = '<p>x' } catch {}",
    "trusted-types": "try { trustedTypes.createPolicy('x', {}) } catch {}",
    "style-src-attr": "document.body.setAttribute('style', 'color: red')",
    "img-src": f"new Image().src = '{SPY}x.png'",
    "frame-src": "document.body.append(Object.assign(document.createElement('iframe'), { src: '/' }))",
    "base-uri": f"document.head.append(Object.assign(document.createElement('base'), {{ href: '{SPY}' }}))",
    "form-action": "{ const form = document.createElement('form'); document.body.append(form); form.submit() }",
    "font-src": "new FontFace('x', 'url(/x.woff2)').load().catch(() => 0)",
}
"""By directive, what a script that came into a page from elsewhere might try."""
BESIDE = {
    "script-src-elem": "import('/other.js').catch(() => 0)",
    "img-src": "new Image().src = '/logo.png'",
}
"""The same with files of another program on the same host."""


@dataclass
class Reader:
    """A visitor of the site, and all that the browser complains of."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def opens(self, path: str) -> Page:
        self.page.goto("about:blank")  # an address that differs in its anchor only would not be loaded anew
        self.page.goto(HOME + path)
        return self.page


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("browsed") / "site"
    shutil.copytree(site, place, ignore=shutil.ignore_patterns("*.br", "*.gz", ".htaccess"))
    compress(place)
    (place / ".htaccess").write_text(site_htaccess(place, HOME, {}), "utf-8")
    return place


@contextmanager
def reading(server: Website) -> Iterator[Reader]:
    rules = f"MAP {HOST}:443 127.0.0.1:{server.https}, MAP {HOST}:80 127.0.0.1:{server.http}, MAP * ~NOTFOUND"
    arguments = ["--disable-gpu", "--disable-background-networking", f"--host-resolver-rules={rules}"]
    if sys.platform == "linux" and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to run as root
    browser = playwright().chromium.launch(executable_path=shell(), args=arguments)
    context = browser.new_context(ignore_https_errors=True, locale="nl-NL")
    context.add_init_script(REPORTS)
    context.set_default_timeout(10_000)
    reader = Reader(context.new_page(), context)
    told = reader.complaints.append
    reader.page.on("console", lambda one: told(one.text) if one.type in ("error", "warning") else None)
    reader.page.on("pageerror", lambda error: told(str(error)))
    yield reader
    browser.close()


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Website]:
    files = {".htaccess": htaccess(SERVICES, NUMBER), "index.html": "<!doctype html><title>The website</title>"}
    with website(files, {"privacy": folder}) as running:
        yield running


@pytest.fixture(scope="module")
def reader(server: Website) -> Iterator[Reader]:
    with reading(server) as one:
        yield one


@pytest.fixture(autouse=True)
def _nothing_kept(reader: Reader) -> None:
    reader.context.clear_cookies()
    reader.complaints.clear()


def own_complaints(reader: Reader) -> list[str]:
    """What the browser told, but for names of features that this very browser lacks, and for a page that is missing."""
    known = ("Permissions-Policy header: Unrecognized feature", "status of 404")
    return [one for one in reader.complaints if not any(part in one for part in known)]


def tries(page: Page, attempts: dict[str, str]) -> None:
    """Try each; the browser must refuse it by its directive."""
    for directive, attempt in attempts.items():
        with page.expect_console_message(lambda message, name=directive: f"CSP: {name} " in message.text):
            page.evaluate(f"void setTimeout(() => {{ {attempt} }})")


def test_no_page_is_refused_anything_it_needs(reader: Reader, folder: Path) -> None:
    pages = [path.relative_to(folder).as_posix().removesuffix("index.html") for path in sorted(folder.rglob("*.html"))]
    assert len(pages) > 20
    for path in pages:
        reader.page.goto(HOME + path)
        reader.page.get_by_role("button", name=REFUSE).wait_for()
        assert own_complaints(reader) == [], path


@pytest.mark.parametrize("path", ["", "en/versies/2/", "bestaat/niet/"])
def test_the_module_does_all_it_can_without_a_single_report(reader: Reader, path: str) -> None:
    page = reader.opens(f"{path}#consent-diagnose")
    page.get_by_role("button", name=COPY).click()
    page.get_by_text(COPIED).wait_for()
    page.get_by_role("button", name=CLOSE).click()
    page.get_by_role("button", name=CHOOSE).click()
    page.get_by_role("dialog").get_by_role("button", name=REFUSE).click()
    page.get_by_role("dialog").wait_for(state="hidden")
    page.locator(".places [data-consent-settings]").click()
    page.get_by_text(BEFORE).click()
    for name in SAVE:
        with page.expect_download():
            page.get_by_role("button", name=name).click()
    assert own_complaints(reader) == []
    assert [cookie["name"] for cookie in reader.context.cookies()] == ["consent"]


def test_the_day_and_the_proof_need_nothing_that_is_forbidden(reader: Reader, folder: Path) -> None:
    page = reader.opens("wijzigingen/")
    page.get_by_label("Welke versie gold of geldt op deze dag?").fill("2027-01-01")
    page.get_by_text("Op die dag: Versie 2.").wait_for()
    page = reader.opens("bewijs/")
    page.locator("input[type=file]").set_input_files(folder / "versies/2/index.html")
    assert page.locator(".proof-answer").get_attribute("data-ours") == "yes"
    assert own_complaints(reader) == []


@pytest.mark.parametrize("path", ["versions.json", "wijzigingen.xml", "sitemap.xml", "versies.lock", "assets/icon.svg"])
def test_a_file_that_is_no_page_shows_without_a_report(reader: Reader, path: str) -> None:
    reader.opens(path).evaluate(DRAWN)
    assert own_complaints(reader) == []


def test_what_others_might_try_on_a_page_is_refused_and_told(reader: Reader) -> None:
    page = reader.opens("bewijs/")
    page.get_by_role("button", name=REFUSE).wait_for()
    tries(page, FORBIDDEN)
    tries(page, BESIDE)
    assert page.url == f"{HOME}bewijs/"


def test_every_feature_of_the_browser_is_off_but_copying(reader: Reader) -> None:
    allowed = set(reader.opens("").evaluate("document.featurePolicy.allowedFeatures()"))
    named = {feature.partition("=")[0] for feature in PERMISSIONS.split(", ")}
    assert allowed & named == {"clipboard-write"}


def test_the_guard_of_the_website_is_not_that_of_this_site(reader: Reader) -> None:
    page = reader.opens("#consent-diagnose")
    page.get_by_text("De pagina staat niet onder een bewaker.").first.wait_for()


def test_where_no_header_can_be_sent_the_page_itself_says_it(folder: Path) -> None:
    with website({}, {"privacy": folder}, without=["headers"]) as server, reading(server) as reader:
        page = reader.opens("bewijs/")
        page.get_by_role("button", name=CHOOSE).click()
        page.get_by_role("dialog").get_by_role("button", name=REFUSE).click()
        page.get_by_role("dialog").wait_for(state="hidden")
        assert own_complaints(reader) == []
        tries(page, FORBIDDEN)
        page.goto(f"{HOME}cookies/", referer=None)
        page.locator("a[href='../wijzigingen/']").first.click()
        page.wait_for_url(f"{HOME}wijzigingen/")
        assert page.evaluate("document.referrer") == ""
