"""The manifest: every file of a build by path, with SHA-256, size and media type; its own SHA-256 is the release id."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy.publish.problems import PublishError

NAME = "manifest.json"
COPIES = {".br": "br", ".gz": "gzip"}
"""The endings of compressed copies. They are not in the manifest: their bytes depend on who compressed them."""


@dataclass(frozen=True, slots=True)
class File:
    """A file: SHA-256 in hexadecimal digits, size in bytes, media type as the web server sends it."""

    digest: str
    size: int
    type: str


Manifest = Mapping[str, File]
"""Files by their path below the folder `build`, such as `site/index.html`, in order of path."""


def manifest_of(root: Path, parts: Iterable[str], media_type: Callable[[str], str]) -> Manifest:
    """The manifest of these folders below `root`; compressed copies and what describes the release are left out."""
    found = {}
    for part in parts:
        for path in sorted((root / part).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not is_copy(path) and not name.startswith(NOTES):
                content = path.read_bytes()
                found[name] = File(hashlib.sha256(content).hexdigest(), len(content), media_type(name))
    return dict(sorted(found.items()))


NOTES = ("site/.well-known/release.json", "site/.well-known/manifest.json")
"""What tells visitors which release this is. It cannot be part of what it is about."""


def is_copy(path: Path) -> bool:
    """Whether a file is the compressed copy of the one beside it."""
    return path.suffix in COPIES and path.with_suffix("").is_file()


def text_of(manifest: Manifest) -> str:
    """The manifest as a file: JSON (RFC 8259), one line for each file."""
    lines = [
        json.dumps({"path": path, "sha256": file.digest, "size": file.size, "type": file.type}, ensure_ascii=False)
        for path, file in sorted(manifest.items())
    ]
    return '{"form": 1, "files": [\n' + ",\n".join(lines) + "\n]}\n"


def release_id(manifest: Manifest) -> str:
    """The SHA-256 of the manifest's text, in 64 hexadecimal digits."""
    return hashlib.sha256(text_of(manifest).encode()).hexdigest()


def read_manifest(text: str, shown_as: str) -> Manifest:
    """A manifest from its text; PublishError where it is none."""
    try:
        files: list[dict[str, Any]] = json.loads(text)["files"]
        return {file["path"]: File(file["sha256"], file["size"], file["type"]) for file in files}
    except (ValueError, KeyError, TypeError) as error:
        raise PublishError(f"{shown_as} is not a manifest. Make it anew with: policy build") from error
