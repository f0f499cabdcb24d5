"""The page for builders, taken at its word: each of its lines on a plain page, and pages that had another manager."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from policy.build import _guarded
from policy.consent.link import bundle, guard_script
from policy.consent.scope import Scope
from policy.headers.csp import as_data
from policy.inventory.model import Inventory
from tests import demo
from tests.consent.builder import HTML, opens, puts, workshop
from tests.consent.visitor import WORDS, WWW, Visitor
from tests.headers.apache import apache
from tests.hosts import Answer, Hosts, serve

SCRIPT = {"Content-Type": "text/javascript; charset=utf-8"}
PLACES = {
    "line": 'src="/toestemming/consent.js"',
    "caching": "FilesMatch",
    "other origin": "cdn.voorbeeld.example",
    "cors": "Access-Control-Allow-Origin",
    "language": "<html lang",
    "settings": "data-consent-settings",
    "script": "/meet.js",
    "async": "/los.js",
    "module": "/module.js",
    "inline": "window.gemeten",
    "frame": "<iframe",
    "image": "<img",
    "template": "<template",
    "button": "data-service-button",
    "category": "data-category",
    "calling": "consent:change",
    "wordpress": "<?php",
    "guard": "/toestemming/guard.js",
    "csp": "Content-Security-Policy: ",
    "theme": ":root",
    "diagnosis": "#consent-diagnose",
}
"""What each piece of code on the page is known by."""

OURS = {
    "https://meetdienst.example": "//stats.example-third.test:PORT",
    "https://filmdienst.example": "//player.example-cinema.test:PORT",
    "https://inlogdienst.example": "//login.example-friends.test:PORT",
    "meetdienst": "counter",
    "filmdienst": "cinema",
    "inlogdienst": "friends-login",
}
"""A builder replaces the names of the examples, as the page says."""


@pytest.fixture(scope="module")
def hosts() -> Iterator[Hosts]:
    with workshop() as running:
        yield running


@pytest.fixture(scope="session")
def blocks(site: Path) -> list[str]:
    """The pieces of code on the built page, as a builder copies them."""
    page = html.fromstring((site / "bouwers/index.html").read_bytes())
    return [code.text_content() for code in page.xpath("//main//pre/code")]


@pytest.fixture(scope="session")
def code(blocks: list[str]) -> Callable[[str], str]:
    """A piece of code of the page, for the demonstration."""

    def copied(name: str) -> str:
        (found,) = (block for block in blocks if PLACES[name] in block)
        for theirs, ours in OURS.items():
            found = found.replace(theirs, ours)
        return found

    return copied


@pytest.fixture(scope="session")
def plain(code: Callable[[str], str]) -> Callable[..., str]:
    """A plain page with the module's line, the settings link, and this in its body."""

    def page(body: str = "", head: str = "", line: str = "line") -> str:
        return (
            f"<!doctype html>\n{code('language')}\n<head><meta charset='utf-8'><title>Gewoon</title>\n"
            f"<link rel='icon' href='data:,'>{head}\n{code(line)}</head>\n"
            f"<body><main><h1>Gewoon</h1>{body}</main>\n{code('settings')}</body></html>"
        )

    return page


def test_every_piece_of_code_on_the_page_is_known_here(blocks: list[str]) -> None:
    known = [[name for name, sign in PLACES.items() if sign in block] for block in blocks]
    assert sorted(name for names in known for name in names) == sorted(PLACES)
    assert [block for block, names in zip(blocks, known, strict=True) if len(names) != 1] == []


def test_the_line_asks_and_the_link_opens_the_settings(visitor: Visitor, plain: Callable[..., str]) -> None:
    opens(visitor, plain()).refuses().opens_settings()
    assert visitor.page.locator(".leiz-choice-settings").count() == 0


def test_the_settings_link_leads_to_the_list_without_the_module(visitor: Visitor, plain: Callable[..., str]) -> None:
    visitor.page.route("**/toestemming/**", lambda route: route.abort())
    link = opens(visitor, plain()).page.get_by_role("link", name="Cookie-instellingen")
    assert link.get_attribute("href") == "https://www.leiz.nl/privacy/cookies/"


def test_a_page_without_the_link_gets_a_button(visitor: Visitor, plain: Callable[..., str]) -> None:
    opens(visitor, plain().replace("data-consent-settings", ""))
    visitor.page.locator("button.leiz-choice-settings").wait_for()


def test_the_language_of_the_page(visitor: Visitor, plain: Callable[..., str]) -> None:
    title = next(notice.title for notice in demo.inventory().notices if notice.language == "en")
    opens(visitor, plain().replace('lang="nl"', 'lang="en"'), host="film.voorbeeld.test")
    visitor.notice.get_by_role("heading", name=title).wait_for()
    opens(visitor, plain().replace('lang="nl"', 'lang="fr"'), host="film.voorbeeld.test")
    visitor.notice.get_by_role("heading", name=WORDS.title).wait_for()


MARKED = {
    "script": "window.counted",
    "async": "window.counted",
    "module": "document.querySelector('script[type=module]')",
    "inline": "window.gemeten",
    "template": "document.querySelector('#dank')",
    "category": "window.magTellen",
    "calling": "window.magMeten",
}


@pytest.mark.parametrize("name", MARKED)
def test_what_is_marked_waits_and_then_runs(
    visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str], name: str
) -> None:
    body = f"<script>{code(name)}</script>" if name == "calling" else code(name)
    opens(visitor, plain(body)).notice.wait_for()
    assert (visitor.page.evaluate(f"Boolean({MARKED[name]})"), visitor.other_hosts()) == (False, set())
    visitor.allows_all().waits_for(MARKED[name])
    visitor.reloads().waits_for(MARKED[name])
    assert visitor.faults == []


def test_scripts_of_one_service_keep_their_order_and_async_does_not_wait(
    visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str]
) -> None:
    visitor.page.route("**/meet.js", lambda route: None)
    opens(visitor, plain(code("async") + code("script") + code("inline"))).allows_all().waits_for("window.counted")
    assert visitor.page.evaluate("window.gemeten") is None


def test_a_frame_waits_behind_its_picture(
    visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str]
) -> None:
    opens(visitor, plain(code("frame")))
    still = visitor.page.locator(".leiz-choice-frame")
    assert still.locator("img").get_attribute("src") == "/film.jpg"
    visitor.presses(WORDS.load_once, ".leiz-choice-frame")
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    assert visitor.granted == set()


def test_a_picture_waits(visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str]) -> None:
    opens(visitor, plain(code("image"))).notice.wait_for()
    assert visitor.other_hosts() == set()
    with visitor.page.expect_request("**/teller.gif"):
        visitor.allows_all()


def test_a_button_loads_its_service_and_presses_again(
    visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str]
) -> None:
    opens(visitor, plain(code("button"))).presses("Inloggen")
    visitor.dialog.wait_for()
    visitor.chooses("media").dialog.wait_for(state="detached")
    assert visitor.other_hosts() == set()
    visitor.presses("Inloggen").waits_for("window.loggedIn")


def test_calling_the_module(visitor: Visitor, plain: Callable[..., str]) -> None:
    opens(visitor, plain()).page.evaluate(
        "window.heard = []; consent.on('change', (detail) => heard.push(detail.granted))"
    )
    visitor.page.evaluate("consent.open()")
    visitor.chooses("statistics").dialog.wait_for(state="detached")
    assert visitor.page.evaluate("heard") == [["statistics"]]
    asked = ["statistics", "counter", "media", "bestaat-niet"]
    assert visitor.page.evaluate("names => names.map(consent.allows)", asked) == [True, True, False, False]
    visitor.page.evaluate("consent.open('media')")
    visitor.waits_for("document.activeElement.id === 'leiz-choice-media'")


def test_a_deferred_script_below_the_line_finds_the_module(visitor: Visitor, plain: Callable[..., str]) -> None:
    puts(visitor, "window.found = typeof window.consent", "/eigen.js", **SCRIPT)
    opens(visitor, plain().replace("</head>", "<script src='/eigen.js' defer></script></head>"))
    assert visitor.page.evaluate("window.found") == "object"


def test_the_csp_that_the_module_needs(visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str]) -> None:
    visitor.context.add_init_script(
        "window.reports = []; document.addEventListener('securitypolicyviolation', "
        "({ violatedDirective }) => reports.push(violatedDirective))"
    )
    puts(visitor, "window.ranHere = true", "/hier.js", **SCRIPT)
    body = '<script type="text/plain" data-service="counter" src="/hier.js"></script>'
    name, _, policy = code("csp").strip().partition(": ")
    opens(visitor, plain(body), **{name: f"{policy}; require-trusted-types-for 'script'"})
    with visitor.page.expect_response("**/hier.js"):  # this CSP lets no test look again and again inside the page
        visitor.presses(WORDS.choose).chooses("statistics")
    visitor.status.get_by_text(WORDS.saved).wait_for()
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.page.evaluate("window.ranHere")
    assert (visitor.page.evaluate("window.reports"), visitor.faults) == ([], [])


def test_what_a_website_may_change_of_the_look(
    visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str]
) -> None:
    opens(visitor, plain(head=f"<style>{code('theme')}</style>"))
    assert visitor.style(visitor.notice.locator("a"), "color") == ["rgb(10, 92, 54)"]
    assert visitor.style(visitor.notice, "font-family") == ["Georgia, serif"]


def test_every_property_that_may_be_set_is_on_the_page(site: Path) -> None:
    styles = "".join(path.read_text("utf-8") for path in demo.SOURCES.glob("*.css"))
    page = html.fromstring((site / "bouwers/index.html").read_bytes())
    told = [cell.text_content() for cell in page.xpath("//main//td[1]/code")]
    set_here = set(re.findall(r"^ +(--leiz-choice-\w+):", styles, flags=re.M))
    assert {name for name in told if name.startswith("--")} == set_here


def test_the_diagnosis_by_its_address(visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str]) -> None:
    path = puts(visitor, plain(code("script")))
    visitor.opens(path + "#" + code("diagnosis").strip().partition("#")[2])
    visitor.page.locator(".leiz-choice-diagnosis").get_by_text("Nog niet beantwoord").wait_for()


def test_the_guard_without_apache(visitor: Visitor, plain: Callable[..., str], code: Callable[[str], str]) -> None:
    scope = Scope(((demo.NUMBER, demo.inventory()),), "voorbeeld")
    guard = guard_script(demo.SOURCES, demo.NUMBER, as_data(_guarded(scope))).decode()
    puts(visitor, guard, "/toestemming/guard.js", **SCRIPT)
    unmarked = "<script>addEventListener('error', () => { window.stopped = true }, true)</script>"
    unmarked += "<script src='//stats.example-third.test:PORT/counter.js'></script>"
    opens(visitor, plain(unmarked, head=code("guard"))).notice.wait_for()
    assert visitor.page.evaluate("[window.stopped, window.counted]") == [True, None]
    opens(visitor, plain(unmarked)).notice.wait_for()
    assert visitor.page.evaluate("window.counted") is True


def test_how_long_a_browser_keeps_the_files(code: Callable[[str], str]) -> None:
    names = ("consent.js", "guard.js", "notice.nl.0a1b2c3d.js", "notice.nl.0a1b2c3d.readable.js")
    files = {f"toestemming/{name}": "" for name in names} | {"toestemming/.htaccess": code("caching")}
    with apache(files) as server:
        kept = [server.header("Cache-Control", f"/toestemming/{name}") for name in names]
    year = ["public, max-age=31536000, immutable"]
    assert kept == [["no-cache"], ["no-cache"], year, year]


def test_the_header_of_another_origin(code: Callable[[str], str]) -> None:
    with apache({"toestemming/consent.js": "", "toestemming/.htaccess": code("cors")}) as server:
        assert server.header("Access-Control-Allow-Origin", "/toestemming/consent.js") == ["*"]


def test_the_filter_for_wordpress_is_php(code: Callable[[str], str]) -> None:
    php = shutil.which("php")
    if not php:
        pytest.skip("There is no PHP here. Debian has it as php-cli.")
    done = subprocess.run([php, "-l"], input=code("wordpress"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


CDN = "cdn.voorbeeld.example"


@pytest.mark.parametrize("allowed", [True, False])
def test_the_module_from_another_origin(
    browser: Browser, plain: Callable[..., str], code: Callable[[str], str], allowed: bool
) -> None:
    """With the header all works; without it the question does not come, and nothing runs."""
    name, value = re.findall(r'Header set (\S+) "(.+)"', code("cors"))[0]
    headers = {name: value} if allowed else {}
    page = plain(code("script"), line="other origin")

    def website(path: str) -> Answer:
        body = page.replace(f"https://{CDN}", f"//{CDN}:{hosts.port}").replace(":PORT", f":{hosts.port}")
        return (200, {"Content-Type": HTML}, body.encode()) if path == "/" else (404, {}, b"")

    def cdn(path: str) -> Answer:
        body = demo.files("voorbeeld").get(path.rpartition("/")[2])
        return (200, {**SCRIPT, **headers}, body) if body else (404, {}, b"")

    def other(path: str) -> Answer:
        return 200, SCRIPT, b"window.counted = true"

    with serve({WWW: website, CDN: cdn, "stats.example-third.test": other}) as hosts:
        context = browser.new_context()
        context.set_default_timeout(15_000)
        visitor = Visitor(context, hosts)
        warned: list[str] = []
        visitor.page.on("console", lambda message: warned.append(message.text))
        visitor.opens("/")
        if allowed:
            visitor.allows_all().waits_for("window.counted").opens_settings()
            assert visitor.record is not None
        else:
            with visitor.page.expect_console_message(lambda message: message.text.startswith("notice")):
                visitor.reloads()
            assert (visitor.notice.count(), visitor.granted, visitor.other_hosts()) == (0, set(), {CDN})
        context.close()


@cache
def renamed() -> Inventory:
    """The demonstration, whose pages already have names of another manager."""
    known = demo.inventory()
    names = {"statistics": ("analytics",), "media": ("videos",), "advertising": ("ads",), "counter": ("counted",)}
    also = {id: {"also_called": names.get(id, ())} for id in [*(p.id for p in known.purposes), "counter"]}
    return known.model_copy(
        update={
            "purposes": tuple(one.model_copy(update=also[one.id]) for one in known.purposes),
            "services": tuple(one.model_copy(update=also.get(one.id, {})) for one in known.services),
        }
    )


def renamed_files(website: str) -> Mapping[str, bytes]:
    return bundle([(demo.NUMBER, renamed())], website, sources=demo.SOURCES, policy="/privacy/")


@pytest.fixture
def moved(browser: Browser) -> Iterator[Callable[[str], Visitor]]:
    """Opens a page of another manager, as it was but for the line of the module."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    with workshop(renamed_files) as hosts:
        visitor = Visitor(context, hosts)

        def opened(name: str) -> Visitor:
            puts(visitor, "window.moduleRan = true", "/module.js", **SCRIPT)
            opens(visitor, (demo.HERE / "pages" / name).read_text("utf-8")).notice.wait_for()
            assert (visitor.page.evaluate("window.ran"), visitor.other_hosts()) == (None, set())
            return visitor

        yield opened
        context.close()


def test_a_page_that_had_vanilla_cookieconsent(moved: Callable[[str], Visitor]) -> None:
    visitor = moved("vanilla-cookieconsent.html")
    visitor.presses(WORDS.choose).chooses("statistics").waits_for("window.ran && window.counted && window.moduleRan")
    assert visitor.page.evaluate("[window.advertised, window.negated, window.capitals]") == [None, None, None]
    visitor.page.evaluate("consent.open()")
    visitor.chooses("statistics", "advertising").waits_for("window.advertised")
    assert visitor.faults == []


def test_a_page_that_had_klaro(moved: Callable[[str], Visitor]) -> None:
    visitor = moved("klaro.html")
    with visitor.page.expect_request("**/pixel.gif"):
        visitor.presses(WORDS.choose).chooses("statistics").waits_for("window.ran && window.counted")
    assert "player.example-cinema.test" not in visitor.other_hosts()
    visitor.presses(WORDS.load_always, ".leiz-choice-frame")
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    assert visitor.page.get_by_text("Dit staat er altijd.").is_visible()


def test_a_page_that_had_orejime(moved: Callable[[str], Visitor]) -> None:
    visitor = moved("orejime.html")
    visitor.presses(WORDS.choose).chooses("statistics").waits_for("window.ran && window.counted")
    assert visitor.page.locator("iframe").count() == 0
    visitor.page.evaluate("consent.open()")
    visitor.chooses("statistics", "media")
    visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
    assert visitor.page.evaluate("window.second") is None
