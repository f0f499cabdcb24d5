"""What keeps a file from being read is told, and the other files are read all the same."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.inventory.folders import said, tiny_texts, write

COUNTER = "docs/inventory/services/counter.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small inventory as files."""
    return write(tmp_path / "inventory", tiny_texts())


def test_a_sound_folder_has_nothing_to_say(folder: Path):
    assert said(folder) == []


def test_no_folder(tmp_path: Path):
    assert said(tmp_path / "inventory") == [
        "docs/inventory: The folder is missing. Run this in the project's folder, or name it with --root."
    ]


def test_a_missing_file(folder: Path):
    (folder / "recipients.toml").unlink()
    assert said(folder) == [
        "docs/inventory/recipients.toml: The file is missing. "
        "Put it back with: git checkout -- docs/inventory/recipients.toml"
    ]


def test_a_missing_folder(folder: Path):
    (folder / "notice" / "nl.toml").unlink()
    (folder / "notice").rmdir()
    assert said(folder) == [
        "docs/inventory/notice: The folder is missing. Put it back with: git checkout -- docs/inventory/notice"
    ]


def test_empty_folders(folder: Path):
    for path in [*folder.glob("services/*.toml"), *folder.glob("websites/*.toml")]:
        path.unlink()
    assert said(folder) == [
        "docs/inventory/services: The folder is empty. Add a service with: policy inventory add NAME",
        "docs/inventory/websites: The folder is empty. Put it back with: git checkout -- docs/inventory/websites",
    ]


def test_an_empty_inventory(tmp_path: Path):
    assert len(said(tmp_path)) == 7


def test_a_file_in_place_of_a_folder(folder: Path):
    (folder / "notice" / "nl.toml").unlink()
    (folder / "notice").rmdir()
    (folder / "notice").write_text("")
    assert said(folder) == [
        "docs/inventory/notice: This is a file. Move it away and make a folder notice in its place."
    ]


def test_a_folder_in_place_of_a_file(folder: Path):
    (folder / "services" / "counter.toml").unlink()
    (folder / "services" / "counter.toml").mkdir()
    assert said(folder) == [f"{COUNTER}: This is a folder. Move it away and put the file in its place."]


def test_a_pipe_in_place_of_a_file(folder: Path):
    (folder / "services" / "counter.toml").unlink()
    os.mkfifo(folder / "services" / "counter.toml")
    assert said(folder) == [f"{COUNTER}: This is not an ordinary file. Move it away and put the file in its place."]


def test_a_link_that_leads_to_itself(folder: Path):
    path = folder / "services" / "counter.toml"
    path.unlink()
    path.symlink_to(path)
    assert said(folder) == [f"{COUNTER}: This is a link that leads to itself. Put the file in its place."]


def test_a_folder_that_leads_to_itself(folder: Path):
    (folder / "notice" / "nl.toml").unlink()
    (folder / "notice").rmdir()
    (folder / "notice").symlink_to(folder / "notice")
    assert said(folder) == ["docs/inventory/notice: This is a link that leads to itself. Put the folder in its place."]


def test_a_link_to_nowhere(folder: Path):
    path = folder / "services" / "counter.toml"
    path.unlink()
    path.symlink_to(folder / "gone.toml")
    assert said(folder) == [f"{COUNTER}: The file is missing. Put it back with: git checkout -- {COUNTER}"]


@contextmanager
def _as_nobody() -> Iterator[None]:
    """The superuser may read everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read(folder: Path):
    path = folder / "services" / "counter.toml"
    path.chmod(0)
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    with _as_nobody():
        found = said(folder)
    path.chmod(0o644)
    assert found == [f"{COUNTER}: You may not read this file. Allow it with: chmod u+rX {COUNTER}"]


@pytest.mark.parametrize(
    ("raw", "said_of_it"),
    [
        (b"\xef\xbb\xbfname = 1", "1: The file starts with a byte order mark. Save it again as UTF-8 without BOM."),
        ("name = 1".encode("utf-16"), "1: The file is not UTF-8 text. Save it again with the encoding UTF-8."),
        (b'a = 1\nname = "caf\xe9"', "2: The file is not UTF-8 text. Save it again with the encoding UTF-8."),
    ],
    ids=["a byte order mark", "UTF-16", "Latin-1"],
)
def test_another_encoding(folder: Path, raw: bytes, said_of_it: str):
    (folder / "services" / "counter.toml").write_bytes(raw)
    assert said(folder) == [f"{COUNTER}:{said_of_it}"]


def test_windows_line_ends_are_fine(folder: Path):
    for path in folder.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert said(folder) == []


def test_a_file_that_would_be_overlooked(folder: Path):
    (folder / "purpose.toml").write_text("")
    (folder / "services" / "hotjar.toml.txt").write_text("")
    assert said(folder) == [
        "docs/inventory/purpose.toml: 'purpose.toml' is not part of the inventory. "
        "Did you mean 'purposes.toml'? Rename it, or move it away.",
        "docs/inventory/services/hotjar.toml.txt: Only files that end in .toml are read here. "
        "Rename this one, or move it away.",
    ]


def test_files_of_programs_are_let_be(folder: Path):
    for name in (".DS_Store", "services/.counter.toml.swp", "services/counter.toml~", "README.md", "schema/x.json"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("")
    assert said(folder) == []


def test_a_name_that_cannot_be_printed(folder: Path):
    (folder / "services" / os.fsdecode(b"a\nb\xff.toml")).write_text("")
    assert "docs/inventory/services/a\\nb\\udcff.toml: " in said(folder)[0]
    assert "\n".join(said(folder)).encode("utf-8")


def test_every_file_is_looked_at(folder: Path):
    (folder / "purposes.toml").unlink()
    (folder / "services" / "counter.toml").write_text("name = Counter")
    (folder / "websites" / "main.toml").write_text('name = "x"')
    assert [sentence.split(": ")[0] for sentence in said(folder)] == [
        "docs/inventory/purposes.toml",
        "docs/inventory/services/counter.toml:1",
        *["docs/inventory/websites/main.toml"] * 3,
    ]
