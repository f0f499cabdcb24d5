"""The numbers of an ordered list in which removed items stay visible."""

from collections.abc import Iterator

from policy.versions.compare.edits import Added, Changed, Edit, Removed
from policy.versions.compare.folds import unit_of
from policy.versions.compare.tree import Element


def values(change: Changed) -> dict[int, str]:
    """The `value` that items need, by the place of their edit, to show the number they have in their own text.

    A removed item shows the number that it had; those after it count on as if it were not there.
    """
    if change.new.tag != "ol" or not any(isinstance(edit, Removed) for edit in change.edits):
        return {}
    old = _numbers(change.old, [_old_item(edit) for edit in change.edits if not isinstance(edit, Added)])
    new = _numbers(change.new, [unit_of(edit) for edit in change.edits if not isinstance(edit, Removed)])
    step = _step(change.new)
    shown = _start(change.new, len(change.edits))
    found = {}
    for place, edit in enumerate(change.edits):
        was = None if isinstance(edit, Added) else next(old)
        number = was if isinstance(edit, Removed) else next(new)
        if number != shown and unit_of(edit).get("value") is None:
            found[place] = str(number)
        shown = number + step
    return found


def _numbers(ol: Element, items: list[Element]) -> Iterator[int]:
    number = _start(ol, len(items))
    for item in items:
        number = _whole(item.get("value"), number)
        yield number
        number += _step(ol)


def _old_item(edit: Edit) -> Element:
    return edit.old if isinstance(edit, Changed) else unit_of(edit)


def _step(ol: Element) -> int:
    return 1 if ol.get("reversed") is None else -1


def _start(ol: Element, items: int) -> int:
    return _whole(ol.get("start"), 1 if _step(ol) == 1 else items)


def _whole(value: str | None, otherwise: int) -> int:
    try:
        return int(value or "")
    except ValueError:
        return otherwise
