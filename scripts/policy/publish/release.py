"""What a release says of itself: its id, its day, its versions, and what no later release may drop or change."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from policy.publish.manifest import Manifest
from policy.publish.problems import PublishError

NAME = "release.json"
FORM = 1
_VERSION = re.compile(r"site/(?:[a-z]{2}/)?versies/([0-9]+)/(.+)")
_EXACT = re.compile(r"inventory\.json|woorden\.txt|.+\.pdf")
"""Evidence of a version, which stays the same byte for byte; its pages may look better, and say the same."""
_EVIDENCE = re.compile(r"site/bewijs/[0-9a-f]{8}\.json")
_MOVING = "verschil-nu/"
"""The comparison with the version in force, which is another one later on."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A version of the policy in a release: its days as ISO 8601, and the digest of its entry in the lock."""

    version: int
    announced: str
    in_force: str
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A release; `as_of` is the day it was built for, `frozen` the paths that stay, with the SHA-256 of those whose
    bytes stay too.
    """

    id: str
    as_of: str
    commit: str | None = None
    policy: str = ""
    versions: tuple[Announced, ...] = ()
    frozen: Mapping[str, str | None] = field(default_factory=dict)

    def text(self) -> str:
        """The release as a file: JSON."""
        return json.dumps({"form": FORM, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"


def read_release(text: str | bytes, shown_as: str) -> Release:
    """A release from its text; PublishError where it is none."""
    try:
        data: dict[str, Any] = json.loads(text)
        if data.pop("form") != FORM:
            raise ValueError
        data["versions"] = tuple(Announced(**version) for version in data["versions"])
        return Release(**data)
    except (ValueError, KeyError, TypeError) as error:
        message = f"{shown_as} is not a release of form {FORM}. Was it made by a newer program, or changed by hand?"
        raise PublishError(message) from error


def frozen_paths(manifest: Manifest, numbers: Iterable[int]) -> dict[str, str | None]:
    """The paths of these versions that stay for ever, with the SHA-256 of what stays byte for byte."""
    numbers, frozen = set(numbers), dict[str, str | None]()
    for path, file in manifest.items():
        if found := _VERSION.fullmatch(path):
            number, name = int(found[1]), found[2]
            if number in numbers and not name.startswith(_MOVING):
                frozen[path] = file.digest if _EXACT.fullmatch(name) else None
        elif _EVIDENCE.fullmatch(path):
            frozen[path] = file.digest
    return frozen


def lost(live: Release, new: Release) -> list[str]:
    """Each sentence on what was published with `live` and is dropped or changed by `new`; published is for ever."""
    found = []
    kept = {version.version: version for version in new.versions}
    for version in live.versions:
        if (now := kept.get(version.version)) is None:
            found.append(f"version {version.version} of the policy is missing")
        elif now.entry != version.entry:
            found.append(f"version {version.version} of the policy was announced again after readers could see it")
    for path, digest in live.frozen.items():
        if path not in new.frozen:
            found.append(f"{path} is missing")
        elif digest is not None and new.frozen[path] != digest:
            found.append(f"{path} was changed")
    return found
