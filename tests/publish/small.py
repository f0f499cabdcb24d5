"""A small site as a build leaves it, made without building: what publishing reads, and nothing it does not."""

import gzip
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import Any

import brotli

from policy.publish.local import Build, read_build
from policy.publish.manifest import Manifest, manifest_of, release_id, text_of
from policy.publish.release import Announced, Release, frozen_paths
from policy.publish.target import Account, Kind, Mount

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
RULES = """\
AddType text/javascript .js
<IfModule mod_headers.c>
Header always set X-Site policy
</IfModule>
"""


class Answers(Enum):
    """What the websites are said to answer: all that Apache does, bytes only, or also an answer that never comes."""

    ALL = auto()
    BYTES = auto()
    NEVER = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What a small site says: `home` and `cookies` on those pages, `style` in its style sheet, the versions it has."""

    home: str = "one"
    cookies: str = "one"
    style: str = "one"
    versions: tuple[int, ...] = (1,)
    pages: tuple[str, ...] = ()
    """More pages, by name; the home page links to each."""
    guard: str = "2"
    module: str = "one"
    texts: Mapping[str, str | None] = field(default_factory=dict)
    """More files of the build, by path; None for one that is not there."""
    lean: bool = False
    """Whether only the home page and the style sheet have compressed copies."""


def small_build(
    root: Path,
    words: Words,
    address: str,
    *,
    entries: Mapping[int, str] | None = None,
    answers: Answers = Answers.ALL,
) -> Build:
    """A build in the folder `root`, for a policy site at `address`/privacy/ and the website around it.

    What was built there before is gone. `entries` are the digests in the lock of the versions.
    """
    shutil.rmtree(root, ignore_errors=True)
    style = f"body{{content:'{words.style}'}}"
    hashed = f"site.{hashlib.sha256(style.encode()).hexdigest()[:8]}.css"
    files = {f"site/assets/{hashed}": style, "site/.htaccess": RULES}
    folders = ["cookies", *words.pages, *(f"versies/{number}" for number in words.versions)]
    for folder in ("", *folders):
        said = words.home if not folder else words.cookies if folder == "cookies" else folder
        files[f"site/{folder}/index.html".replace("//", "/")] = _page(folder, hashed, said, folders)
    for number in words.versions:
        files[f"site/versies/{number}/woorden.txt"] = f"the words of {number}"
    files["site/404.html"] = _page("nothing", hashed, "nothing", [])
    files["websites/leiz/toestemming/consent.js"] = f"/* {words.module} */ import('./notice.{_short(words.module)}.js')"
    files[f"websites/leiz/toestemming/notice.{_short(words.module)}.js"] = f"/* {words.module} */"
    files["websites/leiz/htaccess"] = (
        f"# BEGIN toestemming\nHeader always set Server-Timing guard;desc={words.guard}\n# END toestemming\n"
    )
    files = {name: text for name, text in (files | words.texts).items() if text is not None}
    few = {"site/index.html", f"site/assets/{hashed}"}
    many = {name for name in files if name.startswith("site/") and ".htaccess" not in name}
    for name, text in files.items():
        _write(root / name, text.encode(), copies=name in (few if words.lean else many))
    _describe(root, words, address, entries or {}, answers)
    return read_build(root)


def _describe(root: Path, words: Words, address: str, entries: Mapping[int, str], answers: Answers) -> None:
    manifest = manifest_of(root, ("site", "websites"), lambda path: TYPES.get(Path(path).suffix, "text/plain"))
    release = Release(
        id=release_id(manifest),
        as_of="2026-11-24",
        policy=f"{address}privacy/",
        versions=tuple(Announced(n, "2026-11-24", "2027-01-01", entries.get(n, f"entry {n}")) for n in words.versions),
        frozen=frozen_paths(manifest, words.versions),
    )
    texts = {
        "manifest.json": text_of(manifest),
        "release.json": release.text(),
        "expected.json": json.dumps(_expected(manifest, words, address, answers)),
    }
    for name, text in texts.items():
        _write(root / "release" / name, text.encode())
    for name in ("manifest.json", "release.json"):
        _write(root / "site/.well-known" / name, texts[name].encode())


def _expected(manifest: Manifest, words: Words, address: str, answers: Answers) -> dict[str, Any]:
    found = []
    for path in manifest:
        place = _address(path)
        if place is not None:
            headers = {"headers": 0} if path.startswith("site/") and answers is Answers.ALL else {}
            found.append({"path": path, "url": address + place, "status": 200, **headers})
    found.append({"url": f"{address}privacy/nergens", "status": 404})
    if answers is Answers.ALL:
        guard = {"server-timing": f"guard;desc={words.guard}"}
        found.append({"url": address, "status": 200, "contains": guard})
    if answers is Answers.NEVER:
        found.append({"url": f"{address}privacy/nooit", "status": 200})
    return {"headers": [{"x-site": "policy"}], "answers": found}


def _address(path: str) -> str | None:
    """Where a visitor finds a path of the manifest, from the website's root; None for what nobody gets."""
    if path.endswith("htaccess"):
        return None
    if path.startswith("site/"):
        return f"privacy/{path.removeprefix('site/').removesuffix('index.html')}"
    return path.removeprefix("websites/leiz/")


def account(host: str, port: int, user: str, key: Path, known_hosts: Path, **more: object) -> Account:
    """The account of a small site."""
    made = Account(
        id="transip",
        host=host,
        port=port,
        user=user,
        key=key,
        known_hosts=known_hosts,
        mounts=(
            Mount(Kind.FOLDER, "site", "www/privacy"),
            Mount(Kind.FOLDER, "websites/leiz/toestemming", "www/toestemming"),
            Mount(Kind.BLOCK, "websites/leiz/htaccess", "www/.htaccess"),
        ),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # whatever a test wants otherwise


def _page(folder: str, style: str, said: str, linked: Sequence[str]) -> str:
    up = "../" * (folder.count("/") + 1) if folder else ""
    links = "".join(f'<a href="{up}{one}/">{one}</a>' for one in linked)
    return f'<!doctype html><link rel="stylesheet" href="{up}assets/{style}"><p>{said}</p>{links}</html>\n'


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _write(path: Path, content: bytes, *, copies: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if copies:
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content))
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))
