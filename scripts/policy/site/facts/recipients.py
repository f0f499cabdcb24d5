"""What readers are told of recipients: who they are, where, and on which ground data goes there."""

from collections.abc import Iterator, Sequence

from policy.inventory.fields import Role, TransferGround
from policy.inventory.model import Recipient
from policy.inventory.words import ROLES
from policy.site.facts.part import Part, Teller, named, naming, of_kind, part, plain
from policy.site.facts.sentences import Sentence
from policy.site.facts.speech import Speech
from policy.versions.diff import Difference
from policy.versions.diff import DifferenceKind as Kind

_NO_COUNTRY = "XX"


def _added(difference: Difference, speech: Speech) -> Iterator[Part]:
    """A recipient with its task and places, since no other difference tells those."""
    recipient = speech.new.recipient(difference.subject)
    role = ROLES[speech.language][recipient.role]
    yield part(Sentence.RECIPIENT_ADDED, what=role, after=speech.quoted(recipient.task))
    if recipient.country != _NO_COUNTRY:
        yield part(Sentence.IN_COUNTRY, after=speech.country(recipient.country))
    if recipient.parent:
        yield part(Sentence.PART_OF, after=speech.said(recipient.parent))
    for transfer in recipient.transfers:
        yield _transfer(transfer.country, transfer.grounds, speech)


def _role(difference: Difference, speech: Speech) -> Iterator[Part]:
    before, after = (ROLES[speech.language][Role(code)] for code in (difference.before, difference.after))
    yield part(Sentence.NEW_ROLE, before=before, after=after)


def _country(difference: Difference, speech: Speech) -> Iterator[Part]:
    sentence = Sentence.NEW_COUNTRY
    if difference.before == _NO_COUNTRY:
        sentence = Sentence.COUNTRY_NAMED
    if difference.after == _NO_COUNTRY:
        sentence = Sentence.COUNTRY_NOT_NAMED
    yield part(sentence, before=speech.country(difference.before), after=speech.country(difference.after))


def _transfer_added(difference: Difference, speech: Speech) -> Iterator[Part]:
    yield _transfer(difference.what[0], difference.after.split(", "), speech)


def _transfer(country: str, grounds: Sequence[str], speech: Speech) -> Part:
    if list(grounds) == [TransferGround.UNKNOWN]:
        return part(Sentence.TRANSFER_UNKNOWN, what=speech.country(country))
    return part(Sentence.TRANSFER_ADDED, what=speech.country(country), after=speech.grounds(grounds))


def _transfer_gone(difference: Difference, speech: Speech) -> Iterator[Part]:
    yield part(Sentence.TRANSFER_GONE, what=speech.country(difference.what[0]))


def _grounds(difference: Difference, speech: Speech) -> Iterator[Part]:
    before, after = speech.country(difference.before), speech.country(difference.after)
    yield part(of_kind(difference), what=speech.grounds(difference.what), before=before, after=after)


def _changed(difference: Difference, speech: Speech) -> Iterator[Part]:
    """Nothing of the day on which a transfer was checked."""
    was, now = speech.old.recipient(difference.subject), speech.new.recipient(difference.subject)
    if "parent" in difference.fields:
        yield _parent(speech.said(was.parent), speech.said(now.parent))
    if "task" in difference.fields:
        yield part(Sentence.TASK, before=speech.quoted(was.task), after=speech.quoted(now.task))
    before, after = _safeguards(was, speech), _safeguards(now, speech)
    if any(before[country] != after[country] for country in before.keys() & after.keys()):
        yield named(Sentence.SAFEGUARDS, speech.said(now.name))


def _parent(before: str, after: str) -> Part:
    if not before or not after:
        return part(Sentence.PART_OF if after else Sentence.PART_NO_MORE, before=before, after=after)
    return part(Sentence.PART_OF_ANOTHER, before=before, after=after)


def _safeguards(recipient: Recipient, speech: Speech) -> dict[str, str]:
    return {transfer.country: speech.said(transfer.copy_of_safeguards) for transfer in recipient.transfers}


TELLERS: dict[Kind, Teller] = {
    Kind.RECIPIENT_ADDED: _added,
    Kind.RECIPIENT_GONE: naming,
    Kind.RECIPIENT_CHANGED: _changed,
    Kind.NEW_NAME: plain,
    Kind.NEW_ROLE: _role,
    Kind.NEW_COUNTRY: _country,
    Kind.TRANSFER_ADDED: _transfer_added,
    Kind.TRANSFER_GONE: _transfer_gone,
    Kind.NEW_GROUND: _grounds,
    Kind.GROUND_GONE: _grounds,
}
