"""What differs between two inventories, and whether consent is asked again for it."""

from typing import Any

import pytest

from policy.inventory.model import Inventory
from policy.inventory.read import read_inventory
from policy.versions.diff import Difference, differences
from tests.conftest import ROOT

INVENTORY, _ = read_inventory(ROOT / "tests" / "demo" / "inventory", "tests/demo/inventory")


def changed(inventory: Inventory, service: str, **facts: Any) -> Inventory:
    services = [one.model_copy(update=facts) if one.id == service else one for one in inventory.services]
    return inventory.model_copy(update={"services": tuple(services)})


@pytest.fixture
def demo() -> Inventory:
    assert INVENTORY is not None
    return INVENTORY


def asked_service(inventory: Inventory):
    asked = {purpose.id for purpose in inventory.purposes if not purpose.exemption}
    for service in inventory.services:
        if set(service.purposes) <= asked and service.storage and service.storage[0].lifetime.days < 3650:
            return service
    raise LookupError("no service with an item that ends by itself")


def test_an_inventory_does_not_differ_from_itself(demo: Inventory) -> None:
    assert differences(demo, demo) == []


def test_a_longer_lifetime_widens_and_a_shorter_one_does_not(demo: Inventory) -> None:
    service = asked_service(demo)
    item = service.storage[0]
    longer = item.model_copy(update={"lifetime": type(item.lifetime)("year", 90)})
    wider = changed(demo, service.id, storage=(longer, *service.storage[1:]))
    names = sorted(item.names)
    told = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    assert differences(demo, wider) == [Difference(f"{service.name}: keeps {told} longer", True)]
    assert differences(wider, demo) == [Difference(f"{service.name}: other facts")]


def test_new_words_widen_nothing(demo: Inventory) -> None:
    service = asked_service(demo)
    assert differences(demo, changed(demo, service.id, description="Anders gezegd.")) == [
        Difference(f"{service.name}: other facts")
    ]


def test_a_service_that_goes_widens_nothing_and_one_that_comes_does(demo: Inventory) -> None:
    service = asked_service(demo)
    fewer = demo.model_copy(update={"services": tuple(one for one in demo.services if one.id != service.id)})
    assert Difference(f"service gone: {service.name}") in differences(demo, fewer)
    assert Difference(f"service added: {service.name}", True) in differences(fewer, demo)


def test_what_needs_no_consent_never_asks_again(demo: Inventory) -> None:
    exempt = {purpose.id for purpose in demo.purposes if purpose.exemption}
    service = next(one for one in demo.services if set(one.purposes) <= exempt)
    fewer = demo.model_copy(update={"services": tuple(one for one in demo.services if one.id != service.id)})
    assert [difference.widens for difference in differences(fewer, demo)] == [False]
