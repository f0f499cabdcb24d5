"""What readers are told of the purposes that consent is asked for or not."""

from collections.abc import Iterator

from policy.inventory.fields import Exemption, LegalBasis
from policy.inventory.model import Purpose
from policy.inventory.words import EXEMPTIONS, LEGAL_BASES
from policy.site.facts.part import Part, Teller, named, part
from policy.site.facts.sentences import Sentence
from policy.site.facts.speech import Speech
from policy.versions.diff import Difference
from policy.versions.diff import DifferenceKind as Kind


def purpose_name(difference: Difference, speech: Speech) -> str:
    """The name of the purpose that a difference is about; the difference itself holds the Dutch one."""
    return _purpose(difference, speech).name


def _purpose(difference: Difference, speech: Speech) -> Purpose:
    known = {one.id: one for inventory in (speech.old, speech.new) for one in inventory.purposes}
    return known[difference.subject]


def _added(difference: Difference, speech: Speech) -> Iterator[Part]:
    purpose = _purpose(difference, speech)
    yield named(Sentence.EXEMPT_PURPOSE_ADDED if purpose.exemption else Sentence.ASKED_PURPOSE_ADDED, purpose.name)


def _gone(difference: Difference, speech: Speech) -> Iterator[Part]:
    yield named(Sentence.PURPOSE_GONE, _purpose(difference, speech).name)


def _needed(difference: Difference, speech: Speech) -> Iterator[Part]:
    yield part(Sentence.CONSENT_NEEDED)


def _not_needed(difference: Difference, speech: Speech) -> Iterator[Part]:
    yield part(Sentence.CONSENT_NOT_NEEDED, after=EXEMPTIONS[speech.language][Exemption(difference.after)])


def new_basis(difference: Difference, speech: Speech) -> Iterator[Part]:
    """Another legal basis of a purpose or an activity."""
    known = LEGAL_BASES[speech.language]
    before, after = known[LegalBasis(difference.before)], known[LegalBasis(difference.after)]
    yield part(Sentence.NEW_BASIS, before=before, after=after)


def _changed(difference: Difference, speech: Speech) -> Iterator[Part]:
    """Nothing of the heading that a purpose stands under, nor of its names in pages."""
    was, now = speech.old.purpose(difference.subject), speech.new.purpose(difference.subject)
    if "name" in difference.fields:
        yield part(Sentence.CALLED, before=was.name)
    if "exemption" in difference.fields and was.exemption and now.exemption:
        known = EXEMPTIONS[speech.language]
        yield part(Sentence.NEW_EXEMPTION, before=known[was.exemption], after=known[now.exemption])
    if {"sentence", "exemption_reason"} & set(difference.fields):
        yield named(Sentence.PURPOSE_WORDS, now.name)


TELLERS: dict[Kind, Teller] = {
    Kind.PURPOSE_ADDED: _added,
    Kind.PURPOSE_GONE: _gone,
    Kind.PURPOSE_CHANGED: _changed,
    Kind.CONSENT_NEEDED: _needed,
    Kind.CONSENT_NOT_NEEDED: _not_needed,
    Kind.NEW_BASIS_OF_PURPOSE: new_basis,
}
