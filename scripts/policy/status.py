"""Where things stand, as tables for a terminal."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from policy.inventory.questions import questions
from policy.site.source import Source
from policy.versions.diff import Difference, consequence, consequence_in_words, differences, in_words
from policy.versions.model import PolicyVersion

_SHOWN = 12
"""Rows of questions and of differences; the commands named below the tables tell all."""


def status_report(source: Source) -> Iterator[Table | Text]:
    """Versions, open questions, and how the inventory differs from what was announced."""
    yield _versions(source)
    yield _questions(source)
    current, newest = source.timeline.in_force(source.day), source.timeline.newest_announced(source.day)
    for version in dict.fromkeys(v.number for v in (current, newest) if v):
        yield from _differences(source, source.timeline.version(version))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, header_style="dim")
    return table


def _versions(source: Source) -> Table:
    table = _table(f"Versions on {source.day}", "version", "state", "announced", "in force", "until", "class")
    for version in source.timeline.versions:
        last = source.timeline.last_day(version)
        table.add_row(
            str(version.number),
            str(source.timeline.state(version, source.day)),
            str(version.announced or "–"),
            str(version.in_force or "–"),
            str(last or "–"),
            version.change_class,
        )
    return table


def _questions(source: Source) -> Table:
    asked = questions(source.working)
    table = _table(f"\nOpen questions: {len(asked)}", "file", "question")
    for question in asked[:_SHOWN]:
        table.add_row(question.file.removeprefix("docs/inventory/"), question.text)
    if len(asked) > _SHOWN:
        table.add_row("…", f"{len(asked) - _SHOWN} more: policy inventory questions")
    return table


def _differences(source: Source, version: PolicyVersion) -> Iterator[Table | Text]:
    state = source.timeline.state(version, source.day)
    found = differences(source.of(version), source.working)
    if not found:
        text = f"\nThe inventory is that of version {version.number} ({state}). Consequence: nothing."
        yield Text(text, style="bold")
        return
    asks = consequence_in_words(consequence(found))
    title = (
        f"\nThe inventory differs from version {version.number} ({state}): {_counted(len(found))}. Consequence: {asks}."
    )
    yield Text(title, style="bold")
    table = _table("", "difference", "consequence")
    for difference in sorted(found, key=lambda one: (not one.widens, not one.substantive))[:_SHOWN]:
        table.add_row(in_words(difference), _consequence(difference))
    if len(found) > _SHOWN:
        table.add_row(f"… and {len(found) - _SHOWN} more", "")
    yield table


def _consequence(difference: Difference) -> str:
    if difference.widens:
        return "asks consent again"
    return "readers are told beforehand" if difference.substantive else "editorial"


def _counted(differences: int) -> str:
    return "1 difference" if differences == 1 else f"{differences} differences"
