"""A comparison has no error that its two texts do not have, by the rules of the Nu HTML checker.

The checker is the package `vnu-jar` of npm: put the path of its vnu.jar in $VNU_JAR, or install it in the project's
folder or in a folder `node` for temporary files. Without it, or without Java, the test is skipped.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest

from policy.versions.compare.text import compare
from tests.conftest import ROOT
from tests.versions.compare.random_edits import some_pairs
from tests.versions.compare.words import DUTCH

PAGE = (
    '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Verschil</title></head>'
    '<body><main><h1>Verschil</h1><div class="text">{text}</div></main></body></html>'
)
IN_PACKAGE = Path("node_modules", "vnu-jar", "build", "dist", "vnu.jar")


def checker() -> Path:
    """The checker, or the test is skipped with the reason."""
    named = [Path(os.environ["VNU_JAR"])] if os.environ.get("VNU_JAR") else []
    places = [*named, ROOT / IN_PACKAGE, Path(tempfile.gettempdir()) / "node" / IN_PACKAGE]
    if not shutil.which("java"):
        pytest.skip("the Nu HTML checker needs Java, which is not installed")
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        pytest.skip("no Nu HTML checker: install the npm package vnu-jar, or name its vnu.jar in $VNU_JAR")
    return found


def errors(pages: dict[str, str], folder: Path) -> dict[str, set[str]]:
    """The errors of each page, by its name; all pages in one run, since the checker starts slowly."""
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(PAGE.format(text=text), "utf-8")
    command = ["java", "-Xss8m", "-jar", str(checker()), "--format", "json", "--exit-zero-always", "--errors-only"]
    run = subprocess.run([*command, str(folder)], capture_output=True, text=True, timeout=300, check=True)
    found: dict[str, set[str]] = defaultdict(set)
    for message in json.loads(run.stderr)["messages"]:
        found[Path(message["url"]).stem].add(message["message"])
    return found


def test_a_comparison_has_no_error_that_its_texts_do_not_have(tmp_path: Path) -> None:
    checker()
    pages: dict[str, str] = {}
    pairs = some_pairs(100)
    for number, (old, new) in enumerate(pairs):
        pages |= {f"{number}-old": old, f"{number}-new": new, f"{number}-both": compare(old, new, DUTCH).html}
    found = errors(pages, tmp_path)
    more = [found[f"{at}-both"] - found[f"{at}-old"] - found[f"{at}-new"] for at in range(len(pairs))]
    assert more == [set()] * len(pairs)


def test_the_checker_is_heard(tmp_path: Path) -> None:
    checker()
    found = errors({"wrong": "<ul><ins><li>a</li></ins></ul>"}, tmp_path)
    assert any("not allowed as child" in message for message in found["wrong"])
