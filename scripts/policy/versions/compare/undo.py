"""Back from a text with marks to the new or the old text."""

from collections.abc import Iterable, Iterator

from policy.versions.compare.marks import DROPPED, FOLD, MARK, MOVE
from policy.versions.compare.tags import MOVED, RUN
from policy.versions.compare.tree import Element, Node, folded, inside, parse, serialised, units


def accept(html: str) -> str:
    """The canonical HTML of the new text, from a fragment that `compare` marked."""
    return serialised(_restored(parse(html), "div", True))


def reject(html: str) -> str:
    """The canonical HTML of the old text, with every section in its old place."""
    return serialised(_restored(parse(html), "div", False))


def _restored(nodes: Iterable[Node], parent: str, new: bool) -> tuple[Node, ...]:
    staying: list[Node] = []
    moved: list[tuple[int, tuple[Node, ...]]] = []
    for node in _kept(nodes, new):
        index = None if new or isinstance(node, str) else node.get("data-rev-index")
        if index is None:
            staying += _without_marks(node, parent, new)
        else:
            moved.append((int(index), _without_marks(node, parent, new)))
    found = folded(staying, parent)
    return _in_old_order(found, moved) if moved else found


def _kept(nodes: Iterable[Node], new: bool) -> Iterator[Node]:
    """The nodes that are of this text, in the order of the page, and what stands in marks around them."""
    for node in nodes:
        if isinstance(node, str):
            yield node
            continue
        classes = (node.get("class") or "").split()
        if not DROPPED.isdisjoint(classes) or node.get("data-rev") == ("removed" if new else "added"):
            continue
        if node.tag in ("ins", "del") and classes == [MARK]:
            yield from _kept(node.children, new) if (node.tag == "ins") == new else ()
        elif FOLD in classes:
            yield from _kept(node.children[1:], new)
        elif node.get("data-rev-wrap") == ("removed" if new else "added"):
            yield from _kept(node.children, new)
        else:
            yield node


def _without_marks(node: Node, parent: str, new: bool) -> tuple[Node, ...]:
    if isinstance(node, str):
        return (node,)
    tag = node.tag if new else node.get("data-rev-tag") or node.tag
    children = _restored(node.children, inside(parent, tag), new)
    if MOVE in (node.get("class") or "").split():
        return children
    return (Element(tag, _attributes(node, new), children),)


def _attributes(node: Element, new: bool) -> tuple[tuple[str, str], ...]:
    left_out = (node.get("data-rev-own") or "").split()
    left_out += [] if new else (node.get("data-rev-new") or "").split()
    found = {name: value for name, value in node.attrs if name not in left_out and not name.startswith("data-rev")}
    old = {name.removeprefix("data-old-"): value for name, value in found.items() if name.startswith("data-old-")}
    found = {name: value for name, value in found.items() if not name.startswith("data-old-")}
    return tuple(sorted((found if new else found | old).items()))


def _in_old_order(nodes: tuple[Node, ...], moved: list[tuple[int, tuple[Node, ...]]]) -> tuple[Node, ...]:
    ordered = list(units(nodes))
    for index, group in sorted(moved, key=lambda one: one[0]):
        ordered.insert(index, Element(MOVED, (), group))
    flat: list[Node] = []
    for unit in ordered:
        flat += unit.children if unit.tag in (RUN, MOVED) else [unit]
    return tuple(flat)
