"""A build replaces the one before it whole, or leaves it whole."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from logging import WARNING
from pathlib import Path

import pytest
from filelock import FileLock

from policy.build import PARTS, build
from policy.cli import main
from policy.errors import PolicyError
from tests.conftest import DAY, everything

BROKEN = {
    "broken TOML": ("docs/inventory/controller.toml", "name = ", "name == "),
    "an unknown purpose": ("docs/inventory/services/hotjar.toml", 'purpose = "surveys"', 'purpose = "survey"'),
    "an unknown marker": ("docs/cookies.md", "{{ storage }}", "{{ storrage }}"),
    "a dead link": ("docs/cookies.md", "{{ storage }}", "[lees](nergens.md)"),
    "a link to nowhere": ("docs/cookies.md", "{{ storage }}", "[lees](#)"),
    "an inline script": ("docs/cookies.md", "{{ storage }}", "<script>alert(1)</script>"),
    "a style attribute": ("docs/cookies.md", "{{ storage }}", '<p style="color: red">x</p>'),
    "a picture from elsewhere": ("docs/cookies.md", "{{ storage }}", "![x](https://example.com/x.png)"),
    "an announced text that changed": ("docs/versies/1/index.md", "LEIZ", "Leiz"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_failed_build_leaves_the_previous_one_whole(built_project: Path, case: str) -> None:
    before = everything(built_project / "build")
    name, old, new = BROKEN[case]
    text = (built_project / name).read_text("utf-8")
    assert old in text
    (built_project / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PolicyError):
        build(built_project, DAY, lambda line: None)
    assert everything(built_project / "build") == before


def test_a_build_removes_what_is_no_longer_there(built_project: Path) -> None:
    place = built_project / "build"
    (place / "site" / "oud.html").write_text("<html></html>")
    build(built_project, DAY, lambda line: None)
    assert not (place / "site" / "oud.html").exists()
    assert {path.name for path in place.iterdir() if path.name[0] != "."} == set(PARTS)


def test_what_a_killed_build_left_is_put_back_and_cleared(built_project: Path) -> None:
    place = built_project / "build"
    before = everything(place / "site")
    left = place / ".new-killed"
    left.mkdir()
    (place / "site").rename(left / "old-site")
    (built_project / "docs/cookies.md").write_text("---\ntitle: Cookies\n---\nLeeg.\n", "utf-8")
    with pytest.raises(PolicyError, match="needs the marker"):
        build(built_project, DAY, lambda line: None)
    assert everything(place / "site") == before
    assert not left.exists()


def test_a_second_build_at_the_same_time_is_refused(project: Path) -> None:
    (project / "build").mkdir()
    with FileLock(project / "build" / ".lock"), pytest.raises(PolicyError, match="Another build is running"):
        build(project, DAY, lambda line: None)
    build(project, DAY, lambda line: None)


Says = Callable[..., subprocess.CompletedProcess[str]]


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, capture_output=True, text=True, encoding="utf-8", env=environment
    )


@pytest.fixture
def says(
    project: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Says:
    """Runs a command as `run` does, in this process: Python starts longer than most commands take.

    What is logged would be printed there; but for MkDocs, to whose log the build listens itself.
    """

    def says(*command: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(project)
        monkeypatch.setattr(sys, "argv", ["policy", *command])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        out, err = capsys.readouterr()
        logged = [one.getMessage() for one in caplog.records if one.levelno >= WARNING and one.name[:6] != "mkdocs"]
        return subprocess.CompletedProcess(command, code, out, "".join([err, *(f"{line}\n" for line in logged)]))

    return says


def test_problems_are_told_all_at_once_one_a_line_with_exit_code_1(project: Path) -> None:
    (project / "docs/inventory/services/hotjar.toml").write_text("name = 3\n")
    (project / "docs/inventory/websites/leiz.toml").write_text("name\n")
    done = run(project, "policy.cli", "build", "--as-of", "2026-11-24")
    lines = [line for line in done.stderr.splitlines() if not line.startswith("·")]
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert lines[0].startswith("docs/inventory/services/hotjar.toml:1: name: ")
    assert any(line.startswith("docs/inventory/websites/leiz.toml:1: ") for line in lines)


def test_plain_mkdocs_builds_the_same_pages(project: Path, site: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("  - policy\n", "  - policy:\n      as_of: '2026-11-24'\n"), "utf-8"
    )
    done = run(project, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    whole, pages = everything(site), everything(project / "build" / "site")
    added = {name for name in whole.keys() - pages.keys() if not name.endswith((".br", ".gz", ".htaccess"))}
    assert {name.partition("/")[0] for name in added} == {".well-known"}
    assert pages == {name: whole[name] for name in pages}


@pytest.mark.parametrize("command", [["status"], ["check"], ["inventory", "questions"], ["inventory", "list"]])
def test_a_command_answers_in_lines_that_fit(says: Says, command: list[str]) -> None:
    done = says("--as-of", "2026-11-24", *command)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(len(line) for line in done.stdout.splitlines()) <= 100


ODD = {
    "no consent_js": lambda p: shutil.rmtree(p / "consent_js"),
    "no template": lambda p: (p / "theme_overrides/base.html").unlink(),
    "a broken template": lambda p: (p / "theme_overrides/404.html").write_text("{% if %}"),
    "a name that no template knows": lambda p: (p / "theme_overrides/main.html").write_text("{{ nope.x }}"),
    "no style sheet": lambda p: (p / "theme_overrides/assets/site.css").unlink(),
    "a page that is no text": lambda p: (p / "docs/cookies.md").write_bytes(b"\xff\xfe"),
    "a page that is a folder": lambda p: (p / "docs/extra.md").mkdir(),
    "broken front matter of a page": lambda p: (p / "docs/index.md").write_text("---\ntitle: a: b\n---\n"),
    "a marker that is not closed": lambda p: (p / "docs/begrippen.md").write_text("---\ntitle: B\n---\n{{ identity\n"),
    "a picture that is missing": lambda p: (p / "docs/begrippen.md").write_text("---\ntitle: B\n---\n![x](x.png)\n"),
    "a page in no menu": lambda p: (p / "docs/los.md").write_text("---\ntitle: Los\n---\nTekst.\n"),
    "another theme": lambda p: (p / "mkdocs.yml").write_text("site_name: x\nplugins: [policy]\ntheme: mkdocs\n"),
    "a broken mkdocs.yml": lambda p: (p / "mkdocs.yml").write_text("site_name: [x\n"),
    "a folder that is no version": lambda p: (p / "docs/versies/3x").mkdir(),
    "a file for a version": lambda p: (p / "docs/versies/3").write_text("x"),
    "a frozen inventory that is a folder": lambda p: _folder(p / "docs/versies/2/inventory.json"),
    "a frozen inventory that is no text": lambda p: (p / "docs/versies/2/inventory.json").write_bytes(b"\xff"),
    "a lock that is a folder": lambda p: _folder(p / "docs/versies.lock"),
    "a lock of brackets": lambda p: (p / "docs/versies.lock").write_text("[" * 100_000),
    "a lock that is no text": lambda p: (p / "docs/versies.lock").write_bytes(b"\xff"),
    "no lock": lambda p: (p / "docs/versies.lock").unlink(),
    "a file in place of the build": lambda p: (p / "build").write_text("x"),
}


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("case", ODD)
def test_whatever_is_wrong_is_told_in_sentences(project: Path, says: Says, case: str) -> None:
    ODD[case](project)
    done = says("build", "--as-of", "2026-11-24")
    told = [line for line in done.stderr.splitlines() if not line.startswith("·")]
    assert done.returncode == 1
    assert told, "nothing was told"
    assert len(told) <= 3, done.stderr


@pytest.mark.parametrize("day", ["2001-01-01", "2018-05-24", "2100-12-31"])
@pytest.mark.usefixtures("copies")
def test_any_day_a_reader_can_mean_can_be_built(says: Says, day: str) -> None:
    done = says("build", "--as-of", day)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("day", ["1999-12-31", "9999-12-31", "2027-02-30", "morgen", ""])
def test_another_day_is_refused(says: Says, day: str) -> None:
    assert says("build", "--as-of", day).returncode == 2


@pytest.mark.usefixtures("copies")
def test_a_root_that_is_not_absolute_builds_in_the_project(project: Path) -> None:
    done = run(project / "docs", "policy.cli", "--root", "..", "build", "--as-of", "2026-11-24")
    assert done.returncode == 0, done.stderr
    assert (project / "build/site/index.html").is_file()
    assert not (project.parent / "build").exists()


def test_check_finds_a_dead_link_and_keeps_nothing(project: Path) -> None:
    (project / "docs/begrippen.md").write_text("---\ntitle: B\n---\n[weg](cookies.md#weg)\n", "utf-8")
    done = run(project, "policy.cli", "check", "--as-of", "2026-11-24")
    assert done.returncode == 1
    assert done.stderr == ("docs/begrippen.md: The link '../cookies/#weg' leads to an anchor that does not exist.\n")
    assert not (project / "build").exists()
