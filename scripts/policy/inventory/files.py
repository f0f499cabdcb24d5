"""The inventory's folder: which texts it holds, and what keeps a file from being read."""

import errno
import stat
from collections.abc import Collection
from pathlib import Path

from policy.findings import Finding, did_you_mean
from policy.inventory.explain import printable, shown

FOLDER = "docs/inventory"
"""The inventory's folder as an editor knows it."""

OPTIONAL = frozenset({"translation"})
"""Folders that an inventory can do without."""

_BESIDES = frozenset({"schema", "README.md", "publishing.toml", "known_hosts"})
"""What lies in the folder and is no part of the inventory."""
_BOM = b"\xef\xbb\xbf"


def load(
    folder: Path, shown_as: str, files: Collection[str], folders: Collection[str]
) -> tuple[dict[str, str], list[Finding]]:
    """The texts of the files by path in the folder, in order of name, and what could not be read."""
    findings: list[Finding] = []
    if not folder.is_dir():
        return {}, [
            Finding("The folder is missing. Run this in the project's folder, or name it with --root.", shown_as)
        ]
    findings += _strangers(folder, shown_as, {*files, *folders})
    names = {name: folder / name for name in files}
    for part in folders:
        if part in OPTIONAL and not (folder / part).exists():
            continue
        names |= _in_folder(folder / part, part, f"{shown_as}/{part}", findings)
    texts = {name: read_text(path, f"{shown_as}/{name}", findings) for name, path in names.items()}
    return {name: text for name, text in texts.items() if text is not None}, findings


def read_text(path: Path, shown_as: str, findings: list[Finding]) -> str | None:
    """The text of a file as it stands, line ends included, or None after adding why not to the findings."""
    try:
        mode = path.stat().st_mode
        raw = path.read_bytes() if stat.S_ISREG(mode) else None
    except OSError as error:
        findings.append(Finding(_reason(error, shown_as), shown_as))
        return None
    if raw is None:
        what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
        findings.append(Finding(f"This is {what}. Move it away and put the file in its place.", shown_as))
        return None
    if raw.startswith(_BOM):
        message = "The file starts with a byte order mark. Save it again as UTF-8 without BOM."
        findings.append(Finding(message, shown_as, 1))
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        findings.append(Finding("The file is not UTF-8 text. Save it again with the encoding UTF-8.", shown_as, line))
        return None


def _in_folder(folder: Path, part: str, shown_as: str, findings: list[Finding]) -> dict[str, Path]:
    try:
        entries = sorted(folder.iterdir())
    except NotADirectoryError:
        findings.append(Finding(f"This is a file. Move it away and make a folder {part} in its place.", shown_as))
        return {}
    except OSError as error:
        findings.append(Finding(_reason(error, shown_as, "folder"), shown_as))
        return {}
    kept = {f"{part}/{printable(path.name)}": path for path in entries if path.suffix == ".toml" and _counts(path.name)}
    for path in entries:
        if path.suffix != ".toml" and _counts(path.name):
            message = "Only files that end in .toml are read here. Rename this one, or move it away."
            findings.append(Finding(message, f"{shown_as}/{printable(path.name)}"))
    if not kept:
        findings.append(Finding(_empty(part, shown_as), shown_as))
    return kept


def _strangers(folder: Path, shown_as: str, known: set[str]) -> list[Finding]:
    """A misspelled file would be overlooked in silence."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        return [Finding(_reason(error, shown_as, "folder"), shown_as)]
    return [
        Finding(
            f"{shown(name)} is not part of the inventory. {did_you_mean(name, sorted(known))}"
            "Rename it, or move it away.",
            f"{shown_as}/{printable(name)}",
        )
        for name in names
        if _counts(name) and name not in known
    ]


def _counts(name: str) -> bool:
    """Whether a name is an editor's own; programs leave .hidden and backup~ files."""
    return not name.startswith(".") and not name.endswith("~") and name not in _BESIDES


def _reason(error: OSError, shown_as: str, what: str = "file") -> str:
    if isinstance(error, FileNotFoundError):
        return f"The {what} is missing. Put it back with: git checkout -- {shown_as}"
    if isinstance(error, PermissionError):
        return f"You may not read this {what}. Allow it with: chmod u+rX {shown_as}"
    if error.errno == errno.ELOOP:
        return f"This is a link that leads to itself. Put the {what} in its place."
    return f"The {what} cannot be read ({error.strerror}). Put it back with: git checkout -- {shown_as}"


def _empty(part: str, shown_as: str) -> str:
    if part == "services":
        return "The folder is empty. Add a service with: policy inventory add NAME"
    return f"The folder is empty. Put it back with: git checkout -- {shown_as}"
