"""A piece of HTML as values that can be compared, and its canonical serialisation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from lxml import etree

from policy.versions.compare.tags import BLOCKS, HEADINGS, MOVED, RUN, VOID

_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")


class Element(NamedTuple):
    """An element; a tuple, since those are compared and hashed in C, and whole texts are compared so."""

    tag: str
    attrs: tuple[tuple[str, str], ...] = ()
    children: tuple["Element | str", ...] = ()

    def get(self, name: str) -> str | None:
        """The value of an attribute, None where it has none."""
        return next((value for key, value in self.attrs if key == name), None)


Node = Element | str


def settled(html: str) -> tuple[Node, ...]:
    """What stands in a fragment, in canonical form: white space as a browser shows it, attributes by name."""
    return folded(_children(_parsed(html), "div", True), "div")


def parse(html: str) -> tuple[Node, ...]:
    """What stands in a fragment, white space as written; comments are left out."""
    return tuple(_children(_parsed(html), "div", False))


def _parsed(html: str) -> etree._Element:
    return etree.HTML(f"<!doctype html><html><body><div>{html}</div></body></html>").find("body")[0]


def _children(source: etree._Element, parent: str, settle: bool) -> list[Node]:
    found: list[Node] = [source.text] if source.text else []
    for child in source:
        tag = child.tag
        if isinstance(tag, str):
            within = inside(parent, tag)
            children = _children(child, within, settle)
            attrs = tuple(sorted(child.items()))
            found.append(Element(tag, attrs, folded(children, within) if settle else tuple(children)))
        if child.tail:
            found.append(child.tail)
    return found


def inside(parent: str, tag: str) -> str:
    """What decides about white space in an element: `pre` keeps all of it, at any depth."""
    return "pre" if parent == "pre" else tag


def folded(nodes: Sequence[Node], parent: str) -> tuple[Node, ...]:
    """Nodes with white space as a browser shows it: one space between words, none at the edge of a block.

    This is about the nodes themselves, not about what stands in them.
    """
    if len(nodes) < 2 and not any(isinstance(node, str) for node in nodes):
        return tuple(nodes)
    found: list[Node] = []
    for node in nodes:
        if found and isinstance(node, str) and isinstance(found[-1], str):
            found[-1] += node
        else:
            found.append(node)
    if parent == "pre":
        return tuple(found)
    found = [_SPACE.sub(" ", node) if isinstance(node, str) else node for node in found]
    return tuple(_trimmed(found)) if parent in BLOCKS else tuple(found)


def _trimmed(nodes: list[Node]) -> list[Node]:
    last = len(nodes) - 1
    found = []
    for index, node in enumerate(nodes):
        if isinstance(node, str):
            if node[0] == " " and (index == 0 or is_block(nodes[index - 1])):
                node = node[1:]
            if node[-1:] == " " and (index == last or is_block(nodes[index + 1])):
                node = node[:-1]
        if node:
            found.append(node)
    return found


def is_block(node: Node) -> bool:
    """Whether a node begins on a line of its own; what HTML does not call a block is part of a line."""
    return not isinstance(node, str) and node.tag in BLOCKS


def level(node: Node) -> int:
    """1 to 6 for a heading, 0 for anything else."""
    return int(node.tag[1]) if not isinstance(node, str) and node.tag in HEADINGS else 0


def units(nodes: Iterable[Node]) -> tuple[Element, ...]:
    """The blocks among nodes, and whatever stands between them as one run each."""
    found: list[Element] = []
    run: list[Node] = []
    for node in nodes:
        if not isinstance(node, str) and is_block(node):
            found += [Element(RUN, (), tuple(run)), node] if run else [node]
            run = []
        else:
            run.append(node)
    return (*found, Element(RUN, (), tuple(run))) if run else tuple(found)


def text(node: Node) -> str:
    """The words of a node, with one space between them and between its blocks."""
    return " ".join("".join(_texts(node)).split())


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, str):
        yield node
        return
    around = " " if is_block(node) or node.tag == "br" or node.get("class") == "detail" else ""
    yield around
    for child in node.children:
        yield from _texts(child)
    yield around


def serialised(nodes: Iterable[Node]) -> str:
    """The HTML of nodes; a run and a moved section have no tag of their own."""
    parts: list[str] = []
    for node in nodes:
        _serialise(node, parts)
    return "".join(parts)


def _serialise(node: Node, parts: list[str]) -> None:
    if isinstance(node, str):
        parts.append(escape(node, quote=False))
        return
    named = node.tag not in (RUN, MOVED)
    if named:
        parts.append(start_tag(node.tag, node.attrs))
    for child in node.children:
        _serialise(child, parts)
    if named and node.tag not in VOID:
        parts.append(f"</{node.tag}>")


def start_tag(tag: str, attrs: Iterable[tuple[str, str]]) -> str:
    """The start tag of an element."""
    return f"<{tag}{''.join([f' {name}={_quoted(value)}' for name, value in attrs])}>"


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'
