"""Announcing a version: everything is tried in a copy, and then frozen in one step, or nothing is."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policy.alone import alone
from policy.errors import PolicyError
from policy.findings import Finding
from policy.inventory.check import read_checked
from policy.inventory.files import read_text
from policy.inventory.freeze import to_json
from policy.inventory.model import OWN_LANGUAGE, Inventory
from policy.inventory.replace import replace_files
from policy.site.pages import check_pages
from policy.site.plugin import build_site
from policy.site.source import Source, announced_texts, sound_source
from policy.site.texts import Texts
from policy.versions.diff import DifferenceKind, differences, in_words
from policy.versions.draft import draft_of, with_keys
from policy.versions.lock import (
    INVENTORY,
    NAME,
    NOT_YET,
    TEXTS,
    Entry,
    chain,
    changed,
    file_digest,
    lock_text,
    previous_of,
    read_lock,
    translation_digests,
    verify,
)
from policy.versions.model import PolicyVersion, Timeline
from policy.versions.read import FOLDER, read_versions, translations
from policy.versions.words import words_digest

MAY_BE_WORDS = frozenset(
    [DifferenceKind.PURPOSE_OF_ACTIVITY, DifferenceKind.NEW_NAME, DifferenceKind.ANOTHER_RETENTION]
)
"""What an editor may have said in other words only, such as a spelling mended; the editor decides."""

_COPIED = ("docs", "theme_overrides", "consent_js")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What an editor says when announcing; what is None stands in the text already."""

    in_force: date | None = None
    change_class: str | None = None
    note: str | None = None
    urgent_reason: str | None = None

    def keys(self, day: date) -> dict[str, str | date]:
        """The front matter of the text with this."""
        wished = {"in_force": self.in_force, "class": self.change_class, "note": self.note}
        wished["urgent_reason"] = self.urgent_reason
        return {"announced": day, **{key: value for key, value in wished.items() if value is not None}}


def new_draft(root: Path) -> list[Path]:
    """Write the draft of the next version from the newest text and its translations; the paths of what was written.

    PolicyError where there is a draft already, or where the versions cannot be read.
    """
    docs = root / "docs"
    timeline, findings = read_versions(docs)
    findings += verify(docs, timeline) if timeline else []
    wrong = [finding for finding in findings if not finding.warning]
    if timeline is None or wrong:
        raise PolicyError(wrong)
    newest = timeline.versions[-1]
    if newest.announced is None:
        shown_as = f"docs/{FOLDER}/{newest.number}/index.md"
        raise PolicyError([Finding(f"Version {newest.number} is a draft already. Write on in it.", shown_as)])
    places = [docs, *(place for place in translations(docs) if place.name in newest.languages)]
    files = {}
    for place in places:
        text = _text(place / FOLDER / str(newest.number) / "index.md", root)
        files[place / FOLDER / str(newest.number + 1) / "index.md"] = draft_of(text)
    try:
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
        replace_files(files, docs, "docs")
    except (OSError, PolicyError) as error:
        for path in files:
            shutil.rmtree(path.parent, ignore_errors=True)
        if isinstance(error, PolicyError):
            raise
        raise PolicyError(
            [Finding(f"The folder cannot be made ({error.strerror}). Allow it.", f"docs/{FOLDER}")]
        ) from error
    return list(files)


def announce(root: Path, number: int, wish: Wish, day: date, tell: Callable[[str], None]) -> PolicyVersion:
    """Freeze a version: its texts, its inventory, the words of the consent question and the words readers see.

    `day` becomes its day of announcement. Everything is tried in a copy first, a whole build included; PolicyError
    tells all that is wrong, and nothing was changed then. The frozen inventory of version 1 was made by hand, from the
    text of 2018, and is kept. Nobody else builds or announces meanwhile.
    """
    docs = root / "docs"
    with alone(root / "build"), tempfile.TemporaryDirectory() as temporary:
        entries = _entries(docs, number, day)
        copy = Path(temporary)
        _copy(root, copy)
        tell("Checking the text, its dates and the inventory")
        files = _frozen(copy / "docs", number, wish, day)
        _write(copy / "docs", files)
        version = _version(copy / "docs", number)
        entry = _entry(copy / "docs", version, entries)
        _write(copy / "docs", {NAME: lock_text([*entries, entry])})
        tell("Building everything with it")
        _honest_class(sound_source(copy, day), version)
        entry["words"] = _words(build_site(copy, copy / "site", day), number)
        files[NAME] = lock_text([*entries, entry])
        replace_files({docs / name: text for name, text in files.items()}, docs, "docs")
    return version


def _entries(docs: Path, number: int, day: date) -> list[Entry]:
    """The entries before a version's own; PolicyError where it may not be announced, or no longer."""
    shown_as = f"docs/{FOLDER}/{number}/index.md"
    if not (docs / FOLDER / str(number) / "index.md").is_file():
        raise PolicyError([Finding(f"There is no version {number}. Make the next one with: policy new", shown_as)])
    try:
        entries = read_lock(docs)
    except ValueError as error:
        raise PolicyError([Finding(f"The lock cannot be read: {error}", f"docs/{NAME}")]) from error
    earlier, own = [e for e in entries if e["version"] < number], [e for e in entries if e["version"] == number]
    if len(earlier) + len(own) < len(entries):
        message = f"A later version than {number} is announced. Correct this one in a new version: policy new."
        raise PolicyError([Finding(message, f"docs/{NAME}")])
    if [entry["version"] for entry in earlier] != list(range(1, number)):
        message = f"Not every version before {number} is announced. Announce those first."
        raise PolicyError([Finding(message, f"docs/{NAME}")])
    if own and date.fromisoformat(own[0]["in_force"]) <= day:
        message = f"This version is in force since {own[0]['in_force']}. Correct it in a new version: policy new."
        raise PolicyError([Finding(message, shown_as, path="in_force")])
    wrong = chain(earlier) + [finding for entry in earlier for finding in changed(docs, entry)]
    if wrong:
        raise PolicyError(wrong)
    return earlier


def _text(path: Path, root: Path) -> str:
    findings: list[Finding] = []
    text = read_text(path, path.relative_to(root).as_posix(), findings)
    if text is None:
        raise PolicyError(findings)
    return text


def _copy(root: Path, copy: Path) -> None:
    try:
        for name in _COPIED:
            shutil.copytree(root / name, copy / name, copy_function=shutil.copyfile)
        shutil.copyfile(root / "mkdocs.yml", copy / "mkdocs.yml")
    except shutil.Error as error:
        told = [(Path(file).relative_to(root).as_posix(), reason) for file, _, reason in error.args[0]]
        raise PolicyError(
            [Finding(f"The file cannot be read ({why}). Allow it.", file) for file, why in told]
        ) from error


def _frozen(docs: Path, number: int, wish: Wish, day: date) -> dict[str, str]:
    """The files of a version as they are when it is announced, by path in docs/."""
    folder = f"{FOLDER}/{number}"
    files = {f"{folder}/index.md": with_keys(_text(docs / folder / "index.md", docs.parent), wish.keys(day))}
    if "\nin_force:" not in files[f"{folder}/index.md"]:
        message = "The version has no day from which it is in force. Say it with: --in-force 2027-06-01"
        raise PolicyError([Finding(message, f"docs/{folder}/index.md", path="in_force")])
    _write(docs, files)
    working, timeline = _sound(docs)
    version = timeline.version(number)
    frozen = working if number > 1 else version.inventory
    if frozen is None:
        message = "The inventory of version 1, which was made by hand, is missing. Put it back from git."
        raise PolicyError([Finding(message, f"docs/{folder}/{INVENTORY}")])
    files[f"{folder}/{INVENTORY}"] = to_json(frozen)
    if frozen.websites:
        files[f"{folder}/{TEXTS}"] = announced_texts(timeline, number, frozen)
    return files


def _sound(docs: Path) -> tuple[Inventory, Timeline]:
    """Inventory and versions; PolicyError with every problem of them and of the pages."""
    working, findings = read_checked(docs / "inventory")
    timeline, wrong = read_versions(docs)
    spoken = {place.name for place in translations(docs)}
    findings = [
        finding
        for finding in [*findings, *wrong, *check_pages(docs)]
        if not finding.warning
        or (Path(finding.file).parent.name == "translation" and Path(finding.file).stem in spoken)
    ]
    if working is None or timeline is None or findings:
        raise PolicyError(findings)
    return working, timeline


def _version(docs: Path, number: int) -> PolicyVersion:
    timeline, findings = read_versions(docs)
    if timeline is None:
        raise PolicyError(findings)
    return timeline.version(number)


def _entry(docs: Path, version: PolicyVersion, earlier: list[Entry]) -> Entry:
    assert version.announced and version.in_force
    folder = docs / FOLDER / str(version.number)
    entry: Entry = {
        "version": version.number,
        "announced": version.announced.isoformat(),
        "in_force": version.in_force.isoformat(),
        "class": version.change_class,
        "text": file_digest((folder / "index.md").read_bytes()),
        "inventory": file_digest((folder / INVENTORY).read_bytes()),
        "words": dict.fromkeys(version.languages, NOT_YET),
        "previous": previous_of(earlier),
    }
    if (folder / TEXTS).is_file():
        entry["consent_texts"] = file_digest((folder / TEXTS).read_bytes())
    if others := translation_digests(docs, version):
        entry["translations"] = others
    return entry


def _honest_class(source: Source, version: PolicyVersion) -> None:
    """PolicyError where the inventory changed what readers must know of, and the class says that nothing did."""
    earlier = source.timeline.predecessor(version)
    if version.is_substantive or earlier is None:
        return
    found = [one for one in differences(source.of(earlier), source.of(version)) if one.substantive]
    certain = [one for one in found if one.widens or one.kind not in MAY_BE_WORDS]
    if certain:
        others = f" (and {len(certain) - 1} more)" if len(certain) > 1 else ""
        message = (
            f"The inventory changes what readers must know of beforehand: {in_words(certain[0])}{others}. So the "
            f"version is not {version.change_class}. Announce it with: --class substantive"
        )
        raise PolicyError([Finding(message, f"docs/{FOLDER}/{version.number}/index.md", path="class")])


def _words(texts: Texts, number: int) -> dict[str, str]:
    """The digest of the words that readers of each language see."""
    found = {language: words_digest(html) for (version, language), html in texts.items() if version == number}
    return dict(sorted(found.items(), key=lambda item: (item[0] != OWN_LANGUAGE, item[0])))


def _write(docs: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (docs / name).write_bytes(text.encode())
