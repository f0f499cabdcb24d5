"""What was announced stays as it was: a chain of digests in docs/versies.lock.

Each entry names the SHA-256 of the text, of its translations, of the frozen inventory, of the words that readers saw
and of the entry before it, so that nothing announced can change, appear or go without every command saying so.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from policy.findings import Finding
from policy.inventory.freeze import digest
from policy.inventory.model import OWN_LANGUAGE
from policy.versions.model import PolicyVersion, Timeline

NAME = "versies.lock"
FORM = 2
"""The form of the file; a newer program may write a later one, which this one would misread."""
TEXTS = "toestemming.json"
"""The texts of the consent modules, beside the text of the version that announced them."""
INVENTORY = "inventory.json"
NOT_YET = "sha256:"
"""Stands for the digest of words that are not rendered yet, while a version is announced."""
_FILES = {"text": "index.md", "inventory": INVENTORY, "consent_texts": TEXTS}
"""What an entry locks, and the file of each; versions before the consent module have no texts of it."""
_KEYS = {"version": int, "announced": str, "in_force": str, "class": str, "text": str, "inventory": str, "words": dict}
_MORE = {"consent_texts": str, "translations": dict}
_SHOWN = f"docs/{NAME}"
_RESTORE = f"Put the lock back with: git checkout -- {_SHOWN}"

Entry = dict[str, Any]


def locked(docs: Path) -> dict[int, Entry]:
    """The entry of each announced version; none where the lock cannot be read."""
    try:
        return {entry["version"]: entry for entry in read_lock(docs)}
    except ValueError:
        return {}


def read_lock(docs: Path) -> list[Entry]:
    """The entries of the lock, none where there is no lock; ValueError says what is wrong with it, and the way out."""
    path = docs / NAME
    if not path.exists():
        return []
    try:
        data = json.loads(path.read_text("utf-8"))
    except (RecursionError, ValueError):
        data = None
    except OSError as error:
        raise ValueError(f"{error.strerror}. {_RESTORE}") from error
    form = data.get("form") if isinstance(data, dict) else None
    if type(form) is not int:
        raise ValueError(f"its form is unknown. {_RESTORE}")
    if form > FORM:
        raise ValueError(f"it has the form {form} of a later program, and this one knows {FORM}. Update the program.")
    entries = data.get("entries")
    if not isinstance(entries, list) or not all(_is_entry(entry) for entry in entries):
        raise ValueError(f"its form is unknown. {_RESTORE}")
    return entries


def lock_text(entries: list[Entry]) -> str:
    """The lock as a file."""
    return json.dumps({"form": FORM, "entries": entries}, indent=2) + "\n"


def verify(docs: Path, timeline: Timeline) -> list[Finding]:
    """Every difference between what the lock says was announced and what stands in the folder now."""
    try:
        entries = read_lock(docs)
    except ValueError as error:
        return [Finding(f"The lock cannot be read: {error}", _SHOWN)]
    findings = chain(entries)
    locked = {entry["version"]: entry for entry in entries}
    for version in timeline.versions:
        entry = locked.pop(version.number, None)
        if entry:
            findings += [*changed(docs, entry), *_other_dates(version, entry)]
        elif version.announced:
            findings.append(_not_locked(version))
    for number in locked:
        message = f"Version {number} was announced and is gone. Put it back with: git checkout -- docs/versies/{number}"
        findings.append(Finding(message, _SHOWN))
    return findings


def chain(entries: list[Entry]) -> list[Finding]:
    """A finding for each entry that does not follow from the one before it."""
    return [
        Finding(f"The chain breaks at version {entry['version']}. {_RESTORE}", _SHOWN, path=f"entries[{at}].previous")
        for at, entry in enumerate(entries)
        if entry["previous"] != previous_of(entries[:at]) or entry["version"] != at + 1
    ]


def previous_of(entries: list[Entry]) -> str | None:
    """What an entry after these must name as the one before it."""
    return entry_digest(entries[-1]) if entries else None


def changed(docs: Path, entry: Entry) -> list[Finding]:
    """A finding for each file of an announced version that is not what it was."""
    number = entry["version"]
    files = {f"versies/{number}/{name}": entry[key] for key, name in _FILES.items() if key in entry}
    files |= {_translation(language, number): at for language, at in entry.get("translations", {}).items()}
    findings = [
        _has_changed(docs, name, entry["announced"])
        for name, announced in files.items()
        if not (docs / name).is_file() or file_digest((docs / name).read_bytes()) != announced
    ]
    return [*findings, *_added(docs, number, entry)]


def translation_digests(docs: Path, version: PolicyVersion) -> dict[str, str]:
    """The digest of each translation of a version, by language."""
    return {
        language: file_digest((docs / _translation(language, version.number)).read_bytes())
        for language in version.languages[1:]
    }


def file_digest(content: bytes) -> str:
    """The digest of a text file, whatever its line ends."""
    return digest(content.replace(b"\r\n", b"\n").decode("utf-8", "surrogateescape"))


def entry_digest(entry: Mapping[str, Any]) -> str:
    """The digest of an entry, whatever the order of its keys."""
    return digest(json.dumps(entry, sort_keys=True))


def _translation(language: str, number: int) -> str:
    return f"{language}/versies/{number}/index.md"


def _added(docs: Path, number: int, entry: Entry) -> Iterator[Finding]:
    """Translations that came after the announcement: readers of both languages must learn of a text on one day."""
    for path in sorted(docs.glob(f"[a-z][a-z]/versies/{number}/index.md")):
        language = path.relative_to(docs).parts[0]
        if language not in entry.get("translations", {}):
            message = (
                f"Version {number} was announced on {entry['announced']} without this text. Move it away, "
                "or announce both as a new version."
            )
            yield Finding(message, f"docs/{_translation(language, number)}")


def _has_changed(docs: Path, name: str, announced: str) -> Finding:
    shown_as = f"docs/{name}"
    if not (docs / name).exists():
        message = f"This was announced on {announced} and is gone. Put it back with: git checkout -- {shown_as}"
        return Finding(message, shown_as)
    message = (
        f"This was announced on {announced} and has changed since. Keep your change elsewhere, put the file back with: "
        f"git checkout -- {shown_as} and write the change in a new version: policy new."
    )
    return Finding(message, shown_as)


def _other_dates(version: PolicyVersion, entry: Entry) -> Iterator[Finding]:
    """Where the lock and the text say different things: the last entry is named by no other."""
    said = {"announced": str(version.announced), "in_force": str(version.in_force), "class": version.change_class}
    for key, value in said.items():
        if entry[key] != value:
            message = f"Version {version.number} says '{value}' for '{key}' and the lock '{entry[key]}'. {_RESTORE}"
            yield Finding(message, _SHOWN, path=f"entries[{version.number - 1}].{key}")
    if version.inventory and version.inventory.websites and "consent_texts" not in entry:
        yield Finding(f"Version {version.number} has no digest of the consent question. {_RESTORE}", _SHOWN)
    if set(entry["words"]) != {OWN_LANGUAGE, *entry.get("translations", ())}:
        message = f"Version {version.number} has no digest of its words in each of its languages. {_RESTORE}"
        yield Finding(message, _SHOWN, path=f"entries[{version.number - 1}].words")


def _not_locked(version: PolicyVersion) -> Finding:
    """The next version is to be announced; one that has its frozen inventory already has lost its entry."""
    number = version.number
    if version.inventory:
        return Finding(f"Version {number} was announced and is not in the lock. {_RESTORE}", _SHOWN)
    return Finding(
        f"Version {number} has a date of announcement but is not frozen. Freeze it with: policy announce {number}",
        f"docs/versies/{number}/index.md",
        path="announced",
    )


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict) or not _KEYS.keys() | {"previous"} <= entry.keys():
        return False
    if entry.keys() - _KEYS.keys() - _MORE.keys() - {"previous"}:
        return False
    kinds = {**_KEYS, **{key: kind for key, kind in _MORE.items() if key in entry}}
    if not all(type(entry[key]) is kind for key, kind in kinds.items()):
        return False
    try:
        date.fromisoformat(entry["announced"]), date.fromisoformat(entry["in_force"])
    except ValueError:
        return False
    tables = [entry[key] for key in ("words", "translations") if key in entry]
    digests = [entry["previous"] or "", *(text for table in tables for text in table.values())]
    return all(isinstance(text, str) for text in digests)
