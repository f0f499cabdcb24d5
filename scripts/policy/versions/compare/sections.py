"""Sections of a text that moved: a heading with an anchor, and what follows it."""

from collections.abc import Sequence

from policy.versions.compare.likeness import key
from policy.versions.compare.order import longest_increasing
from policy.versions.compare.tags import MOVED
from policy.versions.compare.tree import Element, level, text

Units = tuple[Element, ...]
Span = tuple[int, int]

_DEEPEST = 7
"""Below every heading."""


def grouped(old: Units, new: Units) -> tuple[Units, Units]:
    """Both texts with each section that moved as one element; what did not move stays as it is.

    A longest run of anchors in the same order stays in its place, so as little as possible is said to have moved.
    """
    before, after = _anchors(old), _anchors(new)
    shared = [anchor for anchor in after if anchor in before]
    staying = set(longest_increasing([before[anchor] for anchor in shared]))
    spans: list[tuple[str, Span, Span]] = []
    for position, anchor in enumerate(shared):
        inside = spans and after[anchor] < spans[-1][2][1]
        if position not in staying and not inside:
            spans.append((anchor, *_spans(old, new, before[anchor], after[anchor])))
    return (
        _with_groups(old, [(anchor, span) for anchor, span, _ in spans]),
        _with_groups(new, [(anchor, span) for anchor, _, span in spans]),
    )


def _anchors(units: Units) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, unit in enumerate(units):
        if level(unit) and unit.get("id"):
            found.setdefault(unit.get("id") or "", index)
    return found


def _spans(old: Units, new: Units, at_old: int, at_new: int) -> tuple[Span, Span]:
    """From where to where the section runs in both: with the sections below it, where those are the same ones."""
    deep = _span(old, at_old, level(old[at_old])), _span(new, at_new, level(new[at_new]))
    below = [set(_anchors(units[span[0] : span[1]])) for units, span in zip((old, new), deep, strict=True)]
    elsewhere = [set(_anchors(units)) for units in (old, new)]
    if below[0] & elsewhere[1] == below[1] & elsewhere[0]:
        return deep
    return _span(old, at_old, 6), _span(new, at_new, 6)


def _span(units: Units, start: int, deepest: int) -> Span:
    end = start + 1
    while end < len(units) and not (0 < level(units[end]) <= deepest and units[end].get("id")):
        end += 1
    return start, end


def _with_groups(units: Units, spans: Sequence[tuple[str, Span]]) -> Units:
    found: list[Element] = []
    at = 0
    for anchor, (start, end) in sorted(spans, key=lambda named: named[1]):
        group = Element(MOVED, (("id", anchor),), units[start:end])
        found += [*units[at:start], group]
        at = end
    return (*found, *units[at:])


def title_before(units: Units, index: int) -> str:
    """The title of what a unit follows at its own level or a higher one; empty where it is the first."""
    depth = _depth(units[index])
    return next((title(unit) for unit in reversed(units[:index]) if 0 < _depth(unit) <= depth), "")


def title(unit: Element) -> str:
    """The heading of a section, the first cell of a row, the words of anything else."""
    heading = heading_of(unit)
    if heading is None and unit.tag in ("tr", "div") and unit.children:
        return text(unit.children[0])
    return text(heading or unit)


def _depth(unit: Element) -> int:
    """How deep its heading is; rows and other units that have none lie deepest."""
    heading = heading_of(unit)
    if heading is not None:
        return level(heading)
    return _DEEPEST if key(unit) else 0


def heading_of(unit: Element) -> Element | None:
    """The heading that a unit is, or that a section begins with; None for anything else."""
    if level(unit):
        return unit
    if unit.tag not in (MOVED, "section", "article"):
        return None
    return next((child for child in unit.children if isinstance(child, Element) and level(child)), None)
