"""What the host remembers: which release is live, whether a push was interrupted, and which releases are kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from policy.publish.problems import HostError
from policy.publish.remote import Remote, Sent
from policy.publish.target import Account

FORM = 1
KEPT = 5
"""Releases that can be gone back to, the live one among them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A release folder: its name, the release id, and when it was verified (ISO 8601, UTC)."""

    name: str
    id: str
    verified: str


@dataclass(frozen=True, slots=True)
class AtWork:
    """A push that is going on or was interrupted: the folder that it goes to."""

    to: str


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """`live` is the newest verified release, whose folder is one of `releases`, oldest first; "" before the first.

    `spare` is the folder of a release that is not kept any more and becomes the next one; `host` is the answer of the
    last probe; `pushes` counts since the store was last cleaned.
    """

    live: str = ""
    releases: tuple[Kept, ...] = ()
    spare: str = ""
    at_work: AtWork | None = None
    host: Mapping[str, Any] = field(default_factory=dict)
    pushes: int = 0

    def release(self, name: str) -> Kept | None:
        """The release in a folder of this name, if it is kept."""
        return next((kept for kept in self.releases if kept.name == name), None)

    def settled(self, kept: Kept) -> "State":
        """The state after a release was verified: it is live, and what is too old is the spare."""
        releases = (*(one for one in self.releases if one.name != kept.name), kept)
        gone, stay = releases[:-KEPT], releases[-KEPT:]
        spare = gone[-1].name if gone else self.spare
        return replace(self, live=kept.name, releases=stay, spare=spare, at_work=None, pushes=self.pushes + 1)


class Places:
    """The paths in an account's private folder."""

    def __init__(self, account: Account) -> None:
        self.root = account.folder
        self.state = f"{self.root}/state.json"
        self.lock = f"{self.root}/lock"
        self.files = f"{self.root}/files"
        self.sending = f"{self.root}/sending.json"
        self.releases = f"{self.root}/releases"
        self.staged = f"{self.root}/staged"
        self.aside = f"{self.root}/aside"
        self.current = f"{self.root}/current"
        self.log = f"{self.root}/publications.jsonl"

    def release(self, name: str, file: str = "") -> str:
        """A release's folder, or a file in it."""
        return f"{self.releases}/{name}/{file}" if file else f"{self.releases}/{name}"


def read_state(remote: Remote, places: Places) -> State:
    """The state of an account; an empty one before the first push. HostError where it is not to be understood."""
    text = remote.read(places.state) or remote.read(f"{places.state}.new")
    if text is None:
        return State()
    try:
        data = json.loads(text)
        if data.pop("form") != FORM:
            raise ValueError
        data["releases"] = tuple(Kept(**kept) for kept in data["releases"])
        data["at_work"] = data["at_work"] and AtWork(**data["at_work"])
        return State(**data)
    except (ValueError, KeyError, TypeError) as error:
        message = (
            f"{places.state} on the host is not of form {FORM}: a newer program wrote it, or it was changed by hand."
        )
        raise HostError(message) from error


def write_state(remote: Remote, places: Places, state: State, *, replaces: bool) -> None:
    """Put a state in place of the one that is there, so that one of the two can always be read.

    `replaces` says that the host can rename over a file.
    """
    text = json.dumps({"form": FORM, **asdict(state)}, indent=1).encode()
    put(remote, places.state, text, replaces=replaces)


def put(remote: Remote, path: str, content: bytes, *, replaces: bool) -> None:
    """Write a file beside the one that is there, then put it in its place."""
    remote.send({f"{path}.new": Sent(content, len(content))})
    if not replaces:
        remote.remove([path])
    (remote.replace if replaces else remote.rename)([(f"{path}.new", path)])
