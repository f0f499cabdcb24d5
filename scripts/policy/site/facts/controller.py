"""What readers are told of the controller."""

from collections.abc import Iterator

from policy.inventory.model import Address, Controller, PolicySite, PrivacyContact, Stated
from policy.site.facts.part import Part, Teller, of_kind, part, plain
from policy.site.facts.sentences import Phrase, Sentence
from policy.site.facts.speech import Speech
from policy.versions.diff import Difference
from policy.versions.diff import DifferenceKind as Kind


def _changed(difference: Difference, speech: Speech) -> Iterator[Part]:
    for field in difference.fields:
        before, after = (_value(inventory.controller, field, speech) for inventory in (speech.old, speech.new))
        if before != after:
            yield part(
                Sentence.OF_CONTROLLER, what=speech.say(Phrase[f"OUR_{field.upper()}"]), before=before, after=after
            )


def _value(controller: Controller, field: str, speech: Speech) -> str:
    match getattr(controller, field):
        case Stated(value=value):
            return speech.said(value) or speech.say(Phrase.NOT_NAMED)
        case Address(street=street, postcode=postcode, city=city, note=note):
            return ", ".join(filter(None, (street, f"{postcode} {city}", speech.said(note))))
        case PrivacyContact(name=name, email=email, registered_officer=officer):
            return f"{speech.say(Phrase.OFFICER).format(name=name) if officer else name} ({email})"
        case PolicySite(address=address):
            return address
        case other:
            raise TypeError(f"{field} of the controller is told nowhere: {other!r}")


def _tracking(difference: Difference, speech: Speech) -> Iterator[Part]:
    yield part(of_kind(difference), what=speech.listed(speech.say(Phrase[way.upper()]) for way in difference.what))


def _measures(difference: Difference, speech: Speech) -> Iterator[Part]:
    yield part(of_kind(difference), what=speech.listed(f"“{speech.quoted(measure)}”" for measure in difference.what))


TELLERS: dict[Kind, Teller] = {
    Kind.ANOTHER_CONTROLLER: plain,
    Kind.CONTROLLER_CHANGED: _changed,
    Kind.EMAIL_TRACKING_STARTS: _tracking,
    Kind.EMAIL_TRACKING_STOPS: _tracking,
    Kind.MEASURE_ADDED: _measures,
    Kind.MEASURE_GONE: _measures,
}
