"""Whole blocks that came or went, as HTML: neighbours are told as one change."""

from collections.abc import Mapping

from policy.versions.compare.edits import Changed
from policy.versions.compare.folds import Piece, unit_of
from policy.versions.compare.ledger import words_of
from policy.versions.compare.marks import attributes, holds_text, removed, with_first, with_last
from policy.versions.compare.sections import heading_of
from policy.versions.compare.tree import Element, level, text
from policy.versions.compare.writer import Writer, spoken


def write_whole(writer: Writer, change: Changed, piece: Piece, numbers: Mapping[int, str]) -> None:
    """Write blocks that were added, or removed, one after the other."""
    is_added = piece.kind == "added"
    blocks = [unit_of(change.edits[place]) for place in piece.places]
    since = len(writer.ledger.changes)
    id = _take_down(writer, blocks, is_added)
    word = writer.wording.added if is_added else writer.wording.removed
    for place, block in zip(piece.places, blocks, strict=True):
        own = {"value": numbers[place]} if place in numbers else {}
        if not is_added:
            block = removed(block, writer.ids)
        told_by = id if place == piece.places[0] else ""
        if told_by and block.get("id") is None:
            own["id"], told_by = told_by, ""
        block = with_first(block, spoken(word, told_by)) or block
        ended = with_last(block, writer.jumps(since)) if place == piece.places[-1] else None
        block = ended or block
        writer.put(block._replace(attrs=attributes(block, piece.kind, own=own)))
    if ended is None and holds_text(change.new.tag):
        writer.put_jumps(since, "p")


def _take_down(writer: Writer, blocks: list[Element], is_added: bool) -> str:
    """The id of the change; a heading that came is the section that what follows stands in."""
    ledger = writer.ledger
    ledger.count(is_added, blocks)
    words = words_of(blocks)
    heading = heading_of(blocks[0])
    section = (heading.get("id") or "", text(heading)) if heading and heading.get("id") else ledger.section
    id = ledger.add("added" if is_added else "removed", "" if is_added else words, words if is_added else "", section)
    for block in blocks if is_added else ():
        if level(block) and block.get("id"):
            ledger.section = (block.get("id") or "", text(block))
    return id
