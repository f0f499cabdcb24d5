"""A site of any number of files as a build leaves it: kinds, folders and sizes as in the real one, other words."""

import gzip
import hashlib
import itertools
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import brotli

from policy.publish.local import read_build
from policy.publish.manifest import COPIES, NOTES, manifest_of, release_id, text_of
from policy.publish.release import Announced, Release, frozen_paths

HOME = "site/index.html"
_ALONE = ("site/.htaccess", *NOTES, "site/versies.lock")
"""Files without compressed copies."""
_FIXED = {
    HOME: 11_500,
    "site/404.html": 2_250,
    "site/assets/site.2ea9964a.css": 15_700,
    "site/assets/day.db541b51.js": 1_300,
    "site/toestemming/consent.js": 5_700,
    "site/toestemming/notice.nl.dd4e4ad0.js": 6_900,
    "site/toestemming/details.nl.dd4e4ad0.js": 14_500,
    "site/sitemap.xml": 1_450,
    "site/wijzigingen.xml": 1_750,
    "site/cookies/index.html": 58_000,
    "site/wijzigingen/index.html": 11_000,
    "site/bewijs/index.html": 14_600,
}
_VERSION = {
    "index.html": 24_000,
    "woorden.txt": 14_000,
    "inventory.json": 24_000,
    "policy.jsonld": 31_000,
    "verschil/index.html": 40_000,
}
"""Bytes of each file that a version of the policy has, in each language."""
_SAID = (
    "wij u uw gegevens bewaren delen alleen met wie het moet weten en niet langer dan nodig is zodat u kunt kiezen "
    "vragen wissen inzien verbeteren of bezwaar maken bij de website van de verwerker cookie doel grondslag ontvanger"
)
_POOL = " ".join(random.Random(2).choices(_SAID.split(), k=60_000))


def make(root: Path, files: int, *, promised: str = "") -> None:
    """Make a site of so many files, compressed copies counted, in `root`/site.

    `promised` is the address of the website around it: then its versions are announced, so that they are never to
    change, and the build says what each address must answer. Without it nothing is promised, and nothing is asked.
    """
    for path, size in _sizes((files - len(_ALONE)) // 3):
        _write(root / path, _text(path, size, "een"), copies=True)
    for path in set(_ALONE) - set(NOTES):
        _write(root / path, f"# {path}\n".encode() * 60)
    describe(root, promised)


def change(root: Path, word: str, *, everything: bool = False, promised: str = "") -> None:
    """Change a word on the home page, or in every file, with its copies and what tells which release it is."""
    for path in list(_sources(root)) if everything else [HOME]:
        _write(root / path, _text(path, len((root / path).read_bytes()), word), copies=path not in _ALONE)
    describe(root, promised)


def describe(root: Path, promised: str) -> None:
    """What a build says of itself."""
    manifest = manifest_of(root, ["site"], lambda path: "text/html")
    numbers = sorted({int(path.split("versies/")[1].split("/")[0]) for path in manifest if "versies/" in path})
    if not promised:
        numbers = []
    release = Release(
        id=release_id(manifest),
        as_of="2026-11-24",
        versions=tuple(Announced(number, "2026-11-24", "2027-01-01", f"entry {number}") for number in numbers),
        frozen=frozen_paths(manifest, numbers),
    )
    texts = {
        "manifest.json": text_of(manifest),
        "release.json": release.text(),
        "expected.json": json.dumps({"headers": [{}], "answers": list(_answers(manifest, promised))}),
    }
    for name, text in texts.items():
        _write(root / "release" / name, text.encode())
    for path in NOTES:
        _write(root / path, texts[Path(path).name].encode())
    read_build(root)


def _answers(manifest: Iterable[str], promised: str) -> Iterator[dict[str, object]]:
    for path in manifest:
        if promised and not path.endswith(".htaccess"):
            url = f"{promised}privacy/{path.removeprefix('site/').removesuffix('index.html')}"
            yield {"path": path, "url": url, "status": 200, "headers": 0}


def _sizes(number: int) -> Iterator[tuple[str, int]]:
    """So many paths with their sizes in bytes: what every site has, then version after version."""
    versions = (
        (f"site/{language}versies/{version}/{name}", size)
        for version in itertools.count(1)
        for language in ("", "en/")
        for name, size in _VERSION.items()
    )
    return itertools.islice(itertools.chain(_FIXED.items(), versions), number)


def _sources(root: Path) -> Iterator[str]:
    for path in (root / "site").rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_file() and path.suffix not in COPIES and name not in NOTES:
            yield name


def _text(path: str, size: int, word: str) -> bytes:
    """Words of a page: the same for a path and a word, others for another path, and always of the same size."""
    at = int(hashlib.sha256(path.encode()).hexdigest(), 16) % (len(_POOL) - size)
    head = f"<!doctype html><title>{path}</title><p>{word:>20}</p>\n"
    return (head + _POOL[at : at + size])[:size].encode()


def _write(path: Path, content: bytes, *, copies: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if copies:
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=5))
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, 6, mtime=0))
