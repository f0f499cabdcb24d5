"""What the site tells programs: feeds, the overview of versions, links between them, and the inventory of each."""

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html

from policy.build import build
from tests.conftest import ROOT

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(feed: Path) -> list[tuple[str, str]]:
    """Id and title of each entry."""
    root = ElementTree.parse(feed).getroot()
    return [(e.findtext("a:id", "", ATOM), e.findtext("a:title", "", ATOM)) for e in root.findall("a:entry", ATOM)]


def test_substantive_versions_stand_in_the_feed_and_the_others_only_in_that_of_all(project_of_three: Path) -> None:
    site = build(project_of_three, date(2027, 7, 1), lambda line: None) / "site"
    one = ("tag:www.leiz.nl,2018-05-25:privacyverklaring/nl/versie/1", "Versie 1, geldig vanaf 25 mei 2018")
    two = ("tag:www.leiz.nl,2026-11-24:privacyverklaring/nl/versie/2", "Versie 2, geldig vanaf 1 januari 2027")
    three = ("tag:www.leiz.nl,2027-05-01:privacyverklaring/nl/versie/3", "Versie 3, geldig vanaf 1 juni 2027")
    assert entries(site / "wijzigingen.xml") == [two, one]
    assert entries(site / "alle-wijzigingen.xml") == [three, two, one]
    assert entries(site / "en/alle-wijzigingen.xml")[0] == (
        "tag:www.leiz.nl,2027-05-01:privacyverklaring/en/versie/3", "Version 3, valid from 1 June 2027"
    )  # fmt: skip


@pytest.mark.usefixtures("copies")
def test_the_name_of_an_entry_stays_when_the_site_moves(project: Path, site: Path) -> None:
    path = project / "docs/inventory/controller.toml"
    path.write_text(
        path.read_text("utf-8").replace("https://www.leiz.nl/privacy/", "https://privacy.leiz.nl/"), "utf-8"
    )
    moved = build(project, date(2026, 11, 24), lambda line: None) / "site"
    ids = [[id for id, _ in entries(place / "wijzigingen.xml")] for place in (site, moved)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("name", ["wijzigingen.xml", "alle-wijzigingen.xml", "en/wijzigingen.xml"])
def test_a_feed_has_what_rfc_4287_demands(site: Path, name: str) -> None:
    root = ElementTree.parse(site / name).getroot()
    for element in (root, *root.findall("a:entry", ATOM)):
        for child in ("id", "title", "updated"):
            assert len(element.findall(f"a:{child}", ATOM)) == 1, child
    assert root.findtext("a:author/a:name", "", ATOM) == "LEIZ Mediaproducties"
    assert [link.get("href") for link in root.findall("a:link[@rel='self']", ATOM)] == [
        f"https://www.leiz.nl/privacy/{name}"
    ]
    ids = [element.text for element in root.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(ids) == len(set(ids))


def test_the_overview_names_each_version_with_its_state_and_digests(site: Path) -> None:
    overview = json.loads((site / "versions.json").read_text("utf-8"))
    lock = json.loads((ROOT / "docs/versies.lock").read_text("utf-8"))["entries"]
    assert (overview["as_of"], overview["in_force"], overview["announced"]) == ("2026-11-24", 1, 2)
    assert [(v["version"], v["state"], v["in_force"], v["in_force_until"]) for v in overview["versions"]] == [
        (1, "in force", "2018-05-25", "2026-12-31"),
        (2, "announced", "2027-01-01", None),
    ]
    assert [v["digests"]["words"] for v in overview["versions"]] == [entry["words"] for entry in lock]
    assert list(overview["versions"][1]["texts"]) == ["nl", "en"]


def test_every_address_in_the_overview_is_there(site: Path) -> None:
    overview = (site / "versions.json").read_text("utf-8")
    base = json.loads(overview)["policy"]
    found = {part.split('"')[0] for part in overview.split(f'"{base}')[1:]} - {""}
    assert len(found) >= 9
    assert [path for path in sorted(found) if not (site / path).exists()] == []


def test_the_inventory_of_a_version_and_the_lock_are_published_as_they_were_locked(site: Path) -> None:
    for number in (1, 2):
        frozen = ROOT / f"docs/versies/{number}/inventory.json"
        assert (site / f"versies/{number}/inventory.json").read_bytes() == frozen.read_bytes()
    assert (site / "versies.lock").read_bytes() == (ROOT / "docs/versies.lock").read_bytes()


HISTORY = {"version-history": "../../wijzigingen/"}
RELATIONS = ("latest-version", "predecessor-version", "successor-version", "version-history")


@pytest.mark.parametrize(
    ("page", "relations"),
    [
        ("versies/1", {"latest-version": "./", "successor-version": "../2/", **HISTORY}),
        ("versies/2", {"latest-version": "../1/", "predecessor-version": "../1/", **HISTORY}),
        ("en/versies/2", {"latest-version": "../1/", "predecessor-version": "../1/", **HISTORY}),
        ("cookies", {}),
    ],
)  # fmt: skip
def test_versions_are_linked_as_rfc_5829_says(site: Path, page: str, relations: dict[str, str]) -> None:
    tree = html.fromstring((site / page / "index.html").read_bytes())
    found = {link.get("rel"): link.get("href") for link in tree.xpath("//head/link") if link.get("rel") in RELATIONS}
    assert found == relations


@pytest.mark.usefixtures("copies")
def test_what_no_longer_applies_is_not_what_a_search_finds_first(project: Path) -> None:
    site = build(project, date(2027, 1, 1), lambda line: None) / "site"

    def robots(page: str) -> list[str]:
        return [
            str(found) for found in html.fromstring((site / page).read_bytes()).xpath("//meta[@name='robots']/@content")
        ]

    canonical = {
        page: html.fromstring((site / page / "index.html").read_bytes()).xpath("string(//link[@rel='canonical']/@href)")
        for page in ("versies/1", "versies/2", "volgende")
    }
    assert [robots(f"versies/{n}/index.html") for n in (1, 2)] == [["noindex, follow"], []]
    assert robots("versies/2/verschil/index.html") == ["noindex, follow"]
    assert canonical["versies/1"] == "https://www.leiz.nl/privacy/versies/1/"
    assert canonical["volgende"] == "https://www.leiz.nl/privacy/volgende/"


@pytest.mark.usefixtures("copies")
def test_the_map_of_the_site_names_what_a_search_should_find(project: Path, site: Path) -> None:
    def named(place: Path) -> list[str]:
        tree = ElementTree.parse(place / "sitemap.xml").getroot()
        return sorted(
            (loc.text or "").removeprefix("https://www.leiz.nl/privacy/")
            for loc in tree.iter()
            if loc.text and loc.tag.endswith("loc")
        )

    pages = ("", "begrippen/", "bewijs/", "bouwers/", "cookies/", "wijzigingen/", "versies/2/")
    both = [f"{place}{page}" for place in ("", "en/") for page in pages]
    assert named(site) == sorted([*both, "versies/1/"])
    assert named(build(project, date(2027, 1, 1), lambda line: None) / "site") == sorted(both)


def test_the_mail_of_an_announcement_says_what_changes_and_for_whom(built: Path) -> None:
    assert sorted(path.name for path in (built / "nieuwsbrief").iterdir()) == ["versie-2.en.txt", "versie-2.nl.txt"]
    mail = (built / "nieuwsbrief/versie-2.nl.txt").read_text("utf-8")
    assert mail.splitlines()[0] == "Onze privacyverklaring verandert op 1 januari 2027"
    for part in ("- Klanten", "https://www.leiz.nl/privacy/versies/2/verschil/", "Mail naar info@leiz.nl."):
        assert part in mail


@pytest.mark.usefixtures("copies")
def test_once_in_force_nothing_is_left_to_mail(project: Path) -> None:
    assert list((build(project, date(2027, 1, 1), lambda line: None) / "nieuwsbrief").iterdir()) == []
