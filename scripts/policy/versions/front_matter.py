"""The lines between `---` at the top of a page: read before MkDocs, which publishes broken ones as text."""

import re
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from policy.findings import Finding
from policy.inventory.explain import explain
from policy.inventory.fields import Text

BLOCK = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
"""The front matter of a text with the line ends of Unix; its first group is what stands between the dashes."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same loader in C, where PyYAML was built with it: hundreds of versions are read at each build."""

Sentences = Annotated[
    tuple[Text, ...], BeforeValidator(lambda given: tuple(given) if isinstance(given, list) else given)
]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class Matter(BaseModel):
    """What any page may say at its top."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: Text
    description: Text | None = None


class TranslationMatter(Matter):
    """The top of docs/en/versies/N/index.md: what the version says about itself; its dates stand in its own text."""

    note: Text | None = None
    urgent_reason: Text | None = None
    affects: Sentences = ()
    ends: Sentences = ()
    adds: Sentences = ()
    holds_already: Sentences = ()


class VersionMatter(TranslationMatter):
    """The top of docs/versies/N/index.md; a draft has no dates, and may have no class and no note yet.

    `removed` are the anchors of sections of the version before that are meant to be gone.
    """

    announced: Day | None = None
    in_force: Day | None = None
    removed: Sentences = ()
    change_class: Literal["substantive", "editorial", "technical"] | None = Field(None, alias="class")


def front_matter(text: str, model: type[BaseModel], shown_as: str, findings: list[Finding]) -> Any:
    """The front matter of a page as a value of its model, or None after adding what is wrong."""
    match = BLOCK.match(text.replace("\r\n", "\n"))
    if not match:
        message = "The page does not start with --- and end its first lines with ---. Add them."
        findings.append(Finding(message, shown_as, 1))
        return None
    data = _data(match[1], shown_as, findings)
    if data is None:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for finding in explain(error, model, match[1], shown_as):
            findings.append(replace(finding, line=line_of(match[1], finding.path)))
        return None


def line_of(block: str, path: str) -> int | None:
    """The line of the page on which a key of its front matter stands."""
    key = re.split(r"[.\[]", path)[0]
    for number, line in enumerate(block.splitlines(), start=2):
        if line.startswith(f"{key}:"):
            return number
    return None


def _data(block: str, shown_as: str, findings: list[Finding]) -> dict[str, Any] | None:
    """The keys and values of a block, or None after adding what is wrong with its form."""
    try:
        try:
            data = yaml.load(block, Loader=_Loader)
        except yaml.YAMLError:
            data = yaml.safe_load(block)  # its sentences are the same on every machine
        double = _doubles(block)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be read"
        message = f'The lines at the top are broken: {what}. Put text that holds a colon in "quotes".'
        findings.append(Finding(message, shown_as, mark.line + 2 if mark else None))
        return None
    except ValueError as error:
        message = f"The lines at the top hold an impossible value: {error}. Write dates as 2026-11-22."
        findings.append(Finding(message, shown_as))
        return None
    if not isinstance(data, dict):
        message = "The lines at the top are not 'key: value' lines. Write one key on each line."
        findings.append(Finding(message, shown_as, 2))
        return None
    findings += [Finding(f"The key '{key}' stands twice. Remove one.", shown_as, line, key) for key, line in double]
    return None if double else data


def _doubles(block: str) -> list[tuple[str, int]]:
    node = yaml.compose(block, Loader=_Loader)
    seen: set[str] = set()
    double = []
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in seen:
            double.append((key.value, key.start_mark.line + 2))
        seen.add(key.value)
    return double
