"""What a comparison tells: the list of changes, kept while the page is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Literal

from policy.versions.compare.tags import RUN
from policy.versions.compare.tree import Element, Node, text
from policy.versions.compare.words import count_words

ChangeKind = Literal["added", "removed", "changed", "moved", "link"]
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, as a line of a summary.

    `id` is that of its mark on the page; `section` the anchor of the heading it stands under and `title` its words,
    both empty before the first heading. A heading that came or went is its own section.
    `before` and `after` are the words taken out and put in, at most 300 characters of each;
    of a link the two addresses; of what moved the titles of what it followed and follows now.
    """

    id: str
    kind: ChangeKind
    section: str
    title: str
    before: str
    after: str


class Ledger:
    """The changes found so far, the section that the page has come to, and the words counted."""

    def __init__(self, ids: Iterable[str]) -> None:
        taken = set(ids)
        self._names = (name for number in count(1) if (name := f"wijziging-{number}") not in taken)
        self._known: list[str] = []
        self.changes: list[Change] = []
        self.section = ("", "")
        self.added = self.removed = 0

    def name(self, number: int) -> str:
        """The id of the mark of a change, counted from 0, whether it was found already or not."""
        self._known += islice(self._names, max(0, number + 1 - len(self._known)))
        return self._known[number]

    def add(self, kind: ChangeKind, before: str, after: str, section: tuple[str, str] | None = None) -> str:
        """Take down a change; returns the id for its mark."""
        anchor, title = section or self.section
        id = self.name(len(self.changes))
        self.changes.append(Change(id, kind, anchor, title, _clipped(before), _clipped(after)))
        return id

    def complete(self, index: int, before: list[str], after: list[str]) -> None:
        """Fill in the words of a change that was taken down at its first mark."""
        words = _clipped(" … ".join(before)), _clipped(" … ".join(after))
        self.changes[index] = replace(self.changes[index], before=words[0], after=words[1])

    def count(self, is_added: bool, nodes: Iterable[Node]) -> None:
        """Count words that were added or removed."""
        words = count_words(nodes)
        if is_added:
            self.added += words
        else:
            self.removed += words


def words_of(nodes: Iterable[Node]) -> str:
    """The words of nodes as plain text."""
    return text(Element(RUN, (), tuple(nodes)))


def _clipped(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return words[: words.rfind(" ", 0, _LONGEST) if " " in words[:_LONGEST] else _LONGEST - 1].rstrip() + "…"
