"""The numbers as Markdown: medians with their range, and ours beside each of the others."""

import statistics
from collections.abc import Iterable, Sequence

from benchmarks.consent.facts import Facts, Sending
from benchmarks.consent.measure import Numbers, Profile
from benchmarks.consent.tools import Tool

Runs = dict[tuple[str, str, str], list[Numbers]]
"""By tool, profile and visit, one value for each run; the page without a tool is `bare`."""

ADDED = ("script", "style", "work")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with its numbers to the right."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))


def values(runs: Runs, tool: str, profile: str, visit: str, name: str) -> list[float]:
    """What a run found, less the median of the page without a tool for what a page costs by itself."""
    base = 0.0
    if name in ADDED:
        base = statistics.median(run[name] for run in runs["bare", profile, visit])
    return [run[name] - base for run in runs[tool, profile, visit]]


def spread(found: Sequence[float], digits: int = 0) -> str:
    """Median (least–most); one number where all are the same."""
    middle, least, most = (
        f"{round(value, digits) + 0.0:.{digits}f}" for value in (statistics.median(found), min(found), max(found))
    )
    return middle if least == most else f"{middle} ({least}–{most})"


def sent(tools: Sequence[Tool], facts: dict[str, Facts], in_page: dict[str, int]) -> str:
    """What goes over the line in each state, and what is kept."""
    head = ["tool", "first visit", "in the page", "second layer", "allowing all", "returning", "returning, empty cache"]
    head += ["record", "tags before / after consent"]
    rows = []
    for tool in tools:
        own = facts[tool.id]
        states = [_sending(state) for state in (own.choosing, own.allowing, own.returning, own.anew)]
        held = f"{own.first.gated} / {own.allowing.gated}" + ("" if tool.gates else ", by the website's own code")
        rows.append([tool.name, _sending(own.first), f"{in_page[tool.id]:,}", *states, f"{own.record:,}", held])
    return table(head, rows)


def first_visit(tools: Sequence[Tool], runs: Runs, profile: Profile) -> str:
    """When the first layer was there, and what the main thread did."""
    head = ["tool", "first paint, ms", "ready, ms", *_WORK_HEAD]
    rows = []
    for tool in tools:
        times = [spread(values(runs, tool.id, profile.name, "first", name)) for name in ("painted", "ready")]
        rows.append([tool.name, *times, *_work(runs, tool, profile, "first")])
    return table(head, rows)


def returning_visit(tools: Sequence[Tool], runs: Runs, profile: Profile) -> str:
    """What the main thread did for a visitor who had answered."""
    return table(["tool", *_WORK_HEAD], [[t.name, *_work(runs, t, profile, "returning")] for t in tools])


_WORK_HEAD = ["script, ms", "style and layout, ms", "all work, ms", "nodes", "layout shift", "long tasks", "their ms"]


def _work(runs: Runs, tool: Tool, profile: Profile, visit: str) -> list[str]:
    names = (*ADDED, "nodes", "shift", "long", "long_ms")
    return [spread(values(runs, tool.id, profile.name, visit, name), 3 if name == "shift" else 0) for name in names]


def ratios(tools: Sequence[Tool], runs: Runs, facts: dict[str, Facts], profiles: Sequence[Profile]) -> str:
    """Ours divided by each other's, medians; below 1 ours costs less."""
    others = [tool for tool in tools if tool.id != "ours"]
    own = facts["ours"].first.bytes
    rows = [["bytes, first visit", *[_ratio(own, facts[tool.id].first.bytes) for tool in others]]]
    for profile in profiles:
        for visit, name, words in _COMPARED:
            row = [f"{words}, {visit} visit, {profile.name}"]
            for tool in others:
                found = (values(runs, id, profile.name, visit, name) for id in ("ours", tool.id))
                row.append(_ratio(*map(statistics.median, found)))
            rows.append(row)
    return table(["ours /", *[tool.name for tool in others]], rows)


_COMPARED = (
    ("first", "painted", "first paint"),
    ("first", "ready", "ready"),
    ("first", "script", "script"),
    ("first", "work", "all work"),
    ("returning", "script", "script"),
    ("returning", "work", "all work"),
)


def deaf(tool: Tool, runs: Runs) -> str:
    """A sentence where a tool did not hear the first press, else nothing."""
    unheard = [n["unheard"] for key, some in runs.items() if key[0] == tool.id for n in some if "unheard" in n]
    times = sum(map(bool, unheard))
    return f" A press as soon as it was ready went unheard in {times} of {len(unheard)} visits." if times else ""


def growth(found: dict[int, Facts]) -> str:
    """Ours at several sizes, on a page without a frame."""
    head = ["services", "first visit", "second layer", "allowing all", "returning", "returning, empty cache", "record"]
    rows = []
    for size, own in found.items():
        states = (own.first, own.choosing, own.allowing, own.returning, own.anew)
        rows.append([str(size), *[_sending(state) for state in states], f"{own.record:,}"])
    return table(head, rows)


def _sending(state: Sending | None) -> str:
    return "none" if state is None else f"{state.bytes:,} in {state.requests}"


def _ratio(own: float, other: float) -> str:
    return f"{own / other:.2f}" if own > 0 and other > 0 else "–"
