"""Going back: an earlier release becomes live again, and what was published for ever since then comes along."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from policy.publish.contents import NAME as CONTENTS
from policy.publish.contents import Contents, Held, read_contents
from policy.publish.local import EXPECTED
from policy.publish.manifest import COPIES, NOTES, Manifest, read_manifest, release_id
from policy.publish.manifest import NAME as MANIFEST
from policy.publish.manifest import text_of as manifest_text
from policy.publish.plan import Live, with_carried
from policy.publish.problems import RefusedError
from policy.publish.release import NAME as RELEASE
from policy.publish.release import Release, read_release
from policy.publish.remote import Remote, Sent
from policy.publish.state import Kept, Places

_TEXTS = (MANIFEST, RELEASE, EXPECTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """An earlier release as it would be live again; `brought` are the paths that come along from the live one."""

    kept: Kept
    release: Release
    contents: Contents
    texts: dict[str, bytes]
    sources: dict[str, Sent]
    brought: tuple[str, ...]


def earlier(remote: Remote, places: Places, live: Live, name: str = "") -> Earlier:
    """The release to go back to: the one before the live one, or the kept one of this name or id.

    Raises RefusedError where there is none.
    """
    kept = _chosen(live, name)
    texts = {file: remote.read(places.release(kept.name, file)) or b"" for file in _TEXTS}
    own = read_contents(remote.read(places.release(kept.name, CONTENTS)), f"{kept.name}/{CONTENTS}")
    release = read_release(texts[RELEASE], f"{kept.name}/{RELEASE}")
    if live.release is None:
        raise RefusedError("Nothing is live yet.")
    brought = {path: live.contents[path] for path in _with_copies(live.release.frozen, live.contents, own)}
    manifest = read_manifest(texts[MANIFEST].decode(), f"{kept.name}/{MANIFEST}")
    if brought:
        text = remote.read(places.release(live.state.live, MANIFEST)) or b""
        manifest, release = _joined(manifest, read_manifest(text.decode(), MANIFEST), release, live.release)
    texts |= {MANIFEST: manifest_text(manifest).encode(), RELEASE: release.text().encode()}
    notes = {path: texts[path.rsplit("/", 1)[-1]] for path in NOTES if path in own}
    sent = {hashlib.sha256(content).hexdigest(): Sent(content, len(content)) for content in notes.values()}
    held = {path: Held(hashlib.sha256(content).hexdigest(), len(content)) for path, content in notes.items()}
    fresh = {path: replace(one, age=0) for path, one in own.items() if one.age == 0}
    contents = with_carried({**fresh, **brought, **held}, live)
    return Earlier(
        kept=kept, release=release, contents=contents, texts=texts, sources=sent, brought=tuple(sorted(brought))
    )


def _chosen(live: Live, name: str) -> Kept:
    others = [kept for kept in live.state.releases if kept.name != live.state.live]
    if not name and others:
        return others[-1]
    found = [kept for kept in others if name and (kept.name == name or kept.id.startswith(name))]
    if len(found) != 1:
        known = ", ".join(kept.name for kept in others) or "none"
        raise RefusedError(f"There is no such release to go back to. The host keeps besides the live one: {known}.")
    return found[0]


def _with_copies(frozen: Any, live: Contents, own: Contents) -> set[str]:
    paths = {path + ending for path in frozen for ending in ("", *COPIES)}
    return {path for path in paths if path in live and path not in own}


def _joined(manifest: Manifest, live: Manifest, release: Release, now: Release) -> tuple[Manifest, Release]:
    """The earlier manifest with the frozen files that it lacks, and what the release says of itself then."""
    lacking = {path: live[path] for path in now.frozen if path in live and path not in manifest}
    joined = dict(sorted({**manifest, **lacking}.items()))
    versions = {version.version: version for version in (*release.versions, *now.versions)}
    frozen = dict(sorted({**release.frozen, **now.frozen}.items()))
    ordered = tuple(versions[number] for number in sorted(versions))
    return joined, replace(release, id=release_id(joined), versions=ordered, frozen=frozen)
