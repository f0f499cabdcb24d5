"""The page that tells what differs between two versions, and the same as data."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from policy.site.beside import side_by_side
from policy.site.fact_words import asked_again, grouped
from policy.site.kept_differences import Pair
from policy.site.languages import sayer
from policy.site.plan import Generated
from policy.site.render import Place, rendered
from policy.site.source import Source
from policy.site.texts import Texts, common_language, moved, place_of
from policy.site.typography import typographic
from policy.versions.compare.text import Comparison, Wording
from policy.versions.diff import as_data, consequence, differences
from policy.versions.model import PolicyVersion

KINDS = {
    "added": "toegevoegd",
    "removed": "verwijderd",
    "changed": "gewijzigd",
    "moved": "verplaatst",
    "link": "link gewijzigd",
}
"""The kinds of changes as readers are told them, before translation."""

_TEXT = "\0compared\0"
"""Stands for the compared texts while the page around them is made."""

SIDE_BY_SIDE = 0.6
"""From this share of changed words on, marks help nobody: both texts stand side by side."""


def wording(language: str) -> Wording:
    """The words of a comparison in a language."""
    say = sayer(language)
    return Wording(
        added=say("toegevoegd"),
        removed=say("verwijderd"),
        changed=say("gewijzigd"),
        moved=say("verplaatst, stond eerst na: {before}"),
        at_start=say("het begin"),
        link=say("link gewijzigd: eerst {before}, nu {after}"),
        unchanged=say("{count} delen zijn niet gewijzigd"),
        unchanged_one=say("1 deel is niet gewijzigd"),
        back=say("vorige wijziging"),
        onward=say("volgende wijziging"),
    )


def pair_of(page: Generated, texts: Texts, at: str) -> Pair:
    """The two texts of a page in a language that both are written in; addresses are those of the page `at`."""
    assert page.old and page.new
    language = common_language(page.language, page.old, page.new)
    before, after = (moved(texts[v.number, language], place_of(v, language), at) for v in (page.old, page.new))
    return before, after, wording(language)


def difference_page(
    page: Generated, source: Source, pair: Callable[[], Pair], found: Comparison, place: Place
) -> tuple[str, str]:
    """The HTML of a page of differences and its JSON, from the two texts and their comparison."""
    assert page.old and page.new
    facts = differences(source.of(page.old), source.of(page.new))
    old, new = (source.said(source.of(version), page.language) for version in (page.old, page.new))
    spoken = common_language(page.language, page.old, page.new)
    beside = found.share > SIDE_BY_SIDE
    frame = rendered(
        "difference",
        source,
        new,
        place,
        old=page.old,
        new=page.new,
        between=source.timeline.versions[page.old.number : page.new.number],
        found=found,
        text=_TEXT,
        kinds={kind: sayer(page.language)(word) for kind, word in KINDS.items()},
        facts=grouped(facts, old, new, page.language),
        asked_again=asked_again(consequence(facts), new, page.language),
        spoken=spoken,
        side_by_side=beside,
    )
    shown = found.html
    if beside:
        pairs = side_by_side(*pair()[:2])
        shown = rendered("beside", source, new, place, old=page.old, new=page.new, pairs=pairs, spoken=spoken)
    return typographic(frame).replace(_TEXT, shown), _json(page.old, page.new, found, facts)


def _json(old: PolicyVersion, new: PolicyVersion, found: Comparison, facts: list[Any]) -> str:
    data = {
        "from": old.number,
        "to": new.number,
        "share_of_words_changed": f"{found.share:.3f}",
        "consequence": asdict(consequence(facts)),
        "inventory": as_data(facts),
        "text": [
            {"kind": c.kind, "section": c.section, "title": c.title, "before": c.before, "after": c.after}
            for c in found.changes
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
