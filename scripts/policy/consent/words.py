"""The words of a website's consent module in one language, filled in and ready to be shown."""

from collections.abc import Iterable, Sequence
from typing import Any

from policy.consent.code import service_code
from policy.consent.digest import short_digest
from policy.consent.scope import Scope
from policy.inventory.model import CONTROLLER, Inventory, Purpose
from policy.inventory.notice import Notice, PurposeWords
from policy.inventory.terms import Widening, asked_purposes
from policy.inventory.words import TRANSFER_GROUNDS, country_name

FIRST_LAYER = ("title", "change_later", "more", "allow_all", "refuse_all", "choose")
CHANGES = ("allow_new", "refuse_new", "choose", "change_later", "more")


def notice_in(inventory: Inventory, language: str) -> Notice:
    """The words of the module in a language; KeyError if there are none."""
    for notice in inventory.notices:
        if notice.language == language:
            return notice
    raise KeyError(language)


def purpose_words(purpose: Purpose, notice: Notice) -> Purpose | PurposeWords:
    """Name and sentence of a purpose in the language of a notice."""
    return notice.purposes.get(purpose.id, purpose)


def first_layer(scope: Scope, language: str) -> dict[str, Any]:
    """The first question, with the digest under which it is kept as evidence."""
    notice = notice_in(scope.inventory, language)
    words = [purpose_words(purpose, notice) for purpose in scope.purposes]
    intro = [notice.intro.format(**_names(scope), recipients=_count(len(scope.others), notice))]
    if scope.website.shared_domain:
        intro.append(notice.shared.format(domain=scope.website.shared_domain))
    texts = {key: getattr(notice, key) for key in FIRST_LAYER}
    return with_digest({**texts, "intro": intro, "purposes": [[one.name, one.sentence] for one in words]}, language)


def changes(scope: Scope, language: str) -> dict[str, Any]:
    """The question for what is new only.

    `news` holds by the code of a service, newest first, the number at which its terms widened and what is new in a
    sentence; a service that the visitor never answered for is told by the last of them, which says that it is new.
    """
    notice = notice_in(scope.inventory, language)
    texts = {key: getattr(notice, key) for key in CHANGES}
    texts |= {"title": notice.changes_title, "intro": [notice.changes_intro.format(**_names(scope))]}
    news = {
        service_code(service.id): [
            [
                number,
                " ".join(
                    _sentence(scope, service.name, asked_purposes(scope.inventory, service), grown, notice)
                    for grown in widened
                ),
            ]
            for number, widened in scope.widened[service.id]
        ]
        for service in scope.asked
    }
    return with_digest({**texts, "news": news}, language)


def with_digest(texts: dict[str, Any], language: str) -> dict[str, Any]:
    """The texts of a part, with their language and the digest of both."""
    told = {**texts, "language": language}
    return {**told, "digest": short_digest(told)}


def listed(names: Iterable[str]) -> str:
    """Names as one phrase, each once."""
    return ", ".join(dict.fromkeys(names))


def _names(scope: Scope) -> dict[str, str]:
    return {"controller": scope.inventory.controller.name, "website": scope.website.name}


def _sentence(scope: Scope, service: str, purposes: Sequence[str], grown: Widening, notice: Notice) -> str:
    """What is new about a service, in the words of a notice."""
    inventory = scope.inventory

    def of_purposes(ids: Sequence[str]) -> str:
        known = {purpose.id: purpose for purpose in inventory.purposes}
        return listed(purpose_words(known[id], notice).name if id in known else id for id in ids)

    def of_recipients(ids: Sequence[str]) -> str:
        known = {recipient.id: recipient.name for recipient in inventory.recipients}
        return listed(known.get(id, id) for id in ids)

    filled = {
        "service": lambda: notice.new_service.format(service=service, purposes=of_purposes(purposes)),
        "purposes": lambda: notice.new_purposes.format(service=service, purposes=of_purposes(grown.what)),
        "recipients": lambda: notice.new_recipients.format(service=service, recipients=of_recipients(grown.what)),
        "places": lambda: notice.new_places.format(service=service, places=_places(grown.what, notice.language)),
        "items": lambda: notice.new_items.format(service=service, items=listed(grown.what)),
        "lifetimes": lambda: notice.new_lifetimes.format(service=service, items=listed(grown.what)),
        "readers": lambda: notice.new_readers.format(service=service, recipients=of_recipients(grown.what)),
    }
    return filled[grown.kind]().replace("..", ".")  # where a name such as Cinema B.V. ends the sentence


def _places(places: Sequence[str], language: str) -> str:
    """Countries by name, each with the ground for the transfer where one is new as well."""
    found: dict[str, list[str]] = {}
    for place in places:
        _, country, *ground = place.split(" ")
        words = [w for code, w in TRANSFER_GROUNDS.get(language, {}).items() if [code.value] == ground]
        found.setdefault(country_name(country, language), []).extend(words)
    return ", ".join(f"{name} ({listed(words)})" if words else name for name, words in found.items())


def _count(others: int, notice: Notice) -> str:
    form = {0: notice.recipients_none, 1: notice.recipients_one}.get(others, notice.recipients_many)
    return form.format(number=others)


def recipient_words(inventory: Inventory, id: str, language: str) -> str:
    """Who a recipient is and in which country."""
    if id == CONTROLLER:
        return inventory.controller.name
    recipient = inventory.recipient(id)
    return f"{recipient.name}, {country_name(recipient.country, language)}"
