"""Reading the versions: texts with dates in, a timeline or every problem out."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from policy.findings import Finding
from policy.inventory.explain import explain
from policy.inventory.fields import Text
from policy.inventory.files import read_text
from policy.inventory.freeze import from_json
from policy.inventory.model import Inventory
from policy.versions.model import PolicyVersion, Section, Timeline

_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6}) (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_SECTION = re.compile(r"^## (\d+) (.+?) \{ ?#([a-z][a-z0-9-]*) ?\}\s*$", re.MULTILINE)
_ANCHOR = re.compile(r"\{ ?#[a-z][a-z0-9-]* ?\}\s*$")

Sentences = Annotated[
    tuple[Text, ...], BeforeValidator(lambda given: tuple(given) if isinstance(given, list) else given)
]


Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class FrontMatter(BaseModel):
    """The lines between `---` at the top of docs/versies/N/index.md."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: Text
    description: Text | None = None
    announced: Day | None = None
    in_force: Day | None = None
    change_class: Literal["substantive", "editorial", "technical"] = Field(alias="class")
    note: Text
    ends: Sentences = ()
    adds: Sentences = ()
    holds_already: Sentences = ()


def read_versions(docs: Path) -> tuple[Timeline | None, list[Finding]]:
    """The versions in `docs/versies`, and every problem found; the timeline is None if there is any."""
    findings: list[Finding] = []
    try:
        entries = sorted(path for path in (docs / "versies").iterdir() if not path.name.startswith("."))
    except OSError:
        return None, [_none()]
    folders = sorted((path for path in entries if _NUMBER.fullmatch(path.name)), key=lambda path: int(path.name))
    for path in entries:
        if path not in folders:
            message = "This is not the number of a version. Name the folder of a version 1, 2, 3 and so on."
            findings.append(Finding(message, f"docs/versies/{path.name}"))
    if not folders:
        return None, [*findings, _none()]
    versions = [version for folder in folders if (version := _read_version(folder, findings))]
    if not findings:
        findings = _order(versions)
    return (None, findings) if findings else (Timeline(tuple(versions)), [])


def _none() -> Finding:
    return Finding("There is no version. Put it back with: git checkout -- docs/versies", "docs/versies")


def front_matter(text: str, model: type[BaseModel], shown_as: str, findings: list[Finding]) -> Any:
    """The front matter of a page as a value of its model, or None after adding what is wrong.

    MkDocs publishes broken front matter as text and says nothing, so it is read here first.
    """
    match = _FRONT_MATTER.match(text.replace("\r\n", "\n"))
    if not match:
        findings.append(
            Finding("The page does not start with --- and end its first lines with ---. Add them.", shown_as, 1)
        )
        return None
    try:
        data = yaml.safe_load(match[1])
        double = _doubles(match[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else None
        what = getattr(error, "problem", None) or "it cannot be read"
        findings.append(
            Finding(
                f'The lines at the top are broken: {what}. Put text that holds a colon in "quotes".', shown_as, line
            )
        )
        return None
    except ValueError as error:
        findings.append(
            Finding(f"The lines at the top hold an impossible value: {error}. Write dates as 2026-11-22.", shown_as)
        )
        return None
    if not isinstance(data, dict):
        findings.append(
            Finding("The lines at the top are not 'key: value' lines. Write one key on each line.", shown_as, 2)
        )
        return None
    if double:
        findings += [Finding(f"The key '{key}' stands twice. Remove one.", shown_as, line, key) for key, line in double]
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for finding in explain(error, model, match[1], shown_as):
            findings.append(replace(finding, line=_line(match[1], finding.path)))
        return None


def _doubles(block: str) -> list[tuple[str, int]]:
    node = yaml.compose(block, Loader=yaml.SafeLoader)
    seen: set[str] = set()
    double = []
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in seen:
            double.append((key.value, key.start_mark.line + 2))
        seen.add(key.value)
    return double


def _line(block: str, path: str) -> int | None:
    key = re.split(r"[.\[]", path)[0]
    for number, line in enumerate(block.splitlines(), start=2):
        if line.startswith(f"{key}:"):
            return number
    return None


def _read_version(folder: Path, findings: list[Finding]) -> PolicyVersion | None:
    shown_as = f"docs/versies/{folder.name}/index.md"
    text = read_text(folder / "index.md", shown_as, findings)
    if text is None:
        return None
    findings += _anchors(text, shown_as)
    matter = front_matter(text, FrontMatter, shown_as, findings)
    frozen = _frozen(folder, findings)
    if matter is None:
        return None
    sections = tuple(Section(*match.groups()) for match in _SECTION.finditer(text))
    facts = matter.model_dump(exclude={"description"})
    return PolicyVersion(number=int(folder.name), inventory=frozen, sections=sections, **facts)


def _frozen(folder: Path, findings: list[Finding]) -> Inventory | None:
    path = folder / "inventory.json"
    if not path.exists():
        return None
    shown_as = f"docs/versies/{folder.name}/inventory.json"
    text = read_text(path, shown_as, findings)
    return from_json(text, shown_as, findings) if text is not None else None


def _anchors(text: str, shown_as: str) -> list[Finding]:
    """Every heading needs an anchor of its own: a link to a section must work for ever."""
    findings = []
    seen: dict[str, int] = {}
    for match in _HEADING.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        anchor = _ANCHOR.search(match[2])
        if not anchor:
            findings.append(
                Finding(
                    f"The heading '{match[2]}' has no anchor. Put one at its end, such as {{#contact}}.", shown_as, line
                )
            )
        elif anchor[0].strip() in seen:
            findings.append(
                Finding(
                    f"The anchor {anchor[0].strip()} stands at line {seen[anchor[0].strip()]} too. Choose another.",
                    shown_as,
                    line,
                )
            )
        else:
            seen[anchor[0].strip()] = line
    return findings


def _order(versions: list[PolicyVersion]) -> list[Finding]:
    findings = []
    for index, version in enumerate(versions, start=1):
        shown_as = f"docs/versies/{version.number}/index.md"
        if version.number != index:
            findings.append(
                Finding(
                    f"Version {index} is missing before version {version.number}. Number without gaps.", "docs/versies"
                )
            )
            break
        if version.announced and version.in_force and version.in_force < version.announced:
            findings.append(
                Finding(
                    "The version would be in force before it is announced. Mend one of the two dates.",
                    shown_as,
                    path="in_force",
                )
            )
        if bool(version.announced) != bool(version.in_force):
            findings.append(Finding("'announced' and 'in_force' go together. Fill in both or neither.", shown_as))
        before = versions[index - 2] if index > 1 else None
        if before and version.in_force and (before.in_force is None or version.in_force <= before.in_force):
            findings.append(
                Finding(
                    f"The version is not in force later than version {before.number}. Choose a later date.",
                    shown_as,
                    path="in_force",
                )
            )
    return findings
