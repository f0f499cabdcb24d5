"""The numbers as Markdown: medians with their range, and ours beside each of the others."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One step by one tool: seconds of its process; bytes and turns where a line counted them."""

    seconds: float
    sent: int = 0
    received: int = 0
    turns: int = 0


Run = dict[tuple[str, str], Measured]
"""By step and tool."""


def seconds(runs: Sequence[Run], steps: Sequence[str], tools: Sequence[str]) -> str:
    """Seconds of each step by each tool, and ours divided by theirs, run by run."""
    others = [tool for tool in tools if tool != "ours"] if "ours" in tools else []
    head = ["step", *(f"{tool}, s" for tool in tools), *(f"ours / {tool}" for tool in others)]
    rows = []
    for step in steps:
        cells = [_spread([run[step, tool].seconds for run in runs]) for tool in tools]
        ratios = [[run[step, "ours"].seconds / run[step, other].seconds for run in runs] for other in others]
        rows.append([step, *cells, *(f"{statistics.median(ratio):.2f}" for ratio in ratios)])
    return _table(head, rows)


def passed(runs: Sequence[Run], steps: Sequence[str], tools: Sequence[str]) -> str:
    """Seconds, bytes in both directions and turns of each step by each tool, over a line that counts."""
    head = ["step", *(f"{tool}: s; kB sent, received; turns" for tool in tools)]
    rows = []
    for step in steps:
        found = [[run[step, tool] for run in runs] for tool in tools]
        rows.append([step, *(_passed(one) for one in found)])
    return _table(head, rows)


def _passed(found: Sequence[Measured]) -> str:
    def middle(name: str) -> float:
        return statistics.median(getattr(one, name) for one in found)

    sizes = f"{middle('sent') / 1000:,.0f}, {middle('received') / 1000:,.0f}"
    return f"{middle('seconds'):.2f}; {sizes}; {middle('turns'):,.0f}"


def _spread(found: Sequence[float]) -> str:
    middle, least, most = (f"{value:.2f}" for value in (statistics.median(found), min(found), max(found)))
    return middle if least == most else f"{middle} ({least}–{most})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with its numbers to the right."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))
