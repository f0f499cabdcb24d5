"""What every test may use: the built site, a copy of the project to break, and a real browser."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from policy.build import build
from tests.browser import chromium
from tests.hosts import Hosts, serve

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 22)
"""The day that version 2 was announced, while version 1 was in force."""
HOST = "www.leiz.test"
"""Stands for the website that the policy is published on."""


def copy_project(place: Path) -> Path:
    """All that a build reads, in a folder of its own."""
    place.mkdir(parents=True)
    for name in ("docs", "theme_overrides", "consent_js"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy(ROOT / "mkdocs.yml", place)
    return place


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `build` of the real project as of DAY."""
    return build(copy_project(tmp_path_factory.mktemp("built") / "project"), DAY, lambda line: None)


@pytest.fixture(scope="session")
def site(built: Path) -> Path:
    """The built policy site."""
    return built / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a session; each test opens its own context."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def hosts(site: Path) -> Iterator[Hosts]:
    """The policy site, served at the root of HOST and under /privacy/ of `under.test`."""

    def under(path: str) -> tuple[int, dict[str, str], bytes]:
        file = site / path.removeprefix("/privacy/")
        file = file / "index.html" if file.is_dir() else file
        kinds = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
        if not path.startswith("/privacy/") or not file.is_file():
            return 404, {}, b""
        return 200, {"Content-Type": kinds.get(file.suffix, "application/octet-stream")}, file.read_bytes()

    with serve({HOST: site, "under.test": under}) as running:
        yield running
