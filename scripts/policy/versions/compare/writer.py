"""Lines of a comparison as HTML, with marks around words, and the links from one change to the next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from policy.versions.compare.edits import Added, Changed, Edit, Removed, Wrapped
from policy.versions.compare.ledger import Ledger, words_of
from policy.versions.compare.marks import JUMPS, MARK, NOTE, WORD, attributes, removed
from policy.versions.compare.tags import VOID
from policy.versions.compare.tree import Element, Node, serialised, start_tag
from policy.versions.compare.wording import Wording


@dataclass(slots=True)
class _Telling:
    """The words of one change, while its lines are written."""

    index: int | None = None
    begun: bool = False
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


class Writer:
    """The page so far. `is_telling` while several lines, such as the cells of a row, are told as one change."""

    def __init__(self, wording: Wording, ids: Collection[str]) -> None:
        self.wording = wording
        self.ids = ids
        self.ledger = Ledger(ids)
        self.note: Element | None = None
        self._parts: list[str] = []
        self._telling: _Telling | None = None

    @property
    def is_telling(self) -> bool:
        """Whether a change is open."""
        return self._telling is not None

    def put(self, *nodes: Node) -> None:
        """Write nodes as they are."""
        self._parts.append(serialised(nodes))

    def start(self, tag: str, attrs: Sequence[tuple[str, str]]) -> None:
        """Write a start tag."""
        self._parts.append(start_tag(tag, attrs))

    def end(self, tag: str) -> None:
        """Write an end tag, for an element that has one."""
        if tag not in VOID:
            self._parts.append(f"</{tag}>")

    def open(self) -> None:
        """From here on, marked words are one change."""
        self._telling = _Telling()

    def close(self) -> None:
        """The change ends here."""
        told, self._telling = self._telling, None
        if told and told.index is not None:
            self.ledger.complete(told.index, told.before, told.after)

    def put_note(self) -> None:
        """Write the note that waits for the first place where words may stand."""
        if self.note:
            self.put(self.note)
        self.note = None

    def run(self, edits: Sequence[Edit], is_change: bool) -> None:
        """Write a whole line; its marks are a change, or part of the open one, unless the line is not told at all."""
        self.put_note()
        marked = any(map(_marks_words, edits))
        alone = marked and is_change and not self.is_telling
        if alone:
            self.open()
        if self._telling and marked and not self._telling.begun:
            self._telling.begun = True
            self.put(spoken(self.wording.changed))
        self._line(edits)
        if alone:
            self.close()

    def _line(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            if isinstance(edit, Added | Removed):
                self._mark(edit)
            elif isinstance(edit, Changed):
                self._element(edit)
            elif isinstance(edit, Wrapped):
                self.put(_wrapped(edit))
            else:
                self.put(*edit.nodes)

    def _mark(self, edit: Added | Removed) -> None:
        is_added = isinstance(edit, Added)
        nodes = edit.nodes if is_added else tuple(removed(node, self.ids) for node in edit.nodes)
        self.ledger.count(is_added, nodes)
        attrs = [("class", MARK)]
        if told := self._telling:
            (told.after if is_added else told.before).append(words_of(nodes))
            if told.index is None:
                told.index = len(self.ledger.changes)
                attrs.append(("id", self.ledger.add("changed", "", "")))
        word = self.wording.added if is_added else self.wording.removed
        self.put(Element("ins" if is_added else "del", tuple(attrs), (spoken(word), *nodes)))

    def _element(self, edit: Changed) -> None:
        self.start(edit.new.tag, attributes(edit.new, "changed" if edit.is_retargeted else "", edit.old))
        self._line(edit.edits)
        self.end(edit.new.tag)
        if edit.is_retargeted:
            before, after = edit.old.get("href") or "", edit.new.get("href") or ""
            id = self.ledger.add("link", before, after)
            words = f" ({self.wording.link.format(before=before, after=after)})"
            self.put(Element("span", (("class", NOTE), ("id", id)), (words,)))

    def put_jumps(self, since: int, tag: str = "span") -> None:
        """Write links to the change before and after those from number `since` on, where there are any."""
        if len(self.ledger.changes) > since:
            self.put(self.jumps(since, tag))

    def jumps(self, since: int, tag: str = "span") -> Element:
        """The links that `put_jumps` writes."""
        after = len(self.ledger.changes)
        links: list[Node] = [" ", self._jump(since - 1, self.wording.back)] if since else []
        return Element(tag, (("class", f"jumps {JUMPS}"),), (*links, " ", self._jump(after, self.wording.onward)))

    def _jump(self, number: int, words: str) -> Element:
        return Element("a", (("class", "jump"), ("href", f"#{self.ledger.name(number)}")), (words,))

    def html(self) -> str:
        """All that was written, without links onward from the last change."""
        html = "".join(self._parts)
        html = html.replace(" " + serialised([self._jump(len(self.ledger.changes), self.wording.onward)]), "")
        for tag in ("span", "p"):
            html = html.replace(serialised([Element(tag, (("class", f"jumps {JUMPS}"),))]), "")
        return html


def spoken(word: str, id: str = "") -> Element:
    """A word for those who hear the page, at the start of what it says something about."""
    ids = (("id", id),) if id else ()
    return Element("span", (("class", f"unseen {WORD}"), *ids), (f" {word}: ",))


def _marks_words(edit: Edit) -> bool:
    return isinstance(edit, Added | Removed) or (isinstance(edit, Changed) and any(map(_marks_words, edit.edits)))


def _wrapped(edit: Wrapped) -> Element:
    element = edit.element
    wrap = ("data-rev-wrap", "added" if edit.added else "removed")
    if edit.added:
        return element._replace(attrs=(*element.attrs, wrap))
    span = Element("span")
    return Element("span", (*attributes(span, old=element), wrap), element.children)
