"""What readers are told of the storage items of a service."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from policy.inventory.fields import Party
from policy.inventory.model import CONTROLLER, Inventory, StorageItem
from policy.site.facts.part import Part, Teller, of_items, of_kind, part
from policy.site.facts.sentences import Sentence
from policy.site.facts.speech import Speech
from policy.versions.diff import Difference
from policy.versions.diff import DifferenceKind as Kind

Pair = tuple[str, StorageItem, StorageItem]
"""The name of an item that stayed, as it was and as it is."""

Fact = tuple[Sentence, str, str]
"""A sentence, with what was and what is."""


def _elsewhere(difference: Difference, speech: Speech) -> Iterator[Part]:
    before, after = speech.ways(difference.before), speech.ways(difference.after)
    yield part(of_kind(difference), what=speech.some(difference.what), before=before, after=after)


def _lifetime(difference: Difference, speech: Speech) -> Iterator[Part]:
    """The same code may have two words: a session ends with the tab or with the browser."""
    found = (
        (name, (of_kind(difference), speech.lifetime(was), speech.lifetime(now)))
        for name, was, now in _stayed(difference, speech)
        if (str(was.lifetime), str(now.lifetime)) == (difference.before, difference.after)
    )
    yield from _together(found, speech)


def _purpose(difference: Difference, speech: Speech) -> Iterator[Part]:
    """The difference holds Dutch names of purposes; here they are looked up by what the items were and are for."""
    pairs = [(was, now) for _, was, now in _stayed(difference, speech) if was.purpose != now.purpose]
    before = speech.purposes(speech.old, [was.purpose for was, _ in pairs])
    after = speech.purposes(speech.new, [now.purpose for _, now in pairs])
    yield part(of_kind(difference), what=speech.some(difference.what), before=before, after=after)


def _changed(difference: Difference, speech: Speech) -> Iterator[Part]:
    """Nothing of where a fact was found and how sure it is."""
    found = (
        (name, fact)
        for name, was, now in _stayed(difference, speech)
        for fact in _facts(difference.fields, was, now, speech)
    )
    yield from _together(found, speech)


def _together(found: Iterable[tuple[str, Fact]], speech: Speech) -> Iterator[Part]:
    """One sentence for all items of which the same is told."""
    names: defaultdict[Fact, set[str]] = defaultdict(set)
    for name, fact in found:
        names[fact].add(name)
    for (sentence, before, after), same in names.items():
        yield part(sentence, what=speech.some(sorted(same)), before=before, after=after)


def _facts(fields: tuple[str, ...], was: StorageItem, now: StorageItem, speech: Speech) -> Iterator[Fact]:
    if "lifetime" in fields and was.lifetime != now.lifetime:
        yield Sentence.OTHER_LIFETIME, speech.lifetime(was), speech.lifetime(now)
    if "party" in fields and was.party != now.party:
        yield Sentence.WITH_OTHERS if now.party is Party.THIRD else Sentence.WITH_US, "", ""
    if "read_by" in fields:
        yield from _read_by_us(was, now, speech)
    if "description" in fields or "lifetime_reason" in fields:
        yield Sentence.ITEM_WORDS, "", ""


def _read_by_us(was: StorageItem, now: StorageItem, speech: Speech) -> Iterator[Fact]:
    before, after = CONTROLLER in was.read_by, CONTROLLER in now.read_by
    if after and not before:
        yield Sentence.NEW_READER, "", speech.new.controller.name
    if before and not after:
        yield Sentence.READER_GONE, speech.old.controller.name, ""


def _stayed(difference: Difference, speech: Speech) -> list[Pair]:
    """The items that a difference names, as they were and as they are."""
    before, after = (_items(inventory, difference) for inventory in (speech.old, speech.new))
    return [(key[1], before[key], after[key]) for key in after if key in before]


def _items(inventory: Inventory, difference: Difference) -> dict[tuple[str, str, str], StorageItem]:
    service, wanted = inventory.service(difference.subject), set(difference.what)
    return {
        (str(item.kind), name, item.host): item for item in service.storage for name in item.names if name in wanted
    }


TELLERS: dict[Kind, Teller] = {
    Kind.ITEM_ADDED: of_items,
    Kind.ITEM_GONE: of_items,
    Kind.ITEM_ELSEWHERE: _elsewhere,
    Kind.ITEM_CHANGED: _changed,
    Kind.ITEM_FOR_ANOTHER_PURPOSE: _purpose,
    Kind.LONGER_LIFETIME: _lifetime,
    Kind.SHORTER_LIFETIME: _lifetime,
    Kind.LIFETIME_STARTS_ANEW: of_items,
    Kind.LIFETIME_STARTS_ANEW_NO_MORE: of_items,
    Kind.NEW_READER: of_items,
    Kind.READER_GONE: of_items,
}
