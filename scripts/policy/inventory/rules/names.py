"""Every name that is used is declared once, and what is declared is used."""

from collections.abc import Iterable, Iterator, Sequence

from policy.findings import Finding, did_you_mean
from policy.inventory import catalogue
from policy.inventory.explain import shown
from policy.inventory.model import CONTROLLER, SITE, Inventory

PURPOSES, RECIPIENTS, PROCESSING = "purposes.toml", "recipients.toml", "processing.toml"


def service_file(id: str) -> str:
    """The file of a service, by its path in the inventory's folder."""
    return f"services/{id}.toml"


def website_file(id: str) -> str:
    """The file of a website, by its path in the inventory's folder."""
    return f"websites/{id}.toml"


def known_purposes(inventory: Inventory) -> Iterator[Finding]:
    """A service and each of its storage items serve declared purposes."""
    known = [purpose.id for purpose in inventory.purposes]
    for service in inventory.services:
        file = service_file(service.id)
        for index, id in enumerate(service.purposes):
            yield from _unknown(id, known, "a purpose", PURPOSES, file, f"purposes[{index}]")
        for index, item in enumerate(service.storage):
            yield from _unknown(item.purpose, known, "a purpose", PURPOSES, file, f"storage[{index}].purpose")


def known_categories(inventory: Inventory) -> Iterator[Finding]:
    """A purpose stands under a declared category."""
    known = [category.id for category in inventory.categories]
    for index, purpose in enumerate(inventory.purposes):
        yield from _unknown(purpose.category, known, "a category", PURPOSES, PURPOSES, f"purposes[{index}].category")


def known_recipients(inventory: Inventory) -> Iterator[Finding]:
    """A service and each reader of its storage items are declared recipients, or the controller."""
    known = [CONTROLLER, *(recipient.id for recipient in inventory.recipients)]
    for service in inventory.services:
        file = service_file(service.id)
        yield from _unknown(service.recipient, known, "a recipient", RECIPIENTS, file, "recipient")
        for index, item in enumerate(service.storage):
            for place, id in enumerate(item.read_by):
                path = f"storage[{index}].read_by[{place}]"
                yield from _unknown(id, known, "a recipient", RECIPIENTS, file, path)


def recipients_of_activities(inventory: Inventory) -> Iterator[Finding]:
    """An activity names declared recipients; the controller is not one of them."""
    known = [recipient.id for recipient in inventory.recipients]
    for index, activity in enumerate(inventory.processing.activities):
        for place, id in enumerate(activity.recipients):
            path = f"activities[{index}].recipients[{place}]"
            yield from _unknown(id, known, "a recipient", RECIPIENTS, PROCESSING, path)


def known_data(inventory: Inventory) -> Iterator[Finding]:
    """An activity uses declared kinds of data, and each kind is used."""
    known = [category.id for category in inventory.processing.data]
    used = {id for activity in inventory.processing.activities for id in activity.data}
    for index, activity in enumerate(inventory.processing.activities):
        for place, id in enumerate(activity.data):
            path = f"activities[{index}].data[{place}]"
            yield from _unknown(id, known, "a kind of data", PROCESSING, PROCESSING, path)
    for index, id in enumerate(known):
        if id not in used:
            message = f"No activity uses {shown(id)}. Add it to the data of an activity, or remove it."
            yield Finding(message, PROCESSING, path=f"data[{index}].id")


def known_services(inventory: Inventory) -> Iterator[Finding]:
    """A website runs services that have a file."""
    known, offered = [service.id for service in inventory.services], catalogue.names()
    for website in inventory.websites:
        for index, id in enumerate(website.services):
            if id not in known:
                way_out = did_you_mean(id, known) + "Each service has a file in docs/inventory/services."
                if id in offered:
                    way_out = f"Take it from the catalogue with: policy inventory add {id}"
                message = f"{shown(id)} is not a service of the inventory. {way_out}"
                yield Finding(message, website_file(website.id), path=f"services[{index}]")


def other_names(inventory: Inventory) -> Iterator[Finding]:
    """A name that pages already use stands for one service, purpose or category."""
    taken = {thing.id: thing.id for thing in (*inventory.categories, *inventory.purposes, *inventory.services)}
    places = [(PURPOSES, f"categories[{index}]", one) for index, one in enumerate(inventory.categories)]
    places += [(PURPOSES, f"purposes[{index}]", one) for index, one in enumerate(inventory.purposes)]
    places += [(service_file(one.id), "", one) for one in inventory.services]
    for file, path, one in places:
        for index, name in enumerate(one.also_called):
            if (other := taken.setdefault(name, one.id)) != one.id:
                key = ".".join(part for part in (path, f"also_called[{index}]") if part)
                yield Finding(
                    f"{shown(name)} stands for '{other}' already. Remove it from one of the two.", file, path=key
                )


def signals(inventory: Inventory) -> Iterator[Finding]:
    """A signal of Google Consent Mode follows a purpose that consent is asked for."""
    asked = [purpose.id for purpose in inventory.purposes if not purpose.exemption]
    for service in inventory.services:
        for signal, id in service.consent_mode.items():
            yield from _unknown(id, asked, "a purpose", PURPOSES, service_file(service.id), f"consent_mode.{signal}")


def policy_site(inventory: Inventory) -> Iterator[Finding]:
    """The policy is published on a declared website, under an address that ends in a slash."""
    site, known = inventory.controller.policy_site, [website.id for website in inventory.websites]
    yield from _unknown(site.website, known, "a website", "websites/", "controller.toml", "policy_site.website")
    if not site.address.endswith("/"):
        message = f"{shown(site.address)} does not end in a slash. Write {site.address}/"
        yield Finding(message, "controller.toml", path="policy_site.address")


def recipients_receive(inventory: Inventory) -> Iterator[Finding]:
    """Who is named as a recipient gets data somewhere (GDPR Art. 13(1)(e))."""
    used = {id for activity in inventory.processing.activities for id in activity.recipients}
    for service in inventory.services:
        used |= {service.recipient, *(id for item in service.storage for id in item.read_by)}
    for index, recipient in enumerate(inventory.recipients):
        if recipient.id not in used:
            message = f"{shown(recipient.id)} receives nothing. Name it in a service or an activity, or remove it."
            yield Finding(message, RECIPIENTS, path=f"recipients[{index}].id")


def once_declared(inventory: Inventory) -> Iterator[Finding]:
    """An id stands for one thing; `controller` and `site` are taken."""
    for file, name, declared in (
        (PURPOSES, "categories", inventory.categories),
        (PURPOSES, "purposes", inventory.purposes),
        (RECIPIENTS, "recipients", inventory.recipients),
    ):
        yield from _twice([thing.id for thing in declared], file, name, ".id")
    for index, recipient in enumerate(inventory.recipients):
        if recipient.id in (CONTROLLER, SITE):
            message = f"{shown(recipient.id)} stands for LEIZ's own. Give the recipient another id."
            yield Finding(message, RECIPIENTS, path=f"recipients[{index}].id")


def once_processed(inventory: Inventory) -> Iterator[Finding]:
    """Kinds of data and activities have an id of their own, and an activity names each thing once."""
    processing = inventory.processing
    yield from _twice([category.id for category in processing.data], PROCESSING, "data", ".id")
    yield from _twice([activity.id for activity in processing.activities], PROCESSING, "activities", ".id")
    for index, activity in enumerate(processing.activities):
        yield from _twice(activity.data, PROCESSING, f"activities[{index}].data")
        yield from _twice(activity.recipients, PROCESSING, f"activities[{index}].recipients")


def once_listed(inventory: Inventory) -> Iterator[Finding]:
    """A list of a service or a website names each thing once."""
    for service in inventory.services:
        file = service_file(service.id)
        yield from _twice(service.purposes, file, "purposes")
        for kind in type(service.hosts).model_fields:
            if kind != "confirm":
                yield from _twice(getattr(service.hosts, kind), file, f"hosts.{kind}")
        for index, item in enumerate(service.storage):
            yield from _twice(item.names, file, f"storage[{index}].names")
            yield from _twice(item.read_by, file, f"storage[{index}].read_by")
    for website in inventory.websites:
        yield from _twice(website.services, website_file(website.id), "services")
        yield from _twice(website.languages, website_file(website.id), "languages")


def _unknown(id: str, known: Sequence[str], what: str, declared: str, file: str, path: str) -> Iterator[Finding]:
    if id not in known:
        where = f"{what.split(' ', 1)[1].capitalize()}s are declared in docs/inventory/{declared}."
        where = where.replace("Categorys", "Categories").replace("Kind of datas", "Kinds of data")
        yield Finding(f"{shown(id)} is not {what}. {did_you_mean(id, known)}{where}", file, path=path)


def _twice(ids: Iterable[str], file: str, name: str, key: str = "") -> Iterator[Finding]:
    first: dict[str, int] = {}
    for index, id in enumerate(ids):
        if id in first:
            way_out = "Give each an id of its own, or remove one." if key else "Remove one."
            message = f"{shown(id)} stands here twice, first as {name}[{first[id]}]. {way_out}"
            yield Finding(message, file, path=f"{name}[{index}]{key}")
        first.setdefault(id, index)
