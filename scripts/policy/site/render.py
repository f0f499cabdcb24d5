"""Blocks of HTML from the inventory and the versions, through the templates beside this file."""

from collections.abc import Callable, Iterable
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

from policy.inventory import words
from policy.inventory.fields import Loading
from policy.inventory.model import Category, Inventory, Service
from policy.inventory.terms import asked_purposes, asked_together
from policy.site.markers import INLINE
from policy.site.source import Source
from policy.site.timeline import track
from policy.versions.model import PolicyVersion, State

_WORDS = {
    "storage_kind": words.STORAGE_KINDS["nl"],
    "role": words.ROLES["nl"],
    "legal_basis": words.LEGAL_BASES["nl"],
    "transfer_ground": words.TRANSFER_GROUNDS["nl"],
}


def long_date(day: date) -> str:
    """A date in Dutch words, such as `1 januari 2027`."""
    return words.long_date(day, "nl")


def lower_first(text: str) -> str:
    """The text with a small first letter, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def listed(names: Iterable[str]) -> str:
    """Names as one phrase: only the first keeps its capital."""
    first, *others = names
    return ", ".join([first, *map(lower_first, others)])


def environment() -> Environment:
    """Jinja as the blocks use it: a name that does not exist is an error, never an empty spot."""
    env = Environment(
        loader=PackageLoader("policy.site"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["long_date"] = long_date
    env.filters["lifetime"] = lambda item: words.item_lifetime(item, "nl")
    env.filters["country"] = lambda code: words.country_name(code, "nl")
    env.filters["listed"] = listed
    env.filters["lower_first"] = lower_first
    env.filters["for_id"] = lambda id, known: next(one for one in known if one.id == id)
    env.tests["contains"] = lambda values, value: value in values
    env.globals["words"] = _WORDS
    env.globals["State"] = State
    return env


def marker_values(source: Source, version: PolicyVersion | None, link: Callable[[str], str]) -> Callable[[str], str]:
    """A function from a marker's name to its HTML, for a version's page or (None) another page.

    `link` turns a path from the site's root (`cookies/`) into an address on this page.
    """
    env = environment()
    inventory = source.of(version) if version else source.inventory

    def value(name: str) -> str:
        if name in INLINE:
            return str(INLINE[name](inventory.controller))
        if version and name.startswith("version."):
            return _of_version(version, name)
        html = env.get_template(f"{name}.html").render(
            source=source,
            inventory=inventory,
            timeline=source.timeline,
            day=source.day,
            version=version,
            link=link,
            track=track,
            **lookups(inventory),
        )
        return "\n".join(line.strip() for line in html.splitlines() if line.strip())

    return value


def lookups(inventory: Inventory) -> dict[str, object]:
    """What the templates need to find their way in an inventory."""

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
            return f"Niet nodig. {purposes[0].exemption_reason or ''}"
        first = "Alleen na uw ja" if len(asked) == 1 else f"Alleen als u dit allemaal toestaat: {listed(asked)}"
        return first + (", en pas als u op de inlogknop klikt" if service.loading is Loading.CLICK else "")

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


def _of_version(version: PolicyVersion, name: str) -> str:
    if name == "version.number":
        return str(version.number)
    day = version.announced if name == "version.announced" else version.in_force
    return long_date(day) if day else "een nog onbekende datum"
