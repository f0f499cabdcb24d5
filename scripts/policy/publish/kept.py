"""What a release folder on the host says: what it holds, and what the release says of itself."""

from policy.publish.contents import NAME as CONTENTS
from policy.publish.contents import Contents, read_contents, restored
from policy.publish.manifest import NAME as MANIFEST
from policy.publish.manifest import NOTES, read_manifest
from policy.publish.problems import HostError, PublishError
from policy.publish.release import NAME as RELEASE
from policy.publish.release import Release, read_release
from policy.publish.remote import Remote
from policy.publish.state import Kept, Places
from policy.publish.target import Account


def kept_contents(remote: Remote, places: Places, account: Account, name: str, *, mend: bool = False) -> Contents:
    """What a release holds. HostError where that is missing or damaged; with `mend` the manifest says it then."""
    try:
        return read_contents(remote.read(places.release(name, CONTENTS)), f"{name}/{CONTENTS}")
    except HostError:
        if not mend:
            raise
    text = remote.read(places.release(name, MANIFEST)) or b""
    try:
        manifest = read_manifest(text.decode(errors="replace"), MANIFEST)
    except PublishError as error:
        raise _lost(places, name) from error
    return restored(manifest, remote.listing(places.files), lambda path: any(one.holds(path) for one in account.mounts))


def kept_release(
    remote: Remote, places: Places, account: Account, kept: Kept, contents: Contents, *, mend: bool = False
) -> Release:
    """What a release says of itself. HostError where that is missing or damaged; `mend` reads what visitors read."""
    texts = [places.release(kept.name, RELEASE)]
    if mend:
        note = NOTES[0]
        texts += [f"{places.files}/{contents[note].object}"] if note in contents else []
        texts += [one.place + note[len(one.path) :] for one in account.folders if one.holds(note)]
    for path in texts:
        try:
            release = read_release(remote.read(path) or b"", path)
        except PublishError:
            continue
        if release.id == kept.id:
            return release
    if mend:
        raise _lost(places, kept.name)
    raise HostError(
        f"{kept.name}/{RELEASE} on the host is missing or damaged. Send everything anew with: "
        "policy publish push --afresh"
    )


def _lost(places: Places, name: str) -> HostError:
    return HostError(
        f"What {places.release(name)} on the host says of the live release is damaged, so that nothing can be "
        "compared with it. Put its files back from a copy of the host's."
    )
