"""The versions as data, for programs: all in versions.json, each in the Data Privacy Vocabulary."""

import json
from collections.abc import Mapping
from typing import Any

from policy.site.dpv import Addresses, Edition, dpv
from policy.site.languages import prefix
from policy.site.source import Source
from policy.site.texts import JSON_LD, WORDS, pdf_path, place_of
from policy.versions.lock import entry_digest
from policy.versions.model import PolicyVersion
from policy.versions.read import FOLDER

_DIGESTS = ("text", "translations", "inventory", "consent_texts", "words")
"""What the lock holds the digest of, besides the entry before."""


def versions_json(source: Source, pdfs: Mapping[str, str] | None = None) -> str:
    """JSON text; `pdfs` holds the digest of each PDF by its path in the site, where they were made."""
    current, coming = source.timeline.in_force(source.day), source.timeline.announced(source.day)
    data = {
        "policy": source.inventory.controller.policy_site.address,
        "controller": source.inventory.controller.name,
        "as_of": source.day.isoformat(),
        "in_force": current.number if current else None,
        "announced": coming.number if coming else None,
        "versions": [_version(version, source, pdfs or {}) for version in source.known],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _version(version: PolicyVersion, source: Source, pdfs: Mapping[str, str]) -> dict[str, Any]:
    digests = source.entries.get(version.number, {})
    base = source.inventory.controller.policy_site.address
    last, earlier = source.timeline.last_day(version), source.timeline.predecessor(version)
    place = f"{FOLDER}/{version.number}/"
    return {
        "version": version.number,
        "state": str(source.timeline.state(version, source.day)),
        "class": version.change_class,
        "announced": _day(version.announced),
        "in_force": _day(version.in_force),
        "in_force_until": _day(last),
        "inventory": f"{base}{place}inventory.json" if version.inventory else None,
        "texts": {
            language: {
                "address": f"{base}{prefix(language)}{place}",
                "title": version.text(language).title,
                "note": version.text(language).note,
                "affects": list(version.text(language).affects),
                "difference": f"{base}{prefix(language)}{place}verschil/verschil.json" if earlier else None,
                "json_ld": f"{base}{prefix(language)}{place}{JSON_LD}",
                "words": f"{base}{prefix(language)}{place}{WORDS}",
                "pdf": _pdf(version, base, language, pdfs),
            }
            for language in version.languages
        },
        "digests": {key: digests[key] for key in _DIGESTS if key in digests},
        "entry": entry_digest(digests) if digests else None,
    }


def json_ld(version: PolicyVersion, source: Source, language: str, *, with_pdf: bool) -> str:
    """A version in the Data Privacy Vocabulary, as JSON-LD text."""
    base, said, timeline = source.inventory.controller.policy_site.address, version.text(language), source.timeline
    earlier, later = timeline.predecessor(version), timeline.successor(version)
    edition = Edition(
        number=version.number,
        title=said.title,
        note=said.note,
        announced=version.announced,
        in_force=version.in_force,
        last_day=timeline.last_day(version),
    )
    addresses = Addresses(
        page=base + place_of(version, language),
        pdf=base + pdf_path(version, language) if with_pdf else None,
        feed=f"{base}{prefix(language)}wijzigingen.xml",
        earlier=base + place_of(earlier, language) if earlier else None,
        later=base + place_of(later, language) if later else None,
        other_languages={one: base + place_of(version, one) for one in version.languages if one != language},
    )
    data = dpv(edition, source.of(version), language, addresses)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _pdf(version: PolicyVersion, base: str, language: str, pdfs: Mapping[str, str]) -> dict[str, str] | None:
    path = pdf_path(version, language)
    return {"address": base + path, "sha256": pdfs[path]} if path in pdfs else None


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
