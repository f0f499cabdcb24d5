"""Which pages and files a site has besides those that editors write."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from policy.inventory.model import OWN_LANGUAGE
from policy.site.languages import prefix
from policy.site.source import Source
from policy.versions.model import PolicyVersion
from policy.versions.read import FOLDER


class Kind(StrEnum):
    """What a generated page is."""

    DIFFERENCE = "difference"
    COMING = "coming"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True)
class Generated:
    """A page that nobody wrote: what differs from `old` to `new`, the coming version, or a page not yet translated."""

    uri: str
    kind: Kind
    language: str
    new: PolicyVersion | None = None
    old: PolicyVersion | None = None


def generated_pages(source: Source, written: Collection[str], languages: Collection[str]) -> Iterator[Generated]:
    """The pages to add to those written (paths in docs/), for each language of the site."""
    for language in languages:
        yield from _differences(source, language)
        coming = source.timeline.announced(source.day)
        yield Generated(f"{prefix(language)}volgende.md", Kind.COMING, language, new=coming)
        if language != OWN_LANGUAGE:
            for uri in written:
                translated = f"{prefix(language)}{uri}"
                if not _in_a_language(uri, languages) and translated not in written:
                    yield Generated(translated, Kind.UNTRANSLATED, language)


def _differences(source: Source, language: str) -> Iterator[Generated]:
    """From each version's predecessor to it, and from each older one to the one in force."""
    current = source.timeline.in_force(source.day)
    for version in source.known:
        place = f"{prefix(language)}{FOLDER}/{version.number}"
        if earlier := source.timeline.predecessor(version):
            yield Generated(f"{place}/verschil.md", Kind.DIFFERENCE, language, new=version, old=earlier)
        if source.compares_with_current(version):
            yield Generated(f"{place}/verschil-nu.md", Kind.DIFFERENCE, language, new=current, old=version)


def _in_a_language(uri: str, languages: Collection[str]) -> bool:
    return any(language != OWN_LANGUAGE and uri.startswith(prefix(language)) for language in languages)


def version_number(uri: str) -> int | None:
    """The number of the version that a page belongs to, by its path in docs/, in any language."""
    parts = uri.split("/")
    if FOLDER not in parts[:2]:
        return None
    number = parts[parts.index(FOLDER) + 1]
    return int(number) if number.isdigit() else None


def is_text(uri: str) -> bool:
    """Whether a page is the text of a version itself."""
    return version_number(uri) is not None and uri.endswith("/index.md")
