"""The difference between two lines of text with inline elements: by sentence, then by word."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain

from policy.versions.compare.edits import Added, Changed, Edit, Removed, Same, Wrapped
from policy.versions.compare.likeness import likeness, likeness_inline
from policy.versions.compare.order import best_pairs, common_ends, equal_pairs, gaps
from policy.versions.compare.tags import RUN, TELLING
from policy.versions.compare.tree import Element, Node
from policy.versions.compare.words import SENTENCE_ENDS, count_words, is_word, joined, sentences, tokens

Items = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Items that stand in the old line where others, or none, stand in the new one."""

    old: Items
    new: Items


_Part = Same | _Hunk | Changed | Wrapped


def line_edits(old: Sequence[Node], new: Sequence[Node]) -> tuple[Edit, ...]:
    """The edits that lead from the old line to the new one."""
    parts: list[_Part] = []
    before, after = sentences(tokens(old)), sentences(tokens(new))
    for (i, j), (after_i, after_j) in gaps(equal_pairs(before, after), len(before), len(after)):
        parts += _sentence_parts(before[i:after_i], after[j:after_j]) if (i, j) != (after_i, after_j) else []
        parts += [Same(before[after_i])] if after_i < len(before) and after_j < len(after) else []
    return tuple(edit for part in _slid(_joined(_coalesced(_joined(parts)))) for edit in _edits(part))


def _sentence_parts(old: list[Items], new: list[Items]) -> list[_Part]:
    units = [Element(RUN, (), items) for items in old], [Element(RUN, (), items) for items in new]
    pairs = best_pairs(len(old), len(new), lambda i, j: likeness(units[0][i], units[1][j]))
    parts: list[_Part] = []
    for (i, j), (after_i, after_j) in gaps(pairs, len(old), len(new)):
        parts.append(_Hunk(_chained(old[i:after_i]), _chained(new[j:after_j])))
        parts += _word_parts(old[after_i], new[after_j]) if after_i < len(old) and after_j < len(new) else []
    return parts


def _chained(lines: list[Items]) -> Items:
    return tuple(chain.from_iterable(lines))


def _word_parts(old: Items, new: Items) -> list[_Part]:
    parts: list[_Part] = []
    pairs = equal_pairs(_keys(old), _keys(new))
    for (i, j), (after_i, after_j) in gaps(pairs, len(old), len(new)):
        parts += _gap_parts(old[i:after_i], new[j:after_j]) if (i, j) != (after_i, after_j) else []
        parts += [Same((old[after_i],))] if after_i < len(old) and after_j < len(new) else []
    return parts


def _keys(items: Items) -> list[Hashable]:
    """A space counts as equal only before the same word: otherwise spaces would be all that two sentences share."""
    return [
        f" {after if isinstance(after, str) else after.tag}" if item == " " else item
        for item, after in zip(items, [*items[1:], ""], strict=True)
    ]


def _gap_parts(old: Items, new: Items) -> list[_Part]:
    """The parts of a gap between equal words: elements that are each other's change, and hunks around them."""
    old_at = [index for index, item in enumerate(old) if isinstance(item, Element)]
    new_at = [index for index, item in enumerate(new) if isinstance(item, Element)]
    pairs = best_pairs(len(old_at), len(new_at), lambda i, j: likeness_inline(old[old_at[i]], new[new_at[j]]))
    parts: list[_Part] = []
    for (i, j), (after_i, after_j) in gaps([(old_at[a], new_at[b]) for a, b in pairs], len(old), len(new)):
        parts += _unwrapped(old[i:after_i], new[j:after_j])
        parts += [_changed(old[after_i], new[after_j])] if after_i < len(old) and after_j < len(new) else []
    return parts


def _changed(old: Element, new: Element) -> Changed:
    return Changed(old, new, line_edits(old.children, new.children))


def _unwrapped(old: Items, new: Items) -> list[_Part]:
    """Words that came into an element, or out of one, are the same words."""
    for index, item in enumerate(new):
        if words := _plain(item):
            for at in range(len(old) - len(words) + 1):
                if old[at : at + len(words)] == words:
                    rest = _unwrapped(old[at + len(words) :], new[index + 1 :])
                    return [_Hunk(old[:at], new[:index]), Wrapped(item, True), *rest]
    for index, item in enumerate(old):
        if words := _plain(item):
            for at in range(len(new) - len(words) + 1):
                if new[at : at + len(words)] == words:
                    rest = _unwrapped(old[index + 1 :], new[at + len(words) :])
                    return [_Hunk(old[:index], new[:at]), Wrapped(item, False), *rest]
    return [_Hunk(old, new)]


def _plain(item: Node) -> Items:
    """The tokens in an element that holds only text and says nothing by itself, as a link does."""
    if isinstance(item, str) or item.tag in TELLING or not all(isinstance(child, str) for child in item.children):
        return ()
    return tokens(item.children)


def _joined(parts: Sequence[_Part]) -> list[_Part]:
    """Hunks without what both sides begin or end with, and neighbours of a kind as one."""
    found: list[_Part] = []
    pieces = chain.from_iterable(_trimmed(part) if isinstance(part, _Hunk) else [part] for part in parts)
    for part in pieces:
        last = found[-1] if found else None
        if isinstance(part, Same) and isinstance(last, Same):
            found[-1] = Same(last.nodes + part.nodes)
        elif isinstance(part, _Hunk) and isinstance(last, _Hunk):
            found[-1] = _Hunk(last.old + part.old, last.new + part.new)
        else:
            found.append(part)
    return found


def _trimmed(hunk: _Hunk) -> list[_Part]:
    old, new = hunk.old, hunk.new
    start, end = common_ends(old, new)
    middle = _Hunk(old[start : len(old) - end], new[start : len(new) - end])
    parts = [Same(old[:start]), middle, Same(old[len(old) - end :])]
    return [part for part in parts if (part.nodes if isinstance(part, Same) else part.old or part.new)]


def _coalesced(parts: list[_Part]) -> list[_Part]:
    """Hunks that only a few words part as one, so that a reader sees phrases and not confetti."""
    found: list[_Part] = []
    for part in parts:
        found.append(part)
        if len(found) > 2 and isinstance(part, _Hunk):
            first, gap = found[-3:-1]
            if isinstance(first, _Hunk) and isinstance(gap, Same) and _is_small(first, gap.nodes, part):
                found[-3:] = [_Hunk(first.old + gap.nodes + part.old, first.new + gap.nodes + part.new)]
    return found


def _is_small(first: _Hunk, gap: Items, last: _Hunk) -> bool:
    if any(isinstance(item, Element) or item in SENTENCE_ENDS for item in gap):
        return False
    if not (first.old or last.old) or not (first.new or last.new):
        return False  # nothing was replaced, so a joined hunk would mark words twice
    words = [item for item in gap if is_word(item)]
    if not words:
        return True
    replaced = first.old and first.new and last.old and last.new
    if len(words) == 1 and len(words[0]) <= 3 and replaced:
        return True
    sizes = _size(first), _size(last)
    return len(words) <= min(3, *sizes) and 2 * len(words) < sum(sizes)


def _size(hunk: _Hunk) -> int:
    return max(count_words(hunk.old), count_words(hunk.new))


def _slid(parts: list[_Part]) -> list[_Part]:
    """A hunk of one side that begins with a space begins with its word instead, where a space follows it as well."""
    found: list[_Part] = []
    taken = False
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        if taken and isinstance(part, Same):
            part = Same(part.nodes[1:])
        taken = isinstance(part, _Hunk) and isinstance(after, Same) and _slides(part, after)
        if taken and isinstance(part, _Hunk):
            found += [Same((" ",)), _Hunk(_turned(part.old), _turned(part.new))]
        elif not isinstance(part, Same) or part.nodes:
            found.append(part)
    return _joined(found)


def _slides(hunk: _Hunk, after: Same) -> bool:
    return bool(hunk.old) != bool(hunk.new) and (hunk.old or hunk.new)[0] == " " == after.nodes[0]


def _turned(items: Items) -> Items:
    return (*items[1:], " ") if items else ()


def _edits(part: _Part) -> list[Edit]:
    if isinstance(part, _Hunk):
        sides = [Removed(joined(part.old)) if part.old else None, Added(joined(part.new)) if part.new else None]
        return [side for side in sides if side]
    return [Same(joined(part.nodes))] if isinstance(part, Same) else [part]
