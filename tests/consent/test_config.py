"""What the module is told about a website."""

from typing import Any

import pytest

from policy.consent.code import purpose_code, service_code
from policy.consent.config import entry
from policy.consent.details import after, frames, second_layer, signals
from policy.consent.digest import canonical
from policy.consent.evidence import shown_texts
from policy.consent.scope import Scope
from policy.consent.words import first_layer
from policy.errors import PolicyError
from policy.inventory.model import Call, Inventory, Website
from tests import demo

STATISTICS, MEDIA, ADVERTISING = (purpose_code(id) for id in ("statistics", "media", "advertising"))


def _scope(inventory: Inventory | None = None, website: str = "voorbeeld") -> Scope:
    return Scope(((3, inventory or demo.inventory()),), website)


def _with(service: str, **facts: Any) -> Inventory:
    services = tuple(s.model_copy(update=facts) if s.id == service else s for s in demo.inventory().services)
    return demo.inventory().model_copy(update={"services": services})


def _decoded(config: dict[str, Any]) -> dict[str, list[Any]]:
    """The kind of each service by its code, as decision.js reads it."""
    code, found = 0, {}
    for step in config["services"]:
        times, kind = divmod(step, len(config["kinds"]))
        code += times
        found[code] = list(config["kinds"][kind])
    return {service: found[int(service, 36)] for service in map(service_code, _ids()) if int(service, 36) in found}


def _ids() -> list[str]:
    return [service.id for service in demo.inventory().services]


def test_the_entry_knows_what_each_service_needs() -> None:
    config = entry(_scope(), "../")
    assert _decoded(config) == {
        service_code("cinema"): [3, MEDIA],
        service_code("counter"): [3, STATISTICS],
        service_code("friends-ads"): [3, STATISTICS, ADVERTISING],
        service_code("friends-login"): [3, MEDIA],
        service_code("visits"): [3, STATISTICS],
    }
    assert config["names"] == {
        "remember-choice": [],
        "functional": [],
        "consent-record": [],
        "statistics": [(STATISTICS, 0)],
        "optional": [(STATISTICS, 0), (MEDIA, 0), (ADVERTISING, 0)],
        "media": [(MEDIA, 0)],
        "advertising": [(ADVERTISING, 0)],
    }
    rest = {key: config[key] for key in ("number", "list", "languages", "click", "signals")}
    assert rest == {
        "number": 3,
        "list": "../cookies/",
        "languages": ("nl",),
        "click": ["friends-login"],
        "signals": 0,
    }


def test_other_names_stand_for_what_they_are_called() -> None:
    inventory = _with("counter", also_called=("google-analytics",))
    purposes = tuple(
        p.model_copy(update={"also_called": ("analytics",)}) if p.id == "statistics" else p for p in inventory.purposes
    )
    names = entry(_scope(inventory.model_copy(update={"purposes": purposes})), "/")["names"]
    assert names["google-analytics"] == [(service_code("counter"), 3), (STATISTICS, 0)]
    assert names["analytics"] == [(STATISTICS, 0)]


def test_the_first_layer_names_who_and_why() -> None:
    texts = first_layer(_scope(), "nl")
    assert [name for name, _ in texts["purposes"]] == ["Statistiek", "Video", "Advertenties"]
    assert "Voorbeeld Film" in texts["intro"][0] and "3 andere bedrijven" in texts["intro"][0]
    assert [name for name, _ in first_layer(_scope(website="deelt"), "en")["purposes"]] == ["Video"]


def test_other_words_on_the_first_layer_have_another_digest() -> None:
    same = first_layer(_scope(_with("counter", description="Telt.")), "nl")["digest"]
    purposes = tuple(p.model_copy(update={"sentence": "Tellen."}) for p in demo.inventory().purposes)
    other = first_layer(_scope(demo.inventory().model_copy(update={"purposes": purposes})), "nl")["digest"]
    now = first_layer(_scope(), "nl")["digest"]
    assert (same == now, other == now) == (True, False)


def test_the_second_layer_knows_each_service_with_what_it_keeps() -> None:
    advertising = next(row for row in second_layer(_scope(), "nl")["purposes"] if row["id"] == "advertising")
    assert advertising == {
        "id": "advertising",
        "code": ADVERTISING,
        "name": "Advertenties",
        "sentence": "Advertenties laten zien die bij u passen.",
        "asked": True,
        "services": [
            {
                "id": "friends-ads",
                "code": service_code("friends-ads"),
                "name": "Friends Ads",
                "purposes": [STATISTICS, ADVERTISING],
                "needs": "Werkt alleen als u ook dit toestaat: Statistiek.",
                "recipient": "Friends Ltd., Ierland",
                "items": [["_friends_ad", "90 dagen"]],
            }
        ],
    }


def test_a_frame_knows_its_service_and_what_always_means() -> None:
    assert frames(_scope(), "nl")["services"] == {service_code("cinema"): ["Cinema", "Video"]}


def test_what_follows_a_choice_knows_what_can_be_removed_and_whom_to_tell() -> None:
    revoke = Call(function="fbq", arguments=("consent", "revoke"))
    told = after(_scope(_with("friends-ads", on_withdrawal=(revoke,))), "nl")
    assert ["counter", "cookie", "_counter_*"] in told["items"]
    assert ["visits", "local", "visits:*"] in told["items"]
    assert all(service != "cinema" for service, *_ in told["items"])  # the player's own host keeps it
    assert told["calls"] == {service_code("friends-ads"): [["fbq", "consent", "revoke"]]}
    assert set(told["left"]) == {service_code("counter"), service_code("cinema")}


def test_consent_mode_comes_from_the_inventory() -> None:
    inventory = _with("friends-ads", consent_mode={"ad_storage": "advertising", "analytics_storage": "statistics"})
    assert signals(_scope(inventory)) == {"mode": {"ad_storage": "advertising", "analytics_storage": "statistics"}}
    assert entry(_scope(inventory), "/")["signals"] == 1


def test_every_text_that_is_shown_is_evidence_under_its_digest() -> None:
    texts = shown_texts(((3, demo.inventory()),))
    assert {(website, kept["part"]) for kept in texts.values() for website in kept["websites"]} >= {
        (website, part)
        for website in ("voorbeeld", "deelt")
        for part in ("first layer", "what is new", "second layer", "frame")
    }
    assert all(kept["text"]["digest"] == digest for digest, kept in texts.items())


def test_answers_that_do_not_fit_in_a_cookie_are_refused() -> None:
    base = demo.inventory()
    services = tuple(base.service("counter").model_copy(update={"id": f"counter-{n}"}) for n in range(1000))
    website = Website(
        id="groot", name="groot", origin="https://g.test", languages=("nl",), services=tuple(s.id for s in services)
    )
    inventory = base.model_copy(update={"services": services, "websites": (website,)})
    with pytest.raises(PolicyError) as raised:
        entry(_scope(inventory, "groot"), "/")
    assert str(raised.value) == (
        "docs/inventory/websites/groot.toml: 'groot' asks consent for 1000 services and 1 purposes, more than the "
        "answers that fit in one cookie. Take services off the website: at most 965 of both together."
    )


def test_two_names_with_one_code_are_refused() -> None:
    seen: dict[str, str] = {}
    first = second = ""
    for number in range(100_000):
        name = f"dienst-{number}"
        if other := seen.get(service_code(name)):
            first, second = other, name
            break
        seen[service_code(name)] = name
    services = tuple(demo.inventory().service("counter").model_copy(update={"id": id}) for id in (first, second))
    inventory = demo.inventory().model_copy(update={"services": (*demo.inventory().services, *services)})
    with pytest.raises(PolicyError) as raised:
        demo.bundle([(3, inventory)], "voorbeeld", sources=demo.SOURCES, policy="/")
    assert str(raised.value) == (
        f"docs/inventory/services/{second}.toml: '{second}' has the same short code as '{first}'. Give it another id."
    )


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError, match=r"^0\.5 is a float\. Write it as text or as a whole number\.$"):
        canonical({"share": [0.5]})
    assert canonical({"b": "e\u0301", "a": [1]}) == '{"a":[1],"b":"é"}'
