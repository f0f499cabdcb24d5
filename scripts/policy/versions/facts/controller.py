"""What differs in the controller, its security, and the words of its consent module and translations."""

from collections.abc import Iterator
from typing import Any

from policy.inventory.model import Controller, Inventory
from policy.versions.facts.compare import changed_fields
from policy.versions.facts.difference import Difference
from policy.versions.facts.difference import DifferenceKind as Kind

_SUBJECT = "controller"
_TOLD_APART = ("name", "email_tracking", "security")


def controller_differences(old: Inventory, new: Inventory) -> Iterator[Difference]:
    """What differs in who is responsible, and how data is protected."""
    was, now = old.controller, new.controller
    if was.name != now.name:
        yield Difference(Kind.ANOTHER_CONTROLLER, _SUBJECT, now.name, before=was.name, after=now.name)
    yield from _email_tracking(was, now)
    before, after = _measures(was), _measures(now)
    if came := tuple(measure for measure in after if measure not in before):
        yield Difference(Kind.MEASURE_ADDED, _SUBJECT, now.name, came)
    if went := tuple(measure for measure in before if measure not in after):
        yield Difference(Kind.MEASURE_GONE, _SUBJECT, now.name, went)
    if fields := changed_fields(was, now, _TOLD_APART):
        yield Difference(Kind.CONTROLLER_CHANGED, _SUBJECT, now.name, fields=fields)


def _email_tracking(was: Controller, now: Controller) -> Iterator[Difference]:
    ways = ("opens", "clicks")
    before, after = ([way for way in ways if getattr(one.email_tracking, way)] for one in (was, now))
    if starts := tuple(way for way in after if way not in before):
        yield Difference(Kind.EMAIL_TRACKING_STARTS, _SUBJECT, now.name, starts)
    if stops := tuple(way for way in before if way not in after):
        yield Difference(Kind.EMAIL_TRACKING_STOPS, _SUBJECT, now.name, stops)


def _measures(controller: Controller) -> tuple[str, ...]:
    return controller.security.measures if controller.security else ()


def word_differences(old: Inventory, new: Inventory) -> Iterator[Difference]:
    """What differs in words that state no fact; the subject is the folder and the language, such as `notice/nl`."""
    for folder, was, now in (
        ("notice", old.notices, new.notices),
        ("translation", old.translations, new.translations),
    ):
        yield from _words(folder, _by_language(was), _by_language(now))


def _words(folder: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for language in sorted(before.keys() | after.keys()):
        subject = f"{folder}/{language}"
        if language not in before:
            yield Difference(Kind.WORDS_ADDED, subject, language)
        elif language not in after:
            yield Difference(Kind.WORDS_GONE, subject, language)
        elif fields := changed_fields(before[language], after[language]):
            yield Difference(Kind.WORDS_CHANGED, subject, language, fields=fields)


def _by_language(values: tuple[Any, ...]) -> dict[str, Any]:
    return {value.language: value for value in values}
