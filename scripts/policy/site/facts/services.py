"""What readers are told of services."""

from collections.abc import Iterator
from datetime import date

from policy.inventory.fields import Loading
from policy.inventory.model import HOST_KINDS, Service
from policy.inventory.words import long_date
from policy.site.facts.part import Part, Teller, named, naming, of_kind, part, plain, quoting
from policy.site.facts.sentences import Sentence
from policy.site.facts.speech import Speech
from policy.versions.diff import Difference
from policy.versions.diff import DifferenceKind as Kind
from policy.versions.facts.recipients import recipient_name


def _came(difference: Difference, speech: Speech) -> Iterator[Part]:
    """A service that is new, with what it stores, since no other difference tells that."""
    service = speech.new.service(difference.subject)
    purposes = speech.purposes(speech.new, service.purposes)
    yield part(of_kind(difference), what=purposes, after=recipient_name(speech.new, service.recipient))
    if stored := sorted({name for item in service.storage for name in item.names}):
        yield part(Sentence.STORES, what=speech.some(stored))


def _retired(difference: Difference, speech: Speech) -> Iterator[Part]:
    yield _retired_on(date.fromisoformat(difference.after), speech)


def _retired_on(day: date, speech: Speech) -> Part:
    return part(Sentence.SERVICE_RETIRED, after=long_date(day, speech.language))


def _purposes(difference: Difference, speech: Speech) -> Iterator[Part]:
    """All that came or all that went, so that it is said once: each new purpose is a difference of its own."""
    was, now = (inventory.service(difference.subject).purposes for inventory in (speech.old, speech.new))
    if difference.kind is Kind.NEW_PURPOSE_OF_SERVICE:
        told = speech.purposes(speech.new, [id for id in now if id not in was])
    else:
        told = speech.purposes(speech.old, [id for id in was if id not in now])
    yield part(of_kind(difference), what=told)


def _changed(difference: Difference, speech: Speech) -> Iterator[Part]:
    """Nothing of what only programs read: names in pages, signals, calls, and the day of the last look."""
    was, now = speech.old.service(difference.subject), speech.new.service(difference.subject)
    if "name" in difference.fields:
        yield part(Sentence.NEW_NAME, before=speech.said(was.name))
    if "loading" in difference.fields:
        yield part(Sentence.LOADS_ON_CLICK if now.loading is Loading.CLICK else Sentence.LOADS_WITH_PAGE)
    if "retired" in difference.fields and now.retired:
        yield _retired_on(now.retired, speech)
    if "limited_analytics" in difference.fields:
        yield part(Sentence.LIMITED_ANALYTICS)
    yield from _hosts(was, now, speech)
    for field, sentence in (("description", Sentence.DESCRIPTION), ("links", Sentence.LINKS)):
        if field in difference.fields:
            yield named(sentence, speech.said(now.name))


def _hosts(was: Service, now: Service, speech: Speech) -> Iterator[Part]:
    before, after = ({host for kind in HOST_KINDS for host in getattr(one.hosts, kind)} for one in (was, now))
    if came := sorted(after - before):
        yield part(Sentence.HOSTS_ADDED, what=speech.some(came))
    if went := sorted(before - after):
        yield part(Sentence.HOSTS_GONE, what=speech.some(went))


TELLERS: dict[Kind, Teller] = {
    Kind.SERVICE_ADDED: _came,
    Kind.SERVICE_RETURNED: _came,
    Kind.SERVICE_GONE: naming,
    Kind.SERVICE_RETIRED: _retired,
    Kind.SERVICE_CHANGED: _changed,
    Kind.SENDS_CHANGED: quoting,
    Kind.ANOTHER_RECIPIENT: plain,
    Kind.STAYS_WITH_CONTROLLER: plain,
    Kind.NEW_PURPOSE_OF_SERVICE: _purposes,
    Kind.PURPOSE_OF_SERVICE_GONE: _purposes,
}
