"""Reading the versions: texts with dates in, a timeline or every problem out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from policy.findings import Finding
from policy.inventory.files import read_text
from policy.inventory.freeze import Parts, from_json
from policy.inventory.model import OWN_LANGUAGE, Inventory
from policy.versions.front_matter import BLOCK, TranslationMatter, VersionMatter, front_matter, line_of
from policy.versions.model import NOTICE, PolicyVersion, Section, Timeline, VersionText
from policy.versions.pairing import unpaired

FOLDER = "versies"
_TAG = re.compile(r"</?[A-Za-z!]")
_MERGE = re.compile(r"<{7}|>{7}|={7}$")
_CODE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})(?!#) ?(.*)$", re.MULTILINE)
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_SECTION = re.compile(r"^## (\d+) (.+?) \{ ?#([a-z][a-z0-9-]*) ?\}\s*$", re.MULTILINE)
_ANCHOR = re.compile(r"\{ ?#([a-z][a-z0-9-]*) ?\}\s*$")
_LISTS = ("affects", "ends", "adds", "holds_already")


def read_versions(docs: Path) -> tuple[Timeline | None, list[Finding]]:
    """The versions in `docs/versies` with their translations, and every problem.

    The timeline is None if a problem is more than a warning.
    """
    findings: list[Finding] = []
    folders = [
        folder
        for folder in _folders(docs / FOLDER, f"docs/{FOLDER}", findings)
        if not folder.is_dir() or any(folder.iterdir())  # git leaves empty folders behind, and so does a killed `new`
    ]
    if not folders:
        message = f"There is no version. Put it back with: git checkout -- docs/{FOLDER}"
        return None, [*findings, Finding(message, f"docs/{FOLDER}")]
    known: Parts = {}
    versions = [version for folder in folders if (version := _read_version(docs, folder, known, findings))]
    findings += _lost_anchors(docs, versions)
    findings += _without_own(docs, {folder.name for folder in folders})
    dates = [finding for version in versions for finding in _dates(version)]
    if all(finding.warning for finding in [*findings, *dates]):
        dates += _order(versions)
    findings += [_with_line(docs, finding) for finding in dates]
    stopped = any(not finding.warning for finding in findings)
    return (None if stopped else Timeline(tuple(versions))), findings


def translations(docs: Path) -> list[Path]:
    """The folders of the other languages, such as `docs/en`."""
    return sorted(path for path in docs.glob("[a-z][a-z]") if path.is_dir())


def _with_line(docs: Path, finding: Finding) -> Finding:
    """The finding with the line on which its key stands in the text."""
    path = docs.parent / finding.file
    if not finding.path or not path.is_file():
        return finding
    match = BLOCK.match(path.read_text("utf-8").replace("\r\n", "\n"))
    return replace(finding, line=line_of(match[1], finding.path)) if match else finding


def _folders(place: Path, shown_as: str, findings: list[Finding]) -> list[Path]:
    """The folders of versions in order of their numbers; what else stands there is told."""
    try:
        entries = sorted(path for path in place.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
    for path in entries:
        if not _NUMBER.fullmatch(path.name):
            message = "This is not the number of a version. Name the folder of a version 1, 2, 3 and so on."
            findings.append(Finding(message, f"{shown_as}/{path.name}"))
    return sorted((path for path in entries if _NUMBER.fullmatch(path.name)), key=lambda path: int(path.name))


def _without_own(docs: Path, known: set[str]) -> Iterator[Finding]:
    """Translations of versions that do not exist."""
    for place in translations(docs):
        findings: list[Finding] = []
        shown_as = f"docs/{place.name}/{FOLDER}"
        for folder in _folders(place / FOLDER, shown_as, findings):
            if folder.name not in known:
                message = f"There is no version {folder.name} to translate. Write docs/{FOLDER}/{folder.name} first."
                findings.append(Finding(message, f"{shown_as}/{folder.name}"))
        yield from findings


def _read_version(docs: Path, folder: Path, known: Parts, findings: list[Finding]) -> PolicyVersion | None:
    shown_as = f"docs/{FOLDER}/{folder.name}/index.md"
    text = read_text(folder / "index.md", shown_as, findings)
    if text is None:
        return None
    findings += [*_anchors(text, shown_as), *_raw(text, shown_as)]
    matter = front_matter(text, VersionMatter, shown_as, findings)
    frozen = _frozen(folder, known, findings)
    if matter is None:
        return None
    texts = [_said(OWN_LANGUAGE, matter, text)]
    for place in translations(docs):
        path = place / FOLDER / folder.name / "index.md"
        if path.parent.is_dir() and (said := _translation(path, matter, (text, shown_as), findings)):
            texts.append(said)
    return PolicyVersion(
        number=int(folder.name),
        change_class=matter.change_class or "",
        announced=matter.announced,
        in_force=matter.in_force,
        removed=matter.removed,
        texts=tuple(texts),
        inventory=frozen,
    )


def _translation(
    path: Path, own: VersionMatter, own_text: tuple[str, str], findings: list[Finding]
) -> VersionText | None:
    language = path.parents[2].name
    shown_as = f"docs/{language}/{FOLDER}/{path.parent.name}/index.md"
    text = read_text(path, shown_as, findings)
    if text is None:
        return None
    matter = front_matter(text, TranslationMatter, shown_as, findings)
    wrong = [*_raw(text, shown_as), *unpaired(own_text[0], text, own_text[1], shown_as)]
    if matter is not None:
        wrong += _unlike(own, matter, own_text[1], shown_as)
    # A draft is written in one language after the other: that may not keep the site from being built.
    findings += [replace(finding, warning=own.announced is None) for finding in wrong]
    return _said(language, matter, text) if matter is not None else None


def _unlike(own: VersionMatter, matter: TranslationMatter, own_shown_as: str, shown_as: str) -> Iterator[Finding]:
    """Where the front matter of a translation says more or less than that of its own text."""
    for key in ("note", "urgent_reason"):
        if bool(getattr(own, key)) != bool(getattr(matter, key)):
            there, here = (own_shown_as, "here") if getattr(own, key) else ("here", own_shown_as)
            message = f"'{key}' stands in {there} and not {here}. Write it in both languages, or in neither."
            yield Finding(message, shown_as, path=key)
    for key in _LISTS:
        here, there = len(getattr(matter, key)), len(getattr(own, key))
        if here != there:
            message = f"The list has {here} items, and {there} in {own_shown_as}. Write them all in both."
            yield Finding(message, shown_as, path=key)


def _said(language: str, matter: TranslationMatter, text: str) -> VersionText:
    return VersionText(
        language=language,
        title=matter.title,
        note=matter.note or "",
        description=matter.description,
        urgent_reason=matter.urgent_reason or "",
        sections=tuple(Section(*match.groups()) for match in _SECTION.finditer(text)),
        **{key: getattr(matter, key) for key in _LISTS},
    )


def _frozen(folder: Path, known: Parts, findings: list[Finding]) -> Inventory | None:
    """The frozen inventory of a version; versions share the tables that are the same in both."""
    path = folder / "inventory.json"
    if not path.exists():
        return None
    shown_as = f"docs/{FOLDER}/{folder.name}/inventory.json"
    text = read_text(path, shown_as, findings)
    if text is None:
        return None
    return from_json(text, shown_as, findings, known)


def _anchors(text: str, shown_as: str) -> Iterator[Finding]:
    """Every heading needs an anchor of its own: a link to a section must work for ever."""
    seen: dict[str, int] = {}
    text = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    for match in _HEADING.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        found = _ANCHOR.search(match[2])
        anchor = found[0].strip() if found else ""
        if not anchor:
            message = f"The heading '{match[2]}' has no anchor. Put one at its end, such as {{#contact}}."
            yield Finding(message, shown_as, line)
        elif anchor in seen:
            yield Finding(f"The anchor {anchor} stands at line {seen[anchor]} too. Choose another.", shown_as, line)
        else:
            seen[anchor] = line


def _lost_anchors(docs: Path, versions: list[PolicyVersion]) -> Iterator[Finding]:
    """Links to a section of one version must work in the next: an anchor that goes is named as removed."""
    before: set[str] = set()
    for version in versions:
        shown_as = f"docs/{FOLDER}/{version.number}/index.md"
        text = (docs / FOLDER / str(version.number) / "index.md").read_text("utf-8", "replace")
        anchors = {found[1] for heading in _HEADING.finditer(text) if (found := _ANCHOR.search(heading[2]))}
        for anchor in sorted(before - anchors - set(version.removed)):
            message = (
                f"The heading with the anchor {{#{anchor}}} of version {version.number - 1} is gone, and links to it "
                f"with it. Put the anchor back, or write: removed: [{anchor}]"
            )
            yield Finding(message, shown_as, warning=version.announced is None)
        before = anchors


def _raw(text: str, shown_as: str) -> Iterator[Finding]:
    """What a text that is kept for ever may not hold: HTML, which could break its page, and what a merge left."""
    matter = BLOCK.match(text.replace("\r\n", "\n"))
    top = matter[0].count("\n") if matter else 0
    for number, line in enumerate(text.splitlines(), start=1):
        if number > top and _TAG.search(line):
            yield Finding("HTML stands here. Write it in Markdown: the text is kept for ever.", shown_as, number)
        if _MERGE.match(line):
            yield Finding(
                "A merge of two changes was not finished here. Choose one, and remove this line.", shown_as, number
            )


def _dates(version: PolicyVersion) -> Iterator[Finding]:
    """What is wrong with the dates of one version, and with what an announced one must say."""
    shown_as = f"docs/{FOLDER}/{version.number}/index.md"
    if bool(version.announced) != bool(version.in_force):
        key = "announced" if version.announced else "in_force"
        yield Finding("'announced' and 'in_force' go together. Fill in both or neither.", shown_as, path=key)
    if not version.announced or not version.in_force:
        return
    if version.in_force < version.announced:
        message = "The version would be in force before it is announced. Mend one of the two dates."
        yield Finding(message, shown_as, path="in_force")
    for key, value in (("class", version.change_class), ("note", version.texts[0].note)):
        if not value:
            yield Finding(f"The key '{key}' is missing. Add it.", shown_as, path=key)
    days = (version.in_force - version.announced).days
    urgent = version.texts[0].urgent_reason
    if version.is_substantive and version.number > 1 and 0 <= days < NOTICE.days and not urgent:
        message = (
            f"A substantive version is announced {NOTICE.days} days before it is in force, and this one {days}. Choose "
            "a later day, or tell readers under 'urgent_reason' why it cannot wait."
        )
        yield Finding(message, shown_as, path="in_force")


def _order(versions: list[PolicyVersion]) -> list[Finding]:
    findings = []
    for index, version in enumerate(versions, start=1):
        shown_as = f"docs/{FOLDER}/{version.number}/index.md"
        if version.number != index:
            message = f"Version {index} is missing before version {version.number}. Number without gaps."
            findings.append(Finding(message, f"docs/{FOLDER}"))
            break
        before = versions[index - 2] if index > 1 else None
        if before and version.in_force and before.in_force == version.in_force:
            message = (
                f"Versions {before.number} and {version.number} would both be in force from {version.in_force}. "
                "Choose a later date for this one."
            )
            findings.append(Finding(message, shown_as, path="in_force"))
        elif before and version.announced and before.announced and version.announced < before.announced:
            message = (
                f"Version {before.number} was announced on {before.announced}, and this one before it. Versions are "
                "announced in the order of their numbers: choose a later day."
            )
            findings.append(Finding(message, shown_as, path="announced"))
        elif before and version.in_force and (before.in_force is None or version.in_force < before.in_force):
            message = f"The version is not in force later than version {before.number}. Choose a later date."
            findings.append(Finding(message, shown_as, path="in_force"))
    return findings
