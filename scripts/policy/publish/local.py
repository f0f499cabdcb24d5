"""What a build put into the folder `build`, as publishing takes it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy.publish.contents import Contents, Held, contents_of
from policy.publish.manifest import NAME as MANIFEST
from policy.publish.manifest import NOTES, Manifest, read_manifest
from policy.publish.problems import PublishError
from policy.publish.release import NAME as RELEASE
from policy.publish.release import Release, read_release
from policy.publish.remote import Sent
from policy.publish.target import Account, Kind

EXPECTED = "expected.json"
FOLDER = "release"
"""The folder in `build` with what describes the release."""


@dataclass(frozen=True, slots=True)
class Build:
    """A build to publish; `texts` are the files that describe it, by name."""

    root: Path
    manifest: Manifest
    release: Release
    texts: Mapping[str, bytes]

    @property
    def expected(self) -> Mapping[str, Any]:
        """What the live websites must answer."""
        found: Mapping[str, Any] = json.loads(self.texts[EXPECTED])
        return found

    def contents(self, account: Account) -> Contents:
        """What goes to an account: the files of its mounts, and what tells visitors which release it is."""
        folders = [mount for mount in account.mounts if mount.kind is Kind.FOLDER]

        def size(path: str) -> int | None:
            file = self.root / path
            return file.stat().st_size if any(one.holds(path) for one in folders) and file.is_file() else None

        def wanted(path: str) -> bool:
            return any(mount.holds(path) for mount in account.mounts)

        found = dict(contents_of(self.manifest, size, wanted))
        for path in filter(wanted, NOTES):
            content = (self.root / path).read_bytes()
            found[path] = Held(hashlib.sha256(content).hexdigest(), len(content))
        return found

    def to_send(self, contents: Contents) -> dict[str, Sent]:
        """Each object of these contents with the file that holds it.

        Raises PublishError with every file that is not what was built.
        """
        objects, wrong = dict[str, Sent](), []
        for path, held in contents.items():
            file = self.root / path
            if held.object not in objects:
                objects[held.object] = Sent(file, held.size)
                if "." not in held.object and (not file.is_file() or _digest(file) != held.object):
                    wrong.append(path)
        if wrong:
            raise PublishError(f"Changed since it was built: {', '.join(wrong[:5])}. Build it anew with: policy build")
        return objects

    def blocks(self, account: Account) -> dict[str, str]:
        """Our lines for each file that is not ours alone, by its place; PublishError where they are not as built."""
        return {mount.place: self._lines(mount.path) for mount in account.blocks}

    def _lines(self, path: str) -> str:
        try:
            content = (self.root / path).read_bytes()
        except OSError:
            content = b""
        if path not in self.manifest or hashlib.sha256(content).hexdigest() != self.manifest[path].digest:
            raise PublishError(f"Changed since it was built: {path}. Build it anew with: policy build")
        return content.decode()


def read_build(root: Path) -> Build:
    """The build in a folder; PublishError where there is none, or it is not whole."""
    texts = {name: _text(root / FOLDER / name) for name in (MANIFEST, RELEASE, EXPECTED)}
    release = read_release(texts[RELEASE], f"build/{FOLDER}/{RELEASE}")
    if hashlib.sha256(texts[MANIFEST]).hexdigest() != release.id:
        raise PublishError(
            f"build/{FOLDER}/{MANIFEST} was changed since it was built. Build it anew with: policy build"
        )
    return Build(root, read_manifest(texts[MANIFEST].decode(), f"build/{FOLDER}/{MANIFEST}"), release, texts)


def _text(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PublishError(f"There is no build/{FOLDER}/{path.name}. Make it with: policy build") from error


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
