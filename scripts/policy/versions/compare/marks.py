"""The attributes and helper elements that mark a difference, and how they are told from the text itself.

`data-rev` on a block says added, removed, changed or moved. What the old element had otherwise is kept:
`data-old-NAME` its value of an attribute, `data-rev-new` the attributes it lacked, `data-rev-tag` its tag,
`data-rev-index` its place among its siblings, `data-rev-wrap` whether its tags were added or removed around
the same words. `data-rev-own` names the attributes that belong to neither text. Elements of neither text have a
class that begins with `rev`.
"""

from collections.abc import Collection, Mapping

from policy.versions.compare.likeness import is_fact
from policy.versions.compare.tags import HEADINGS, NO_TEXT, RUN
from policy.versions.compare.tree import Element, Node, units

Attrs = tuple[tuple[str, str], ...]

MARK, FOLD, MOVE, WORD, NOTE, JUMPS = "rev", "rev-fold", "rev-moved", "rev-word", "rev-note", "rev-jumps"
"""Classes of the elements that are in neither text."""
DROPPED = frozenset((WORD, NOTE, JUMPS))
"""Those that hold words of neither text."""

_REFERENCES = frozenset(
    ("aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "aria-owns", "for", "headers")
)
"""Attributes that name an id; a removed element names ids that may be gone."""


def attributes(new: Element, rev: str = "", old: Element | None = None, own: Mapping[str, str] | None = None) -> Attrs:
    """The attributes of an element with its marks; `own` are those that are in neither text."""
    found = dict(new.attrs)
    if old is not None:
        before = dict(old.attrs)
        found |= {f"data-old-{name}": value for name, value in before.items() if new.get(name) != value}
        if lacked := [name for name, _ in new.attrs if name not in before]:
            found["data-rev-new"] = " ".join(lacked)
        if old.tag != new.tag:
            found["data-rev-tag"] = old.tag
    if rev:
        found["data-rev"] = rev
    if own:
        found |= {**own, "data-rev-own": " ".join(own)}
    return tuple(found.items())


def removed(node: Node, ids: Collection[str]) -> Node:
    """A removed node without its ids, and without links and references to what is gone; all are kept as data."""
    if isinstance(node, str):
        return node
    attrs = tuple((f"data-old-{name}" if _is_dead(name, value, ids) else name, value) for name, value in node.attrs)
    return Element(node.tag, attrs, tuple(removed(child, ids) for child in node.children))


def _is_dead(name: str, value: str, ids: Collection[str]) -> bool:
    return name == "id" or name in _REFERENCES or (name == "href" and value[:1] == "#" and value[1:] not in ids)


def with_first(node: Element, helper: Element) -> Element | None:
    """The element with a helper before its first words; None where no words may stand in it."""
    blocks = [child for child in node.children if isinstance(child, Element)]
    starts_with_block = bool(node.children) and units(node.children)[0].tag != RUN
    if node.tag in NO_TEXT or starts_with_block:
        for child in blocks:
            if changed := with_first(child, helper):
                return _replaced(node, child, changed)
    return None if node.tag in NO_TEXT else node._replace(children=(helper, *node.children))


def with_last(node: Element, helper: Element) -> Element | None:
    """The element with a helper after its last words; None where that would become part of a heading."""
    if node.tag in HEADINGS or node.tag == "summary":
        return None
    if node.tag not in NO_TEXT and not is_fact(node):
        return node._replace(children=(*node.children, helper))
    for child in reversed(node.children):
        if isinstance(child, Element) and (changed := with_last(child, helper)):
            return _replaced(node, child, changed)
    return None


def _replaced(node: Element, child: Element, changed: Element) -> Element:
    return node._replace(children=tuple(changed if one is child else one for one in node.children))


def holds_text(tag: str) -> bool:
    """Whether text may stand in an element of this tag."""
    return tag not in NO_TEXT
