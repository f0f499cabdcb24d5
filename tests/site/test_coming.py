"""Several coming versions: each is told in time, and every notice names what applies until then."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from policy.announce import announce
from policy.build import build
from tests.site.test_pages import words
from tests.versions.project import ANNOUNCED, WISH, draft


@pytest.fixture(scope="module")
def two_coming(three: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Version 3, editorial, and version 4, substantive, are both announced and not yet in force."""
    project = Path(shutil.copytree(three, tmp_path_factory.mktemp("two-coming") / "project"))
    draft(project, 4, "Of kom langs.", "Or come by.")
    wish = replace(WISH, change_class="substantive", in_force=date(2027, 7, 1), note="U mag ook langskomen.")
    announce(project, 4, wish, ANNOUNCED, lambda line: None)
    return build(project, date(2027, 5, 10), lambda line: None)


def test_each_notice_names_the_version_before_it_and_its_last_day(two_coming: Path) -> None:
    notices = [
        " ".join(
            html.fromstring((two_coming / f"site/versies/{n}/index.html").read_bytes())
            .xpath("string(//*[@role='note'])")
            .split()
        )
        for n in (3, 4)
    ]
    assert notices[0].startswith("Deze versie geldt vanaf 1 juni 2027. Tot en met 31 mei 2027 geldt versie 2.")
    assert notices[1].startswith("Deze versie geldt vanaf 1 juli 2027. Tot en met 30 juni 2027 geldt versie 3.")


def test_the_substantive_one_is_mailed_and_told_by_the_module_though_it_is_not_the_next(two_coming: Path) -> None:
    assert sorted(path.name for path in (two_coming / "nieuwsbrief").iterdir()) == [
        "versie-4.en.txt",
        "versie-4.nl.txt",
    ]
    (notice,) = (two_coming / "websites/leiz/toestemming").glob("notice.nl.????????.js")
    text = notice.read_text("utf-8")
    assert "Op 1 juli 2027 verandert onze privacyverklaring." in text
    assert "https://www.leiz.nl/privacy/versies/4/" in text


@pytest.mark.usefixtures("copies")
def test_what_an_editor_types_is_text_and_never_markup(project: Path) -> None:
    note = 'Meer over "koekjes" & <b>meer</b> dan dat.'
    draft(project)
    announce(project, 3, replace(WISH, note=note), ANNOUNCED, lambda line: None)
    site = build(project, ANNOUNCED, lambda line: None) / "site"
    for page in ("wijzigingen/index.html", "versies/3/verschil/index.html", "index.html"):
        assert html.fromstring((site / page).read_bytes()).xpath("//b") == []
        assert "Meer over “koekjes” & <b>meer</b> dan dat." in words(site / page)
