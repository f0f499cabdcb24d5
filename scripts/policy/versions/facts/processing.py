"""What differs in what is done with personal data: activities, data, retention."""

import re
from collections.abc import Iterator

from policy.inventory.model import Activity, Inventory
from policy.versions.facts.compare import added_and_gone, by_id, changed_fields, other_facts
from policy.versions.facts.difference import Difference
from policy.versions.facts.difference import DifferenceKind as Kind
from policy.versions.facts.recipients import recipient_name

_TOLD_APART = ("purpose", "legal_basis", "data", "recipients", "retention")
_DAYS = {"uur": 1 / 24, "dag": 1, "week": 7, "weken": 7, "maand": 365.25 / 12, "jaar": 365.25, "jaren": 365.25}
_PERIOD = re.compile(r"(\d+) (uur|dag|week|weken|maand|jaar|jaren)(?:en)?\b")


def processing_differences(old: Inventory, new: Inventory) -> Iterator[Difference]:
    """What differs in activities, in the kinds of data, and in decisions that a computer takes alone."""
    before, after = by_id(old.processing.activities), by_id(new.processing.activities)
    yield from added_and_gone(before, after, Kind.ACTIVITY_ADDED, Kind.ACTIVITY_GONE)
    for id in sorted(before.keys() & after.keys()):
        yield from _activity(old, new, before[id], after[id])
    data, now = by_id(old.processing.data), by_id(new.processing.data)
    yield from added_and_gone(data, now, Kind.DATA_ADDED, Kind.DATA_GONE)
    for id in sorted(data.keys() & now.keys()):
        yield from other_facts(Kind.DATA_CHANGED, data[id], now[id])
    yield from _automated_decisions(old, new)


def _activity(old: Inventory, new: Inventory, was: Activity, now: Activity) -> Iterator[Difference]:
    def told(kind: Kind, before: str, after: str) -> Iterator[Difference]:
        if before != after:
            yield Difference(kind, now.id, now.name, before=before, after=after)

    def named(kind: Kind, names: list[str]) -> Iterator[Difference]:
        if names:
            yield Difference(kind, now.id, now.name, tuple(names))

    before, after = by_id(old.processing.data), by_id(new.processing.data)
    yield from told(Kind.PURPOSE_OF_ACTIVITY, was.purpose, now.purpose)
    yield from told(Kind.NEW_BASIS, str(was.legal_basis), str(now.legal_basis))
    yield from named(Kind.NEW_DATA, [after[id].name for id in now.data if id not in was.data])
    yield from named(Kind.DATA_NO_MORE, [before[id].name for id in was.data if id not in now.data])
    came = [recipient_name(new, id) for id in now.recipients if id not in was.recipients]
    went = [recipient_name(old, id) for id in was.recipients if id not in now.recipients]
    yield from named(Kind.NEW_RECIPIENT, came)
    yield from named(Kind.RECIPIENT_NO_MORE, went)
    shorter = is_shorter(was.retention, now.retention)
    yield from told(Kind.SHORTER_RETENTION if shorter else Kind.ANOTHER_RETENTION, was.retention, now.retention)
    yield from other_facts(Kind.ACTIVITY_CHANGED, was, now, _TOLD_APART)


def is_shorter(old: str, new: str) -> bool:
    """Whether two Dutch sentences about retention differ in their periods only, and none is longer than it was.

    Of any other change a machine cannot say that data is not kept longer.
    """
    periods = list(zip(_PERIOD.findall(old), _PERIOD.findall(new), strict=False))
    same = _PERIOD.sub("…", old) == _PERIOD.sub("…", new)
    return same and all(_days(*after) <= _days(*before) for before, after in periods)


def _days(amount: str, unit: str) -> float:
    return int(amount) * _DAYS[unit]


def _automated_decisions(old: Inventory, new: Inventory) -> Iterator[Difference]:
    """GDPR Art. 13(2)(f) and 22; the subject is the key in the file."""
    was, now = old.processing.automated_decisions, new.processing.automated_decisions
    fields = changed_fields(was, now)
    if fields:
        starts = now.used and not was.used
        kind = Kind.AUTOMATED_DECISIONS_START if starts else Kind.AUTOMATED_DECISIONS_CHANGED
        key = "automated_decisions"
        yield Difference(kind, key, key, fields=fields, before=was.explanation, after=now.explanation)
