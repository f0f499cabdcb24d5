"""A build replaces the one before it whole, or leaves it whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from policy.build import build
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
def test_a_failed_build_leaves_the_previous_one_whole(project: Path, case: str) -> None:
    build(project, DAY, lambda line: None)
    before = everything(project / "build")
    name, old, new = BROKEN[case]
    text = (project / name).read_text("utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PolicyError):
        build(project, DAY, lambda line: None)
    assert everything(project / "build") == before


def test_a_build_removes_what_is_no_longer_there(project: Path) -> None:
    place = build(project, DAY, lambda line: None)
    (place / "site" / "oud.html").write_text("<html></html>")
    build(project, DAY, lambda line: None)
    assert not (place / "site" / "oud.html").exists()
    assert sorted(path.name for path in place.iterdir()) == ["site", "websites"]


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, capture_output=True, text=True, encoding="utf-8", env=environment
    )


def test_problems_are_told_all_at_once_one_a_line_with_exit_code_1(project: Path) -> None:
    (project / "docs/inventory/services/hotjar.toml").write_text("name = 3\n")
    (project / "docs/inventory/websites/leiz.toml").write_text("name\n")
    done = run(project, "policy.cli", "build", "--as-of", "2026-11-22")
    lines = [line for line in done.stderr.splitlines() if not line.startswith("·")]
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert lines[0].startswith("docs/inventory/services/hotjar.toml:1: name: ")
    assert any(line.startswith("docs/inventory/websites/leiz.toml:1: ") for line in lines)


def test_plain_mkdocs_builds_the_same_pages(project: Path, site: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("  - policy\n", "  - policy:\n      as_of: '2026-11-22'\n"), "utf-8"
    )
    done = run(project, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert everything(project / "build" / "site") == everything(site)


@pytest.mark.parametrize("command", [["status"], ["check"], ["inventory", "questions"], ["inventory", "list"]])
def test_a_command_answers_in_lines_that_fit(project: Path, command: list[str]) -> None:
    done = run(project, "policy.cli", "--as-of", "2026-11-22", *command)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(len(line) for line in done.stdout.splitlines()) <= 100
