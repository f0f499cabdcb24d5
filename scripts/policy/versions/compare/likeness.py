"""Which units of two texts are the same thing: by what identifies them, or by the words they share."""

from collections import Counter
from functools import lru_cache

from policy.versions.compare.tags import BY_CLASS, GROWING, HEADINGS, ONLY, RUN, TELLING
from policy.versions.compare.tree import Element, Node, level, text
from policy.versions.compare.words import words

Key = tuple[str, str]

_LEAST, _LEAST_OF_SENTENCE, _LEAST_OF_SMALLER, _LEAST_OF_RENAMED = 0.4, 0.5, 0.5, 0.9
"""Share of the words that two blocks have in common from which a reader takes them for one.

Of sentences it is more, since short ones share words by chance. Of blocks that hold others it is the share of the
smaller one, since those grow. With another anchor or key a block is another one, unless nearly all words are the same.
"""


def key(unit: Element) -> Key | None:
    """What identifies a unit among its siblings in every version, None where only its words can tell."""
    if unit.tag == RUN:
        return None
    if named := fixed_key(unit):
        return named
    first = next((child for child in unit.children if isinstance(child, Element)), None)
    if first is None:
        return None
    if unit.tag in ("section", "article") and level(first) and first.get("id"):
        return ("heading", first.get("id") or "")
    if is_fact(unit):
        return ("first", text(first)) if text(first) else None
    return None


def is_fact(unit: Element) -> bool:
    """Whether it is a row of a table, or a term with its description: one fact in several blocks."""
    first = unit.children[0] if unit.children else ""
    return unit.tag == "tr" or (unit.tag == "div" and isinstance(first, Element) and first.tag == "dt")


def fixed_key(unit: Element) -> Key | None:
    """A key that stays when every word changes."""
    if unit.get("id"):
        return ("id", unit.get("id") or "")
    if unit.get("data-key"):
        return ("key", unit.get("data-key") or "")
    return ("only", unit.tag) if unit.tag in ONLY else None


def may_pair(old: Element, new: Element) -> bool:
    """Whether one can be shown as a change of the other in valid HTML."""
    if old.tag in HEADINGS and new.tag in HEADINGS:
        return True
    if old.tag != new.tag:
        return False
    if new.tag == "table":
        return _widths(old) == _widths(new) != {-1}
    if new.tag == "dl":
        return _groups(old) == _groups(new)
    return not (is_fact(old) or is_fact(new)) or new.tag == "tr" or _tags(old) == _tags(new)


def _widths(node: Node) -> set[int]:
    """How many cells the rows have; -1 stands for rows that share cells."""
    if isinstance(node, str):
        return set()
    if node.tag == "tr":
        cells = [child for child in node.children if isinstance(child, Element)]
        spans = any(cell.get("rowspan") or cell.get("colspan") for cell in cells)
        return {-1} if spans else {len(cells)}
    widths = set().union(*map(_widths, node.children))
    return {-1} if -1 in widths or (node.tag == "table" and len(widths) > 1) else widths


def _groups(dl: Element) -> bool:
    return "div" in _tags(dl)


def _tags(node: Element) -> list[str]:
    return [RUN if isinstance(child, str) else child.tag for child in node.children]


def likeness(old: Element, new: Element) -> float:
    """How much two units have in common, in words; 0 where a reader would not take them for one."""
    if not may_pair(old, new) or (new.tag in BY_CLASS and old.get("class") != new.get("class")):
        return 0.0
    if new.tag == RUN and len(old.children) == 1 == len(new.children):
        (before,), (after,) = old.children, new.children
        if isinstance(before, Element) and isinstance(after, Element):
            return likeness_inline(before, after)
    shared, share = _shared(old, new)
    fixed = fixed_key(old), fixed_key(new)
    least = _LEAST_OF_SMALLER if new.tag in GROWING else _LEAST_OF_SENTENCE if new.tag == RUN else _LEAST
    if fixed[0] != fixed[1]:
        least = _LEAST_OF_RENAMED
    return shared * share if share >= least else 0.0


def likeness_inline(old: Element, new: Element) -> float:
    """The same for two elements in a line: a link is known by its words or its address, never by half of each."""
    if "a" in (old.tag, new.tag):
        one = old.tag == new.tag and (text(old) == text(new) or old.get("href") == new.get("href"))
        return 1.0 + _shared(old, new)[0] if one and old.children and new.children else 0.0
    if old.tag != new.tag:
        return 1.0 if TELLING.isdisjoint((old.tag, new.tag)) and text(old) == text(new) != "" else 0.0
    if new.tag == "span":
        return 0.01 + _shared(old, new)[0] if old.get("class") == new.get("class") else 0.0
    shared, share = _shared(old, new)
    return shared * share if share >= _LEAST else 0.0


def _shared(old: Element, new: Element) -> tuple[int, float]:
    before, after = _count(old), _count(new)
    shared = sum(min(count, after[word]) for word, count in before.items() if word in after)
    sizes = before.total(), after.total()
    size = min(sizes) if new.tag in GROWING else sum(sizes) / 2
    return shared, shared / size if size else 0.0


@lru_cache(maxsize=4096)
def _count(node: Element) -> Counter[str]:
    return Counter(words(text(node).lower()))
