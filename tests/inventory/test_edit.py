"""Adding and retiring change what was asked for, and not a byte besides."""

from datetime import date
from pathlib import Path

import pytest

from policy.errors import PolicyError
from policy.inventory import catalogue
from policy.inventory.edit import add, retire
from policy.inventory.read import read_inventory
from policy.inventory.replace import replace_files
from tests.inventory.folders import said, tiny_texts, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small inventory as files."""
    return write(tmp_path / "inventory", tiny_texts())


def _texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


UNKNOWN_GROUND = {"tawk-to", "tiktok-pixel"}
"""Services of the catalogue that run nowhere until somebody finds the ground for their transfer."""


@pytest.mark.parametrize("name", sorted(UNKNOWN_GROUND))
def test_a_service_without_a_known_ground_is_declared_but_put_on_no_website(folder: Path, name: str):
    before = _texts(folder)
    with pytest.raises(PolicyError, match="without a known ground for the transfer"):
        add(folder, name, ["main"])
    assert _texts(folder) == before
    add(folder, name)
    assert said_as_errors(folder) == []


@pytest.mark.parametrize("name", [name for name in catalogue.names() if name not in UNKNOWN_GROUND])
def test_every_service_of_the_catalogue_can_be_added(folder: Path, name: str):
    before = _texts(folder)
    changed = add(folder, name, ["main"])
    assert said_as_errors(folder) == []
    inventory, _ = read_inventory(folder)
    assert inventory is not None
    assert inventory.website("main").services == ("consent-record", "counter", name)
    after = _texts(folder)
    assert {f"docs/inventory/{file}" for file in after if after[file] != before.get(file)} == set(changed)
    assert after[f"services/{name}.toml"].startswith("#:schema ../schema/service.schema.json\n")
    assert "[[needs" not in after[f"services/{name}.toml"]


def said_as_errors(folder: Path) -> list[str]:
    """What stops a build; a maker's own renewals are only warnings."""
    return [sentence for sentence in said(folder) if "starts anew on each visit" not in sentence]


def test_adding_keeps_every_line_that_was_there(folder: Path):
    before = _texts(folder)
    for name in catalogue.names():
        add(folder, name)
    after = _texts(folder)
    for file in ("purposes.toml", "recipients.toml"):
        lines = iter(after[file].splitlines())
        assert all(line in lines for line in before[file].splitlines()), f"a line of {file} is gone or moved"
    assert {file: after[file] for file in before if file not in ("purposes.toml", "recipients.toml")} == {
        file: text for file, text in before.items() if file not in ("purposes.toml", "recipients.toml")
    }
    assert said_as_errors(folder) == []


def test_adding_to_a_website_changes_one_list(folder: Path):
    website = folder / "websites" / "main.toml"
    website.write_text('# A remark.\nname = "x"  # another\norigin = "https://x.nl"\nlanguages = [ "nl" ]\n'
                       'services = [\n  "consent-record", # first\n  "counter",\n]\n# The end.')  # fmt: skip
    add(folder, "vimeo", ["main"])
    assert website.read_text() == (
        '# A remark.\nname = "x"  # another\norigin = "https://x.nl"\nlanguages = [ "nl" ]\n'
        'services = [\n  "consent-record", # first\n  "counter",\n  "vimeo",\n]\n# The end.'
    )


def test_a_service_that_is_there_can_be_put_on_a_website(folder: Path):
    add(folder, "vimeo")
    assert add(folder, "vimeo", ["main"]) == ("docs/inventory/websites/main.toml",)


def test_windows_line_ends_stay(folder: Path):
    for path in folder.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    add(folder, "vimeo", ["main"])
    for file in ("purposes.toml", "recipients.toml", "websites/main.toml"):
        raw = (folder / file).read_bytes()
        assert raw.count(b"\n") == raw.count(b"\r\n")
    assert said_as_errors(folder) == []


def test_retiring_notes_the_day_and_takes_it_off_the_websites(folder: Path):
    before = _texts(folder)
    assert retire(folder, "counter", date(2026, 11, 22)) == (
        "docs/inventory/services/counter.toml",
        "docs/inventory/websites/main.toml",
    )
    after = _texts(folder)
    assert after == before | {
        "services/counter.toml": before["services/counter.toml"].replace(
            "checked = 2026-11-22\n", "checked = 2026-11-22\nretired = 2026-11-22\n"
        ),
        "websites/main.toml": before["websites/main.toml"].replace(', "counter"', ""),
    }
    assert said(folder) == []


def test_retiring_mends_a_rule_that_is_broken(folder: Path):
    path = folder / "services" / "counter.toml"
    path.write_text(path.read_text().replace("cdn.counter.example", "pagead2.googlesyndication.com"))
    assert said(folder) != []
    retire(folder, "counter", date(2026, 11, 22))
    assert said(folder) == []


def test_what_was_wrong_before_does_not_stop_another_change(folder: Path):
    path = folder / "services" / "counter.toml"
    path.write_text(path.read_text().replace('"13 months"', '"2 years"'))
    (wrong,) = said(folder)
    add(folder, "openstreetmap")
    assert said_as_errors(folder) == [wrong]


REFUSALS = {
    "a service that is not in the catalogue": (
        lambda folder: add(folder, "vimoe"),
        "'vimoe' is not in the catalogue. Did you mean 'vimeo'? "
        f"The catalogue has: {', '.join(catalogue.names())}. For another service, copy a file in "
        "docs/inventory/services.",
    ),
    "a service that is there": (
        lambda folder: add(folder, "counter"),
        "'counter' is there already: docs/inventory/services/counter.toml. Put it on a website with --website.",
    ),
    "a service that is on the website": (
        lambda folder: add(folder, "counter", ["main"]),
        "'counter' is there already: docs/inventory/services/counter.toml. Put it on a website with --website.",
    ),
    "a website that is not there": (
        lambda folder: add(folder, "vimeo", ["mian"]),
        "'mian' is not a website. Did you mean 'main'? Websites: main.",
    ),
    "a service to retire that is not there": (
        lambda folder: retire(folder, "countr", date(2026, 11, 22)),
        "'countr' is not a service. Did you mean 'counter'? Services: consent-record, counter.",
    ),
    "the module's own record": (
        lambda folder: retire(folder, "consent-record", date(2026, 11, 22)),
        'docs/inventory/websites/main.toml:4: services: The module\'s own record is not listed. '
        'Add "consent-record" to services.',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_one_sentence_and_touches_nothing(folder: Path, name: str):
    act, sentence = REFUSALS[name]
    before = _texts(folder)
    with pytest.raises(PolicyError) as refused:
        act(folder)
    assert str(refused.value) == sentence
    assert _texts(folder) == before


def test_a_service_is_retired_once(folder: Path):
    retire(folder, "counter", date(2026, 11, 22))
    with pytest.raises(PolicyError) as refused:
        retire(folder, "counter", date(2026, 11, 23))
    assert str(refused.value) == ("'counter' was retired on 2026-11-22 already: docs/inventory/services/counter.toml.")


def test_a_result_that_breaks_a_rule_is_not_written(folder: Path):
    purposes = folder / "purposes.toml"
    purposes.write_text(
        purposes.read_text() + '\n[[purposes]]\nid = "video"\ncategory = "statistics"\nname = "x"\nsentence = "x"\n'
        'legal_basis = "contract"\nexemption = "requested-service"\nexemption_reason = "x"\n'
    )
    assert said(folder) == []
    before = _texts(folder)
    with pytest.raises(PolicyError) as refused:
        add(folder, "vimeo", ["main"])
    assert "'vuid' is a known tracker (Vimeo), and 'video' asks for no consent." in str(refused.value)
    assert _texts(folder) == before


def test_a_broken_file_is_told_and_nothing_is_written(folder: Path):
    (folder / "purposes.toml").write_text("categories = oops")
    before = _texts(folder)
    with pytest.raises(PolicyError, match="is not TOML"):
        add(folder, "vimeo")
    assert _texts(folder) == before


def test_half_a_write_is_undone(folder: Path):
    """The second file cannot take its place, because a folder stands there since it was read."""
    before = _texts(folder)
    (folder / "blocked").mkdir()
    with pytest.raises(PolicyError, match=r"docs/inventory/blocked: The file cannot be written"):
        replace_files({folder / "purposes.toml": "x", folder / "blocked": "y"}, folder, "docs/inventory")
    assert _texts(folder) == before
