"""How the edits of one element are shown: what is folded, and what is told as one change."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from policy.versions.compare.edits import Added, Changed, Edit, Moved, Removed, Wrapped, is_seen
from policy.versions.compare.likeness import is_fact
from policy.versions.compare.sections import heading_of
from policy.versions.compare.tags import HOLDS_FOLDS, NOT_FOLDED, RUN
from policy.versions.compare.tree import Element, level
from policy.versions.compare.words import count_words

_FEW_WORDS = 25
"""A shorter piece without a heading is shown: reading it takes no longer than opening it."""


Kind = Literal["fold", "added", "removed", "one"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Edits that are shown together, by their place among those of their element."""

    kind: Kind
    places: tuple[int, ...]


def unit_of(edit: Edit) -> Element:
    """The unit that an edit of a block element is about, as it is now; as it was where it is gone."""
    if isinstance(edit, Moved):
        return edit.edit.new
    unit = edit.new if isinstance(edit, Changed) else edit.element if isinstance(edit, Wrapped) else edit.nodes[0]
    return unit if isinstance(unit, Element) else Element(RUN, (), (unit,))


def pieces(change: Changed) -> list[Piece]:
    """The edits of a block element by the way they are shown, in page order."""
    headings = _headings_of_changes(change.edits)
    if heading_of(change.new) and not level(change.new):
        headings.add(next(place for place, edit in enumerate(change.edits) if level(unit_of(edit))))
    folds = change.new.tag in HOLDS_FOLDS and not is_fact(change.new)
    kinds = [_kind(edit, folds and place not in headings) for place, edit in enumerate(change.edits)]
    found: list[Piece] = []
    for kind, group in groupby(range(len(kinds)), lambda place: kinds[place]):
        found += _cut(kind, tuple(group), change.edits)
    return found


def parts(units: list[Element]) -> int:
    """How many parts of the text the units are: sections, and what comes before the first of them."""
    return sum(heading_of(unit) is not None for unit in units) + (heading_of(units[0]) is None)


def _headings_of_changes(edits: tuple[Edit, ...]) -> set[int]:
    """The places of the headings that a reader needs to know where the changes stand."""
    above: list[tuple[int, int]] = []
    found: set[int] = set()
    for place, edit in enumerate(edits):
        depth = level(heading_of(unit_of(edit)) or "")
        if depth:
            above = [one for one in above if one[0] < depth]
        if is_seen(edit):
            found.update(at for _, at in above)
        if depth and level(unit_of(edit)) and not isinstance(edit, Removed):
            above.append((depth, place))
    return found


def _kind(edit: Edit, folds: bool) -> Kind:
    unit = unit_of(edit)
    if not is_seen(edit):
        return "fold" if folds and unit.tag not in NOT_FOLDED else "one"
    if unit.tag != RUN and isinstance(edit, Added | Removed):
        return "added" if isinstance(edit, Added) else "removed"
    return "one"


def _cut(kind: Kind, places: tuple[int, ...], edits: tuple[Edit, ...]) -> list[Piece]:
    units = [unit_of(edits[place]) for place in places]
    if kind == "fold" and (any(map(heading_of, units)) or count_words(units) >= _FEW_WORDS):
        return [Piece("fold", places)]
    if kind in ("fold", "one"):
        return [Piece("one", (place,)) for place in places]
    found: list[tuple[int, ...]] = []
    first = 0
    for place, unit in zip(places, units, strict=True):
        depth = level(heading_of(unit) or "")
        if not found or (depth and not 0 < first < depth):
            found.append(())
            first = depth
        found[-1] = (*found[-1], place)
    return [Piece(kind, group) for group in found]
