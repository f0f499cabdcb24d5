"""Blocks of HTML from the inventory and the versions, through the templates beside this file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from policy.inventory import words
from policy.inventory.fields import Loading
from policy.inventory.model import OWN_LANGUAGE, Category, Inventory, Service, StorageItem
from policy.inventory.terms import asked_purposes, asked_together
from policy.site.languages import CLASSES, sayer, speaks
from policy.site.markers import INLINE
from policy.site.source import Source
from policy.site.timeline import track
from policy.site.typography import typographic
from policy.versions.model import PolicyVersion, State, VersionText

_TABLES: dict[str, Callable[[Inventory], tuple[Any, ...]]] = {
    "identity": lambda inventory: (inventory.controller,),
    "security": lambda inventory: (inventory.controller,),
    "data": lambda inventory: (inventory.processing,),
    "activities": lambda inventory: (inventory.processing,),
    "retention": lambda inventory: (inventory.processing,),
    "recipients": lambda inventory: inventory.recipients,
    "services": lambda inventory: (inventory,),
    "storage": lambda inventory: (inventory,),
    "purposes": lambda inventory: (inventory,),
}
"""Blocks that say nothing but what an inventory holds, with the tables that they say: the same wherever those are."""

_MOST = 1000
"""So many blocks are kept, and so many articles of services."""

_ARTICLES: dict[Any, tuple[tuple[Any, ...], Markup]] = {}
"""By what they were made from; the facts stand beside them, since what is named by its id must stay where it is."""

Kept = dict[tuple[Any, ...], tuple[tuple[Any, ...], str]]
"""Blocks that were rendered already, by template, language, whether in the text of a version, and tables.

The tables stand beside the block: what is named by its id must stay where it is.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: in which language, and how a path of the site becomes an address on this page.

    `link` takes a path below the pages of the language (`cookies/`), `root` one below the site's root
    (`versions.json`), `asset` the name of one of the site's scripts (`day`).
    """

    language: str
    link: Callable[[str], str]
    root: Callable[[str], str]
    asset: Callable[[str], str]


@pass_context
def long_date(context: Context, day: date) -> str:
    """A date in the words of the page's language, such as `1 januari 2027`."""
    return words.long_date(day, context.get("language", OWN_LANGUAGE))


@pass_context
def _lifetime(context: Context, item: StorageItem) -> str:
    return words.item_lifetime(item, context["language"])


@pass_context
def _country(context: Context, code: str) -> str:
    return words.country_name(code, context["language"])


@pass_context
def _spoken(context: Context, said: VersionText) -> Markup:
    """The attribute that names the language of a text, where that is not the language of the page (WCAG 3.1.2)."""
    return Markup("" if said.language == context["language"] else f' lang="{said.language}"')


def ascii_only(text: str) -> Markup:
    """The text with references for letters beyond ASCII: until the charset is named, programs may guess another."""
    return Markup(str(escape(text)).encode("ascii", "xmlcharrefreplace").decode())


def words_in(language: str) -> dict[str, Mapping[Any, str]]:
    """The inventory's codes in the words of a language."""
    return {
        "storage_kind": words.STORAGE_KINDS[language],
        "role": words.ROLES[language],
        "legal_basis": words.LEGAL_BASES[language],
        "transfer_ground": words.TRANSFER_GROUNDS[language],
    }


def lower_first(text: str) -> str:
    """The text with a small first letter, to stand inside a sentence; IP-adres keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def listed(names: Iterable[str]) -> str:
    """Names as one phrase: only the first keeps its capital."""
    first, *others = names
    return ", ".join([first, *map(lower_first, others)])


@cache
def environment() -> Environment:
    """Jinja as the blocks use it: a name that does not exist is an error, never an empty spot."""
    env = Environment(
        loader=PackageLoader("policy.site"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speaks(env)
    env.filters["long_date"] = long_date
    env.filters["lifetime"] = _lifetime
    env.filters["country"] = _country
    env.filters["listed"] = listed
    env.filters["spoken"] = _spoken
    env.filters["lower_first"] = lower_first
    env.filters["for_id"] = lambda id, known: next(one for one in known if one.id == id)
    env.tests["contains"] = lambda values, value: value in values
    env.globals["State"] = State
    return env


def marker_values(source: Source, version: PolicyVersion | None, place: Place, kept: Kept) -> Callable[[str], str]:
    """A function from a marker's name to its HTML, for a version's page or (None) another page."""
    inventory = source.said(source.of(version) if version else source.inventory, place.language)

    def value(name: str) -> str:
        if name in INLINE:
            return str(INLINE[name](inventory.controller, sayer(place.language)))
        if version and name.startswith("version."):
            return _of_version(version, name, place.language)
        tables = _TABLES[name](inventory) if name in _TABLES else ()
        key = (name, place.language, bool(version), *map(id, tables))
        if tables and key in kept:
            return kept[key][1]
        html = typographic(rendered(name, source, inventory, place, version=version))
        if tables and len(kept) < _MOST:
            kept[key] = (tables, html)
        return html

    return value


def rendered(name: str, source: Source, inventory: Inventory, place: Place, **more: Any) -> str:
    """The HTML of a template of this folder, without empty lines; Markdown would end a block at one."""
    found = lookups(inventory, place.language)
    html = (
        environment()
        .get_template(f"{name}.html")
        .render(
            source=source,
            inventory=inventory,
            timeline=source.timeline,
            day=source.day,
            language=place.language,
            link=place.link,
            root=place.root,
            asset=place.asset,
            track=track,
            words=words_in(place.language),
            class_words={key: sayer(place.language)(text) for key, text in CLASSES.items()},
            **{
                "version": None,
                **found,
                "article": _article(inventory, place.language, found, bool(more.get("version"))),
                **more,
            },
        )
    )
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())


def _article(inventory: Inventory, language: str, found: Mapping[str, Any], in_text: bool) -> Callable[..., Markup]:
    """A function that gives the HTML of a service under a heading; the same facts are rendered once.

    Hundreds of versions hold the same services, and share them.
    """

    def article(category: Category, of_category: list[str], service: Service) -> Markup:
        recipients = [one for one in inventory.recipients if one.id in _named(service)]
        purposes = [one for one in inventory.purposes if one.id in service.purposes]
        facts = (service, category, *recipients, *purposes)
        context = (language, in_text, tuple(of_category), tuple(found["used_on"](service)), inventory.controller.name)
        key = (tuple(map(id, facts)), context)
        if key not in _ARTICLES:
            if len(_ARTICLES) > _MOST:
                _ARTICLES.clear()
            html = (
                environment()
                .get_template("service.html")
                .render(
                    {"service": service, "category": category, "of_category": of_category, "inventory": inventory}
                    | {"language": language, "words": words_in(language), "version": in_text or None, **found}
                )
            )
            _ARTICLES[key] = (facts, Markup(html))
        return _ARTICLES[key][1]

    return article


def _named(service: Service) -> set[str]:
    return {service.recipient, *(id for item in service.storage for id in item.read_by)}


def lookups(inventory: Inventory, language: str) -> dict[str, object]:
    """What the templates need to find their way in an inventory."""
    say = sayer(language)

    def recipient_name(id: str) -> str:
        return inventory.controller.name if id == "controller" else inventory.recipient(id).name

    running = [service for service in inventory.services if not service.retired]

    def of(category: Category) -> tuple[Category, list[str], list[Service]]:
        """A category with the ids of its purposes and the services that serve one of them."""
        ids = [purpose.id for purpose in inventory.purposes if purpose.category == category.id]
        return category, ids, [service for service in running if set(ids) & set(service.purposes)]

    def consent_words(service: Service) -> str:
        """When a service may run, as a sentence."""
        purposes = [inventory.purpose(id) for id in service.purposes]
        asked = [purpose.name for purpose in purposes if not purpose.exemption]
        if not asked:
            return f"{say('Niet nodig.')} {purposes[0].exemption_reason or ''}"
        needs_all = say("Alleen als u dit allemaal toestaat: {purposes}").format(purposes=listed(asked))
        first = say("Alleen na uw ja") if len(asked) == 1 else needs_all
        return first + (say(", en pas als u op de inlogknop klikt") if service.loading is Loading.CLICK else "")

    used = {service for website in inventory.websites for service in website.services}
    asked_for = {id for service in running if service.id in used for id in service.purposes}
    return {
        "recipient_name": recipient_name,
        "services": running,
        "by_category": [found for found in (of(category) for category in inventory.categories) if found[2]],
        "consent_words": consent_words,
        "needs_consent": lambda service: bool(asked_purposes(inventory, service)),
        "running_on": lambda website: asked_together(inventory, website),
        "is_used": lambda service: service.id in used,
        "is_asked": lambda purpose: purpose.id in asked_for or not inventory.websites,
        "used_on": lambda service: [site.name for site in inventory.websites if service.id in site.services],
        "data_name": {category.id: category.name for category in inventory.processing.data},
    }


def _of_version(version: PolicyVersion, name: str, language: str) -> str:
    if name == "version.number":
        return str(version.number)
    day = version.announced if name == "version.announced" else version.in_force
    return words.long_date(day, language) if day else sayer(language)("een nog onbekende datum")
