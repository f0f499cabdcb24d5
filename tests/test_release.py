"""A release: the same bytes wherever it is built, a manifest that leaves nothing out, and modes that are set."""

import hashlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from policy.headers.media import COPIES, media_type
from policy.publish.contents import HASHED
from policy.publish.manifest import COPIES as PUBLISHED_COPIES
from policy.publish.manifest import NOTES
from tests.conftest import DAY, copy_project, everything

PARTS = ("site", "websites", "release")


def _built(root: Path, umask: int, **environment: str) -> dict[str, tuple[bytes, int]]:
    """Each file and folder of a build by a process of its own, with its mode."""
    command = [sys.executable, "-m", "policy.cli", "--root", str(root), "--as-of", DAY.isoformat(), "build"]
    done = subprocess.run(
        command, env={**os.environ, **environment}, umask=umask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    place = root / "build"
    found = [path for part in PARTS for path in (place / part, *(place / part).rglob("*"))]
    return {
        path.relative_to(place).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            stat.S_IMODE(path.stat().st_mode),
        )
        for path in found
    }


def test_a_build_is_the_same_bytes_and_modes_anywhere(tmp_path: Path) -> None:
    one = copy_project(tmp_path / "one")
    other = copy_project(tmp_path / "elsewhere" / "deeper" / "een map")
    for path in other.rglob("*"):
        os.utime(path, (0, 0), follow_symlinks=False)
    first = _built(one, 0o022, TZ="Europe/Amsterdam", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    second = _built(other, 0o077, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1")
    assert {path for path in first if first[path] != second.get(path)} == set()
    assert first.keys() == second.keys()
    assert {mode for path, (_, mode) in first.items() if (one / "build" / path).is_dir()} == {0o755}
    assert {mode for path, (_, mode) in first.items() if (one / "build" / path).is_file()} == {0o644}


def test_the_manifest_names_every_file_and_its_digest_is_the_release(built: Path) -> None:
    text = (built / "release/manifest.json").read_bytes()
    files = {one["path"]: one for one in json.loads(text)["files"]}
    there = {
        f"{part}/{path}": content for part in ("site", "websites") for path, content in everything(built / part).items()
    }
    originals = {path for path in there if not path.endswith(COPIES)} - set(NOTES)
    assert list(files) == sorted(originals)
    for path, one in files.items():
        digest = hashlib.sha256(there[path]).hexdigest()
        assert one == {"path": path, "sha256": digest, "size": len(there[path]), "type": media_type(path)}
    release = json.loads((built / "release/release.json").read_text("utf-8"))
    assert release["id"] == hashlib.sha256(text).hexdigest()
    for name in ("manifest.json", "release.json"):
        assert there[f"site/.well-known/{name}"] == (built / "release" / name).read_bytes()


def test_a_release_freezes_the_addresses_of_versions_and_the_bytes_of_their_evidence(built: Path) -> None:
    release = json.loads((built / "release/release.json").read_text("utf-8"))
    frozen, site = release["frozen"], everything(built / "site")
    assert [version["version"] for version in release["versions"]] == [1, 2]
    lock = json.loads((built / "site/versions.json").read_text("utf-8"))["versions"]
    assert [version["entry"] for version in release["versions"]] == [version["entry"] for version in lock]
    pages = {f"site/{path}" for path in site if "versies/" in path and "verschil-nu" not in path}
    evidence = {f"site/{path}" for path in site if path.startswith("bewijs/") and path.endswith(".json")}
    assert frozen.keys() == {path for path in pages | evidence if not path.endswith(COPIES)}
    exact = {path for path, digest in frozen.items() if digest}
    assert exact == evidence | {path for path in pages if path.endswith(("/inventory.json", "/woorden.txt"))}
    for path in exact:
        assert frozen[path] == hashlib.sha256(site[path.removeprefix("site/")]).hexdigest()


def test_publishing_and_headers_mean_the_same_files(built: Path) -> None:
    """What is kept for a year is what stays reachable, and the copies of one are those of the other."""
    assert tuple(PUBLISHED_COPIES) == COPIES
    expected = json.loads((built / "release/expected.json").read_text("utf-8"))
    for answer in expected["answers"]:
        if (path := answer.get("path")) and "headers" in answer:
            kept = expected["headers"][answer["headers"]].get("Cache-Control", "")
            if kept:
                name = path.rsplit("/", 1)[-1]
                assert ("immutable" in kept) == (HASHED.fullmatch(name) is not None), path


@pytest.mark.parametrize("name", ["gpc.json", "security.txt"])
def test_what_is_known_at_the_root_of_a_host_stands_on_the_website_only(built: Path, name: str) -> None:
    """The policy is a folder of the website here, and nobody looks for these below a folder (RFC 8615)."""
    assert (built / "websites/leiz/.well-known" / name).is_file()
    assert not (built / "site/.well-known" / name).exists()
