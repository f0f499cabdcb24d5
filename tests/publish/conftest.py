"""Private servers for the tests of publishing: SSH of two kinds, one with faults, and a website of a shared host."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.headers.apache import folder
from tests.publish.apache import SharedHost, shared_host
from tests.publish.certificate import Certificates, certificates
from tests.publish.faulty import Faulty, faulty
from tests.publish.openssh import OpenSSH, openssh


@pytest.fixture(scope="session")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """The certificate of every website of this session."""
    return certificates(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that Apache can read too, which pytest's own are not where we are root."""
    with folder() as place:
        yield place


@pytest.fixture(params=[True, False], ids=["shell", "sftp-only"])
def ssh(request: pytest.FixtureRequest, place: Path) -> Iterator[OpenSSH]:
    """OpenSSH, once with a shell and once with SFTP only in a chroot; `www` of its home is there."""
    with openssh(place / "home", shell=request.param) as server:
        (server.home / "www").mkdir(exist_ok=True)
        yield server


@pytest.fixture
def host(place: Path) -> Iterator[Faulty]:
    """A host whose faults a test sets with `becomes`; `www` of its home is there."""
    with faulty(place / "home") as server:
        (server.home / "www").mkdir(exist_ok=True)
        yield server


@pytest.fixture
def website(place: Path, proof: Certificates, request: pytest.FixtureRequest) -> Iterator[SharedHost]:
    """The website in `home/www` of the SSH server that the test uses, or of a folder where it uses none."""
    for name in ("ssh", "host"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
    documents = place / "home/www"
    documents.mkdir(parents=True, exist_ok=True)
    with shared_host(documents, proof) as server:
        yield server
