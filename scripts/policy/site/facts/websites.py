"""What readers are told of websites, and of what a choice there is about."""

from collections.abc import Iterator

from policy.inventory.model import Inventory, Website
from policy.inventory.terms import asked_together
from policy.site.facts.part import Part, Teller, naming, part, plain
from policy.site.facts.sentences import Sentence
from policy.site.facts.speech import Speech
from policy.versions.diff import Difference
from policy.versions.diff import DifferenceKind as Kind


def _added(difference: Difference, speech: Speech) -> Iterator[Part]:
    """A website with all that a choice there is about: the difference names only what ran elsewhere before."""
    yield part(Sentence.WEBSITE_ADDED)
    if names := [service.name for service in asked_together(speech.new, speech.new.website(difference.subject))]:
        yield part(Sentence.CHOICE_ON_WEBSITE, what=speech.listed(names))


def _changed(difference: Difference, speech: Speech) -> Iterator[Part]:
    """Nothing of languages and of a certified platform."""
    was, now = speech.old.website(difference.subject), speech.new.website(difference.subject)
    if was.name != now.name:
        yield part(Sentence.NEW_NAME, before=was.name)
    if was.origin != now.origin:
        yield part(Sentence.ORIGIN, before=was.origin, after=now.origin)
    if was.shared_domain != now.shared_domain:
        yield from _shared(was, now)
    if "services" in difference.fields:
        yield from _runs(was, now, speech)


def _shared(was: Website, now: Website) -> Iterator[Part]:
    if was.shared_domain:
        yield part(Sentence.CHOICE_ALONE, before=was.shared_domain)
    if now.shared_domain:
        yield part(Sentence.CHOICE_SHARED, after=now.shared_domain)


def _runs(was: Website, now: Website, speech: Speech) -> Iterator[Part]:
    """Services that the websites of a shared domain hand to each other, so that a choice stays about the same."""
    if came := _names(speech.new, set(now.services) - set(was.services)):
        yield part(Sentence.RUNS, what=speech.listed(came))
    if went := _names(speech.old, set(was.services) - set(now.services)):
        yield part(Sentence.RUNS_NO_MORE, what=speech.listed(went))


def _names(inventory: Inventory, ids: set[str]) -> list[str]:
    return [service.name for service in inventory.services if service.id in ids]


TELLERS: dict[Kind, Teller] = {
    Kind.WEBSITE_ADDED: _added,
    Kind.WEBSITE_GONE: naming,
    Kind.WEBSITE_CHANGED: _changed,
    Kind.MORE_ON_WEBSITE: plain,
    Kind.LESS_ON_WEBSITE: plain,
}
