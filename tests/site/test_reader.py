"""What a reader finds out about days and differences, with scripts and without, on both sides of midnight."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from policy.build import build
from policy.cli import policy
from policy.site import plugin
from policy.versions.compare.text import accept, reject
from policy.versions.words import text_of, words_of
from tests.hosts import Hosts, serve
from tests.site.test_pages import words

HOST = "privacy.leiz.test"


class _Clock(datetime):
    """A clock that stands still at `moment`, in UTC."""

    moment = datetime(2027, 1, 1)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return cls.moment.astimezone(tz)


def at(moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Clock, "moment", datetime.fromisoformat(moment))
    monkeypatch.setattr(plugin, "datetime", _Clock)


MOMENTS = [
    ("2026-12-31T22:59:59+00:00", date(2026, 12, 31)),
    ("2026-12-31T23:00:00+00:00", date(2027, 1, 1)),
    ("2027-05-31T21:59:59+00:00", date(2027, 5, 31)),
    ("2027-05-31T22:00:00+00:00", date(2027, 6, 1)),
    ("2027-03-28T00:59:59+00:00", date(2027, 3, 28)),
    ("2027-10-31T22:59:59+00:00", date(2027, 10, 31)),
    ("2027-10-31T23:00:00+00:00", date(2027, 11, 1)),
]


@pytest.mark.parametrize(("moment", "day"), MOMENTS)
def test_the_day_begins_at_midnight_in_amsterdam(moment: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    at(moment, monkeypatch)
    assert plugin.today() == day


@pytest.mark.parametrize(
    ("moment", "in_force"),
    [
        ("2026-12-31T22:59:59+00:00", 1),
        ("2026-12-31T23:00:00+00:00", 2),
        ("2027-05-31T21:59:59+00:00", 2),
        ("2027-05-31T22:00:00+00:00", 3),
    ],
)
def test_a_build_just_before_and_after_midnight_shows_the_version_of_its_day(
    project_of_three: Path, moment: str, in_force: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Winter time and summer time; the pages speak in dates, so an old page stays true."""
    at(moment, monkeypatch)
    policy(["--root", str(project_of_three), "build"], standalone_mode=False)
    home = words(project_of_three / "build/site/index.html")
    assert f"Versie {in_force} geldig van" in home
    assert "vandaag" not in home.lower()


@pytest.fixture(scope="module")
def shown(three: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """The site with a third version announced, while the second is in force."""
    project = Path(shutil.copytree(three, tmp_path_factory.mktemp("shown") / "project"))
    with serve({HOST: build(project, date(2027, 5, 2), lambda line: None) / "site"}) as hosts:
        yield hosts


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="nl-NL")
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2018-05-24", "Voor 25 mei 2018 hadden wij geen privacyverklaring die hier staat."),
        ("2018-05-25", "Op die dag: Versie 1."),
        ("2026-12-31", "Op die dag: Versie 1."),
        ("2027-01-01", "Op die dag: Versie 2."),
        ("2027-05-31", "Op die dag: Versie 2."),
        ("2027-06-01", "Op die dag: Versie 3."),
        (
            "2027-06-02",
            "Nog niet bekend. Wat wij nu weten: Versie 3 geldt vanaf 1 juni 2027. "
            "Komt er een nieuwe versie, dan staat zij hier.",
        ),
    ],
)
def test_the_date_field_says_which_version_applied(page: Page, shown: Hosts, day: str, answer: str) -> None:
    page.goto(shown.url(HOST, "/wijzigingen/"))
    page.get_by_label("Welke versie gold of geldt op deze dag?").fill(day)
    assert page.locator(".on-day p").inner_text() == answer
    picked = page.locator("tr.picked a").all_inner_texts()
    assert picked == ([answer.removeprefix("Op die dag: ").rstrip(".")] if answer.startswith("Op") else [])


def test_without_scripts_the_table_answers_and_no_dead_field_stands_there(browser: Browser, shown: Hosts) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shown.url(HOST, "/wijzigingen/"))
    rows = [" ".join(row.split()) for row in page.locator("tr[data-from]").all_inner_texts()]
    visible = page.locator(".on-day").is_visible()
    context.close()
    assert not visible
    assert [row.split(" Andere")[0].split(" Per doel")[0].split(" De verkl")[0] for row in rows] == [
        "Versie 3 1 juni 2027 nog niet bekend",
        "Versie 2 1 januari 2027 31 mei 2027",
        "Versie 1 25 mei 2018 31 december 2026",
    ]


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_small_change_is_marked_in_words_and_the_rest_is_folded(page: Page, shown: Hosts, language: str) -> None:
    page.goto(shown.url(HOST, f"/{language}versies/3/verschil/"))
    sentence = "Or call us." if language else "Bellen mag ook."
    marks = page.locator(".compared ins").all_text_contents()
    day, word = ("June", "added") if language else ("juni", "toegevoegd")
    assert [" ".join(mark.split()) for mark in marks] == [f"{word}: {day}", f"{word}: {day}", f"{word}: {sentence}"]
    assert page.locator(".compared del").count() == 2
    assert page.locator(".compared details.unchanged").count() > 0
    assert not page.get_by_text("persoonsgegevens").nth(3).is_visible()
    page.locator(".changes a").first.click()
    assert page.locator(".compared :target, .compared:target").count() == 1


def test_a_difference_gives_back_both_texts(shown: Hosts, page: Page) -> None:
    def text(path: str) -> str:
        page.goto(shown.url(HOST, path))
        return page.content()

    marked = html.fromstring(text("/versies/3/verschil/")).xpath("//div[@class='compared']")[0]
    inner = (marked.text or "") + "".join(html.tostring(child, encoding="unicode") for child in marked)
    for number, undo in ((3, accept), (2, reject)):
        own = text_of(text(f"/versies/{number}/"))
        assert own is not None
        assert words_of(undo(inner)) == words_of(own)


def test_the_coming_text_has_a_fixed_address_while_it_is_announced(page: Page, shown: Hosts, site: Path) -> None:
    page.goto(shown.url(HOST, "/volgende/"))
    assert "Bellen mag ook." in page.locator("main").inner_text()
    assert page.locator("link[rel=canonical]").get_attribute("href") == "https://www.leiz.nl/privacy/versies/3/"
    page.goto(shown.url(HOST, "/versies/1/"))
    assert page.locator(".notice").inner_text().startswith("Deze versie gold tot en met 31 december 2026.")
    page.locator(".notice a").first.click()
    assert page.url == shown.url(HOST, "/versies/2/")
    assert (site / "volgende/index.html").is_file()
