"""What every test may use: the built site, a copy of the project to break, and a real browser."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from policy.build import COPIES, build
from policy.versions.lock import lock_text
from tests.browser import chromium, shell
from tests.hosts import Answer, Hosts, answer_from, serve
from tests.length import LONG
from tests.versions.project import third

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 24)
"""The day that version 2 was announced, while version 1 was in force."""
HOST = "www.leiz.test"
"""Stands for the website that the policy is published on, under /privacy/."""
ROOT_HOST = "privacy.leiz.test"
"""Stands for a host of its own for the policy."""
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The strictest Content Security Policy that a site with scripts and styles of its own can have."""


VERSIONS = 2
"""The versions that the tests are about; later ones, and drafts, are an editor's work and change no test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="every case and all engines, not a case of each rule only")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is read: the numbers of examples stand in their decorators."""
    settings.register_profile(LONG)
    if config.getoption("--long"):
        settings.load_profile(LONG)


@pytest.hookimpl(trylast=True)  # after the marks that a folder's own conftest gives
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker(LONG)])
    items[:] = [item for item in items if not item.get_closest_marker(LONG)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Workers do not report what they left out."""
    if not config.getoption("--long"):
        terminalreporter.write_line("Each rule was tried; every case of it, in every engine, with --long.")


def copy_project(place: Path) -> Path:
    """All that a build reads, in a folder of its own, as it was when the last of VERSIONS was announced."""
    place.mkdir(parents=True)
    for name in ("docs", "theme_overrides", "consent_js"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy(ROOT / "mkdocs.yml", place)
    for folder in (*place.glob("docs/versies/[0-9]*"), *place.glob("docs/en/versies/[0-9]*")):
        if int(folder.name) > VERSIONS:
            shutil.rmtree(folder)
    lock = place / "docs/versies.lock"
    entries = json.loads(lock.read_text("utf-8"))["entries"]
    if len(entries) > VERSIONS:
        lock.write_text(lock_text(entries[:VERSIONS]), "utf-8")
    return place


def everything(folder: Path) -> dict[str, bytes]:
    """Each file below a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `build` of the real project as of DAY."""
    return build(copy_project(tmp_path_factory.mktemp("built") / "project"), DAY, lambda line: None)


def link_copies(built: Path, project: Path) -> None:
    """Give a project the compressed copies of an earlier build, which a build makes anew or takes away, never changes.

    To make them takes three quarters of a build.
    """
    place = project / "build" / COPIES
    place.mkdir(parents=True)
    for copy in (built / COPIES).iterdir():
        link(copy, place / copy.name)


def link(source: Path | str, target: Path | str) -> None:
    """A second name of a file that nobody writes in; a copy where that cannot be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


@pytest.fixture
def copies(built: Path, project: Path) -> None:
    """Builds in `project` find the compressed copies of an earlier one."""
    link_copies(built, project)


@pytest.fixture
def built_project(built: Path, tmp_path: Path) -> Path:
    """A copy of the project with its build as of DAY, both of which a test may change."""
    return Path(shutil.copytree(built.parent, tmp_path / "built"))


@pytest.fixture(scope="session")
def three(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose third version is announced, to look at only."""
    project = copy_project(tmp_path_factory.mktemp("three") / "project")
    link_copies(built, project)
    third(project)
    return project


@pytest.fixture
def project_of_three(three: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(three, tmp_path / "three"))


@pytest.fixture(scope="session")
def long_run(request: pytest.FixtureRequest) -> bool:
    """Whether to try everything, for a test that finds out by itself what there is to try."""
    return request.config.getoption("--long")


@pytest.fixture(scope="session")
def site(built: Path) -> Path:
    """The built policy site."""
    return built / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a session; each test opens its own context."""
    with chromium(shell()) as running:
        yield running


def under(site: Path, place: str, headers: dict[str, str]) -> Callable[[str], Answer]:
    """A website that holds the site at a path such as `/privacy/`, and sends these headers with every file."""

    def answer(path: str) -> Answer:
        status, given, body = (
            answer_from(site, "/" + path.removeprefix(place)) if path.startswith(place) else (404, {}, b"")
        )
        return status, {**given, **headers}, body

    return answer


@pytest.fixture(scope="session")
def hosts(site: Path) -> Iterator[Hosts]:
    """The policy site at the root of ROOT_HOST, and at its own address under HOST, with the strictest policy."""
    with serve({ROOT_HOST: site, HOST: under(site, "/privacy/", {"Content-Security-Policy": STRICT})}) as running:
        yield running
