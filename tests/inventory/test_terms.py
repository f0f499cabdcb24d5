"""Which changes of an inventory are asked for again, and that nothing is allowed that nobody said yes to."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from policy.consent.code import purpose_code, service_code
from policy.consent.config import entry
from policy.consent.scope import Scope
from policy.inventory.model import Inventory, Service
from policy.inventory.terms import Widening, terms, widened_at, widenings
from tests.inventory.folders import Change
from tests.length import tries
from tests.vectors.announced import announced
from tests.vectors.engine import Call, calling
from tests.vectors.histories import WEBSITE, History, histories

MINUTE, MONTH, TERM = 30_000_000, 30 * 24 * 60, 182 * 24 * 60

COUNTER, ADS, CINEMA, VISITS, RECORD = (
    f"services/{id}.toml" for id in ("counter", "friends-ads", "cinema", "visits", "consent-record")
)
RECIPIENTS, PURPOSES = "recipients.toml", "purposes.toml"
VOORBEELD, DEELT = "websites/voorbeeld.toml", "websites/deelt.toml"
HOST = 'host = "stats.example-third.test"'
RUNS = 'services = ["consent-record", "counter", "visits", "cinema", "friends-ads", "friends-login"]'
TRANSFER = """
[[recipients.transfers]]
country = "US"
grounds = ["dpf"]
copy_of_safeguards = "Op te vragen bij ons."
checked = 2026-11-22
"""

GROWS: dict[str, tuple[str, list[Change], list[Widening]]] = {
    "a purpose": (
        "counter",
        [(COUNTER, 'purposes = ["statistics"]', 'purposes = ["statistics", "media"]')],
        [Widening("purposes", ("media",))],
    ),
    "an exempt purpose": (
        "counter",
        [(COUNTER, 'purposes = ["statistics"]', 'purposes = ["remember-choice", "statistics"]')],
        [Widening("purposes", ("remember-choice",))],
    ),
    "an item for another of its purposes": (
        "friends-ads",
        [(ADS, 'purpose = "advertising"', 'purpose = "statistics"')],
        [Widening("purposes", ("statistics",))],
    ),
    "another recipient": (
        "counter",
        [(COUNTER, 'recipient = "counter"', 'recipient = "cinema"')],
        [Widening("recipients", ("cinema",))],
    ),
    "a recipient of what stayed with us": (
        "visits",
        [(VISITS, 'recipient = "controller"', 'recipient = "cinema"')],
        [Widening("recipients", ("cinema",))],
    ),
    "another company under the same id": (
        "counter",
        [(RECIPIENTS, 'name = "Counter Inc."', 'name = "Counter Holding Inc."')],
        [Widening("recipients", ("counter",))],
    ),
    "a processor that decides for itself": (
        "counter",
        [(RECIPIENTS, 'role = "processor"', 'role = "controller"')],
        [Widening("recipients", ("counter",))],
    ),
    "another country": (
        "cinema",
        [(RECIPIENTS, 'country = "NL"', 'country = "BE"')],
        [Widening("places", ("cinema BE ",))],
    ),
    "a ground for a transfer": (
        "counter",
        [(RECIPIENTS, 'grounds = ["dpf"]', 'grounds = ["dpf", "standard-clauses"]')],
        [Widening("places", ("counter US standard-clauses",))],
    ),
    "a country of a transfer": (
        "counter",
        [(RECIPIENTS, TRANSFER, TRANSFER + TRANSFER.replace('"US"', '"IN"'))],
        [Widening("places", ("counter IN dpf",))],
    ),
    "a first transfer": (
        "cinema",
        [(RECIPIENTS, 'country = "NL"\n', 'country = "NL"\n' + TRANSFER)],
        [Widening("places", ("cinema US dpf",))],
    ),
    "a name of an item": (
        "counter",
        [(COUNTER, '"_counter_*"', '"_counter_*", "_other"')],
        [Widening("items", ("_other",))],
    ),
    "two items": (
        "counter",
        [(COUNTER, '"_counter", "_counter_*"', '"z", "_counter", "_counter_*", "a"')],
        [Widening("items", ("a", "z"))],
    ),
    "another kind of storage": (
        "cinema",
        [(CINEMA, 'kind = "local-storage"', 'kind = "indexed-db"')],
        [Widening("items", ("cinema_volume",))],
    ),
    "another host": (
        "counter",
        [(COUNTER, f'"third"\n{HOST}', '"third"\nhost = "more.example-third.test"')],
        [Widening("items", ("uid",))],
    ),
    "a longer lifetime": (
        "counter",
        [(COUNTER, 'lifetime = "13 months"', 'lifetime = "14 months"')],
        [Widening("lifetimes", ("_counter", "_counter_*"))],
    ),
    "a lifetime longer by a second": (
        "visits",
        [(VISITS, 'lifetime = "30 minutes"', 'lifetime = "1801 seconds"')],
        [Widening("lifetimes", ("visits_id",))],
    ),
    "a lifetime after the session": (
        "visits",
        [(VISITS, 'lifetime = "session"', 'lifetime = "1 second"')],
        [Widening("lifetimes", ("visits.now",))],
    ),
    "a lifetime without an end": (
        "counter",
        [(COUNTER, 'lifetime = "2 years"', 'lifetime = "until cleared"')],
        [Widening("lifetimes", ("uid",))],
    ),
    "a lifetime that starts anew": (
        "counter",
        [(COUNTER, 'lifetime = "13 months"\nrenewed = false', 'lifetime = "13 months"\nrenewed = true')],
        [Widening("lifetimes", ("_counter", "_counter_*"))],
    ),
    "a reader that is new here": (
        "cinema",
        [(CINEMA, 'read_by = ["cinema"]', 'read_by = ["cinema", "friends"]')],
        [Widening("recipients", ("friends",))],
    ),
    "everything at once": (
        "counter",
        [
            (COUNTER, 'purposes = ["statistics"]', 'purposes = ["statistics", "media"]'),
            (COUNTER, 'recipient = "counter"', 'recipient = "friends"'),
            (COUNTER, '"_counter_*"', '"_counter_*", "_other"'),
            (COUNTER, 'lifetime = "2 years"', 'lifetime = "3 years"'),
            (COUNTER, 'read_by = ["counter"]', 'read_by = ["counter", "cinema"]'),
            (RECIPIENTS, 'country = "US"\n\n', 'country = "CA"\n\n'),
        ],
        [
            Widening("purposes", ("media",)),
            Widening("recipients", ("cinema", "friends")),
            Widening("places", ("counter CA ",)),
            Widening("items", ("_other",)),
            Widening("lifetimes", ("uid",)),
        ],
    ),
}
"""What grows, of which service, by which change of the text, and what is said of it."""

STAYS: dict[str, tuple[str, list[Change]]] = {
    "the words of a service": (
        "counter",
        [
            (COUNTER, 'name = "Counter"', 'name = "Teller"'),
            (COUNTER, '"Telt bezoeken."', '"Telt hoe vaak een pagina wordt bekeken."'),
            (COUNTER, '"Uw IP-adres en de pagina die u bekijkt."', '"De pagina die u bekijkt."'),
            (COUNTER, '"Herkent een terugkerende bezoeker."', '"Herkent u."'),
            (COUNTER, '"Zo stelt Counter het in."', '"Anders telt het niet."'),
            (COUNTER, "checked = 2026-11-22", "checked = 2027-11-22"),
        ],
    ),
    "the words of a purpose": (
        "counter",
        [(PURPOSES, '"Statistiek"', '"Cijfers"'), (PURPOSES, '"Meten welke pagina\'s worden bekeken."', '"Meten."')],
    ),
    "the words of a recipient": (
        "counter",
        [
            (RECIPIENTS, '"Bezoek meten"', '"Meten"'),
            (RECIPIENTS, '"Op te vragen bij ons."', '"Vraag ons erom."'),
            (RECIPIENTS, "checked = 2026-11-22", "checked = 2027-11-22"),
        ],
    ),
    "hosts and links": (
        "counter",
        [
            (COUNTER, "[hosts]\n", '[hosts]\nimage = ["b.test"]\n'),
            (COUNTER, "[links]\n", '[links]\nprivacy = "https://b.test/p"\n'),
        ],
    ),
    "a click before it loads": (
        "cinema",
        [(CINEMA, 'purposes = ["media"]', 'purposes = ["media"]\nloading = "click"')],
    ),
    "we read it too": ("counter", [(COUNTER, 'read_by = ["counter"]', 'read_by = ["controller", "counter"]')]),
    "a purpose less": ("friends-ads", [(ADS, '["statistics", "advertising"]', '["advertising"]')]),
    "a name of an item less": ("counter", [(COUNTER, '"_counter", "_counter_*"', '"_counter"')]),
    "a reader less": ("counter", [(COUNTER, 'read_by = ["controller", "counter"]', 'read_by = ["controller"]')]),
    "it stays with us": (
        "cinema",
        [
            (CINEMA, 'recipient = "cinema"', 'recipient = "controller"'),
            (CINEMA, 'read_by = ["cinema"]', 'read_by = ["controller"]'),
        ],
    ),
    "no transfer any more": ("counter", [(RECIPIENTS, TRANSFER, "")]),
    "a shorter lifetime": ("counter", [(COUNTER, 'lifetime = "13 months"', 'lifetime = "12 months"')]),
    "the same lifetime in another unit": ("counter", [(COUNTER, 'lifetime = "2 years"', 'lifetime = "24 months"')]),
    "a lifetime with an end": ("visits", [(VISITS, 'lifetime = "until cleared"', 'lifetime = "100 years"')]),
    "a lifetime of a session": ("visits", [(VISITS, 'lifetime = "30 minutes"', 'lifetime = "session"')]),
    "a lifetime that starts anew no more": ("counter", [(COUNTER, "renewed = true", "renewed = false")]),
    "the order of names and readers": (
        "counter",
        [
            (COUNTER, '"_counter", "_counter_*"', '"_counter_*", "_counter"'),
            (COUNTER, '["controller", "counter"]', '["counter", "controller"]'),
        ],
    ),
    "the order of purposes": ("friends-ads", [(ADS, '["statistics", "advertising"]', '["advertising", "statistics"]')]),
    "the order of services": ("counter", [(VOORBEELD, '"counter", "visits"', '"visits", "counter"')]),
    "how sure we are": ("friends-ads", [(ADS, 'sureness = "medium"', 'sureness = "high"')]),
    "another service": ("cinema", [(COUNTER, '"_counter_*"', '"_counter_*", "_other"')]),
}


def grown(old: Inventory, new: Inventory, id: str) -> list[Widening]:
    return widenings(terms(old, old.service(id)), terms(new, new.service(id)))


@pytest.mark.parametrize(("service", "changes", "found"), GROWS.values(), ids=GROWS)
def test_what_grows_is_asked_for_again(service: str, changes: list[Change], found: list[Widening]) -> None:
    assert grown(announced(), announced(*changes), service) == found


@pytest.mark.parametrize(("service", "changes"), STAYS.values(), ids=STAYS)
def test_what_stays_or_shrinks_is_not(service: str, changes: list[Change]) -> None:
    assert grown(announced(), announced(*changes), service) == []


def test_a_reader_of_one_item_that_reads_another_now() -> None:
    one_less = announced((COUNTER, '["controller", "counter"]', '["controller"]'))
    assert grown(one_less, announced(), "counter") == [Widening("readers", ("counter",))]


def test_what_shrinks_is_asked_for_when_it_grows_again() -> None:
    shorter = announced((COUNTER, 'lifetime = "13 months"', 'lifetime = "12 months"'))
    history = [(1, announced()), (2, shorter), (3, announced())]
    assert widened_at(history, "voorbeeld")["counter"] == [
        (3, [Widening("lifetimes", ("_counter", "_counter_*"))]),
        (1, [Widening("service", ())]),
    ]


def test_the_numbers_at_which_terms_widened_newest_first() -> None:
    longer = (COUNTER, 'lifetime = "2 years"', 'lifetime = "3 years"')
    more = (COUNTER, '"_counter_*"', '"_counter_*", "_other"')
    history = [(2, announced()), (3, announced()), (5, announced(longer)), (9, announced(longer, more))]
    new = [(2, [Widening("service", ())])]
    assert widened_at(history, "voorbeeld") == {
        **{id: new for id in ("cinema", "consent-record", "friends-ads", "friends-login", "visits")},
        "counter": [(9, [Widening("items", ("_other",))]), (5, [Widening("lifetimes", ("uid",))]), *new],
    }


def test_a_service_that_is_added_removed_and_added_again_is_new_each_time() -> None:
    without = announced((VOORBEELD, '"counter", ', ""))
    history = [(1, without), (2, announced()), (3, without), (4, announced())]
    new = [Widening("service", ())]
    assert widened_at(history[:1], "voorbeeld").get("counter") is None
    assert widened_at(history[:2], "voorbeeld")["counter"] == [(2, new)]
    assert widened_at(history[:3], "voorbeeld").get("counter") is None
    assert widened_at(history, "voorbeeld")["counter"] == [(4, new), (2, new)]


def test_a_retired_service_is_asked_for_no_more() -> None:
    retired = announced((COUNTER, "checked = 2026-11-22", "checked = 2026-11-22\nretired = 2026-12-01"))
    assert "counter" not in widened_at([(1, announced()), (2, retired)], "voorbeeld")


def test_a_website_asks_for_the_services_of_all_that_share_its_domain() -> None:
    shared = announced((VOORBEELD, RUNS, RUNS + '\nshared_domain = "voorbeeld.test"'))
    other = announced((VOORBEELD, RUNS, RUNS + '\nshared_domain = "ander.test"'))
    both, alone = {"consent-record", "cinema"}, {service.id for service in announced().services}
    found = [
        {id: [number for number, _ in told] for id, told in widened_at(history, "deelt").items()}
        for history in ([(1, announced())], [(1, announced()), (2, shared)], [(1, other), (2, other)])
    ]
    assert found == [{id: [1] for id in both}, {id: [1 if id in both else 2] for id in alone}, {id: [1] for id in both}]


def test_a_website_that_is_new_asks_for_all_its_services_as_new() -> None:
    without = announced().model_copy(update={"websites": announced().websites[:1]})
    assert [website.id for website in without.websites] == ["deelt"]
    found = widened_at([(1, without), (2, announced())], "voorbeeld")
    assert {id: [number for number, _ in told] for id, told in found.items()} == {
        one.id: [2] for one in announced().services
    }


def test_exempt_services_that_grow_change_nothing_that_a_visitor_is_asked() -> None:
    grows = announced((RECORD, 'names = ["consent"]', 'names = ["consent", "more"]'))
    before = entry(Scope([(1, announced())], "voorbeeld"), "/p/")
    after = entry(Scope([(1, announced()), (2, grows)], "voorbeeld"), "/p/")
    assert grown(announced(), grows, "consent-record") == [Widening("items", ("more",))]
    assert {**after, "number": before["number"]} == before


@pytest.fixture(scope="module")
def call(browser: Browser) -> Iterator[Call]:
    with calling(browser) as called:
        yield called


Minds = dict[int, dict[str, Any]]
"""What a visitor says when asked, by the number of the inventory; nothing where they do not answer."""


@st.composite
def minds(draw: st.DrawFn, history: History) -> Minds:
    found = {}
    for number, inventory in history[:-1]:
        codes = [service_code(one.id) for one in inventory.services] + [
            purpose_code(one.id) for one in inventory.purposes
        ]
        yes = draw(
            st.just(codes) | st.just([]) | st.lists(st.sampled_from(codes), min_size=len(codes) // 2, unique=True)
        )
        if draw(st.integers(0, 3)):
            found[number] = {"yes": yes, "news": draw(st.booleans()), "opens": not draw(st.integers(0, 3))}
    return found


def facts(inventory: Inventory, service: Service) -> tuple[set[Any], dict[Any, float]]:
    """All that somebody who says yes to a service says yes to, and how long each item stays."""
    found: set[Any] = {("purpose", id) for id in service.purposes}
    found |= {("consent is needed for", id) for id in asked_of(inventory, service)}
    lifetimes = {}
    who = {service.recipient}
    for item in service.storage:
        who.update(item.read_by)
        for name in item.names:
            key = (item.kind, name, item.host)
            found |= {
                ("item", key),
                ("purpose of", key, item.purpose),
                ("anew", key, item.renewed),
                ("anew", key, False),
            }
            found |= {("reader", key, id) for id in item.read_by if id != "controller"}
            lifetimes[key] = item.lifetime.days
    for recipient in inventory.recipients:
        if recipient.id in who:
            found |= {("who", recipient.id, recipient.name, recipient.role), ("where", recipient.id, recipient.country)}
            for to in recipient.transfers:
                found |= {("whither", recipient.id, to.country, ground) for ground in to.grounds}
    return found, lifetimes


def is_within(now: tuple[set[Any], dict[Any, float]], then: tuple[set[Any], dict[Any, float]]) -> bool:
    return now[0] <= then[0] and all(days <= then[1][key] for key, days in now[1].items())


def services_of(inventory: Inventory) -> dict[str, Service]:
    """What one choice on the website is about, by id."""
    here = inventory.website(WEBSITE)
    domain = here.shared_domain
    ids = {
        id
        for one in inventory.websites
        if one == here or (domain and one.shared_domain == domain)
        for id in one.services
    }
    return {one.id: one for one in inventory.services if one.id in ids and one.retired is None}


def asked_of(inventory: Inventory, service: Service) -> set[str]:
    """The purposes of a service that need consent."""
    return {one.id for one in inventory.purposes if one.exemption is None} & set(service.purposes)


def stands(history: History, number: int, id: str) -> bool:
    """Whether the terms of a service never widened since that number."""
    since = [inventory for when, inventory in history if when >= number]
    told = [(inventory, services_of(inventory).get(id)) for inventory in since]
    if not all(service for _, service in told):
        return False
    steps = [facts(inventory, service) for inventory, service in told if service]
    return all(is_within(after, before) for before, after in pairwise(steps))


@tries(100, 300)
@given(data=st.data(), history=histories())
def test_nothing_is_allowed_beyond_what_was_granted_and_nothing_is_asked_twice(
    call: Call, data: st.DataObject, history: History
) -> None:
    said = data.draw(minds(history))
    sights = [
        {
            "plain": entry(Scope(history[: at + 1], WEBSITE), "/p/"),
            "minute": MINUTE + number * MONTH,
            "mind": said.get(number),
        }
        for at, (number, _) in enumerate(history)
    ]
    last, inventory = history[-1]
    known, now = {service.id for _, one in history for service in one.services}, services_of(inventory)
    found = call("visited", sights, sorted(known))
    acts = found["line"].split(".")[1:]
    granted, answered = {}, {}
    for number, minute, method, _, *lists in (acts[at : at + 7] for at in range(0, len(acts), 7)):
        if MINUTE + last * MONTH - int(minute, 36) >= TERM:
            continue
        yes, *no = ({text[at : at + 4] for at in range(0, len(text), 4)} for text in lists)
        mind = said[int(number)]
        assert not yes or (yes <= set(mind["yes"]) if method == "all" else mind["news"])
        granted |= {code: int(number) for code in yes}
        answered |= {code: int(number) for code in yes.union(*no)}

    asked = {id: service for id, service in now.items() if asked_of(inventory, service)}
    settled = {id for id in asked if service_code(id) in answered and stands(history, answered[service_code(id)], id)}
    assert set(found["left"]) == {service_code(id) for id in asked.keys() - settled}
    for id in set(found["allowed"]) & asked.keys():
        then = dict(history)[granted[service_code(id)]]
        assert is_within(facts(inventory, asked[id]), facts(then, services_of(then)[id]))
    willing = {
        id for id in settled if {service_code(id), *map(purpose_code, asked_of(inventory, asked[id]))} <= granted.keys()
    }
    assert set(found["allowed"]) == willing | (now.keys() - asked.keys())
