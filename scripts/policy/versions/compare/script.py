"""The edits that lead from one text to another: which blocks stayed, moved, changed, came and went."""

from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from policy.versions.compare.edits import Added, Changed, Edit, Moved, Removed, Same
from policy.versions.compare.likeness import Key, fixed_key, is_fact, key, likeness, may_pair
from policy.versions.compare.line import line_edits
from policy.versions.compare.order import Pair, best_pairs, common_ends, equal_pairs, gaps, longest_increasing
from policy.versions.compare.sections import grouped, title_before
from policy.versions.compare.tags import MOVED, RUN
from policy.versions.compare.tree import Element, level, units

Units = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class _Matches:
    """Pairs of units known by their key: those in the same order, and those that moved, by their new place."""

    staying: list[Pair]
    moved: dict[int, int]


def changed(old: Element, new: Element) -> Changed:
    """How an element or a run became another."""
    if RUN in (old.tag, new.tag):
        return Changed(old, new, line_edits(old.children, new.children))
    before, after = grouped(units(old.children), units(new.children))
    if (is_fact(new) and len(before) == len(after)) or all(_is_line(side) for side in (before, after)):
        pairs = [(index, index) for index in range(len(after))]
        return Changed(old, new, _in_order(before, after, pairs, {}))
    return Changed(old, new, _unit_edits(before, after))


def _is_line(side: Units) -> bool:
    return len(side) == 1 and side[0].tag == RUN


def _unit_edits(old: Units, new: Units) -> tuple[Edit, ...]:
    start, end = common_ends(old, new)
    sides = range(start, len(old) - end), range(start, len(new) - end)
    matches = _keyed(old, new, *sides)
    pairs: list[Pair] = []
    anchors = [(index, index) for index in range(start)] + matches.staying
    anchors += zip(range(sides[0].stop, len(old)), range(sides[1].stop, len(new)), strict=True)
    gone = set(matches.moved.values())
    for (i, j), pair in gaps(anchors, len(old), len(new)):
        before = [index for index in range(i, pair[0]) if index not in gone]
        after = [index for index in range(j, pair[1]) if index not in matches.moved]
        alike = _alike([old[index] for index in before], [new[index] for index in after])
        pairs += [*((before[a], after[b]) for a, b in alike), pair]
    return _in_order(old, new, pairs[:-1], matches.moved)


def _keyed(old: Units, new: Units, old_side: range, new_side: range) -> _Matches:
    before, after = _by_key(old, old_side), _by_key(new, new_side)
    both = [
        (before[named], j) for named, j in after.items() if named in before and may_pair(old[before[named]], new[j])
    ]
    ordered = _in_same_section(new, both)
    staying = [ordered[at] for at in longest_increasing([i for i, _ in ordered])]
    bare = any(unit.tag == RUN for unit in (*old, *new))  # text around a block that left would run together
    moved = {j: i for i, j in sorted({*both} - {*staying}) if _may_move(new[j], bare)}
    return _Matches(staying, moved)


def _in_same_section(new: Units, pairs: list[Pair]) -> list[Pair]:
    """The headings, which are in order once the sections that moved are grouped, and what stands under the same one."""
    headings = [pair for pair in pairs if level(new[pair[1]])]
    before, after = [i for i, _ in headings], [j for _, j in headings]
    return [
        (i, j) for i, j in pairs if level(new[j]) or (new[j].tag != MOVED and bisect(before, i) == bisect(after, j))
    ]


def _by_key(side: Units, indexes: range) -> dict[tuple[Key, int], int]:
    """The place of each unit that has a key; the second of a key is another unit than the first."""
    seen: Counter[Key] = Counter()
    found = {}
    for index in indexes:
        if named := key(side[index]):
            found[named, seen[named]] = index
            seen[named] += 1
    return found


def _may_move(unit: Element, bare: bool) -> bool:
    """A heading moves with its section or not at all; list items are told by number; the rest has one place only."""
    fixed = fixed_key(unit)
    return unit.tag == MOVED or not (bare or level(unit) or unit.tag == "li" or (fixed and fixed[0] == "only"))


def _alike(old: list[Element], new: list[Element]) -> list[Pair]:
    """The pairs of units that are equal, and between those the ones that resemble each other most."""
    numbers: dict[Element, int] = {}
    before, after = ([numbers.setdefault(unit, len(numbers)) for unit in side] for side in (old, new))
    pairs: list[Pair] = []
    for (i, j), pair in gaps(equal_pairs(before, after), len(old), len(new)):
        close = best_pairs(pair[0] - i, pair[1] - j, lambda a, b, i=i, j=j: likeness(old[i + a], new[j + b]))
        pairs += [*((i + a, j + b) for a, b in close), pair]
    return pairs[:-1]


def _in_order(old: Units, new: Units, pairs: Sequence[Pair], moved: Mapping[int, int]) -> tuple[Edit, ...]:
    """The edits in the order of the page, from pairs of units in that order."""
    gone = set(moved.values())
    edits: list[Edit] = []
    for (i, j), (after_i, after_j) in gaps(pairs, len(old), len(new)):
        taken: list[Edit] = [Removed((old[index],)) for index in range(i, after_i) if index not in gone]
        given = [
            _moved(old, new, moved[index], index) if index in moved else Added((new[index],))
            for index in range(j, after_j)
        ]
        edits += _by_section(taken, given)
        edits += [_pair(old[after_i], new[after_j])] if after_i < len(old) and after_j < len(new) else []
    return tuple(edits)


def _by_section(removed: list[Edit], added: list[Edit]) -> list[Edit]:
    """What belongs to the section above comes before sections that came or went, or it would seem part of those."""
    own_removed, own_added = (list(takewhile(_is_no_section, side)) for side in (removed, added))
    return [*own_removed, *own_added, *removed[len(own_removed) :], *added[len(own_added) :]]


def _is_no_section(edit: Edit) -> bool:
    return isinstance(edit, Added | Removed) and not any(level(node) for node in edit.nodes)


def _moved(old: Units, new: Units, i: int, j: int) -> Moved:
    return Moved(changed(old[i], new[j]), i, title_before(old, i), title_before(new, j))


def _pair(old: Element, new: Element) -> Edit:
    return Same((new,)) if old == new else changed(old, new)
