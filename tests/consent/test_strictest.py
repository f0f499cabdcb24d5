"""The module on a page with the strictest CSP and under the guard of a real Apache, over TLS: the whole journey."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.consent.visitor import DIALOG, NOTICE, PURPOSES, WORDS
from tests.headers.secure import WWW, newcomer, secure_website

PLAYER = "https://player.example-cinema.test"
STRICT = (
    f"default-src 'none'; script-src https://{WWW}/toestemming/ https://{WWW}/bezoek.js; frame-src {PLAYER}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
"""Besides the module only what the website marked may load: no style, picture or connection, and no inline code."""
OWN = f'Header always set Content-Security-Policy "{STRICT}" "expr=%{{CONTENT_TYPE}} =~ /html/"\n'
"""The website's own line, above the guard. In a `<FilesMatch>` it would come after it, and take its place."""
HEAD = (
    '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Streng</title>'
    '<script src="/toestemming/consent.js" defer></script>'
    '<script type="text/plain" data-service="visits" src="/bezoek.js"></script><h1>Streng</h1>'
)
FOOT = '<p><a href="/cookies/" data-consent-settings>Cookie-instellingen</a></p>'
FRAME = f'<iframe title="Film" data-service="cinema" data-src="{PLAYER}/film"></iframe>'
SITE = {
    "index.html": HEAD + FOOT,
    "film.html": HEAD + FRAME + FOOT,
    "bezoek.js": "document.cookie = 'visits_id=1; path=/; secure'; document.body.append('Geteld.')",
    "cookies/index.html": "",
}
REPORTS = """document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  reported([effectiveDirective, blockedURI])
})"""


@pytest.fixture
def visit() -> Iterator[tuple[Page, list[list[str]]]]:
    """A page, and what its browser reports that a CSP forbade."""
    with secure_website(SITE, OWN) as (_, browser):
        context = newcomer(browser)
        reports: list[list[str]] = []
        context.expose_function("reported", lambda report: reports.append(report))
        context.add_init_script(REPORTS)
        yield context.new_page(), reports
        context.close()


def test_the_whole_journey_under_the_strictest_csp_and_the_guard_reports_nothing(
    visit: tuple[Page, list[list[str]]],
) -> None:
    page, reports = visit
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    presses, kept = _acts(page)
    film = page.frame_locator("iframe").get_by_text("De film begint.")

    answer = page.goto(f"https://{WWW}/")
    assert answer and answer.headers["content-security-policy"].startswith(f"{STRICT}, default-src 'self'; ")
    assert page.locator(NOTICE).evaluate("one => getComputedStyle(one).position") == "fixed"
    presses(WORDS.refuse_all, NOTICE)
    page.get_by_role("status").get_by_text(WORDS.saved).wait_for()
    assert kept() == {"consent"}

    _chooses(page, presses, "statistics", "media")
    page.get_by_text("Geteld.").wait_for()
    assert kept() == {"consent", "visits_id"}
    page.goto(f"https://{WWW}/film.html")
    film.wait_for()

    page.locator("[data-consent-settings]").click()
    presses(WORDS.refuse_all, DIALOG)
    page.locator(".leiz-choice-frame").wait_for()
    page.get_by_role("status").get_by_text(WORDS.saved).wait_for()
    assert (page.locator("iframe").get_attribute("src"), kept()) == (None, {"consent"})
    assert (reports, faults) == ([], [])

    # The guard of the page from before the yes is in the way, once: from its report the module knows to load it anew.
    presses(WORDS.load_always, ".leiz-choice-frame")
    film.wait_for()
    assert (reports, faults) == ([["frame-src", PLAYER]], [])


def _acts(page: Page) -> tuple[Callable[[str, str], None], Callable[[], set[str]]]:
    """How to press a button, and the names of the cookies on the device."""

    def presses(name: str, within: str) -> None:
        page.locator(within).get_by_role("button", name=name, exact=True).click()

    return presses, lambda: {cookie["name"] for cookie in page.context.cookies()}


def _chooses(page: Page, presses: Callable[[str, str], None], *purposes: str) -> None:
    """In the second layer, exactly these."""
    page.locator("[data-consent-settings]").click()
    for purpose in PURPOSES:
        page.locator(f"#leiz-choice-{purpose}").set_checked(purpose in purposes)
    presses(WORDS.save, DIALOG)
