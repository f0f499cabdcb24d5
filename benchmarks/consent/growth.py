"""Websites of 5, 50 and 500 services, invented but as unlike each other as real ones, for the module's growth."""

import json
import random
from collections.abc import Iterator
from datetime import date
from itertools import islice

from benchmarks.consent.pages import POLICY, SETTINGS, WEBSITE, Parts, page
from tests import demo

from policy.consent.code import code_number
from policy.consent.link import bundle
from policy.inventory.fields import EEA
from policy.inventory.model import Inventory, Recipient, Service

SIZES = (5, 50, 500)
HOST = "growth.localhost"

FIRST = (
    "amber atlas beacon birch bright cedar clear cobalt copper coral crisp delta ember falcon fern flint garnet harbor "
    "hazel indigo ivory juniper kestrel lumen maple meadow mint nimbus noord oak onyx opal orbit pepper quartz quick "
    "raven ridge rivier sable silver slate solar sonnet spruce swift tulip velvet vista wilde zilver zonder"
)
LAST = {
    "statistics": "metrics pulse insight counter heat replay survey trace funnel tally",
    "media": "player maps chat reviews feed forms podcast agenda tickets login",
    "advertising": "ads pixel reach bid target audience retarget sponsor match affiliate",
}
DOES = {
    "statistics": (
        "Telt bezoeken",
        "Meet hoe snel pagina's laden",
        "Laat zien waar bezoekers klikken",
        "Vraagt uw mening",
    ),
    "media": ("Laat films zien", "Toont een kaart", "Laat u met ons praten", "Toont wat anderen van ons vinden"),
    "advertising": ("Laat advertenties zien", "Meet of advertenties werken", "Herkent u op andere websites"),
}
ENDS = (
    "",
    " op elke pagina",
    " op de pagina's met films",
    " als u iets bestelt",
    " tot u de website verlaat",
    " elke dag",
)
SENDS = ("Uw IP-adres", "Uw IP-adres en de pagina die u bekijkt", "Uw IP-adres, soort browser en waar u klikt")
ITEMS = "_id _session uid _visit_* _seen _ref prefs _ab_* _queue token _last _first"
LIFETIMES = ("session", "30 minutes", "1 day", "7 days", "90 days", "6 months", "1 year", "13 months", "until cleared")
ENDINGS = ("B.V.", "Inc.", "GmbH", "Ltd.", "SAS", "LLC")


def inventory(size: int) -> Inventory:
    """The demonstration's inventory with so many services on its website, besides the record of the choice itself."""
    chance = random.Random(3)
    names = list(islice(_names(chance), size))
    recipients = [_recipient(name, chance) for name, _ in names if chance.random() < 0.8]
    services = [_service(name, purpose, chance.choice(recipients).id, chance) for name, purpose in names]
    base = demo.inventory()
    record = base.service("consent-record")
    website = base.website(WEBSITE)
    website = website.model_copy(
        update={"services": (record.id, *sorted(s.id for s in services)), "languages": ("nl",)}
    )
    changed = {"recipients": tuple(recipients), "services": tuple(sorted((record, *services), key=lambda s: s.id))}
    return base.model_copy(update={**changed, "websites": (website,)})


def files(size: int) -> dict[str, bytes]:
    """The module's files for that website, as a build makes them."""
    return bundle(((3, inventory(size)),), WEBSITE, sources=demo.SOURCES, policy=POLICY)


def html(size: int) -> bytes:
    """A page with the module and one tag for each of at most five services."""
    ids = [id for id in inventory(size).website(WEBSITE).services if id != "consent-record"][:5]
    tags = [
        f'<script type="text/plain" data-service="{id}" data-src="//cdn.{id}.example/{id}.js"></script>' for id in ids
    ]
    entry = '<script src="/toestemming/consent.js" defer></script>'
    settings = f'<a href="{POLICY}cookies/" data-consent-settings>{SETTINGS}</a>'
    return page(Parts(head="\n".join([entry, *tags]), settings=settings), frame=False)


def _names(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Names with a purpose; the build refuses two names of one code, so the second is passed over."""
    every = [
        (f"{first}-{last}", purpose) for purpose in LAST for last in LAST[purpose].split() for first in FIRST.split()
    ]
    chance.shuffle(every)
    codes = {code_number(f"#{purpose.id}") for purpose in demo.inventory().purposes} | {code_number("consent-record")}
    for name, purpose in every:
        if code_number(name) not in codes:
            codes.add(code_number(name))
            yield name, purpose


def _recipient(name: str, chance: random.Random) -> Recipient:
    country = chance.choice(("US", "US", "US", "NL", "DE", "FR", "IE", "SE", "GB"))
    grounds = {"US": ["dpf"], "GB": ["adequacy"]}.get(country, [])
    transfer = {"country": country, "grounds": grounds, "copy_of_safeguards": "Op te vragen bij ons."}
    title = name.replace("-", " ").title()
    return _read(
        Recipient,
        id=name,
        name=f"{title} {chance.choice(ENDINGS)}",
        role=chance.choice(("processor", "controller", "joint-controller")),
        task=chance.choice(("Bezoek meten", "Films laten zien", "Adverteren", "Kaarten tonen", "Klanten helpen")),
        country=country,
        transfers=[] if country in EEA else [{**transfer, "checked": "2026-11-22"}],
    )


def _service(name: str, purpose: str, recipient: str, chance: random.Random) -> Service:
    host = f"cdn.{name}.example"
    both = purpose == "advertising" and chance.random() < 0.3
    hosts = {kind: [host] for kind in chance.sample(("script", "connect", "image", "frame"), chance.randint(1, 3))}
    return _read(
        Service,
        id=name,
        name=name.replace("-", chance.choice((" ", ""))).title(),
        recipient=recipient,
        description=f"{chance.choice(DOES[purpose])}{chance.choice(ENDS)}.",
        purposes=["statistics", purpose] if both else [purpose],
        loading="click" if name.endswith("login") else "page",
        sends=f"{chance.choice(SENDS)}.",
        checked=str(date(2026, 11, chance.randint(1, 22))),
        hosts=hosts,
        links={"opt_out": f"https://{host}/opt-out"} if chance.random() < 0.5 else {},
        storage=[
            _item(name, purpose, recipient, host, end, chance)
            for end in chance.sample(ITEMS.split(), chance.randint(0, 4))
        ],
    )


def _item(name: str, purpose: str, recipient: str, host: str, end: str, chance: random.Random) -> dict[str, object]:
    own = chance.random() < 0.7
    kind = chance.choice(("cookie", "cookie", "cookie", "local-storage", "session-storage"))
    return {
        "names": [f"{name.split('-')[0][:3]}{end}"],
        "kind": kind,
        "party": "first" if own else "third",
        "host": "site" if own else host,
        "purpose": purpose,
        "description": chance.choice(("Herkent een bezoeker.", "Nummer van het bezoek.", "Wat u het laatst koos.")),
        "lifetime": "session" if kind == "session-storage" else chance.choice(LIFETIMES),
        "renewed": chance.random() < 0.5,
        "read_by": ["controller", recipient] if own else [recipient],
        "source": f"https://{host}/cookies",
        "sureness": chance.choice(("high", "medium", "low")),
    }


def _read(kind: type, **facts: object) -> object:
    """A value checked as strictly as a file is."""
    return kind.model_validate_json(json.dumps(facts))
