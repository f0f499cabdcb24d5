"""The words of the consent module steer nobody and say what must be said."""

import re
from collections.abc import Iterator

from policy.findings import Finding, did_you_mean
from policy.inventory.explain import shown
from policy.inventory.model import OWN_LANGUAGE, Inventory, Notice
from policy.inventory.rules.names import PURPOSES

_STEERING = {
    "nl": (
        "optimale ervaring|beste ervaring|betere ervaring|uw ervaring te verbeteren|helaas|jammer|akkoord en sluiten|"
        "akkoord|begrepen|ga verder|door verder te|aanbevolen|geen zorgen|wij hechten|liever niet|mis niets|lekker"
    ),
    "en": (
        "optimal experience|best experience|better experience|improve your experience|unfortunately|sadly|"
        "agree and close|i agree|got it|by continuing|recommended|no worries|we value your privacy|"
        "we care about|miss out"
    ),
}
_LABELS = {
    "allow_all": {"nl": ("Alles toestaan", "Alles accepteren"), "en": ("Allow all", "Accept all")},
    "refuse_all": {"nl": ("Alles weigeren", "Alles afwijzen"), "en": ("Refuse all", "Reject all", "Decline all")},
}
PLACEHOLDERS = {
    "intro": {"controller", "recipients", "website"},
    "recipients_many": {"number"},
    "shared": {"domain"},
    "changes_intro": {"controller", "website"},
    "new_service": {"service", "purposes"},
    "new_purposes": {"service", "purposes"},
    "new_recipients": {"service", "recipients"},
    "new_places": {"service", "places"},
    "new_items": {"service", "items"},
    "new_lifetimes": {"service", "items"},
    "new_readers": {"service", "recipients"},
    "needs_all": {"purposes"},
    "frame_blocked": {"service"},
    "always_for": {"purposes"},
    "not_removed": {"service"},
    "not_erased": {"items"},
    "announcement": {"date"},
}
"""The {words} that the module fills in, by key; each must be there, and no other anywhere."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def neutral_words(inventory: Inventory) -> Iterator[Finding]:
    """No word pushes a visitor towards a choice (AP; EDPB guidelines 03/2022)."""
    for notice in inventory.notices:
        for key, text in _texts(notice):
            yield from _steering(text, notice.language, f"notice/{notice.language}.toml", key)
    for name in ("categories", "purposes"):
        for index, thing in enumerate(getattr(inventory, name)):
            for key in ("name", "sentence"):
                yield from _steering(getattr(thing, key), OWN_LANGUAGE, PURPOSES, f"{name}[{index}].{key}")


def plain_labels(inventory: Inventory) -> Iterator[Finding]:
    """The two buttons of the first layer say what they do, in words that are each other's equal."""
    for notice in inventory.notices:
        for key, allowed in _LABELS.items():
            words = allowed.get(notice.language)
            if words and (label := getattr(notice, key)) not in words:
                message = f"{shown(label)} is not a plain word for this choice. Write one of: {', '.join(words)}."
                yield Finding(message, f"notice/{notice.language}.toml", path=key)


def placeholders(inventory: Inventory) -> Iterator[Finding]:
    """What the module fills in is there, and nothing stays between braces."""
    for notice in inventory.notices:
        for key, text in _texts(notice):
            known, found = PLACEHOLDERS.get(key, set()), _BRACES.findall(text)
            file = f"notice/{notice.language}.toml"
            for word in sorted(known - set(found)):
                yield Finding(f"{{{word}}} is missing. Put it where the module fills it in.", file, path=key)
            for word in dict.fromkeys(found):
                if word not in known:
                    fills = f"Filled in here: {', '.join(f'{{{name}}}' for name in sorted(known))}." if known else ""
                    message = f"{shown('{' + word + '}')} is not filled in here. {did_you_mean(word, known)}"
                    yield Finding(f"{message}{fills or 'Remove it.'}", file, path=key)
            if re.search(r"[{}]", _BRACES.sub("", text)):
                yield Finding("A brace has no partner. Write {word} with both, or remove it.", file, path=key)


def announced_whole(inventory: Inventory) -> Iterator[Finding]:
    """The words that tell of a coming version stand in each language once they stand in one, or nobody is told."""
    keys = ("announcement", "announcement_link", "announcement_read")
    if not any(getattr(notice, key) for notice in inventory.notices for key in keys):
        return
    for notice in inventory.notices:
        for key in keys:
            if not getattr(notice, key):
                message = f"The key {shown(key)} is missing, so no website would tell of a coming version. Add it."
                yield Finding(message, f"notice/{notice.language}.toml", path=key)


def _steering(text: str, language: str, file: str, path: str) -> Iterator[Finding]:
    pushing = _STEERING.get(language)
    if pushing and (match := re.search(rf"\b(?:{pushing})\b", text, re.IGNORECASE)):
        yield Finding(f"{shown(match[0])} steers the visitor's choice. Say plainly what happens.", file, path=path)


def translated(inventory: Inventory) -> Iterator[Finding]:
    """A website that speaks another language than the inventory's own has its purposes in that language (WP260)."""
    services = {service.id: service.purposes for service in inventory.services if not service.retired}
    for notice in inventory.notices:
        speaking = [website for website in inventory.websites if notice.language in website.languages]
        used = {id for website in speaking for service in website.services for id in services.get(service, ())}
        file, known = f"notice/{notice.language}.toml", [purpose.id for purpose in inventory.purposes]
        for id in known:
            if notice.language != OWN_LANGUAGE and id in used and id not in notice.purposes:
                message = f"{shown(id)} has no words in this language. Write name and sentence under [purposes.{id}]."
                yield Finding(message, file, path="purposes")
        for id in notice.purposes:
            if id not in known:
                yield Finding(
                    f"{shown(id)} is not a purpose. {did_you_mean(id, known)}Remove it.", file, path=f"purposes.{id}"
                )


def _texts(notice: Notice) -> Iterator[tuple[str, str]]:
    for key in type(notice).model_fields:
        if key not in ("language", "confirm", "purposes") and (text := getattr(notice, key)) is not None:
            yield key, text
    for id, words in notice.purposes.items():
        yield f"purposes.{id}.name", words.name
        yield f"purposes.{id}.sentence", words.sentence
