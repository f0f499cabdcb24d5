"""What the module is told about a website, and what makes it ask again."""

from typing import Any

import pytest

from policy.consent.config import asked_together, first_layer, terms_digest
from policy.consent.details import second_layer
from policy.consent.digest import canonical
from policy.errors import PolicyError
from policy.inventory.model import Inventory
from tests.demo import inventory as demo_inventory

WIDENING = {
    "a lifetime": ("services", "counter", {"storage": (0, {"lifetime": "14 months"})}),
    "a storage item": ("services", "counter", {"storage": (0, {"names": ["_counter", "_counter_*", "_counter_x"]})}),
    "a reader": ("services", "counter", {"storage": (0, {"read_by": ["controller", "counter", "friends"]})}),
    "the purpose of an item": ("services", "friends-ads", {"storage": (0, {"purpose": "statistics"})}),
    "the purposes of a service": ("services", "cinema", {"purposes": ["media", "advertising"]}),
    "a recipient": ("services", "cinema", {"recipient": "friends"}),
    "a recipient's name": ("recipients", "cinema", {"name": "Cinema Holding B.V."}),
    "a country": ("recipients", "cinema", {"country": "US"}),
    "a transfer ground": ("recipients", "counter", {"transfers": (0, {"grounds": ["standard-clauses"]})}),
    "a role": ("recipients", "cinema", {"role": "processor"}),
}
WORDING = {
    "a service's name": ("services", "counter", {"name": "De teller"}),
    "a description": ("services", "counter", {"description": "Telt."}),
    "the day it was checked": ("services", "counter", {"checked": "2026-12-01"}),
    "a link": ("services", "counter", {"links": {"privacy": "https://stats.example-third.test/privacy"}}),
    "a purpose's sentence": ("purposes", "statistics", {"sentence": "Tellen."}),
    "a service that needs no consent": ("services", "consent-record", {"storage": (0, {"lifetime": "5 months"})}),
}


def _changed(part: str, id: str, change: dict[str, Any]) -> Inventory:
    data = demo_inventory().model_dump(mode="json")
    entry = next(entry for entry in data[part] if entry["id"] == id)
    for key, value in change.items():
        if isinstance(value, tuple):
            index, inner = value
            entry[key][index] |= inner
        else:
            entry[key] = value
    return Inventory.model_validate_json(canonical(data))


def _terms(inventory: Inventory, website: str = "voorbeeld") -> str:
    return terms_digest(inventory, inventory.website(website))


def _text(inventory: Inventory) -> str:
    return first_layer(inventory, inventory.website("voorbeeld"), number=1, policy="/")["texts"]["nl"]["digest"]


@pytest.mark.parametrize("what", WIDENING)
def test_other_terms_have_another_digest(what: str) -> None:
    assert _terms(_changed(*WIDENING[what])) != _terms(demo_inventory())


@pytest.mark.parametrize("what", WORDING)
def test_other_words_have_the_same_terms(what: str) -> None:
    assert _terms(_changed(*WORDING[what])) == _terms(demo_inventory())


def test_a_service_more_or_less_is_other_terms() -> None:
    data = demo_inventory().model_dump(mode="json")
    next(site for site in data["websites"] if site["id"] == "voorbeeld")["services"].remove("cinema")
    assert _terms(Inventory.model_validate_json(canonical(data))) != _terms(demo_inventory())


def test_the_order_of_the_files_does_not_matter() -> None:
    data = demo_inventory().model_dump(mode="json")
    for entry in data["services"]:
        entry["storage"].reverse()
        entry["purposes"].reverse()
    assert _terms(Inventory.model_validate_json(canonical(data))) == _terms(demo_inventory())


def test_other_words_on_the_first_layer_have_another_text_digest() -> None:
    assert _text(_changed("purposes", "statistics", {"sentence": "Tellen."})) != _text(demo_inventory())
    assert _text(_changed("services", "counter", {"description": "Telt."})) == _text(demo_inventory())


def test_websites_under_one_domain_ask_for_the_same() -> None:
    data = demo_inventory().model_dump(mode="json")
    for site in data["websites"]:
        if site["id"] in ("voorbeeld", "deelt"):
            site["shared_domain"] = "voorbeeld.test"
    inventory = Inventory.model_validate_json(canonical(data))
    assert _terms(inventory, "voorbeeld") == _terms(inventory, "deelt")
    assert _terms(inventory, "deelt") != _terms(demo_inventory(), "deelt")


def test_a_retired_service_is_not_asked_for() -> None:
    inventory = _changed("services", "cinema", {"retired": "2026-01-01"})
    assert "cinema" not in [service.id for service in asked_together(inventory, inventory.website("voorbeeld"))]


def test_the_first_layer_knows_the_purposes_and_who_else_there_is() -> None:
    config = first_layer(demo_inventory(), demo_inventory().website("voorbeeld"), number=3, policy="../")
    texts = config["texts"]["nl"]
    assert {key: config[key] for key in ("number", "domain", "purposes", "exempt", "services", "click", "frames")} == {
        "number": 3,
        "domain": "",
        "purposes": ["statistics", "media", "advertising"],
        "exempt": ["remember-choice"],
        "services": {
            "cinema": ["media"],
            "consent-record": [],
            "counter": ["statistics"],
            "friends-ads": ["statistics", "advertising"],
            "friends-login": ["media"],
            "visits": ["statistics"],
        },
        "click": ["friends-login"],
        "frames": {"cinema": "Cinema"},
    }
    assert (texts["list"], [name for name, _ in texts["purposes"]]) == (
        "../cookies/",
        ["Statistiek", "Video", "Advertenties"],
    )


def test_the_second_layer_knows_each_service_with_what_it_keeps() -> None:
    details = second_layer(demo_inventory(), demo_inventory().website("voorbeeld"))
    advertising = next(row for row in details["texts"]["nl"]["purposes"] if row["id"] == "advertising")
    needs = demo_inventory().notices[0].needs_all.format(purposes="Statistiek")
    assert advertising == {
        "id": "advertising",
        "name": "Advertenties",
        "sentence": "Advertenties laten zien die bij u passen.",
        "asked": True,
        "services": [
            {
                "name": "Friends Ads",
                "needs": needs,
                "recipient": "Friends Ltd., Ierland",
                "items": [["_friends_ad", "90 dagen"]],
            }
        ],
    }
    assert ["counter", "cookie", "_counter_*"] in details["items"]
    assert all(item[:2] != ["cinema", "local-storage"] for item in details["items"])


def test_purposes_that_do_not_fit_in_a_cookie_are_refused() -> None:
    data = demo_inventory().model_dump(mode="json")
    name = "statistics-" + "-".join(["very"] * 180) + "-long"
    renamed = canonical(data).replace('"statistics"', f'"{name}"')
    inventory = Inventory.model_validate_json(renamed)
    with pytest.raises(PolicyError) as raised:
        first_layer(inventory, inventory.website("voorbeeld"), number=1, policy="/")
    assert str(raised.value) == (
        "docs/inventory/purposes.toml: 'voorbeeld' asks consent for so many purposes that their names do not fit "
        "in one cookie. Merge or shorten purposes, to 900 letters together."
    )


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError, match=r"^0\.5 is a float\. Write it as text or as a whole number\.$"):
        canonical({"share": [0.5]})
    assert canonical({"b": "e\u0301", "a": [1]}) == '{"a":[1],"b":"é"}'
