"""Histories of announced inventories that Hypothesis thinks of: the demonstration's, edited again and again."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from policy.inventory.fields import Exemption, Lifetime, Role, StorageKind, TransferGround
from policy.inventory.model import CONTROLLER, Inventory, Service, StorageItem, Transfer
from tests.vectors.announced import announced

WEBSITE = "voorbeeld"
PARTIES = ("counter", "cinema", "friends")
LIFETIMES = ("session", "30 minutes", "90 days", "13 months", "2 years", "until cleared")

Edit = Callable[[st.DrawFn, Inventory], Inventory]


class History(list[tuple[int, Inventory]]):
    """Announced inventories with their numbers; where a test fails, Hypothesis prints by which edits each was made."""

    edits: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "; ".join(f"{number}: {edits}" for (number, _), edits in zip(self, self.edits, strict=True))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Two to five announced inventories, each after a few edits of the one before."""
    inventory, number = announced(), draw(st.integers(1, 3))
    history = History([(number, inventory)])
    history.edits = ("the demonstration",)
    for _ in range(draw(st.integers(1, 4))):
        edits = draw(st.lists(st.sampled_from(EDITS), max_size=6))
        for edit in edits:
            inventory = edit(draw, inventory)
        number += draw(st.integers(1, 2))
        history.append((number, inventory))
        history.edits += (" ".join(edit.__name__.strip("_") for edit in edits) or "nothing",)
    return history


def _put(inventory: Inventory, kind: str, one: Any) -> Inventory:
    """An inventory with another value for one of its things, or one more."""
    others = [other for other in getattr(inventory, kind) if other.id != one.id]
    return inventory.model_copy(update={kind: tuple(sorted([*others, one], key=lambda value: value.id))})


def _some(draw: st.DrawFn, values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(draw(st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)))


def _service(draw: st.DrawFn, inventory: Inventory) -> Service:
    return draw(st.sampled_from([service for service in inventory.services if service.id != "consent-record"]))


def _starts_or_stops(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    """A service runs on a website, or no longer."""
    website, id = draw(st.sampled_from(inventory.websites[:1] + inventory.websites[-1:])), _service(draw, inventory).id
    others = tuple(other for other in website.services if other != id)
    return _put(
        inventory,
        "websites",
        website.model_copy(update={"services": others if id in website.services else (*others, id)}),
    )


def _shares_or_not(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    website = inventory.website(WEBSITE)
    domain = None if website.shared_domain else "voorbeeld.test"
    return _put(inventory, "websites", website.model_copy(update={"shared_domain": domain}))


def _is_new(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    """A service that nobody knew, after the example of another."""
    id = f"new-{len(inventory.services)}"
    website = inventory.website(WEBSITE)
    inventory = _put(inventory, "services", _service(draw, inventory).model_copy(update={"id": id}))
    return _put(inventory, "websites", website.model_copy(update={"services": (*website.services, id)}))


def _retires_or_returns(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    service = _service(draw, inventory)
    return _put(
        inventory, "services", service.model_copy(update={"retired": None if service.retired else service.checked})
    )


def _is_for(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    """A service is for other purposes."""
    service, purposes = _service(draw, inventory), _some(draw, [purpose.id for purpose in inventory.purposes])
    storage = tuple(
        item if item.purpose in purposes else item.model_copy(update={"purpose": purposes[0]})
        for item in service.storage
    )
    return _put(inventory, "services", service.model_copy(update={"purposes": purposes, "storage": storage}))


def _goes_to(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    recipient = draw(st.sampled_from([CONTROLLER, *PARTIES]))
    return _put(inventory, "services", _service(draw, inventory).model_copy(update={"recipient": recipient}))


def _keeps(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    """A service keeps an item more or less, or keeps it in another way."""
    service = _service(draw, inventory)
    items = list(service.storage)
    if not items or draw(st.booleans()):
        free = {"one", "two", "three"} - {name for item in items for name in item.names}
        model = announced().service("counter").storage[0]
        names = tuple(sorted(free))[:1]
        items += [model.model_copy(update={"names": names, "purpose": service.purposes[0]})] if free else []
    else:
        items.pop(draw(st.integers(0, len(items) - 1)))
    return _put(inventory, "services", service.model_copy(update={"storage": tuple(items)}))


def _keeps_otherwise(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    service = _service(draw, inventory)
    storage = tuple(_other(draw, service, item) for item in service.storage)
    return _put(inventory, "services", service.model_copy(update={"storage": storage}))


def _other(draw: st.DrawFn, service: Service, item: StorageItem) -> StorageItem:
    key, values = draw(
        st.sampled_from(
            [
                ("lifetime", st.sampled_from(LIFETIMES).map(Lifetime.parse)),
                ("renewed", st.just(not item.renewed)),
                ("read_by", st.just((CONTROLLER, *PARTIES)).map(lambda all: _some(draw, all))),
                ("purpose", st.sampled_from(service.purposes)),
                ("kind", st.sampled_from(StorageKind)),
                ("host", st.sampled_from(["site", "een.test"])),
                ("description", st.sampled_from(["Iets.", "Iets anders."])),
            ]
        )
    )
    return item.model_copy(update={key: draw(values)})


def _moves(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    """A recipient is or sends elsewhere, on other grounds, or is another."""
    recipient = inventory.recipient(draw(st.sampled_from(PARTIES)))
    key, values = draw(
        st.sampled_from(
            [
                ("country", st.sampled_from(["NL", "IE", "US"])),
                ("name", st.sampled_from(["Een B.V.", "Twee B.V."])),
                ("role", st.sampled_from(Role)),
                ("task", st.sampled_from(["Iets doen", "Iets anders doen"])),
                ("transfers", st.lists(_transfers(), max_size=2).map(tuple)),
            ]
        )
    )
    return _put(inventory, "recipients", recipient.model_copy(update={key: draw(values)}))


def _transfers() -> st.SearchStrategy[Transfer]:
    model = announced().recipient("counter").transfers[0]
    grounds = st.lists(st.sampled_from(TransferGround), min_size=1, max_size=2, unique=True).map(tuple)
    return st.builds(
        lambda country, grounds: model.model_copy(update={"country": country, "grounds": grounds}),
        st.sampled_from(["US", "IN"]),
        grounds,
    )


def _asks_or_not(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    """Consent is asked for a purpose, or no longer."""
    purpose = draw(st.sampled_from(inventory.purposes))
    exemption = None if purpose.exemption else Exemption.REQUESTED_SERVICE
    return _put(inventory, "purposes", purpose.model_copy(update={"exemption": exemption}))


def _is_told_otherwise(draw: st.DrawFn, inventory: Inventory) -> Inventory:
    service = _service(draw, inventory)
    return _put(inventory, "services", service.model_copy(update={"name": service.name + "!", "sends": "Iets anders."}))


EDITS: tuple[Edit, ...] = (
    _starts_or_stops,
    _shares_or_not,
    _is_new,
    _retires_or_returns,
    _is_for,
    _goes_to,
    _keeps,
    _keeps_otherwise,
    _keeps_otherwise,  # these two have many ways
    _moves,
    _moves,
    _asks_or_not,
    _is_told_otherwise,
)
