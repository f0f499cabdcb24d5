"""What was announced stays as it was: a chain of digests in docs/versies.lock.

Each entry names the SHA-256 of the text, of the frozen inventory and of the entry before it,
so that nothing announced can change, appear or go without every command saying so.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from policy.errors import PolicyError
from policy.findings import Finding
from policy.inventory.freeze import to_json
from policy.inventory.model import Inventory
from policy.versions.model import Timeline

NAME = "versies.lock"
_SHOWN = f"docs/{NAME}"


def verify(docs: Path, timeline: Timeline) -> list[Finding]:
    """Every difference between what the lock says was announced and what stands in the folder now."""
    try:
        entries = _read(docs)
    except ValueError as error:
        return [Finding(f"The lock cannot be read: {error}. Put it back with: git checkout -- {_SHOWN}", _SHOWN)]
    findings = _chain(entries)
    locked = {entry["version"]: entry for entry in entries}
    for version in timeline.versions:
        entry = locked.pop(version.number, None)
        if entry:
            findings += _changed(docs, version.number, entry)
        elif version.announced:
            findings.append(
                Finding(
                    f"Version {version.number} has a date of announcement but is not frozen. "
                    f"Freeze it with: policy announce {version.number}",
                    f"docs/versies/{version.number}/index.md",
                    path="announced",
                )
            )
    findings += [
        Finding(
            f"Version {number} was announced and is gone. Put it back with: git checkout -- docs/versies/{number}",
            _SHOWN,
        )
        for number in locked
    ]
    return findings


def announce(docs: Path, timeline: Timeline, number: int, working: Inventory) -> None:
    """Freeze the inventory of a version beside its text and add the version to the lock.

    The newest entry may be announced again (nothing after it depends on it).
    The frozen inventory of an entry made by hand, as for 2018, is kept.
    Raises PolicyError for a version without dates or with a later one in the lock.
    """
    version = next((v for v in timeline.versions if v.number == number), None)
    shown_as = f"docs/versies/{number}/index.md"
    if version is None:
        raise PolicyError([Finding(f"There is no version {number}. Write its text first.", shown_as)])
    if not version.announced:
        raise PolicyError([Finding("The version has no dates. Fill in 'announced' and 'in_force' first.", shown_as)])
    entries = _read(docs)
    if any(entry["version"] > number for entry in entries):
        raise PolicyError([Finding(f"A later version than {number} is announced. Make a new version instead.", _SHOWN)])
    entries = [entry for entry in entries if entry["version"] < number]
    if [entry["version"] for entry in entries] != list(range(1, number)):
        raise PolicyError([Finding(f"Not every version before {number} is announced. Announce those first.", _SHOWN)])
    frozen = docs / "versies" / str(number) / "inventory.json"
    if number > 1:
        frozen.write_text(to_json(working), "utf-8", newline="\n")
    entry = {
        "version": number,
        "announced": version.announced.isoformat(),
        "text": _digest(docs / "versies" / str(number) / "index.md"),
        "inventory": _digest(frozen),
        "previous": _entry_digest(entries[-1]) if entries else None,
    }
    content = json.dumps({"entries": [*entries, entry]}, indent=2) + "\n"
    (docs / NAME).write_text(content, "utf-8", newline="\n")


def _read(docs: Path) -> list[dict[str, Any]]:
    path = docs / NAME
    if not path.exists():
        return []
    data = json.loads(path.read_text("utf-8"))
    entries = data.get("entries") if isinstance(data, dict) else None
    keys = {"version", "announced", "text", "inventory", "previous"}
    if not isinstance(entries, list) or any(not isinstance(e, dict) or set(e) != keys for e in entries):
        raise ValueError("its form is unknown")
    return entries


def _chain(entries: list[dict[str, Any]]) -> list[Finding]:
    findings = []
    for index, entry in enumerate(entries):
        previous = _entry_digest(entries[index - 1]) if index else None
        if entry["previous"] != previous or entry["version"] != index + 1:
            findings.append(
                Finding(
                    f"The chain breaks at version {entry['version']}. Put the lock back with: git checkout -- {_SHOWN}",
                    _SHOWN,
                    path=f"entries[{index}].previous",
                )
            )
    return findings


def _changed(docs: Path, number: int, entry: dict[str, Any]) -> list[Finding]:
    findings = []
    for key, name in (("text", "index.md"), ("inventory", "inventory.json")):
        path = docs / "versies" / str(number) / name
        if not path.exists() or _digest(path) != entry[key]:
            findings.append(
                Finding(
                    f"This was announced on {entry['announced']} and has changed since. "
                    f"Put it back with: git checkout -- docs/versies/{number}/{name} "
                    "and write the change in a new version.",
                    f"docs/versies/{number}/{name}",
                )
            )
    return findings


def _digest(path: Path) -> str:
    return "sha256:" + hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _entry_digest(entry: dict[str, Any]) -> str:
    return "sha256:" + hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()
