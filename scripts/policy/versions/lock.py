"""What was announced stays as it was: a chain of digests in docs/versies.lock.

Each entry names the SHA-256 of the text, of the frozen inventory and of the entry before it,
so that nothing announced can change, appear or go without every command saying so.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from policy.errors import PolicyError
from policy.findings import Finding
from policy.inventory.freeze import digest, to_json
from policy.inventory.model import Inventory
from policy.inventory.replace import replace_files
from policy.versions.model import PolicyVersion, Timeline

NAME = "versies.lock"
TEXTS = "toestemming.json"
"""The texts of the consent modules, beside the text of the version that announced them."""
_FILES = (("text", "index.md"), ("inventory", "inventory.json"), ("consent_texts", TEXTS))
"""What an entry locks, and the file of each; versions before the consent module have no texts of it."""
_SHOWN = f"docs/{NAME}"
_RESTORE = f"Put the lock back with: git checkout -- {_SHOWN}"


def verify(docs: Path, timeline: Timeline) -> list[Finding]:
    """Every difference between what the lock says was announced and what stands in the folder now."""
    try:
        entries = _read(docs)
    except ValueError as error:
        return [Finding(f"The lock cannot be read: {error}. {_RESTORE}", _SHOWN)]
    findings = _chain(entries)
    locked = {entry["version"]: entry for entry in entries}
    for version in timeline.versions:
        entry = locked.pop(version.number, None)
        if entry:
            findings += _changed(docs, version.number, entry)
        elif version.announced:
            findings.append(_not_locked(version, len(entries)))
    findings += [
        Finding(
            f"Version {number} was announced and is gone. Put it back with: git checkout -- docs/versies/{number}",
            _SHOWN,
        )
        for number in locked
    ]
    return findings


def _not_locked(version: PolicyVersion, entries: int) -> Finding:
    """The next version is to be announced; one that has its frozen inventory already has lost its entry."""
    number = version.number
    if version.inventory and (not entries or number <= entries):
        return Finding(f"Version {number} was announced and is not in the lock. {_RESTORE}", _SHOWN)
    return Finding(
        f"Version {number} has a date of announcement but is not frozen. Freeze it with: policy announce {number}",
        f"docs/versies/{number}/index.md",
        path="announced",
    )


def announce(docs: Path, timeline: Timeline, number: int, working: Inventory, texts: str, day: date) -> None:
    """Freeze the inventory of a version beside its text and add the version to the lock, or change neither.

    `texts` are those that the consent modules show from then on, as a file; they are evidence and frozen as well.

    The newest entry may be announced again up to and on its day of announcement: nothing depends on it before.
    The frozen inventory of version 1 was made by hand, from the text of 2018, and is kept.
    Raises PolicyError for a version without dates, with a later one in the lock, or known to readers already.
    """
    shown_as = f"docs/versies/{number}/index.md"
    version = next((v for v in timeline.versions if v.number == number), None)
    if version is None:
        raise PolicyError([Finding(f"There is no version {number}. Write its text first.", shown_as)])
    if not version.announced:
        raise PolicyError([Finding("The version has no dates. Fill in 'announced' and 'in_force' first.", shown_as)])
    try:
        entries = _read(docs)
    except ValueError as error:
        raise PolicyError([Finding(f"The lock cannot be read: {error}. {_RESTORE}", _SHOWN)]) from error
    _may_announce(docs, version, entries, day)
    folder = docs / "versies" / str(number)
    frozen = working if number > 1 else version.inventory
    if frozen is None:
        raise PolicyError(
            [Finding("Its inventory, made by hand, is missing.", f"docs/versies/{number}/inventory.json")]
        )
    inventory = to_json(frozen)
    entries = [entry for entry in entries if entry["version"] < number]
    entry = {
        "version": number,
        "announced": version.announced.isoformat(),
        "text": _digest((folder / "index.md").read_bytes()),
        "inventory": _digest(inventory.encode()),
        "previous": _entry_digest(entries[-1]) if entries else None,
    }
    files = {folder / "inventory.json": inventory}
    if frozen.websites:
        entry["consent_texts"] = _digest(texts.encode())
        files[folder / TEXTS] = texts
    content = json.dumps({"entries": [*entries, entry]}, indent=2) + "\n"
    replace_files({**files, docs / NAME: content}, docs, "docs")


def _may_announce(docs: Path, version: PolicyVersion, entries: list[dict[str, Any]], day: date) -> None:
    number, known = version.number, [entry["version"] for entry in entries]
    if any(other > number for other in known):
        raise PolicyError([Finding(f"A later version than {number} is announced. Make a new version instead.", _SHOWN)])
    if [other for other in known if other < number] != list(range(1, number)):
        raise PolicyError([Finding(f"Not every version before {number} is announced. Announce those first.", _SHOWN)])
    if number in known and version.announced and version.announced < day:
        message = (
            f"Readers know this version since {version.announced}. Make a new version, or announce it on another day."
        )
        raise PolicyError([Finding(message, f"docs/versies/{number}/index.md", path="announced")])
    earlier = [entry for entry in entries if entry["version"] < number]
    changed = _chain(earlier) + [finding for entry in earlier for finding in _changed(docs, entry["version"], entry)]
    if changed:
        raise PolicyError(changed)


def _read(docs: Path) -> list[dict[str, Any]]:
    """The entries of the lock, none where there is no lock; ValueError says what is wrong with it."""
    path = docs / NAME
    if not path.exists():
        return []
    try:
        data = json.loads(path.read_text("utf-8"))
    except RecursionError:
        data = None
    except OSError as error:
        raise ValueError(error.strerror) from error
    entries = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not all(_is_entry(entry) for entry in entries):
        raise ValueError("its form is unknown")
    return entries


def _is_entry(entry: Any) -> bool:
    keys = {"version", "announced", "text", "inventory", "previous"}
    if not isinstance(entry, dict) or set(entry) - {"consent_texts"} != keys:
        return False
    texts = (
        entry["announced"],
        entry["text"],
        entry["inventory"],
        entry["previous"] or "",
        entry.get("consent_texts", ""),
    )
    return type(entry["version"]) is int and all(isinstance(text, str) for text in texts)


def _chain(entries: list[dict[str, Any]]) -> list[Finding]:
    findings = []
    for index, entry in enumerate(entries):
        previous = _entry_digest(entries[index - 1]) if index else None
        if entry["previous"] != previous or entry["version"] != index + 1:
            findings.append(
                Finding(
                    f"The chain breaks at version {entry['version']}. {_RESTORE}",
                    _SHOWN,
                    path=f"entries[{index}].previous",
                )
            )
    return findings


def _changed(docs: Path, number: int, entry: dict[str, Any]) -> list[Finding]:
    findings = []
    for key, name in _FILES:
        path = docs / "versies" / str(number) / name
        if key not in entry:
            continue
        if not path.is_file() or _digest(path.read_bytes()) != entry[key]:
            findings.append(
                Finding(
                    f"This was announced on {entry['announced']} and has changed since. "
                    f"Put it back with: git checkout -- docs/versies/{number}/{name} "
                    "and write the change in a new version.",
                    f"docs/versies/{number}/{name}",
                )
            )
    return findings


def _digest(content: bytes) -> str:
    return digest(content.replace(b"\r\n", b"\n").decode("utf-8", "surrogateescape"))


def _entry_digest(entry: dict[str, Any]) -> str:
    return digest(json.dumps(entry, sort_keys=True))
