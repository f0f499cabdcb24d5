"""The difference between two rendered texts: HTML with marks, a list of changes, and the way back to both texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from policy.versions.compare.ledger import Change
from policy.versions.compare.page import write
from policy.versions.compare.script import changed
from policy.versions.compare.tree import Element, Node, serialised, settled
from policy.versions.compare.undo import accept, reject
from policy.versions.compare.wording import Wording
from policy.versions.compare.words import count_words
from policy.versions.compare.writer import Writer

__all__ = ["Change", "Comparison", "Wording", "accept", "canonical", "compare", "reject"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two texts.

    `html` is the new text with marks; `changes` are in the order of the page;
    `share` is the number of words added and removed as a part of all words of both texts, 0.0 to 1.0.
    """

    html: str
    changes: tuple[Change, ...]
    share: float


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that was read: what stands in it, the anchors it has and how many words."""

    nodes: tuple[Node, ...]
    ids: frozenset[str]
    words: int


def compare(old: str, new: str, wording: Wording) -> Comparison:
    """Compare two fragments of HTML, such as the inner HTML of two versions of a page.

    Dropping what was removed gives exactly the new text (`accept`), dropping what was added the old one (`reject`),
    both as `canonical` writes them. Other markup around the same words is kept for that, but is not told as a change;
    nor is a heading of which only the number differs, though its number is marked.
    """
    before, after = _read(old), _read(new)
    writer = Writer(wording, after.ids)
    write(writer, changed(Element("div", (), before.nodes), Element("div", (), after.nodes)))
    ledger = writer.ledger
    words = before.words + after.words
    share = (ledger.added + ledger.removed) / words if words else 0.0
    return Comparison(writer.html(), tuple(ledger.changes), share)


def canonical(html: str) -> str:
    """The canonical serialisation of a fragment.

    White space is as a browser shows it, attributes are in the order of their names, comments are left out.
    """
    return serialised(settled(html))


@lru_cache(maxsize=8)
def _read(html: str) -> _Text:
    """The newest text is compared with every other one: it is read once."""
    nodes = settled(html)
    return _Text(nodes, frozenset(_ids(nodes)), count_words(nodes))


def _ids(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if not isinstance(node, str):
            yield from (value for name, value in node.attrs if name == "id")
            yield from _ids(node.children)
