"""The diagnostic mode: what it says of each mark and host, and that it changes and asks nothing itself."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from policy.consent.code import purpose_code, service_code
from policy.consent.diagnosis import diagnosis
from policy.consent.link import bundle
from policy.consent.scope import Scope
from tests import demo
from tests.axe import violations
from tests.consent.builder import puts, workshop
from tests.consent.records import act, every_code, minutes, record
from tests.consent.visitor import NOTICE, WORDS, WWW, Visitor
from tests.hosts import Hosts

SCOPE = Scope(((demo.NUMBER, demo.inventory()),), "voorbeeld")
TEXTS = diagnosis(SCOPE, "nl")
PANEL = ".leiz-choice-diagnosis"
PAGE = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>Een pagina van een bouwer</title><link rel="icon" href="data:,">
<script src="/toestemming/consent.js" defer></script></head>
<body><main><h1>Een pagina</h1>
MARKUP
</main><footer><p><a href="/privacy/cookies/" data-consent-settings>Cookie-instellingen</a></p></footer></body></html>
"""
# A guard's kind of CSP (decisions/0008): it refuses hosts, and leaves the inline code that WordPress pages need.
SELF = "script-src 'self' 'unsafe-inline'; img-src 'self'; frame-src 'self'"
STATS = "stats.example-third.test:PORT"
COUNTER = f'<script type="text/plain" data-service="counter" src="//{STATS}/counter.js"></script>'
CINEMA = "player.example-cinema.test:PORT/film"
LOGIN = (
    '<script type="text/plain" data-service="friends-login" src="//login.example-friends.test:PORT/login.js"></script>'
)
COUNTER_NEEDS = "dienst counter, doel statistics"
CINEMA_NEEDS = "dienst cinema, doel media"


def said(key: str, **words: object) -> str:
    return TEXTS[key].format(**words)


def row(level: str, what: str, names: str, *sentences: str) -> str:
    return f"{TEXTS['levels'][level]} {what} [{names}] {' '.join(sentences)}"


def has(visitor: Visitor, value: str) -> None:
    """Put a record on the device."""
    visitor.context.add_cookies([{"name": "consent", "value": value, "url": visitor.hosts.url(WWW)}])


@pytest.fixture(scope="module")
def hosts() -> Iterator[Hosts]:
    with workshop() as running:
        yield running


def opens(visitor: Visitor, markup: str, *, host: str = WWW, page: str = PAGE, **headers: str) -> Visitor:
    """A page of the website with this in it, with the diagnosis."""
    path = puts(visitor, page.replace("MARKUP", markup), **headers)
    visitor.opens(f"{path}#consent-diagnose", host).page.locator(PANEL).wait_for()
    return visitor


def tells(visitor: Visitor, line: str) -> None:
    """Wait until the panel says this."""
    line = line.replace(":PORT", f":{visitor.hosts.port}")
    found = "line => [...document.querySelectorAll('.leiz-choice-diagnosis li')].some((one) => one.innerText === line)"
    try:
        visitor.page.wait_for_function(found, arg=line, timeout=5_000)
    except Exception as error:
        raise AssertionError(f"{line}\n\nis not in\n\n{visitor.page.locator(PANEL).inner_text()}") from error


SCRIPT = f"<script> {STATS}/counter.js"
MARKED = {
    "exempt": (
        '<script type="text/plain" data-service="consent-record">window.ran = true</script>',
        None,
        row("runs", "<script> window.ran = true", "consent-record", TEXTS["exempt"]),
    ),
    "granted": (COUNTER, act(), row("runs", SCRIPT, "counter", TEXTS["granted"])),
    "not answered": (COUNTER, None, row("waits", SCRIPT, "counter", said("unanswered", what=COUNTER_NEEDS))),
    "refused": (
        COUNTER,
        act("none", "", every_code()),
        row("waits", SCRIPT, "counter", said("refused", what=COUNTER_NEEDS)),
    ),
    "its purpose refused": (
        COUNTER,
        act("some", service_code("counter"), purpose_code("statistics")),
        row("waits", SCRIPT, "counter", said("refused", what="doel statistics")),
    ),
    "older terms": (
        COUNTER,
        act(number=2),
        row("waits", SCRIPT, "counter", said("older", number=2, since=3, what="dienst counter")),
    ),
    "later terms": (
        COUNTER,
        act(number=4),
        row("wrong", SCRIPT, "counter", said("later", number=4, what=COUNTER_NEEDS)),
    ),
    "a name with a slip": (
        COUNTER.replace('"counter"', '"countr"'),
        None,
        row("wrong", SCRIPT, "countr", said("unknown", name="countr"), said("meant", name="counter")),
    ),
    "a name that is nowhere near": (
        COUNTER.replace('"counter"', '"something-else"'),
        None,
        row("wrong", SCRIPT, "something-else", said("unknown", name="something-else")),
    ),
    "negated": (
        COUNTER.replace('data-service="counter"', 'data-category="!statistics"'),
        None,
        row("wrong", SCRIPT, "!statistics", said("negated", name="!statistics")),
    ),
    "two names": (
        COUNTER.replace("data-service", 'data-category="media" data-service'),
        act("some", service_code("counter") + purpose_code("statistics"), purpose_code("media")),
        row("waits", SCRIPT, "counter, media", said("refused", what="doel media")),
    ),
    "a click": (
        LOGIN + '<button type="button" data-service-button="friends-login">Inloggen</button>',
        act(),
        row(
            "waits",
            "<script> login.example-friends.test:PORT/login.js",
            "friends-login",
            said("click", service="friends-login"),
        ),
    ),
    "a click on its button": (
        '<button type="button" data-service-button="friends-login">Inloggen</button>',
        act(),
        row("waits", "<button> Inloggen", "friends-login", said("click", service="friends-login")),
    ),
    "no button": (
        LOGIN,
        act(),
        row(
            "wrong",
            "<script> login.example-friends.test:PORT/login.js",
            "friends-login",
            said("no_button", service="friends-login"),
        ),
    ),
    "without a type": (
        COUNTER.replace('type="text/plain" ', ""),
        act(),
        row("wrong", SCRIPT, "counter", TEXTS["not_inert"]),
    ),
    "with another type": (
        COUNTER.replace("text/plain", "text/javascript"),
        None,
        row("wrong", SCRIPT, "counter", TEXTS["not_inert"], said("unanswered", what=COUNTER_NEEDS)),
    ),
    "an element that cannot wait": (
        f'<link rel="stylesheet" data-service="counter" href="//{STATS}/a.css">',
        act(),
        row("wrong", f"<link> {STATS}/a.css", "counter", said("cannot_wait", tag="link")),
    ),
    "src beside data-src": (
        f'<iframe title="Film" data-service="cinema" src="//{CINEMA}" data-src="//{CINEMA}"></iframe>',
        None,
        row("wrong", f"<iframe> {CINEMA}", "cinema", TEXTS["src_beside"], said("unanswered", what=CINEMA_NEEDS)),
    ),
    "src without data-src": (
        f'<iframe title="Film" data-service="cinema" src="//{CINEMA}"></iframe>',
        act(),
        row("wrong", f"<iframe> {CINEMA}", "cinema", TEXTS["src_beside"]),
    ),
    "a picture of the website itself in its place": (
        f'<img alt="" data-service="counter" src="/wacht.gif" data-src="//{STATS}/pixel.gif">',
        None,
        row("waits", "<img> www.voorbeeld.test:PORT/wacht.gif", "counter", said("unanswered", what=COUNTER_NEEDS)),
    ),
    "no address": (
        '<iframe title="Film" id="film" data-service="cinema"></iframe>',
        act(),
        row("wrong", "<iframe> #film", "cinema", TEXTS["no_address"]),
    ),
    "nothing in it": (
        '<script type="text/plain" data-service="counter"></script>',
        act(),
        row("wrong", "<script>", "counter", TEXTS["empty"]),
    ),
}
HOSTS = {
    "of nobody": (
        '<img alt="" src="//unknown.example.test:PORT/x.gif">',
        None,
        row("wrong", "unknown.example.test:PORT/x.gif", "", TEXTS["host_unknown"]),
    ),
    "of a service without consent": (
        f'<script src="//{STATS}/counter.js"></script>',
        None,
        row("wrong", f"{STATS}/counter.js", "counter", said("host_early", service="counter")),
    ),
    "beside the same with a mark": (
        COUNTER + f'<script src="//{STATS}/counter.js"></script>',
        None,
        row("wrong", f"{STATS}/counter.js", "counter", said("host_early", service="counter")),
    ),
    "of a service that is granted": (
        f'<script src="//{STATS}/counter.js"></script>',
        act(),
        row("runs", f"{STATS}/counter.js", "counter", said("host_granted", service="counter")),
    ),
    "asked for by a script": (
        f"<script>fetch('//{STATS}/1', {{ mode: 'no-cors' }}); fetch('//{STATS}/2', {{ mode: 'no-cors' }})</script>",
        None,
        row("wrong", f"{STATS}/1 (2)", "counter", said("host_early", service="counter")),
    ),
}


@pytest.mark.parametrize("case", [*MARKED, *HOSTS])
def test_what_is_said(visitor: Visitor, case: str) -> None:
    markup, chosen, line = {**MARKED, **HOSTS}[case]
    if chosen:
        has(visitor, record(chosen))
    tells(opens(visitor, markup), line)


@pytest.mark.parametrize(
    ("declared", "known"),
    [
        ("*.example-third.test", True),
        (".example-third.test", True),
        (".stats.example-third.test", True),
        ("example-third.test", False),
        ("*.stats.example-third.test", False),
        ("*.third.test", False),
    ],
)
def test_a_host_belongs_to_a_service_as_it_is_declared(browser: Browser, declared: str, known: bool) -> None:
    inventory = demo.inventory()
    hosts_of_counter = inventory.service("counter").hosts.model_copy(update={"script": (declared,), "connect": ()})
    counter = inventory.service("counter").model_copy(update={"hosts": hosts_of_counter})
    others = [service for service in inventory.services if service.id != "counter"]
    changed = inventory.model_copy(update={"services": (*others, counter)})

    def files(website: str) -> dict[str, bytes]:
        return bundle([(demo.NUMBER, changed)], website, sources=demo.SOURCES, policy="/privacy/")

    context = browser.new_context()
    with workshop(files) as running:
        visitor = opens(Visitor(context, running), f'<script src="//{STATS}/counter.js"></script>')
        service, why = ("counter", said("host_early", service="counter")) if known else ("", TEXTS["host_unknown"])
        tells(visitor, row("wrong", f"{STATS}/counter.js", service, why))
    context.close()


def test_a_service_of_another_website(visitor: Visitor) -> None:
    line = row("wrong", SCRIPT, "counter", said("elsewhere", name="counter"))
    tells(opens(visitor, COUNTER, host="film.voorbeeld.test"), line)


def test_a_script_that_waits_for_the_one_before_it(visitor: Visitor) -> None:
    visitor.page.route("**/counter.js", lambda route: None)
    markup = COUNTER + '<script type="text/plain" data-service="counter">window.ran = true</script>'
    opens(visitor, markup).allows_all()
    tells(visitor, row("waits", "<script> window.ran = true", "counter", TEXTS["in_order"]))


def test_a_frame_that_was_loaded_once(visitor: Visitor) -> None:
    opens(visitor, f'<iframe title="Film" data-service="cinema" data-src="//{CINEMA}"></iframe>')
    visitor.presses(WORDS.load_once, ".leiz-choice-frame")
    tells(visitor, row("runs", f"<iframe> {CINEMA}", "cinema", TEXTS["once"]))


CSP = {
    "an inline script": (
        "<script type='text/plain' data-service='counter'>window.ran = true</script>",
        act(),
        row("wrong", "<script> window.ran = true", "counter", TEXTS["inline_refused"]),
    ),
    "an inline script that wants consent first": (
        "<script type='text/plain' data-service='counter'>window.ran = true</script>",
        None,
        row("waits", "<script> window.ran = true", "counter", said("unanswered", what=COUNTER_NEEDS)),
    ),
    "an address": (COUNTER, act(), row("wrong", SCRIPT, "counter", TEXTS["csp_refused"])),
    "a host without a mark": (
        f'<img alt="" src="//{STATS}/pixel.gif">',
        None,
        row("waits", f"{STATS}/pixel.gif", "counter", TEXTS["host_refused"]),
    ),
}


@pytest.mark.parametrize("case", CSP)
def test_what_the_csp_of_the_page_refuses(visitor: Visitor, case: str) -> None:
    markup, chosen, line = CSP[case]
    if chosen:
        has(visitor, record(chosen))
    tells(opens(visitor, markup, **{"Content-Security-Policy": "script-src 'self'; img-src 'self'"}), line)


def test_each_refusal_of_the_csp_is_named(visitor: Visitor) -> None:
    opens(visitor, f'<img alt="" src="//{STATS}/pixel.gif">', **{"Content-Security-Policy": "img-src 'self'"})
    tells(visitor, said("refusal", directive="img-src", address=f"http://{STATS}/pixel.gif"))


TAKEN = "Object.defineProperty(window, 'consent', { value: 'mine' })"
FACTS: dict[str, tuple[str, Callable[[Visitor], Any], dict[str, str]]] = {
    "another script has the name": (TEXTS["taken"], lambda one: one.context.add_init_script(TAKEN), {}),
    "the browser refuses": (
        TEXTS["signal"],
        lambda one: one.context.add_init_script("navigator.globalPrivacyControl = true"),
        {},
    ),
    "no choice": (TEXTS["record_none"], lambda one: None, {}),
    "a cookie of another tool": (TEXTS["record_foreign"], lambda one: has(one, "true"), {}),
    "a place for the settings": (TEXTS["settings_own"], lambda one: None, {}),
    "no guard": (TEXTS["guard_none"], lambda one: None, {}),
    "the guard of the server": (
        said("guard", number=demo.NUMBER),
        lambda one: None,
        {"Server-Timing": f"guard;desc={demo.NUMBER}"},
    ),
    "a guard of another build": (said("guard_other", number=2), lambda one: None, {"Server-Timing": "guard;desc=2"}),
    "the guard of a script": (
        TEXTS["guard_script"],
        lambda one: one.context.add_init_script("document[Symbol.for('leiz-choice-guard')] = true"),
        {},
    ),
    "a browser that remembers no refusals": (
        TEXTS["refusals_unknown"],
        lambda one: one.context.add_init_script("delete window.ReportingObserver"),
        {},
    ),
}


@pytest.mark.parametrize("case", FACTS)
def test_what_is_said_about_the_page(visitor: Visitor, case: str) -> None:
    line, given, headers = FACTS[case]
    given(visitor)
    tells(opens(visitor, "", **headers), line)


def test_a_page_in_a_language_that_is_not_spoken(visitor: Visitor) -> None:
    opens(visitor, "", page=PAGE.replace('lang="nl"', 'lang="fr"'))
    tells(visitor, said("language_unknown", lang="fr", languages="nl"))


def test_a_page_without_a_place_for_the_settings(visitor: Visitor) -> None:
    tells(opens(visitor, "", page=PAGE.replace(" data-consent-settings", "")), TEXTS["settings_added"])


def test_two_records(visitor: Visitor) -> None:
    has(visitor, record(act()))
    visitor.context.add_cookies([{"name": "consent", "value": record(act()), "domain": ".voorbeeld.test", "path": "/"}])
    tells(opens(visitor, ""), TEXTS["record_two"])


def test_each_act_of_the_record_in_words(visitor: Visitor) -> None:
    old = act("some", service_code("visits"), minute=minutes(-183 * 24 * 60))
    new = act("some", service_code("counter"), purpose_code("media"), withdrawn=service_code("cinema") + "zzzz")
    has(visitor, record(old, new))
    lines = [line.inner_text() for line in opens(visitor, "").page.locator(f"{PANEL} li").all()]
    said_of_acts = [line.split(": ", 1)[1] for line in lines if "zelf gekozen" in line]
    assert said_of_acts == [
        f"zelf gekozen, inventaris {demo.NUMBER}. Toegestaan: dienst visits. {TEXTS['act_expired']}",
        f"zelf gekozen, inventaris {demo.NUMBER}. Toegestaan: dienst counter. Geweigerd: doel media. "
        "Ingetrokken: dienst cinema, zzzz.",
    ]


def test_the_panel_follows_a_choice_and_nodes_that_come_later(visitor: Visitor) -> None:
    opens(visitor, COUNTER)
    tells(visitor, row("waits", SCRIPT, "counter", said("unanswered", what=COUNTER_NEEDS)))
    visitor.allows_all()
    tells(visitor, row("runs", SCRIPT, "counter", TEXTS["granted"]))
    visitor.page.evaluate("document.querySelector('main').append(document.createElement('template'))")
    visitor.page.evaluate("document.querySelector('template').dataset.service = 'visits'")
    tells(visitor, row("runs", "<template>", "visits", TEXTS["granted"]))


def test_marks_that_other_programs_use_are_left_alone(visitor: Visitor) -> None:
    opens(visitor, '<img alt="" src="/stoel.jpg" data-name="stoel" data-category="meubels"><p data-name="x"></p>')
    visitor.page.locator(PANEL).get_by_text(TEXTS["marked_none"]).wait_for()


def test_the_console_tells_the_same(visitor: Visitor) -> None:
    visitor.page.on("console", lambda message: told.append((message.type, message.text)))
    told: list[tuple[str, str]] = []
    opens(visitor, COUNTER)
    kinds = [kind for kind, _ in told]
    assert kinds[:2] == ["info", "table"]
    assert TEXTS["record_none"] in told[0][1]


def test_a_website_in_english(visitor: Visitor) -> None:
    opens(visitor, COUNTER, host="film.voorbeeld.test", page=PAGE.replace('lang="nl"', 'lang="en"'))
    assert visitor.page.locator(f"{PANEL} h2").inner_text() == diagnosis(SCOPE, "en")["title"]


def test_other_languages_are_told_in_english() -> None:
    assert diagnosis(SCOPE, "fr") == diagnosis(SCOPE, "en")


def test_both_languages_say_the_same_things() -> None:
    dutch, english = diagnosis(SCOPE, "nl"), diagnosis(SCOPE, "en")
    assert dutch.keys() == english.keys()
    for key in ("levels", "methods"):
        assert dutch[key].keys() == english[key].keys()


def test_nothing_is_kept_and_nobody_is_asked(visitor: Visitor) -> None:
    opens(visitor, COUNTER)
    tells(visitor, row("waits", SCRIPT, "counter", said("unanswered", what=COUNTER_NEEDS)))
    assert (visitor.storage_items(), visitor.other_hosts(), visitor.granted, visitor.faults) == (
        set(),
        set(),
        set(),
        [],
    )


def test_without_the_sign_in_the_address_nobody_gets_it(visitor: Visitor) -> None:
    visitor.opens(puts(visitor, PAGE)).notice.wait_for()
    assert (visitor.page.locator(PANEL).count(), [url for url in visitor.asked if "diagnosis" in url]) == (0, [])


def test_the_report_as_text(visitor: Visitor) -> None:
    opens(visitor, COUNTER + "<p><textarea aria-label='Plakken'></textarea></p>")
    visitor.presses(TEXTS["copy"], PANEL)
    visitor.page.locator(PANEL).get_by_text(TEXTS["copied"]).wait_for()
    assert visitor.page.evaluate("document.activeElement.textContent") == TEXTS["copy"]
    field = visitor.page.get_by_label("Plakken")
    field.press("ControlOrMeta+V")
    line = row("waits", SCRIPT, "counter", said("unanswered", what=COUNTER_NEEDS))
    assert f"- {line}".replace(":PORT", f":{visitor.hosts.port}") in field.input_value().splitlines()


def test_the_panel_by_keyboard(visitor: Visitor) -> None:
    opens(visitor, '<p><a href="#x">Een link</a></p>' + COUNTER * 30)
    visitor.page.locator(NOTICE).wait_for()
    visitor.refuses()
    focused = "document.activeElement.textContent.trim()"
    visitor.page.evaluate("document.activeElement.blur()")
    visitor.page.locator(PANEL).get_by_role("button", name=TEXTS["copy"]).focus()
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate(focused) == TEXTS["close"]
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("End")
    visitor.waits_for(f"document.querySelector('{PANEL} .leiz-choice-text').scrollTop > 0")
    assert visitor.page.evaluate("document.querySelector('[aria-modal]')") is None
    visitor.page.keyboard.press("Escape")
    assert visitor.page.locator(PANEL).count() == 0
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate(focused) == "Een link"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing(visitors: Callable[..., Visitor], scheme: str, width: int) -> None:
    visitor = visitors(color_scheme=scheme, viewport={"width": width, "height": 800})
    opens(visitor, COUNTER * 30 + '<img alt="" src="//unknown.example.test:PORT/x.gif">')
    assert violations(visitor.page) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_strict_csp_with_trusted_types_reports_nothing(visitor: Visitor) -> None:
    visitor.context.add_init_script(
        "window.reports = []; document.addEventListener('securitypolicyviolation', "
        "({ violatedDirective, sample }) => reports.push([violatedDirective, sample]))"
    )
    puts(visitor, "document.cookie = 'visits_id=1; path=/'", "/meet.js", **{"Content-Type": "text/javascript"})
    script = '<script type="text/plain" data-service="visits" src="/meet.js"></script>'
    opens(
        visitor,
        script,
        page=PAGE.replace('<link rel="icon" href="data:,">', ""),
        **{"Content-Security-Policy": demo.STRICT},
    )
    assert visitor.style(visitor.page.locator(PANEL), "position") == ["fixed"]
    visitor.presses(TEXTS["copy"], PANEL).allows_all()
    tells(visitor, row("runs", "<script> www.voorbeeld.test:PORT/meet.js", "visits", TEXTS["granted"]))
    visitor.presses(TEXTS["close"], PANEL)
    assert (visitor.page.evaluate("window.reports"), visitor.faults) == ([], [])


def test_after_closing_the_page_is_left_alone(visitor: Visitor) -> None:
    held: list[Route] = []
    opens(visitor, COUNTER)
    visitor.page.route("**/counter.js", lambda route: held.append(route))
    visitor.presses(TEXTS["close"], PANEL)
    with visitor.page.expect_request("**/counter.js"):
        visitor.allows_all()
    visitor.notice.wait_for(state="detached")  # Playwright tells of a request a moment before it is held
    held[0].continue_()
    visitor.waits_for("window.counted")
    assert (visitor.page.locator(PANEL).count(), visitor.faults) == (0, [])
