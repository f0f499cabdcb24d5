"""What differs between two inventories, what readers are told of it, and whether consent is asked again."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from policy.inventory.model import OWN_LANGUAGE, Inventory
from policy.inventory.terms import asked_purposes, asked_together, terms, widenings
from policy.inventory.translation import Translation
from policy.versions.diff import (
    Consequence,
    Difference,
    DifferenceKind,
    as_data,
    consequence,
    consequence_in_words,
    differences,
    in_words,
)
from policy.versions.facts.processing import is_shorter
from tests.inventory.folders import Change
from tests.length import tries
from tests.vectors.announced import announced, without
from tests.vectors.histories import History, histories
from tests.versions.changes import ADS, CASES, COUNTER, RECIPIENTS, VISITS, Told

FRIENDS = "substantive: asks consent again for friends-ads, friends-login"


def told(found: list[Difference]) -> list[Told]:
    return [(in_words(one), _asks(one)) for one in found]


def _asks(one: Difference) -> str:
    if one.widens:
        return f"ask {' '.join(one.asks_again)}"
    return "tell" if one.substantive else "editorial"


@pytest.mark.parametrize(("changes", "there", "back"), CASES.values(), ids=CASES)
def test_a_change_is_told_there_and_back(changes: list[Change], there: list[Told], back: list[Told]) -> None:
    old, new = announced(), announced(*changes)
    assert told(differences(old, new)) == there
    assert told(differences(new, old)) == back


def test_a_service_that_comes_is_asked_for_and_one_that_goes_is_not() -> None:
    fewer = without("services", "counter")
    assert told(differences(fewer, announced())) == [("service added: Counter", "ask counter")]
    assert told(differences(announced(), fewer)) == [("service gone: Counter", "editorial")]


def test_what_needs_no_consent_is_never_asked_for() -> None:
    fewer = without("services", "consent-record")
    assert told(differences(fewer, announced())) == [("service added: Cookiekeuze", "editorial")]


def test_what_no_website_runs_is_asked_for_by_none_but_readers_are_told_who_would_get_data() -> None:
    websites = tuple(one.model_copy(update={"services": ()}) for one in announced().websites)
    idle = announced().model_copy(update={"websites": websites})
    fewer = idle.model_copy(update={"services": tuple(one for one in idle.services if one.id != "counter")})
    longer = announced((COUNTER, 'lifetime = "2 years"', 'lifetime = "3 years"')).model_copy(
        update={"websites": websites}
    )
    assert told(differences(fewer, idle)) == [("service added: Counter", "tell")]
    assert told(differences(idle, longer)) == [("Counter: keeps uid longer (2 years → 3 years)", "editorial")]


def test_a_website_that_comes_asks_for_what_ran_elsewhere() -> None:
    fewer = without("websites", "voorbeeld")
    asked = "ask counter friends-ads friends-login visits cinema"
    (came,) = differences(fewer, announced())
    assert (in_words(came), sorted(came.asks_again)) == ("website added: www.voorbeeld.test", sorted(asked.split()[1:]))
    assert told(differences(announced(), fewer)) == [("website gone: www.voorbeeld.test", "editorial")]


def test_words_in_another_language_are_editorial() -> None:
    english = Translation(language="en", texts={"Bezoek meten": "Count visits"})
    more = announced().model_copy(update={"translations": (english,)})
    fewer = announced().model_copy(
        update={"notices": tuple(one for one in announced().notices if one.language == OWN_LANGUAGE)}
    )
    assert told(differences(announced(), more)) == [("words added: translation/en", "editorial")]
    assert told(differences(more, announced())) == [("words gone: translation/en", "editorial")]
    assert told(differences(announced(), fewer)) == [("words gone: notice/en", "editorial")]


def test_every_kind_of_difference_is_met_above() -> None:
    pairs = [(announced(), announced(*changes)) for changes, *_ in CASES.values()]
    pairs += [(without(kind, id), announced()) for kind, id in (("services", "counter"), ("websites", "voorbeeld"))]
    met = {one.kind for old, new in pairs for way in ((old, new), (new, old)) for one in differences(*way)}
    assert set(DifferenceKind) - met == {DifferenceKind.WORDS_ADDED, DifferenceKind.WORDS_GONE}


def test_a_difference_is_plain_data_with_every_key() -> None:
    longer = (COUNTER, 'lifetime = "2 years"', 'lifetime = "3 years"')
    plain = {"what": ["uid"], "fields": [], "before": "2 years", "after": "3 years", "reveals": False}
    asks = {"asks_again": ["counter"], "substantive": True, "widens": True}
    found = as_data(differences(announced(), announced(longer)))
    assert found == [{"kind": "longer lifetime", "subject": "counter", "name": "Counter", **plain, **asks}]
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("changes", "level", "services", "words"),
    [
        ([], "nothing", (), "nothing"),
        ([(VISITS, 'lifetime = "30 minutes"', 'lifetime = "29 minutes"')], "editorial", (), "editorial"),
        ([(RECIPIENTS, '"Friends Ltd."', '"Friends B.V."')], "substantive", ("friends-ads", "friends-login"), FRIENDS),
        (
            [
                (VISITS, 'lifetime = "30 minutes"', 'lifetime = "31 minutes"'),
                (COUNTER, 'lifetime = "2 years"', 'lifetime = "3 years"'),
                (COUNTER, '"_counter_*"', '"_counter_*", "_other"'),
            ],
            "substantive",
            ("counter", "visits"),
            "substantive: asks consent again for counter, visits",
        ),
        ([("controller.toml", "clicks = false", "clicks = true")], "substantive", (), "substantive"),
    ],
)
def test_the_consequence_of_all_differences(
    changes: list[Change], level: str, services: tuple[str, ...], words: str
) -> None:
    found = consequence(differences(announced(), announced(*changes)))
    assert found == Consequence(level, services)
    assert consequence_in_words(found) == words


def test_questions_and_the_order_of_lists_are_no_difference() -> None:
    asking = announced((RECIPIENTS, 'task = "Bezoek meten"', 'task = "Bezoek meten"\nconfirm = "Nog steeds?"'))
    turned = announced().model_copy(update={"recipients": announced().recipients[::-1]})
    names = announced(
        ("websites/deelt.toml", '["nl", "en"]', '["en", "nl"]'),
        (ADS, '["statistics", "advertising"]', '["advertising", "statistics"]'),
    )
    assert [differences(announced(), other) for other in (asking, turned, names)] == [[], [], []]


@pytest.mark.parametrize(
    ("old", "new", "shorter"),
    [
        ("7 jaar na het einde", "5 jaar na het einde", True),
        ("1 jaar na uw bezoek", "11 maanden na uw bezoek", True),
        ("30 dagen; daarna 2 weken", "4 weken; daarna 14 dagen", True),
        ("30 dagen; daarna 2 weken", "29 dagen; daarna 3 weken", False),
        ("11 maanden na uw bezoek", "1 jaar na uw bezoek", False),
        ("7 jaar na het einde", "5 jaar na het begin", False),
        ("tot u zich afmeldt", "1 jaar", False),
    ],
)
def test_retention_is_shorter_only_where_no_period_is_longer_and_nothing_else_differs(
    old: str, new: str, shorter: bool
) -> None:
    assert is_shorter(old, new) is shorter


def asked_again(old: Inventory, new: Inventory) -> set[str]:
    """What visitors of some website are asked again, by the rule that the consent module follows."""
    found = set()
    for website in new.websites:
        then = [one for one in old.websites if one.id == website.id]
        before = {service.id: service for one in then for service in asked_together(old, one)}
        for service in asked_together(new, website):
            known = terms(old, before[service.id]) if service.id in before else None
            if asked_purposes(new, service) and widenings(known, terms(new, service)):
                found.add(service.id)
    return found


def facts(inventory: Inventory) -> Any:
    """All that an inventory states, in one order and without questions."""

    def sort(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: sort(part) for key, part in value.items() if key != "confirm"}
        return sorted((sort(part) for part in value), key=json.dumps) if isinstance(value, list) else value

    return sort(inventory.model_dump(mode="json"))


@tries(100, 300)
@given(histories())
def test_consent_is_asked_again_exactly_where_terms_widened_and_no_difference_is_unseen(history: History) -> None:
    for (_, old), (_, new) in pairwise(history):
        found = differences(old, new)
        assert {id for one in found for id in one.asks_again} == asked_again(old, new)
        assert bool(found) == (facts(old) != facts(new))
        assert differences(new, new) == []


SAME = {"id", "confirm", "language"}
NAMES = {"recipient", "purpose", "purposes", "data", "category", "recipients", "services", "read_by"}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key, part in value.items() if key not in SAME for found in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [found for at, part in enumerate(value) for found in leaves(part, (*path, at))]
    return [path]


def test_no_fact_that_a_file_states_changes_unseen() -> None:
    """Every value of the demonstration, changed alone, is told; names of other facts are tried by histories."""
    tried = 0
    for path in leaves(announced().model_dump(mode="json", exclude_none=True)):
        plain = announced().model_dump(mode="json", exclude_none=True)
        place = plain
        for step in path[:-1]:
            place = place[step]
        value = place[path[-1]]
        place[path[-1]] = not value if isinstance(value, bool) else f"{value}x"
        if path[-1] in NAMES or path[-2] in NAMES:
            continue
        try:
            changed = Inventory.model_validate_json(json.dumps(plain))
        except ValueError:
            continue
        tried += 1
        assert differences(announced(), changed), path
    assert tried > 300
