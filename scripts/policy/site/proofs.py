"""What a reader checks a saved text with: the digests of each version, and how a text names itself on paper."""

import json
from typing import Any

from policy.inventory import words
from policy.inventory.model import OWN_LANGUAGE
from policy.site.languages import sayer
from policy.site.render import Place
from policy.site.source import Source
from policy.site.texts import pdf_path, place_of
from policy.versions.lock import TEXTS
from policy.versions.model import PolicyVersion
from policy.versions.read import FOLDER


def proofs(source: Source, place: Place, *, with_pdf: bool) -> dict[str, Any]:
    """The rows of the table of fingerprints, newest version first, and the texts of the consent question.

    The digest of a PDF is not known before the page is there: its `pdf_mark` stands for it.
    """
    rows = []
    for version in reversed(source.known):
        entry = source.entries.get(version.number, {})
        last = source.timeline.last_day(version)
        for language, digest in entry.get("words", {}).items():
            own = language == OWN_LANGUAGE
            rows.append(
                {
                    "version": version.number,
                    "language": language,
                    "address": place.root(place_of(version, language)),
                    "words": digest,
                    "text": entry["text"] if own else entry["translations"][language],
                    "inventory": entry["inventory"],
                    "pdf": pdf_mark(pdf_path(version, language)) if with_pdf else None,
                    "since": words.long_date(version.in_force, place.language) if version.in_force else "",
                    "until": words.long_date(last, place.language) if last else "",
                }
            )
    return {"proofs": rows, "consent_texts": _consent_texts(source)}


def pdf_mark(path: str) -> str:
    """What stands on a page for the digest of a PDF until that is made."""
    return f"pdf-digest-of:{path}"


def colophon(version: PolicyVersion, source: Source, language: str, *, for_ever: bool = False) -> list[str]:
    """The lines at the foot of each printed page: what it is, its dates, its fingerprint and its address.

    With `for_ever`, only what will never change: not the last day, which is known once another version is announced.
    """
    say = sayer(language)
    controller = source.inventory.controller
    title = f"{version.text(language).title}, {say('versie')} {version.number}, {controller.name}"
    last = source.timeline.last_day(version)
    dates = {"from": words.long_date(version.in_force, language)} if version.in_force else {}
    if last and not for_ever:
        valid = say("geldig van %(from)s tot en met %(last)s") % {**dates, "last": words.long_date(last, language)}
    else:
        valid = say("geldig vanaf %(day)s") % {"day": dates["from"]} if dates else say("een concept")
    digest = source.entries.get(version.number, {}).get("words", {}).get(language, "")
    address = controller.policy_site.address + place_of(version, language)
    return [f"{title}, {valid}", *([f"{say('Vingerafdruk van de woorden:')} {digest}"] if digest else []), address]


def _consent_texts(source: Source) -> list[dict[str, Any]]:
    """The digest of each text that consent was asked with, with the version that first announced it."""
    found: dict[str, int] = {}
    for version in source.known:
        path = source.root / "docs" / FOLDER / str(version.number) / TEXTS
        if path.is_file():
            for digest in json.loads(path.read_text("utf-8")):
                found.setdefault(digest, version.number)
    return [{"digest": digest, "version": number} for digest, number in found.items()]
