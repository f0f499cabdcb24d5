"""What readers are told of what is done with personal data."""

from collections.abc import Iterator

from policy.inventory.fields import Provision
from policy.inventory.model import Activity
from policy.site.facts.part import Part, Teller, named, naming, part, plain, quoting
from policy.site.facts.purposes import new_basis
from policy.site.facts.sentences import Phrase, Sentence
from policy.site.facts.speech import Speech
from policy.versions.diff import Difference
from policy.versions.diff import DifferenceKind as Kind


def _activity(difference: Difference, speech: Speech) -> Iterator[Part]:
    """The facts of an activity that no kind of its own tells."""
    was, now = (
        next(one for one in inventory.processing.activities if one.id == difference.subject)
        for inventory in (speech.old, speech.new)
    )
    if "name" in difference.fields:
        yield part(Sentence.CALLED, before=speech.quoted(was.name))
    if "interest" in difference.fields and now.interest:
        yield part(Sentence.INTEREST, after=speech.quoted(now.interest))
    if "source" in difference.fields:
        yield part(Sentence.SOURCE, before=speech.quoted(was.source), after=speech.quoted(now.source))
    if "provision" in difference.fields:
        yield part(Sentence.REQUIRED if now.provision is Provision.REQUIRED else Sentence.OPTIONAL)
    if "consequence" in difference.fields:
        yield _consequence(was, now, speech)


def _consequence(was: Activity, now: Activity, speech: Speech) -> Part:
    if now.consequence:
        return part(Sentence.CONSEQUENCE, after=speech.quoted(now.consequence))
    return part(Sentence.CONSEQUENCE_GONE, before=speech.quoted(was.consequence))


def _data(difference: Difference, speech: Speech) -> Iterator[Part]:
    was, now = (
        next(one for one in inventory.processing.data if one.id == difference.subject)
        for inventory in (speech.old, speech.new)
    )
    name = speech.said(now.name)
    if "name" in difference.fields:
        renamed = speech.say(Phrase.RENAMED).format(after=name, before=speech.said(was.name))
        yield named(Sentence.DATA_CALLED, renamed)
    if "observed" in difference.fields:
        yield named(Sentence.DATA_OBSERVED if now.observed else Sentence.DATA_GIVEN, name)
    if "voluntary" in difference.fields:
        yield named(Sentence.DATA_VOLUNTARY if now.voluntary else Sentence.DATA_NOT_VOLUNTARY, name)


def _decisions(difference: Difference, speech: Speech) -> Iterator[Part]:
    before, after = speech.quoted(difference.before), speech.quoted(difference.after)
    if difference.kind is Kind.AUTOMATED_DECISIONS_START:
        yield part(Sentence.DECISIONS_START, after=after)
        return
    if "used" in difference.fields:
        yield part(Sentence.DECISIONS_STOP)
    if "explanation" in difference.fields:
        yield part(Sentence.DECISIONS_WORDS, before=before, after=after)


ACTIVITIES: dict[Kind, Teller] = {
    Kind.ACTIVITY_ADDED: naming,
    Kind.ACTIVITY_GONE: naming,
    Kind.ACTIVITY_CHANGED: _activity,
    Kind.PURPOSE_OF_ACTIVITY: quoting,
    Kind.NEW_BASIS: new_basis,
    Kind.NEW_DATA: plain,
    Kind.DATA_NO_MORE: plain,
    Kind.NEW_RECIPIENT: plain,
    Kind.RECIPIENT_NO_MORE: plain,
    Kind.SHORTER_RETENTION: quoting,
    Kind.ANOTHER_RETENTION: quoting,
}

DATA: dict[Kind, Teller] = {
    Kind.DATA_ADDED: naming,
    Kind.DATA_GONE: naming,
    Kind.DATA_CHANGED: _data,
    Kind.AUTOMATED_DECISIONS_START: _decisions,
    Kind.AUTOMATED_DECISIONS_CHANGED: _decisions,
}
