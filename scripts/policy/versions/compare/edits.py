"""What differs between two pieces of HTML, as values: the script that leads from the old one to the new one."""

from dataclasses import dataclass

from policy.versions.compare.tags import RUN
from policy.versions.compare.tree import Element, Node


@dataclass(frozen=True, slots=True)
class Same:
    """Nodes that stand in both."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """Nodes that stand in the new one only."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """Nodes that stood in the old one only."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Words that stand in both, in the element (without a link) in one of them only: the new one where `added`."""

    element: Element
    added: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """An element, or a run, that stands in both with another content, other attributes or another tag."""

    old: Element
    new: Element
    edits: tuple["Edit", ...]

    @property
    def is_retargeted(self) -> bool:
        """Whether it is a link to another address than before."""
        return self.new.tag == "a" and self.old.get("href") != self.new.get("href")


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit that stands in both, at another place; `index` counts the units around its old place, from 0.

    `before` and `after` are titles of what it followed and follows, empty at the start.
    """

    edit: Changed
    index: int
    before: str
    after: str


Edit = Same | Added | Removed | Wrapped | Changed | Moved


def is_seen(edit: Edit) -> bool:
    """Whether readers see a difference; other markup around the same words is none."""
    if isinstance(edit, Changed):
        return edit.is_retargeted or any(is_seen(part) for part in edit.edits)
    return isinstance(edit, Added | Removed | Moved)


def is_renumbered(edit: Edit) -> bool:
    """Whether a heading differs in its number only, which follows from what was added or moved elsewhere."""
    if not isinstance(edit, Changed) or not is_seen(edit):
        return False
    if edit.new.tag == "span" and edit.new.get("class") == "number":
        return True
    inner = [part for part in edit.edits if is_seen(part)]
    return (edit.new.tag == RUN or edit.new.tag[:1] == "h") and all(is_renumbered(part) for part in inner)
