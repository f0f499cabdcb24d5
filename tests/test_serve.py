"""An editor sees a change at once, and a mistake as a page; the server never hangs."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.length import only_long
from tests.versions.project import draft

EPOCH = re.compile(r"livereload\((\d+), (\d+)\)")
"""Every page that MkDocs serves names the build it comes from and a number for its own question."""


class Shown:
    """The site as `policy serve` shows it; each look waits for the first build after the look before."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.epoch = ""

    def look_again(self, path: str) -> str:
        """Another page of the same build."""
        return urlopen(f"{self.address}{path}", timeout=60).read().decode()

    def look(self, path: str = "") -> str:
        """The page; after a change, that of the next build (MkDocs answers the question for it when it is there)."""
        if self.epoch:
            urlopen(f"{self.address}livereload/{self.epoch}/0", timeout=60).read()
        page = urlopen(f"{self.address}{path}", timeout=60).read().decode()
        match = EPOCH.search(page)
        assert match, page
        self.epoch = match[1]
        return page


@pytest.fixture(params=["policy", "mkdocs"])
def shown(request: pytest.FixtureRequest, project: Path) -> Iterator[Shown]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    commands = {
        "policy": ["policy.cli", "serve", "--as-of", "2026-11-24", "--address", place],
        "mkdocs": ["mkdocs", "serve", "--dev-addr", place],
    }
    command = [sys.executable, "-u", "-m", *commands[request.param]]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if place in line)
        yield Shown(f"http://{place}/")
        process.terminate()


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def test_a_changed_fact_is_shown_and_a_mistake_is_told_until_it_is_mended(shown: Shown, project: Path) -> None:
    hotjar = project / "docs/inventory/services/hotjar.toml"
    first = shown.look("cookies/")
    assert "deze pagina’s tonen de inventaris zoals die nu is getypt" in first
    assert "Hotjar Nieuw" not in first
    edit(hotjar, lambda text: text.replace('name = "Hotjar"', 'name = "Hotjar Nieuw"', 1))
    assert "Hotjar Nieuw" in shown.look("cookies/")
    edit(hotjar, lambda text: text.replace("name = ", "naam = ", 1))
    assert "docs/inventory/services/hotjar.toml" in shown.look("cookies/")
    edit(hotjar, lambda text: text.replace("naam = ", "name = ", 1))
    assert "Hotjar Nieuw" in shown.look("cookies/")


@pytest.mark.parametrize("shown", ["policy", *only_long(["mkdocs"])], indirect=True)
def test_an_editor_sees_a_draft_before_readers_do(project: Path, shown: Shown) -> None:
    shown.look()
    draft(project)
    assert "Bellen mag ook." in shown.look("versies/3/")
    assert "Dit is een concept." in shown.look_again("versies/3/")
    assert "een concept" in shown.look_again("wijzigingen/")
    assert "Bellen mag ook." in shown.look_again("versies/3/verschil/")


def test_an_address_that_is_taken_is_one_sentence(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [sys.executable, "-m", "policy.cli", "serve", "--as-of", "2026-11-24", "--address", place]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True)
    assert done.returncode == 1
    assert (
        done.stderr.splitlines()[-1]
        == f"{place} cannot be used: Address already in use. Choose another with --address."
    )
