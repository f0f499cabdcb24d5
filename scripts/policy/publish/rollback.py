"""Going back: an earlier release becomes live again, and what was published for ever since then comes along."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace

from policy.publish.contents import Contents, Held
from policy.publish.kept import kept_contents, kept_release
from policy.publish.local import EXPECTED
from policy.publish.manifest import COPIES, NOTES, Manifest, read_manifest, release_id
from policy.publish.manifest import NAME as MANIFEST
from policy.publish.manifest import text_of as manifest_text
from policy.publish.objects import check_there
from policy.publish.plan import Live, with_carried
from policy.publish.problems import RefusedError
from policy.publish.release import NAME as RELEASE
from policy.publish.release import Release
from policy.publish.remote import Remote, Sent
from policy.publish.state import Kept, Places
from policy.publish.target import Account

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


def earlier(remote: Remote, account: Account, live: Live, name: str = "") -> Earlier:
    """The release to go back to: the one before the live one, or the kept one of this name or id.

    After an interrupted push it is the live one itself. Raises RefusedError where there is none, HostError where the
    host does not hold it whole any more.
    """
    places, kept = Places(account), _chosen(live, name)
    if live.release is None:
        raise RefusedError("Nothing is live yet.")
    texts = {file: remote.read(places.release(kept.name, file)) or b"" for file in _TEXTS}
    own = kept_contents(remote, places, account, kept.name)
    release = kept_release(remote, places, account, kept, own)
    manifest = read_manifest(texts[MANIFEST].decode(), f"{kept.name}/{MANIFEST}")
    brought = {path: live.contents[path] for path in _brought(account, live.release, live.contents, own)}
    if brought:
        now = {file: remote.read(places.release(live.state.live, file)) or b"" for file in _TEXTS}
        live_manifest = read_manifest(now[MANIFEST].decode(), MANIFEST)
        manifest, release = _joined(manifest, live_manifest, brought, release, live.release)
        texts[EXPECTED] = _joined_answers(texts[EXPECTED], now[EXPECTED], brought)
    texts |= {MANIFEST: manifest_text(manifest).encode(), RELEASE: release.text().encode()}
    notes = {path: texts[path.rsplit("/", 1)[-1]] for path in NOTES if path in own}
    sent = {hashlib.sha256(content).hexdigest(): Sent(content, len(content)) for content in notes.values()}
    held = {path: Held(hashlib.sha256(content).hexdigest(), len(content)) for path, content in notes.items()}
    fresh = {path: replace(one, age=0) for path, one in own.items() if one.age == 0}
    contents = with_carried({**fresh, **brought, **held}, live)
    check_there(remote, places, {path: one for path, one in contents.items() if one.object not in sent})
    return Earlier(
        kept=kept, release=release, contents=contents, texts=texts, sources=sent, brought=tuple(sorted(brought))
    )


def _chosen(live: Live, name: str) -> Kept:
    """The kept release of this name or id; of those with one id the newest, as they are the same."""
    state = live.state
    others = [kept for kept in state.releases if kept.name != state.live or state.at_work]
    found = [kept for kept in others if kept.name == name or kept.id.startswith(name)]
    if not found or (name and len({kept.id for kept in found}) > 1):
        known = ", ".join(kept.name for kept in others) or "none"
        raise RefusedError(f"There is no such release to go back to. The host keeps besides the live one: {known}.")
    return found[-1]


def _brought(account: Account, now: Release, live: Contents, own: Contents) -> set[str]:
    """What comes along: what was published for ever, and what stands in a place that the earlier release has not."""
    paths = {path + ending for path in now.frozen for ending in ("", *COPIES)}
    empty = [mount for mount in account.folders if not any(mount.holds(path) for path in own)]
    paths |= {path for path in live if any(mount.holds(path) for mount in empty)}
    return {path for path in paths if path in live and path not in own}


def _joined(
    manifest: Manifest, live: Manifest, brought: Collection[str], release: Release, now: Release
) -> tuple[Manifest, Release]:
    """The earlier manifest with what comes along, and what the release says of itself then."""
    joined = dict(sorted({**manifest, **{path: live[path] for path in brought if path in live}}.items()))
    versions = {version.version: version for version in (*release.versions, *now.versions)}
    frozen = dict(sorted({**release.frozen, **now.frozen}.items()))
    ordered = tuple(versions[number] for number in sorted(versions))
    return joined, replace(release, id=release_id(joined), versions=ordered, frozen=frozen)


def _joined_answers(own: bytes, live: bytes, brought: Collection[str]) -> bytes:
    """What the websites must answer: as the earlier release says, and the live one of what comes along."""
    joined, more = json.loads(own), json.loads(live)
    known = len(joined["headers"])
    joined["headers"] += more["headers"]
    for answer in more["answers"]:
        if answer.get("path") in brought:
            headers = {"headers": answer["headers"] + known} if "headers" in answer else {}
            joined["answers"].append({**answer, **headers})
    return json.dumps(joined).encode()
