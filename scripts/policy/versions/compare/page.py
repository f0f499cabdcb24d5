"""A comparison as HTML: the new text, with marks for what came, went, changed and moved."""

from collections.abc import Mapping

from policy.versions.compare.edits import Changed, Edit, Moved, Same, is_renumbered, is_seen
from policy.versions.compare.folds import Piece, parts, pieces, unit_of
from policy.versions.compare.likeness import is_fact
from policy.versions.compare.marks import FOLD, MOVE, NOTE, attributes, with_first
from policy.versions.compare.numbering import values
from policy.versions.compare.sections import heading_of
from policy.versions.compare.tags import MOVED, RUN
from policy.versions.compare.tree import Element, level, text, units
from policy.versions.compare.whole import write_whole
from policy.versions.compare.writer import Writer


def write(writer: Writer, change: Changed) -> None:
    """Write what stands in a block element, or in the whole text."""
    numbers = values(change)
    for piece in pieces(change):
        if piece.kind == "fold":
            _fold(writer, change, piece)
        elif piece.kind in ("added", "removed"):
            write_whole(writer, change, piece, numbers)
        else:
            place = piece.places[0]
            value = {"value": numbers[place]} if place in numbers else {}
            _one(writer, change.edits[place], change.new, value)


def _fold(writer: Writer, change: Changed, piece: Piece) -> None:
    edits = [change.edits[place] for place in piece.places]
    count = parts([unit_of(edit) for edit in edits])
    words = writer.wording.unchanged_one if count == 1 else writer.wording.unchanged.format(count=count)
    writer.start("details", [("class", f"unchanged {FOLD}")])
    writer.put(Element("summary", (), (words,)))
    for edit in edits:
        _one(writer, edit, change.new, {})
    writer.end("details")


def _one(writer: Writer, edit: Edit, parent: Element, own: Mapping[str, str]) -> None:
    if isinstance(edit, Moved):
        _moved(writer, edit)
    elif unit_of(edit).tag == RUN:
        _run(writer, edit, parent)
    elif isinstance(edit, Same):
        _same(writer, unit_of(edit), own)
    elif isinstance(edit, Changed):
        _block(writer, edit, own)


def _run(writer: Writer, edit: Edit, parent: Element) -> None:
    since = len(writer.ledger.changes)
    unit = unit_of(edit)
    edits = edit.edits if isinstance(edit, Changed) else (type(edit)(unit.children),)
    writer.run(edits, not (level(parent) and is_renumbered(edit)))
    if not writer.is_telling and not _is_title(parent):
        writer.put_jumps(since)


def _is_title(element: Element) -> bool:
    """Whether all its words are its name, to which links do not belong."""
    return level(element) > 0 or element.tag == "summary"


def _same(writer: Writer, unit: Element, own: Mapping[str, str]) -> None:
    _enter(writer, unit)
    if writer.note and (noted := with_first(unit, writer.note)):
        unit, writer.note = noted, None
    writer.put(unit._replace(attrs=attributes(unit, own=own)))


def _enter(writer: Writer, unit: Element) -> None:
    if level(unit) and unit.get("id"):
        writer.ledger.section = (unit.get("id") or "", text(unit))


def _block(
    writer: Writer, change: Changed, own: Mapping[str, str], index: str = "", closing: int | None = None
) -> None:
    """Write an element that changed; `index` is the old place of one that moved, `closing` the first change to link."""
    tag, since, section = change.new.tag, len(writer.ledger.changes), writer.ledger.section
    _enter(writer, change.new)
    is_one = _is_one(change) and not writer.is_telling
    writer.start(tag, _attributes(change, own, index, is_one))
    if writer.note and writer.note.tag == "p":
        writer.put_note()
    _fact(writer, change, since) if is_one else write(writer, change)
    if closing is not None:
        writer.close()
        writer.put_jumps(closing)
    writer.end(tag)
    if not level(change.new):
        writer.ledger.section = section
    if _is_title(change.new):
        writer.put_jumps(since, "p")


def _is_one(change: Changed) -> bool:
    """Whether all that differs in it is one change: a row of which cells differ."""
    return is_fact(change.new) and is_seen(change) and all(isinstance(edit, Same | Changed) for edit in change.edits)


def _attributes(change: Changed, own: Mapping[str, str], index: str, is_one: bool) -> list[tuple[str, str]]:
    seen = [edit for edit in change.edits if is_seen(edit)]
    rev = "changed" if is_one or any(unit_of(edit).tag == RUN for edit in seen) else ""
    if change.new.tag == "details" and seen and change.new.get("open") is None:
        own = {**own, "open": ""}  # or the marks in it would not be seen
    attrs = attributes(change.new, "moved" if index else rev, change.old, own)
    return [*attrs, ("data-rev-index", index)] if index else [*attrs]


def _fact(writer: Writer, change: Changed, since: int) -> None:
    """Write a row as one change; the links to the next stand in its last cell."""
    writer.open()
    for edit in change.edits[:-1]:
        _one(writer, edit, change.new, {})
    last = change.edits[-1]
    if isinstance(last, Same):
        cell = unit_of(last)
        last = Changed(cell, cell, tuple(Same((unit,)) for unit in units(cell.children)))
    if isinstance(last, Changed):
        _block(writer, last, {}, closing=since)


def _moved(writer: Writer, edit: Moved) -> None:
    new, outside, heading = edit.edit.new, writer.ledger.section, heading_of(edit.edit.new)
    if heading:
        _enter(writer, heading)
    id = _take_down(writer, edit)
    if new.tag == MOVED:
        own = [("class", MOVE), ("id", id), ("data-rev", "moved"), ("data-rev-index", str(edit.index))]
        writer.start("div", own)
        writer.put_note()
        write(writer, edit.edit)
        writer.end("div")
    else:
        _block(writer, edit.edit, {"id": id} if new.get("id") is None else {}, str(edit.index))
        writer.ledger.section = outside
    writer.note = None


def _take_down(writer: Writer, edit: Moved) -> str:
    """The id of the change; the note that says where it stood waits for the first place where words may stand."""
    new, at_start = edit.edit.new, writer.wording.at_start
    since = len(writer.ledger.changes)
    id = writer.ledger.add("moved", edit.before or at_start, edit.after or at_start)
    ids = (("id", id),) if new.tag != MOVED and new.get("id") else ()
    words = writer.wording.moved.format(before=edit.before or at_start)
    tag = "p" if heading_of(new) else "span"
    writer.note = Element(tag, (("class", NOTE), *ids), (f"{words} ", writer.jumps(since)))
    return id
