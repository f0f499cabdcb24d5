"""What a visitor of the policy site meets, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.axe import violations
from tests.conftest import HOST, ROOT_HOST
from tests.hosts import Hosts
from tests.length import only_long

PAGES = tuple(
    f"/privacy/{page}"
    for page in (
        *("", "versies/1/", "versies/2/", "versies/2/verschil/", "cookies/", "wijzigingen/", "begrippen/", "bouwers/"),
        *("404.html", "bewijs/", "en/", "en/versies/2/"),
    )
)

EVERY_PART = {
    f"/privacy/{page}" for page in ("", "versies/2/", "versies/2/verschil/", "cookies/", "bewijs/", "wijzigingen/")
}
"""Pages that have between them every part which the style sheet gives a colour."""
SAME_AS_DUTCH = ("/privacy/en/versies/2/",)
"""The same templates and the same parts with other words; another page in English stays among the usual ones."""

ALLOW, REFUSE = re.compile("Alles toestaan|Allow all"), re.compile("Alles weigeren|Refuse all")
CHOOSE, SETTINGS = re.compile("Zelf kiezen|Choose for yourself"), re.compile("Cookie-instellingen|Cookie settings")
MENU = re.compile("Hoofdmenu|Main menu")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="nl-NL")
    context.set_default_timeout(5000)
    yield context
    context.close()


def stored(page: Page) -> dict[str, object]:
    """Everything that lies on the device for this page."""
    kept = page.evaluate("() => ({local: {...localStorage}, session: {...sessionStorage}})")
    return {"cookies": page.context.cookies(), **kept}


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_stores_nothing_and_asks_no_other_host(context: BrowserContext, hosts: Hosts, path: str) -> None:
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(hosts.url(HOST, path))
    page.get_by_role("button", name=REFUSE).wait_for()
    assert [url for url in asked if not url.startswith(hosts.url(HOST, "/"))] == []
    assert stored(page) == {"cookies": [], "local": {}, "session": {}}


@pytest.mark.parametrize(
    ("path", "scheme", "width"),
    [
        *((path, "light", 1280) for path in PAGES if path not in SAME_AS_DUTCH),
        *((path, "dark", 320) for path in PAGES if path in EVERY_PART),
        *only_long((path, "light", 1280) for path in SAME_AS_DUTCH),
        *only_long((path, "dark", 320) for path in PAGES if path not in EVERY_PART),
    ],
)
def test_axe_finds_nothing(browser: Browser, hosts: Hosts, path: str, scheme: str, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(hosts.url(HOST, path))
    page.get_by_role("button", name=REFUSE).click()
    found = violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_out_of_a_page_320_pixels_wide(browser: Browser, hosts: Hosts, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(hosts.url(HOST, path))
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 320


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_the_same_without_scripts(browser: Browser, hosts: Hosts, path: str) -> None:
    """But for the date field and the place for files, which nobody can use without."""
    texts = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(hosts.url(HOST, path))
        page.evaluate("for (const place of document.querySelectorAll('.on-day, .proof')) place.remove()")
        texts.append(page.locator("main").inner_text())
        context.close()
    assert texts[0] == texts[1]


@pytest.mark.parametrize("act", [REFUSE, ALLOW], ids=["refuse", "allow"])
def test_a_choice_changes_nothing_on_the_page(context: BrowserContext, hosts: Hosts, act: re.Pattern[str]) -> None:
    page = context.new_page()
    page.goto(hosts.url(HOST, "/privacy/versies/2/"))
    before = page.locator("main").inner_html()
    page.get_by_role("button", name=act).click()
    page.get_by_role("button", name=act).wait_for(state="detached")
    assert page.locator("main").inner_html() == before
    assert [cookie["name"] for cookie in context.cookies()] == ["consent"]


@pytest.mark.parametrize("path", PAGES)
def test_the_settings_link_stands_on_every_page_and_opens_the_choice(
    context: BrowserContext, hosts: Hosts, path: str
) -> None:
    page = context.new_page()
    page.goto(hosts.url(HOST, path))
    page.get_by_role("button", name=ALLOW).click()
    page.locator(".places").get_by_role("link", name=SETTINGS).click()
    page.get_by_role("dialog").get_by_role("button", name=REFUSE).click()
    page.get_by_role("dialog").wait_for(state="hidden")
    assert page.url == hosts.url(HOST, path)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_under_the_strictest_policy(context: BrowserContext, hosts: Hosts, path: str) -> None:
    page, refused = context.new_page(), []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    answer = page.goto(hosts.url(HOST, path))
    assert answer is not None
    assert "require-trusted-types-for" in answer.headers["content-security-policy"]
    page.get_by_role("button", name=CHOOSE).click()
    page.get_by_role("dialog").get_by_role("button", name=REFUSE).click()
    page.get_by_role("dialog").wait_for(state="hidden")
    assert refused == []


@pytest.mark.parametrize(("host", "home"), [(ROOT_HOST, "/"), (HOST, "/privacy/")])
def test_the_site_works_at_its_own_host_and_under_a_path(
    context: BrowserContext, hosts: Hosts, host: str, home: str
) -> None:
    page, missing = context.new_page(), []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    page.goto(hosts.url(host, home))
    page.get_by_role("button", name=CHOOSE).click()
    page.get_by_role("dialog").get_by_role("button", name=REFUSE).click()
    for name in ("Cookies", "Wijzigingen", "Begrippen", "Privacyverklaring"):
        page.get_by_role("navigation", name=MENU).get_by_role("link", name=name, exact=True).click()
    page.locator(".editions a").first.click()
    page.wait_for_url(hosts.url(host, f"{home}versies/1/"))
    assert missing == []


def test_each_printed_page_names_the_version_its_dates_digest_and_address(
    context: BrowserContext, hosts: Hosts, tmp_path: Path
) -> None:
    pypdf = pytest.importorskip("pypdf", reason="reading what was printed needs pypdf")
    page = context.new_page()
    page.goto(hosts.url(HOST, "/privacy/versies/1/"))
    page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
    pages = ["".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(tmp_path / "print.pdf").pages]
    assert len(pages) > 5
    for number, text in enumerate(pages, start=1):
        assert "versie1,LEIZMediaproducties,geldigvan25mei2018totenmet31december2026" in text
        assert "sha256:48d854f0" in text
        assert "https://www.leiz.nl/privacy/versies/1/" in text
        assert f"{number}/{len(pages)}" in text


def test_the_policy_prints_without_menus_and_without_the_question(context: BrowserContext, hosts: Hosts) -> None:
    page = context.new_page()
    page.goto(hosts.url(HOST, "/privacy/versies/2/"))
    page.get_by_role("button", name=REFUSE).wait_for()
    page.emulate_media(media="print")
    visible = [
        page.locator(selector).first.is_visible() for selector in (".places", ".contents", ".leiz-choice", "main")
    ]
    assert visible == [False, False, False, True]
