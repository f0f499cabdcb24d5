"""A release of what was built: rules for the web server, well-known files, compressed copies, and what describes it."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from policy.headers.bundle import bundle_headers, bundle_htaccess
from policy.headers.compressed import compress, forget
from policy.headers.expected import expected
from policy.headers.media import media_type
from policy.headers.site import site_htaccess
from policy.headers.well_known import expires_on, gpc_json, security_txt
from policy.inventory.files import FOLDER as INVENTORY
from policy.inventory.model import Website
from policy.inventory.publishing import read_publishing
from policy.publish.local import EXPECTED, FOLDER
from policy.publish.manifest import NAME as MANIFEST
from policy.publish.manifest import manifest_of, release_id, text_of
from policy.publish.release import NAME as RELEASE
from policy.publish.release import Announced, Release, frozen_paths
from policy.site.source import Source
from policy.versions.lock import entry_digest

SITE, WEBSITES = "site", "websites"
MODULE, WELL_KNOWN, RULES = "toestemming", ".well-known", ".htaccess"
_FILE, _DIRECTORY = 0o644, 0o755


def finish(source: Source, new: Path, kept: Path | None) -> None:
    """Make a release of the built parts in the folder `new`: the same bytes from the same commit and day, anywhere.

    Compressed copies are kept for the next build in the folder `kept`; without one, as in a try, none are made.
    PolicyError where a page, a file or a redirect cannot be published as it is.
    """
    address, moved = source.inventory.controller.policy_site.address, _moved(source)
    site = new / SITE
    places = {new / WEBSITES / one.id: f"{one.origin}/" for one in source.inventory.websites}
    if urlsplit(address).path == "/":  # below a website, nobody looks for them: those of the website count (RFC 8615)
        places[site] = address
    for place, shown_at in places.items():
        for name, text in well_known(source, shown_at).items():
            write(place / WELL_KNOWN / name, text)
    write(site / RULES, site_htaccess(site, address, moved))
    for one in source.inventory.websites:
        module = new / WEBSITES / one.id / MODULE
        write(module / RULES, bundle_htaccess(module, f"{one.origin}/{MODULE}/"))
    manifest = manifest_of(new, (SITE, WEBSITES), media_type)
    release = Release(
        id=release_id(manifest),
        as_of=source.day.isoformat(),
        commit=_commit(source.root),
        policy=address,
        versions=tuple(_announced(source)),
        frozen=frozen_paths(manifest, [version.number for version in source.known]),
    )
    for folder in (new / FOLDER, site / WELL_KNOWN):
        write(folder / MANIFEST, text_of(manifest))
        write(folder / RELEASE, release.text())
    write(new / FOLDER / EXPECTED, json.dumps(_expected(source, new, moved), indent=0, sort_keys=True) + "\n")
    if kept:
        parts = [new / SITE, new / WEBSITES]
        for part in parts:
            compress(part, kept)
        forget(kept, parts)
    _set_modes(new)


def well_known(source: Source, address: str) -> dict[str, str]:
    """The files that everybody may ask of a website at this address, by their name in `.well-known`."""
    controller, website = source.inventory.controller, source.inventory.controller.policy_site.website
    newest = source.timeline.newest_announced(source.day)
    security = security_txt(
        contacts=[f"mailto:{controller.privacy_contact.email}"],
        expires=expires_on(source.day),
        languages=source.inventory.website(website).languages,
        canonical=[f"{address}{WELL_KNOWN}/security.txt"] if address.startswith("https://") else [],
    )
    return {
        "gpc.json": gpc_json(newest.announced if newest and newest.announced else source.day),
        "security.txt": security,
    }


def _announced(source: Source) -> Iterator[Announced]:
    for version in source.known:
        if version.announced and version.in_force:
            days = version.announced.isoformat(), version.in_force.isoformat()
            yield Announced(version.number, *days, entry_digest(source.entries[version.number]))


def _moved(source: Source) -> Mapping[str, str]:
    """The old addresses that lead elsewhere now; the file was checked by those who publish by it."""
    settings, _ = read_publishing(source.root / INVENTORY, tuple(one.id for one in source.inventory.websites))
    return {one.old: one.new for one in settings.moved} if settings else {}


def _commit(root: Path) -> str | None:
    """The commit that was built; None where there is no git, or something of it is not committed."""
    command = ["git", "-C", str(root), "status", "--porcelain=v2", "--branch", "--untracked-files=normal"]
    if not (root / ".git").exists():
        return None
    try:
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return None
    found = [line.removeprefix("# branch.oid ") for line in said if line.startswith("# branch.oid ")]
    changed = [line for line in said if not line.startswith("#")]
    return found[0] if found and not changed and found[0] != "(initial)" else None


def _expected(source: Source, new: Path, moved: Mapping[str, str]) -> dict[str, Any]:
    """What the live websites must answer, by the paths of the release; a header that must not be there is None."""
    found = expected(new / SITE, source.inventory.controller.policy_site.address, moved)
    sets = [{**dict.fromkeys(found["absent"]), **one} for one in found["headers"]]
    answers = [_in_site(answer, min(found["hsts"], _SOME)) for answer in found["answers"]]
    for website in source.inventory.websites:
        for answer, headers in _of_website(source, website, new / WEBSITES / website.id):
            if headers not in sets:
                sets.append(headers)
            answers.append({**answer, "headers": sets.index(headers)})
    return {"headers": sets, "answers": answers}


_SOME = 1
"""Seconds of HSTS that are asked for: the website around the site may have its own, shorter promise."""


def _of_website(source: Source, website: Website, own: Path) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Answers of a website with their headers: its module, its well-known files, and the guard on its first page."""
    for path in sorted((own / MODULE).iterdir()):
        if path.name != RULES and not path.name.endswith((".br", ".gz")):
            yield _file(website, f"{MODULE}/{path.name}"), bundle_headers(path.name)
    for path in sorted((own / WELL_KNOWN).iterdir()):
        yield _file(website, f"{WELL_KNOWN}/{path.name}"), {}
    yield (
        {
            "url": f"{website.origin}/",
            "status": 200,
            "contains": {"Server-Timing": f"guard;desc={source.number}"},
        },
        {},
    )


def _file(website: Website, name: str) -> dict[str, Any]:
    return {"path": f"{WEBSITES}/{website.id}/{name}", "url": f"{website.origin}/{name}", "status": 200}


def _in_site(answer: Mapping[str, Any], hsts: int) -> dict[str, Any]:
    files = {key: f"{SITE}/{answer[key]}" for key in ("path", "body") if answer.get(key)}
    return {**answer, **files} if "location" in answer else {**answer, **files, "hsts": hsts}


def _set_modes(new: Path) -> None:
    """Everybody may read and nobody but us may write, whatever the umask."""
    for path in (new, *new.rglob("*")):
        path.chmod(_DIRECTORY if path.is_dir() else _FILE)


def write(path: Path, text: str) -> None:
    """Write a text, with line feeds on every machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
