"""A preview shows what an editor sees, says so on every page, and opens without a server."""

import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from policy.cli import policy
from policy.errors import PolicyError
from policy.preview import NOINDEX, preview
from tests.conftest import DAY, copy_project, everything
from tests.versions.project import draft

STRIPS = (
    "Voorbeeld voor de redactie: deze pagina's tonen de inventaris zoals die nu is getypt, op 24 november 2026.",
    "Preview for editors: these pages show the inventory as it is typed now, on 24 November 2026.",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a draft of version 3 and a changed fact."""
    project = copy_project(tmp_path_factory.mktemp("preview") / "project")
    draft(project)
    controller = project / "docs/inventory/controller.toml"
    text = controller.read_text("utf-8")
    controller.write_text(text.replace("info@leiz.nl", "nieuw@leiz.nl"), "utf-8")
    return project


@pytest.fixture(scope="module")
def shown(project: Path) -> Path:
    return preview(project, DAY, project.parent / "made/voorbeeld", lambda line: None).parent


def pages(folder: Path) -> dict[str, html.HtmlElement]:
    return {path.relative_to(folder).as_posix(): html.fromstring(path.read_bytes()) for path in folder.rglob("*.html")}


def test_drafts_and_the_inventory_as_typed_show(shown: Path):
    text = (shown / "versies/3/index.html").read_text("utf-8")
    assert "Bellen mag ook." in text and "nieuw@leiz.nl" in text
    assert (shown / "versies/3/verschil/index.html").is_file()


def test_each_page_says_that_it_is_a_preview_and_is_for_no_search_engine(shown: Path):
    found = pages(shown)
    assert len(found) > 20
    assert {tuple(page.xpath("//meta[@name='robots']/@content")) for page in found.values()} == {("noindex, nofollow",)}
    said = {page.xpath("string(//p[@class='strip'])").replace("’", "'") for page in found.values()}
    assert said == set(STRIPS)


def test_no_page_gives_itself_out_for_the_one_at_the_real_address(shown: Path):
    assert {
        name: found for name, page in pages(shown).items() if (found := page.xpath("//link[@rel='canonical']"))
    } == {}
    assert not (shown / "sitemap.xml").exists()


def test_each_link_of_a_preview_leads_to_a_file(shown: Path):
    links = {
        (name, address.partition("#")[0])
        for name, page in pages(shown).items()
        if name != "404.html"  # its links begin at the root of a server
        for address in page.xpath("//a/@href")
        if not re.match(r"[a-z]+:|#|/", address)
    }
    assert len(links) > 50
    assert [(name, address) for name, address in links if not (shown / name).parent.joinpath(address).is_file()] == []


def test_a_preview_opens_from_the_disk(shown: Path, browser: Browser):
    page = browser.new_page()
    page.goto((shown / "index.html").as_uri())
    page.get_by_role("link", name="Wijzigingen", exact=True).first.click()
    page.get_by_role("main").get_by_role("link", name="3").first.click()
    assert page.get_by_text("Dit is een concept.").is_visible()
    assert page.url == (shown / "versies/3/index.html").as_uri()
    page.close()


def test_a_real_build_holds_nothing_of_a_preview(site: Path):
    found = {name: content for name, content in everything(site).items() if name.endswith(".html")}
    assert len(found) > 10
    marks = (b"noindex, nofollow", b'class="strip"', b"Voorbeeld voor de redactie", b"Preview for editors")
    assert [(name, mark) for name, content in found.items() for mark in marks if mark in content] == []


def test_a_preview_leaves_no_trace_in_the_project(project: Path, shown: Path):
    assert not (project / "build").exists()
    assert [path.name for path in shown.parent.iterdir()] == ["voorbeeld"]


def test_an_earlier_preview_is_replaced(project: Path, tmp_path: Path):
    (tmp_path / "index.html").write_text(NOINDEX, "utf-8")
    (tmp_path / "oud.html").write_text("oud", "utf-8")
    preview(project, DAY, tmp_path, lambda line: None)
    assert not (tmp_path / "oud.html").exists()


@pytest.mark.parametrize("name", ["index.html", "brief.txt"])
def test_other_files_are_not_lost(project: Path, tmp_path: Path, name: str):
    (tmp_path / name).write_text("kostbaar", "utf-8")
    with pytest.raises(PolicyError) as caught:
        preview(project, DAY, tmp_path, lambda line: None)
    assert str(caught.value) == f"{tmp_path} holds other files than a preview. Name another folder."
    assert (tmp_path / name).read_text("utf-8") == "kostbaar"


def test_the_command_is_there():
    assert "preview" in policy.commands
