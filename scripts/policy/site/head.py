"""What the head of a page tells machines: its address, its languages, and where the other versions are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from babel import Locale

from policy.site.languages import prefix, sayer
from policy.site.source import Source
from policy.site.texts import JSON_LD, common_language, place_of
from policy.versions.model import PolicyVersion, State
from policy.versions.read import FOLDER

Link = tuple[str, str, dict[str, str]]
"""A relation, an address and further attributes of a link element."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageFacts:
    """What the head needs to know of a page.

    `languages` are those of the site, `written_in` those in which somebody wrote this page.
    `path` is its place below the pages of its language (`versies/2/`), `version` the one whose text it shows.
    `copy_of` is the path of the page that it repeats, with the prefix of that page's language.
    """

    path: str
    language: str
    languages: tuple[str, ...]
    written_in: tuple[str, ...]
    version: PolicyVersion | None = None
    copy_of: str | None = None
    is_difference: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """`head` are the link elements, `languages` the same page in the others: code, own name, relative address."""

    noindex: bool = False
    head: list[Link] = field(default_factory=list)
    languages: list[tuple[str, str, str]] = field(default_factory=list)


def head_of(facts: PageFacts, source: Source, base: str, to: Callable[[str], str]) -> Head:
    """The head of a page; `base` is the site's absolute address, `to` makes a path below its root relative."""
    own = prefix(facts.language) + facts.path
    others = [language for language in facts.languages if language != facts.language]
    links: list[Link] = []
    if base:
        links.append(("canonical", base + (own if facts.copy_of is None else facts.copy_of), {}))
        if len(facts.written_in) > 1 and facts.copy_of is None:
            for language in facts.written_in:
                links.append(("alternate", base + prefix(language) + facts.path, {"hreflang": language}))
            links.append(("alternate", base + facts.path, {"hreflang": "x-default"}))
    if facts.version and not facts.is_difference:
        links += _of_version(facts, facts.version, source, to)
    links += _feeds(facts, to)
    return Head(
        noindex=facts.is_difference or _is_over(facts, source),
        head=links,
        languages=[(one, _name(one), to(prefix(one) + facts.path)) for one in others],
    )


def _is_over(facts: PageFacts, source: Source) -> bool:
    """A text that no longer applies, or not yet as a draft, is not what a search should find first."""
    if facts.version is None:
        return False
    return source.timeline.state(facts.version, source.day) in (State.SUPERSEDED, State.DRAFT)


def _of_version(facts: PageFacts, version: PolicyVersion, source: Source, to: Callable[[str], str]) -> Iterator[Link]:
    """RFC 5829, and the same facts in the Data Privacy Vocabulary."""
    timeline, place = source.timeline, prefix(facts.language)
    relations = {
        "latest-version": timeline.in_force(source.day),
        "predecessor-version": timeline.predecessor(version),
        "successor-version": timeline.successor(version),
    }
    for relation, other in relations.items():
        if other in source.known and other is not None:
            yield relation, to(f"{place}{FOLDER}/{other.number}/"), {}
    yield "version-history", to(f"{place}wijzigingen/"), {}
    address = to(place_of(version, common_language(facts.language, version))) + JSON_LD
    yield "alternate", address, {"type": "application/ld+json"}


def _feeds(facts: PageFacts, to: Callable[[str], str]) -> Iterator[Link]:
    if facts.path in ("", "wijzigingen/"):
        say = sayer(facts.language)
        place = prefix(facts.language)
        for name, title in (
            ("wijzigingen.xml", "Belangrijke wijzigingen"),
            ("alle-wijzigingen.xml", "Alle wijzigingen"),
        ):
            address = to(place) + name
            yield "alternate", address, {"type": "application/atom+xml", "title": say(title)}


def _name(language: str) -> str:
    """The name of a language in itself, such as `English`."""
    return str(Locale(language).get_display_name(language)).capitalize()
