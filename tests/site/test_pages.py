"""What the built pages say about versions and days, and what may never stand in them."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import material
import pytest
from lxml import html

from policy.build import build
from policy.inventory.read import read_inventory
from tests.conftest import DAY, ROOT, everything, link

PAGES = (
    "",
    *(f"{page}/" for page in ("begrippen", "bewijs", "bouwers", "cookies", "volgende", "wijzigingen")),
    *("versies/1/", "versies/2/", "versies/2/verschil/"),
)
"""The pages of each language, by their path below it."""
WELL_KNOWN = ("manifest.json", "release.json")


def words(page: Path) -> str:
    """The visible text of a page, white space folded."""
    tree = html.fromstring(page.read_bytes())
    for hidden in tree.xpath("//script | //style"):
        hidden.drop_tree()
    return " ".join(tree.text_content().split())


def test_the_addresses_of_the_pages_stay(site: Path) -> None:
    """A new click or MkDocs once turned every address into /index.html."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert files == [
        "404.html",
        *sorted([f"{place}{page}index.html" for place in ("", "en/") for page in PAGES]),
    ]
    links = html.fromstring((site / "index.html").read_bytes()).xpath("//nav//a/@href")
    assert links[:6] == [".", "cookies/", "wijzigingen/", "begrippen/", "en/", "cookies/"]


def test_nothing_of_the_theme_and_no_source_is_published(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert [name for name in names if name.endswith((".br", ".gz")) and name[:-3] not in names] == []
    kinds = {re.sub(r"\.?[0-9a-f]{8}\.", ".", name) for name in names if not name.endswith((".br", ".gz"))}
    parts = ("acts", "after", "announcement", "button", "changes", "details", "diagnosis", "frames", "notice", "place")
    scripts = ["consent", *(f"{part}.{language}" for part in parts for language in ("nl", "en"))]
    machines = ("wijzigingen.xml", "alle-wijzigingen.xml")
    assert {name for name in kinds if not name.endswith(".html")} == {
        *("assets/icon.svg", "assets/site.css", "assets/day.js", "assets/proof.js"),
        *(".htaccess", *(f".well-known/{name}" for name in WELL_KNOWN)),
        *("bewijs/.json", "sitemap.xml", "versies.lock", "versions.json"),
        *(f"{place}{name}" for place in ("", "en/") for name in machines),
        *(
            f"versies/{number}/{name}"
            for number in (1, 2)
            for name in ("inventory.json", "policy.jsonld", "woorden.txt")
        ),
        *(f"en/versies/2/{name}" for name in ("policy.jsonld", "woorden.txt")),
        *(f"{place}versies/2/verschil/verschil.json" for place in ("", "en/")),
        *(f"toestemming/{name}{form}" for name in scripts for form in (".js", ".readable.js")),
    }


@pytest.mark.usefixtures("copies")
def test_a_virtual_environment_inside_the_project_changes_nothing(project: Path) -> None:
    """Its folder holds the theme, which must not be taken for the project's own files."""
    theme = Path(material.__file__).parent
    inside = project / "venv" / "material"
    shutil.copytree(theme, inside, copy_function=link)
    code = f"import sys; sys.path.insert(0, {str(inside.parent)!r}); from policy.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--root", str(project), "build", "--as-of", DAY.isoformat()],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert [path for path in (project / "build/site").rglob("*") if path.match("*.min.js") or path.match("*.map")] == []


def test_home_tells_what_applies_and_what_is_announced(site: Path) -> None:
    text = words(site / "index.html")
    assert "Versie 1 geldig van 25 mei 2018 tot en met 31 december 2026" in text
    assert "Aangekondigd op 24 november 2026 Versie 2 geldt vanaf 1 januari 2027" in text
    for word in ("gebruik", "identiteitsbewijs", "Privacy Shield", "Dit geldt al vanaf 24 november 2026"):
        assert word in text


@pytest.mark.parametrize(
    ("day", "on_home", "on_one", "on_two"),
    [
        (
            date(2026, 12, 31),
            "tot en met 31 december 2026",
            "Deze versie geldt tot en met 31 december 2026",
            "geldt vanaf 1 januari 2027",
        ),
        (
            date(2027, 1, 1),
            "Versie 2 geldig vanaf 1 januari 2027",
            "Deze versie gold tot en met 31 december 2026",
            "Geldig vanaf 1 januari 2027",
        ),
    ],
)
@pytest.mark.usefixtures("copies")
def test_the_day_decides_what_the_pages_say(project: Path, day: date, on_home: str, on_one: str, on_two: str) -> None:
    site = build(project, day, lambda line: None) / "site"
    said = [words(site / "index.html"), words(site / "versies/1/index.html"), words(site / "versies/2/index.html")]
    assert [want in text for want, text in zip((on_home, on_one, on_two), said, strict=True)] == [True, True, True]


@pytest.mark.usefixtures("copies")
def test_a_draft_has_no_page(project: Path) -> None:
    site = build(project, date(2026, 11, 21), lambda line: None) / "site"
    assert "Versie 1 geldig vanaf 25 mei 2018" in words(site / "index.html")
    assert not (site / "versies/2").exists()


def test_each_page_names_its_language_and_has_one_title(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        assert page.get("lang") == ("en" if path.relative_to(site).parts[0] == "en" else "nl"), path
        assert len(page.xpath("//h1")) == 1, path


@pytest.mark.usefixtures("copies")
def test_two_builds_of_one_day_are_the_same_bytes(project: Path, built: Path) -> None:
    first, second = everything(built), everything(build(project, DAY, lambda line: None))
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []


@pytest.mark.usefixtures("copies")
def test_a_change_that_no_version_announced_reaches_no_visitor(project: Path, built: Path) -> None:
    for name in ("services/hotjar.toml", "services/new-relic.toml"):
        path = project / "docs/inventory" / name
        path.write_text(path.read_text("utf-8").replace('name = "', 'name = "Andere ', 1), "utf-8")
    first, second = everything(built), everything(build(project, DAY, lambda line: None))
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []


def test_every_storage_item_of_the_inventory_stands_on_the_cookie_page(site: Path) -> None:
    inventory, _ = read_inventory(ROOT / "docs" / "inventory")
    assert inventory is not None
    shown = {
        " ".join(code.text_content().split())
        for code in html.fromstring((site / "cookies/index.html").read_bytes()).iter("code")
    }
    assert {name for service in inventory.services for item in service.storage for name in item.names} - shown == set()
