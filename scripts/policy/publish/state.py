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
    """A push that is going on or was interrupted: the folder that it goes to, and those of the pushes that were
    interrupted before it; what visitors see may be of each of them.
    """

    to: str
    before: tuple[str, ...] = ()
    afresh: bool = False
    """Whether nothing that lies on the host was trusted, by one of them."""

    @property
    def names(self) -> tuple[str, ...]:
        """All of these folders, the oldest first."""
        return (*self.before, self.to)


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
    sound: str = ""
    """The folder of the last release that was sent afresh. Older ones may hold what was mended then."""

    def release(self, name: str) -> Kept | None:
        """The release in a folder of this name, if it is kept."""
        return next((kept for kept in self.releases if kept.name == name), None)

    @property
    def interrupted(self) -> tuple[str, ...]:
        """The folders of pushes that were not settled."""
        return self.at_work.names if self.at_work else ()

    def begun(self, name: str, *, afresh: bool) -> "State":
        """The state while a push to this folder is going on, which used the spare up."""
        before = tuple(one for one in self.interrupted if one != name)
        afresh = afresh or (self.at_work is not None and self.at_work.afresh)
        return replace(self, at_work=AtWork(name, before, afresh), spare="")

    def settled(self, kept: Kept) -> "State":
        """The state after a release was verified: it is live, and what nobody needs any more is the spare."""
        releases = (*(one for one in self.releases if one.name != kept.name), kept)
        gone, stay = releases[:-KEPT], releases[-KEPT:]
        sound = kept.name if self.at_work and self.at_work.afresh else self.sound
        left = [*(name for name in self.interrupted if name != kept.name), *(one.name for one in gone)]
        spare = next((name for name in reversed(left) if name >= sound), "")
        return replace(
            self, live=kept.name, releases=stay, spare=spare, at_work=None, pushes=self.pushes + 1, sound=sound
        )

    def abandoned(self) -> "State":
        """The state after a push was taken back: the release before it is live again."""
        return replace(self, at_work=None)


NEW = ".new-"
"""How the names of what is only being made begin; what is left of it after a cut is removed by the next push."""


class Places:
    """The paths in an account's private folder."""

    def __init__(self, account: Account) -> None:
        self.root = account.folder
        self.state = f"{self.root}/state.json"
        self.lock = f"{self.root}/lock"
        self.files = f"{self.root}/files"
        self.sending = f"{self.root}/sending.json"
        self.releases = f"{self.root}/releases"
        self.staged = self.new("staged")
        self.aside = f"{self.root}/aside"
        self.current = f"{self.root}/current"
        self.log = f"{self.root}/publications.jsonl"

    def new(self, name: str) -> str:
        """Where something is made that gets its own name later, or none."""
        return f"{self.root}/{NEW}{name}"

    def release(self, name: str, file: str = "") -> str:
        """A release's folder, or a file in it."""
        return f"{self.releases}/{name}/{file}" if file else f"{self.releases}/{name}"


def read_state(remote: Remote, places: Places) -> State:
    """The state of an account; an empty one before the first push.

    HostError where it is not to be understood, or is gone while there are releases.
    """
    text = remote.read(places.state)
    if text is None:
        text = remote.read(_beside(places.state))
        if text is None or not _is_whole(text):  # the very first one, cut while it was written
            if remote.listing(places.releases):
                raise HostError(
                    f"{places.state} on the host is gone, and with it which versions of the policy are published for "
                    "ever. Put it back from a copy of the host's; how to begin anew stands in PUBLISHING.md."
                )
            return State()
    try:
        data = json.loads(text)
        if data.pop("form") != FORM:
            raise ValueError
        data["releases"] = tuple(Kept(**kept) for kept in data["releases"])
        if data["at_work"]:
            data["at_work"] = AtWork(**{**data["at_work"], "before": tuple(data["at_work"]["before"])})
        return State(**data)
    except (ValueError, KeyError, TypeError) as error:
        message = (
            f"{places.state} on the host is not of form {FORM}: a newer program wrote it, or it was changed by hand. "
            "Publish with that program, or put the file back from a copy of the host's."
        )
        raise HostError(message) from error


def write_state(remote: Remote, places: Places, state: State, *, replaces: bool) -> None:
    """Put a state in place of the one that is there, so that one of the two can always be read.

    `replaces` says that the host can rename over a file.
    """
    put(remote, places.state, json.dumps({"form": FORM, **asdict(state)}).encode() + b"\n", replaces=replaces)


def read_log(remote: Remote, places: Places) -> bytes:
    """The host's log of what was published, in whole lines; nothing before the first push."""
    text = remote.read(places.log)
    if text is None:
        text = remote.read(_beside(places.log)) or b""
    return text[: text.rfind(b"\n") + 1]


def put(remote: Remote, path: str, content: bytes, *, replaces: bool) -> None:
    """Write a file of lines beside the one that is there, then put it in its place; one of the two is always whole."""
    new = _beside(path)
    if not replaces:
        _settle(remote, path, new)
    remote.send({new: Sent(content, len(content))})
    if not replaces:
        remote.remove([path])
    (remote.replace if replaces else remote.rename)([(new, path)])


def _settle(remote: Remote, path: str, new: str) -> None:
    """Where a cut left only the new file, put it in its place before it is written over."""
    if remote.kind(path) is None and _is_whole(remote.read(new) or b""):
        remote.rename([(new, path)])


def _beside(path: str) -> str:
    return f"{path}.new"


def _is_whole(text: bytes) -> bool:
    """Whether a line was written to its end."""
    return text.endswith(b"\n")
