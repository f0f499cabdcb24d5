"""Differences as short English sentences for editors."""

from policy.versions.facts.difference import Consequence, Difference
from policy.versions.facts.difference import DifferenceKind as Kind

_SENTENCES = {
    Kind.SERVICE_ADDED: "service added: {name}",
    Kind.SERVICE_GONE: "service gone: {name}",
    Kind.SERVICE_RETIRED: "service retired: {name}",
    Kind.SERVICE_RETURNED: "service returned: {name}",
    Kind.SERVICE_CHANGED: "{name}: other facts ({fields})",
    Kind.SENDS_CHANGED: "{name}: what it sends is told in other words; look whether it sends more",
    Kind.ANOTHER_RECIPIENT: "{name}: data goes to {after}, no longer to {before}",
    Kind.STAYS_WITH_CONTROLLER: "{name}: data stays with {after}, no longer goes to {before}",
    Kind.NEW_PURPOSE_OF_SERVICE: "{name}: new purpose {what}",
    Kind.PURPOSE_OF_SERVICE_GONE: "{name}: no longer for {what}",
    Kind.ITEM_ADDED: "{name}: stores {what} as well",
    Kind.ITEM_GONE: "{name}: no longer stores {what}",
    Kind.ITEM_ELSEWHERE: "{name}: stores {what} as {after}, no longer as {before}",
    Kind.ITEM_CHANGED: "{name}: other facts of {what} ({fields})",
    Kind.ITEM_FOR_ANOTHER_PURPOSE: "{name}: stores {what} for {after}, no longer for {before}",
    Kind.LONGER_LIFETIME: "{name}: keeps {what} longer ({before} → {after})",
    Kind.SHORTER_LIFETIME: "{name}: keeps {what} shorter ({before} → {after})",
    Kind.LIFETIME_STARTS_ANEW: "{name}: the lifetime of {what} starts anew with each visit",
    Kind.LIFETIME_STARTS_ANEW_NO_MORE: "{name}: the lifetime of {what} no longer starts anew",
    Kind.NEW_READER: "{name}: lets {after} read {what}",
    Kind.READER_GONE: "{name}: no longer lets {before} read {what}",
    Kind.PURPOSE_ADDED: "purpose added: {name}",
    Kind.PURPOSE_GONE: "purpose gone: {name}",
    Kind.PURPOSE_CHANGED: "purpose {name}: other facts ({fields})",
    Kind.CONSENT_NEEDED: "purpose {name}: needs consent now",
    Kind.CONSENT_NOT_NEEDED: "purpose {name}: needs no consent any more ({after})",
    Kind.NEW_BASIS_OF_PURPOSE: "purpose {name}: legal basis {before} → {after}",
    Kind.HEADING_ADDED: "heading added: {name}",
    Kind.HEADING_GONE: "heading gone: {name}",
    Kind.HEADING_CHANGED: "heading {name}: other facts ({fields})",
    Kind.RECIPIENT_ADDED: "recipient added: {name}",
    Kind.RECIPIENT_GONE: "recipient gone: {name}",
    Kind.RECIPIENT_CHANGED: "{name}: other facts ({fields})",
    Kind.NEW_NAME: "{name}: was called {before}",
    Kind.NEW_ROLE: "{name}: role {before} → {after}",
    Kind.NEW_COUNTRY: "{name}: country {before} → {after}",
    Kind.TRANSFER_ADDED: "{name}: transfer to {what} ({after})",
    Kind.TRANSFER_GONE: "{name}: no transfer to {what} any more",
    Kind.NEW_GROUND: "{name}: another ground for the transfer to {after}: {what}",
    Kind.GROUND_GONE: "{name}: no longer a ground for the transfer to {before}: {what}",
    Kind.WEBSITE_ADDED: "website added: {name}",
    Kind.WEBSITE_GONE: "website gone: {name}",
    Kind.WEBSITE_CHANGED: "website {name}: other facts ({fields})",
    Kind.MORE_ON_WEBSITE: "website {name}: a choice there is about {what} as well",
    Kind.LESS_ON_WEBSITE: "website {name}: a choice there is no longer about {what}",
    Kind.ACTIVITY_ADDED: "processing activity added: {name}",
    Kind.ACTIVITY_GONE: "processing activity gone: {name}",
    Kind.ACTIVITY_CHANGED: "activity {name}: other facts ({fields})",
    Kind.PURPOSE_OF_ACTIVITY: "activity {name}: its purpose is told in other words; look whether it is another",
    Kind.NEW_BASIS: "activity {name}: legal basis {before} → {after}",
    Kind.NEW_DATA: "activity {name}: uses {what} as well",
    Kind.DATA_NO_MORE: "activity {name}: no longer uses {what}",
    Kind.NEW_RECIPIENT: "activity {name}: data goes to {what} as well",
    Kind.RECIPIENT_NO_MORE: "activity {name}: data no longer goes to {what}",
    Kind.SHORTER_RETENTION: "activity {name}: shorter retention ({before} → {after})",
    Kind.ANOTHER_RETENTION: "activity {name}: another retention ({before} → {after})",
    Kind.DATA_ADDED: "kind of data added: {name}",
    Kind.DATA_GONE: "kind of data gone: {name}",
    Kind.DATA_CHANGED: "data {name}: other facts ({fields})",
    Kind.AUTOMATED_DECISIONS_START: "automated decisions are taken now",
    Kind.AUTOMATED_DECISIONS_CHANGED: "automated decisions: other facts ({fields})",
    Kind.ANOTHER_CONTROLLER: "controller: {before} → {after}",
    Kind.CONTROLLER_CHANGED: "facts about the controller changed ({fields})",
    Kind.EMAIL_TRACKING_STARTS: "newsletters measure {what} now",
    Kind.EMAIL_TRACKING_STOPS: "newsletters no longer measure {what}",
    Kind.MEASURE_ADDED: "security measure added: {what}",
    Kind.MEASURE_GONE: "security measure gone: {what}",
    Kind.WORDS_ADDED: "words added: {subject}",
    Kind.WORDS_GONE: "words gone: {subject}",
    Kind.WORDS_CHANGED: "other words: {subject}",
}


def in_words(difference: Difference) -> str:
    """A difference as an editor reads it in a terminal; of many names only the first, and how many more."""
    return _SENTENCES[difference.kind].format(
        subject=difference.subject,
        name=difference.name,
        what=_some(difference.what),
        fields=", ".join(difference.fields),
        before=difference.before,
        after=difference.after,
    )


def consequence_in_words(consequence: Consequence) -> str:
    """What all differences together ask, such as `substantive: asks consent again for counter`."""
    if not consequence.asks_again:
        return consequence.level
    return f"{consequence.level}: asks consent again for {', '.join(consequence.asks_again)}"


def _some(names: tuple[str, ...]) -> str:
    first, *others = names or ("",)
    return f"{first} and {len(others)} more" if others else first
