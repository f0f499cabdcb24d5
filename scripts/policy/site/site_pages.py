"""One build of the site: what is added to the pages that editors wrote, and what each page is filled with."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from posixpath import relpath
from typing import Any

from policy.findings import Finding
from policy.inventory import words
from policy.inventory.model import OWN_LANGUAGE
from policy.site.cores import on_every_core
from policy.site.difference import difference_page, pair_of
from policy.site.feed import FEEDS, feed
from policy.site.glossary import read_glossary
from policy.site.head import PageFacts, head_of
from policy.site.kept_differences import KeptDifferences, Pair
from policy.site.languages import language_of, others, prefix, sayer
from policy.site.markers import fill, place
from policy.site.overview import json_ld, versions_json
from policy.site.plan import Generated, Kind, generated_pages, is_text, version_number
from policy.site.proofs import colophon, pdf_mark, proofs
from policy.site.render import Kept, Place, lookups, marker_values, rendered
from policy.site.scripts import SCRIPTS, script
from policy.site.source import Source
from policy.site.texts import JSON_LD, WORDS, Texts, common_language, moved, other_words, pdf_path, place_of
from policy.site.typography import typographic
from policy.versions.model import PolicyVersion, State, Timeline, VersionText
from policy.versions.read import translations
from policy.versions.words import words_of

_BUNDLE = "toestemming"
_EVIDENCE = "bewijs"
_EMPTY = "---\ntitle: ''\n---\n"
"""A generated page before its content is known."""


@dataclass(frozen=True, slots=True)
class Made:
    """A generated page: its title, its HTML, and further files by their path in the site."""

    title: str
    html: str
    files: dict[str, str] = field(default_factory=dict)


class SitePages:
    """`written` are the pages that editors wrote, by their path in docs/; `assets` is the theme's folder of scripts.

    Comparisons are kept in the folder `kept` from one build to the next.
    """

    def __init__(self, source: Source, written: Collection[str], assets: Path, kept: Path, *, with_pdf: bool) -> None:
        # What readers do not know of yet ends nothing either: a day that a draft names is nobody's last day.
        self.source = replace(source, timeline=Timeline(source.known))
        self._with_pdf = with_pdf
        self.texts: Texts = {}
        self._kept: Kept = {}
        self._differences = KeptDifferences(kept)
        docs = source.root / "docs"
        spoken = {place.name for place in translations(docs)}
        self.languages = (OWN_LANGUAGE, *(language for language in others() if language in spoken))
        self._written = frozenset(written) - set(self.hidden(written))
        self._plan = {page.uri: page for page in generated_pages(source, sorted(self._written), self.languages)}
        self._scripts = {name: script(assets, name) for name in SCRIPTS}

    def hidden(self, uris: Iterable[str]) -> list[str]:
        """The files (paths in docs/) of versions that readers do not know of yet."""
        known = {version.number for version in self.source.known}
        return [uri for uri in uris if (number := version_number(uri)) is not None and number not in known]

    def files(self) -> dict[str, str | bytes]:
        """What to add, by path in the site: generated pages (empty yet), module, evidence, scripts and feeds."""
        source = self.source
        website = source.inventory.website(source.inventory.controller.policy_site.website)
        found: dict[str, str | bytes] = {uri: self._empty(page) for uri, page in self._plan.items()}
        found |= {f"{_BUNDLE}/{name}": data for name, data in source.bundle(website, policy="../").items()}
        found |= {f"{_EVIDENCE}/{digest}.json": text for digest, text in source.evidence.items()}
        found |= {f"assets/{name}": text for name, text in self._scripts.values()}
        for version in source.known:
            for language in version.languages:
                text = json_ld(version, source, language, with_pdf=self._with_pdf)
                found[f"{place_of(version, language)}{JSON_LD}"] = text
        for language in self.languages:
            found |= {f"{prefix(language)}{name}": feed(source, language, name) for name in FEEDS}
        return found

    def _empty(self, page: Generated) -> str:
        if page.kind is not Kind.UNTRANSLATED:
            return _EMPTY
        return (self.source.root / "docs" / page.uri.removeprefix(prefix(page.language))).read_text("utf-8")

    @cached_property
    def _glossaries(self) -> dict[str, dict[str, str]]:
        docs = self.source.root / "docs"
        return {language: read_glossary(docs / f"{prefix(language)}begrippen.md") for language in self.languages}

    def glossary(self, uri: str) -> dict[str, str]:
        """The abbreviations that a page explains, in the language it is written in."""
        return self._glossaries[self._spoken(uri)]

    def filled(self, markdown: str, uri: str, url: str) -> str:
        """The Markdown of a page with its markers filled; `url` is its path in the site."""
        return fill(markdown, self._values(uri, url))

    def finished(self, html: str, uri: str, url: str) -> str:
        """The HTML of a filled page with its blocks and the quotes of a book; texts of versions are kept."""
        html = place(typographic(html), self._values(uri, url))
        version = self._version(uri)
        if version and is_text(uri) and uri not in self._plan:
            self.texts[version.number, language_of(uri)] = html
        return html

    def is_secondary(self, uri: str) -> bool:
        """Whether a page is not for a map of the site: it repeats another, or its text no longer applies."""
        version = self._version(uri)
        if uri in self._plan or version is None:
            return uri in self._plan
        return self.source.timeline.state(version, self.source.day) in (State.SUPERSEDED, State.DRAFT)

    def _values(self, uri: str, url: str) -> Callable[[str], str]:
        version = self._version(uri) if is_text(uri) else None
        here = self._place(uri, url)
        value = marker_values(self.source, version, here, self._kept)

        def also_proofs(name: str) -> str:
            if name != "proof":
                return value(name)
            shown = proofs(self.source, here, with_pdf=self._with_pdf)
            return typographic(rendered(name, self.source, self.source.inventory, here, **shown))

        return also_proofs

    def other_words(self) -> list[Finding]:
        """A finding for each announced text that would say other words than were announced."""
        return other_words(self._words, self.source.entries)

    def compare(self, urls: Mapping[str, str]) -> None:
        """Compare the versions that a page compares, once every text was kept; `urls` holds the paths of the pages."""
        pages = [page for page in self._plan.values() if page.kind is Kind.DIFFERENCE]
        self._differences.prepare((page.uri, pair_of(page, self.texts, urls[page.uri])) for page in pages)

    def generated(self, uri: str, url: str) -> Made | None:
        """What a generated page says, once every text of a version was kept; None for the other pages."""
        page = self._plan.get(uri)
        if page is None or page.kind is Kind.UNTRANSLATED:
            return None
        say = sayer(page.language)
        if page.kind is Kind.COMING:
            return self._coming(page, url)
        assert page.old and page.new

        def pair() -> Pair:
            return pair_of(page, self.texts, url)

        found = self._differences.of(uri, pair)
        html, data = difference_page(page, self.source, pair, found, self._place(uri, url))
        title = say("Van versie %(old)s naar versie %(new)s") % {"old": page.old.number, "new": page.new.number}
        return Made(title, html, {f"{url}verschil.json": data})

    def _coming(self, page: Generated, url: str) -> Made:
        say = sayer(page.language)
        if page.new is None:
            day = words.long_date(self.source.day, page.language)
            text = say("Op {day} was er geen nieuwe versie aangekondigd.").format(day=day)
            return Made(say("De volgende versie"), f"<p>{text}</p>")
        language = common_language(page.language, page.new)
        html = moved(self.texts[page.new.number, language], place_of(page.new, language), url)
        return Made(page.new.text(language).title, html)

    def finish(self, site: Path) -> None:
        """Write what can be made only from the pages: words, PDFs, their digests, and the overview that names them."""
        self._differences.forget_others()
        for path, text in self._word_files().items():
            (site / path).write_bytes(text.encode())
        digests = {}
        for path, content in self._pdfs(site).items():
            (site / path).write_bytes(content)
            digests[path] = f"sha256:{sha256(content).hexdigest()}"
        (site / "versions.json").write_bytes(versions_json(self.source, digests).encode())
        for page in site.glob("**/bewijs/index.html") if digests else ():
            html = page.read_text("utf-8")
            for path, digest in digests.items():
                html = html.replace(pdf_mark(path), digest)
            page.write_bytes(html.encode())

    @cached_property
    def _words(self) -> dict[tuple[int, str], str]:
        """The words of each text, once all were kept."""
        return dict(zip(self.texts, on_every_core(words_of, self.texts.values()), strict=True))

    def _word_files(self) -> dict[str, str]:
        """The canonical words of each version by path in the site: their SHA-256 is the one in the lock."""
        versions = self.source.timeline
        return {
            f"{place_of(versions.version(number), language)}{WORDS}": text
            for (number, language), text in self._words.items()
        }

    def _pdfs(self, site: Path) -> dict[str, bytes]:
        """The PDF of each version by its path in the site, made from the pages there."""
        if not self._with_pdf:
            return {}
        from policy.site.pdf import to_pdf

        found = {}
        for number, language in self.texts:
            version = self.source.timeline.version(number)
            page = site / place_of(version, language) / "index.html"
            footer = "\n".join(colophon(version, self.source, language, for_ever=True))
            author = self.source.inventory.controller.name
            found[pdf_path(version, language)] = to_pdf(page, footer=footer, author=author)
        return found

    def context(self, uri: str, url: str, base: str) -> dict[str, Any]:
        """What the templates show besides the text of a page."""
        language = language_of(uri)
        version = self._version(uri)
        page = self._plan.get(uri)
        shown = page.new if page and page.kind is Kind.COMING else version
        inventory = self.source.said(self.source.inventory, language)
        untranslated = bool(page and page.kind is Kind.UNTRANSLATED)
        facts = PageFacts(
            path=url.removeprefix(prefix(language)),
            language=language,
            languages=self.languages,
            written_in=self._written_in(uri, language),
            version=version if is_text(uri) else None,
            copy_of=self._copy_of(page, url, language),
            is_difference=bool(page and page.kind is Kind.DIFFERENCE),
        )
        return {
            "language": language,
            "prefix": prefix(language),
            "others": self.languages[1:],
            "version": shown if facts.version or facts.copy_of else None,
            "said": shown.text(language) if shown else VersionText(language=language, title=""),
            "untranslated": untranslated,
            "links": head_of(facts, self.source, base, lambda path: _relative(path, url)),
            "controller": inventory.controller,
            "pdf": pdf_path(version, language) if self._with_pdf and version and not untranslated else None,
            "colophon": colophon(version, self.source, language) if facts.version and version else [],
            **lookups(inventory, language),
        }

    def _written_in(self, uri: str, language: str) -> tuple[str, ...]:
        """The languages in which a page is there and no stand-in for another."""
        own = uri.removeprefix(prefix(language))
        return tuple(one for one in self.languages if self._kind(f"{prefix(one)}{own}") is not Kind.UNTRANSLATED)

    def _kind(self, uri: str) -> Kind | None:
        page = self._plan.get(uri)
        return page.kind if page else None

    def _copy_of(self, page: Generated | None, url: str, language: str) -> str | None:
        if page and page.kind is Kind.UNTRANSLATED:
            return url.removeprefix(prefix(language))
        if page and page.kind is Kind.COMING and page.new:
            return place_of(page.new, common_language(language, page.new))
        return None

    def _version(self, uri: str) -> PolicyVersion | None:
        number = version_number(uri)
        return self.source.timeline.version(number) if number is not None else None

    def _spoken(self, uri: str) -> str:
        """The language in which the text of a page is written."""
        page = self._plan.get(uri)
        return OWN_LANGUAGE if page and page.kind is Kind.UNTRANSLATED else language_of(uri)

    def _place(self, uri: str, url: str) -> Place:
        return Place(
            self._spoken(uri),
            link=lambda path: _relative(prefix(language_of(uri)) + path, url),
            root=lambda path: _relative(path, url),
            asset=lambda name: _relative(f"assets/{self._scripts[name][0]}", url),
        )


def _relative(target: str, here: str) -> str:
    """An address of a path of the site as it must be on a page; `here` is the page's own path."""
    path, mark, anchor = target.partition("#")
    if path == here:
        return mark + anchor or "./"
    address = relpath(path or ".", here or ".")
    return address + ("/" if path.endswith("/") or not path else "") + mark + anchor
