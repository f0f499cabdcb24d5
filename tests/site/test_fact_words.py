"""Readers are told what differs between two inventories, in sentences of their language."""

import re
import tomllib
from collections import Counter
from itertools import pairwise

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings

from policy.inventory.freeze import from_json
from policy.inventory.model import Inventory
from policy.inventory.spoken import in_language
from policy.inventory.translation import Translation
from policy.site.fact_words import SILENT, TOPICS, asked_again, grouped, told
from policy.site.facts.sentences import Phrase, Sentence
from policy.site.languages import CATALOGUES
from policy.versions.diff import DifferenceKind, consequence, differences
from tests.conftest import ROOT
from tests.inventory.folders import Change
from tests.vectors.announced import announced, without
from tests.vectors.histories import History, histories
from tests.versions.changes import CASES, CINEMA, CONTROLLER, COUNTER, PROCESSING, PURPOSES, RECIPIENTS, VISITS

GOLDEN = tomllib.loads((ROOT / "tests" / "golden" / "told" / "differences.toml").read_text("utf-8"))
ENGLISH = Translation(
    language="en",
    texts={
        "Eigen meting": "Own measuring",
        "IP-adres": "IP address",
        "voor- en achternaam": "first and last name",
        "Bewijs van aanmelding": "Proof of sign-up",
        "tot u zich afmeldt": "until you unsubscribe",
        "Nieuwsbrief": "Newsletter",
    },
)


def changes_of(case: str) -> list[Change]:
    own = [(file, old, new) for file, old, new in GOLDEN[case].get("changes", ())]
    return own or CASES[case][0]


def sentences(old: Inventory, new: Inventory, language: str = "nl") -> list[str]:
    """What is told of each difference; empty where it concerns no reader."""
    spoken = [in_language(inventory, language) for inventory in (old, new)]
    return [told(one, *spoken, language) or "" for one in differences(old, new)]


def in_english(*changes: Change) -> Inventory:
    return announced(*changes).model_copy(update={"translations": (ENGLISH,)})


@pytest.mark.parametrize("case", GOLDEN)
def test_a_difference_is_told_there_and_back(case: str) -> None:
    old, new = announced(), announced(*changes_of(case))
    assert {"there": sentences(old, new), "back": sentences(new, old)} == {
        way: GOLDEN[case][way] for way in ("there", "back")
    }


def test_every_change_that_editors_are_told_of_is_told_to_readers_as_well() -> None:
    assert CASES.keys() <= GOLDEN.keys()


def test_every_kind_is_told_under_one_heading_or_is_known_to_concern_no_reader() -> None:
    kinds = Counter(SILENT) + Counter(kind for topic in TOPICS for kind in topic.tellers)
    assert kinds == Counter(DifferenceKind)


def test_every_sentence_is_said_above_or_below() -> None:
    said = {text for case in GOLDEN.values() for text in [*case["there"], *case["back"]]}
    said |= {text for one, other in (GONE, ANOTHER_PARENT) for text in [*sentences(one, other), *sentences(other, one)]}
    unsaid = [sentence.name for sentence in Sentence if not any(_form(sentence).search(text) for text in said)]
    assert unsaid == []


def _form(sentence: Sentence) -> re.Pattern[str]:
    """The sentence with anything in its gaps; after a label it begins with a small letter."""
    parts = [re.escape(part) for part in re.split(r"\{\w+\}", sentence.removesuffix("."))]
    return re.compile(".+".join(parts), re.IGNORECASE)


TASK = 'task = "Films laten zien"'
GONE = (
    without("services", "counter").model_copy(update={"websites": without("websites", "kaal").websites}),
    announced(),
)
ANOTHER_PARENT = tuple(announced((RECIPIENTS, TASK, f'{TASK}\nparent = "{name}"')) for name in ("A", "B"))


def test_a_service_that_comes_is_told_with_its_provider_and_what_it_stores() -> None:
    fewer = without("services", "counter")
    assert sentences(fewer, announced()) == [
        "Counter is een nieuwe dienst, voor: Statistiek. De aanbieder is Counter Inc. "
        "Deze dienst bewaart of leest op uw apparaat: _counter, _counter_* en uid."
    ]
    assert sentences(announced(), fewer) == ["In onze lijst van diensten staat niet meer: Counter."]


def test_a_website_that_comes_is_told_with_all_that_a_choice_there_is_about() -> None:
    fewer = without("websites", "deelt")
    assert sentences(fewer, announced()) == [
        "film.voorbeeld.test staat nu ook in onze lijst van websites. "
        "Uw keuze op deze website gaat over: Cinema en Cookiekeuze."
    ]
    assert sentences(announced(), fewer) == ["In onze lijst van websites staat niet meer: film.voorbeeld.test."]


def test_an_item_of_the_same_name_that_did_not_change_is_not_told() -> None:
    twins = (COUNTER, 'names = ["uid"]', 'names = ["_counter"]')
    purpose = 'purpose = "statistics"\ndescription = "Herkent een terugkerende bezoeker."'
    moved = (COUNTER, purpose, purpose.replace("statistics", "advertising"))
    assert sentences(announced(twins), announced(twins, moved)) == [
        "Counter gebruikt _counter en _counter_* nu voor “Advertenties”, eerst voor “Statistiek”."
    ]


def test_differences_stand_under_headings_with_all_of_one_thing_together() -> None:
    old = announced()
    new = announced(
        (VISITS, 'lifetime = "30 minutes"', 'lifetime = "1 day"'),
        (VISITS, 'name = "Eigen meting"', 'name = "Bezoek"'),
        (COUNTER, '"_counter_*"', '"_counter_*", "a"'),
        (COUNTER, 'purposes = ["statistics"]', 'purposes = ["statistics", "media", "advertising"]'),
        (COUNTER, '"Telt bezoeken."', '"Telt."'),
        (CINEMA, '"Laat films zien."', '"Films."'),
        (PURPOSES, '"Alleen als u dat wilt."', '"Als u wilt."'),
        (RECIPIENTS, 'name = "Cinema B.V."', 'name = "Bioscoop B.V."'),
        (RECIPIENTS, 'country = "NL"', 'country = "BE"'),
        (PROCESSING, 'data = ["email", "optin-proof"]', 'data = ["optin-proof", "ip-address", "order", "name"]'),
        (CONTROLLER, 'value = "eenmanszaak"', 'value = "bv"'),
        (CONTROLLER, "opens = false", "opens = true"),
    )
    assert grouped(differences(old, new), old, new, "nl") == [
        (
            "Diensten en cookies",
            [
                "Bezoek stond er eerst als “Eigen meting”. "
                "Deze dienst bewaart visits_id langer: 1 dag, eerst 30 minuten.",
                "Counter is nu ook voor: Video en Advertenties. Deze dienst bewaart of leest nu ook op uw apparaat: a.",
                "Wat de dienst doet, staat er in andere woorden bij: Cinema en Counter.",
            ],
        ),
        (
            "Ontvangers",
            [
                "Bioscoop B.V. stond er eerst als “Cinema B.V.”. "
                "Deze ontvanger is gevestigd in een ander land: België. Eerst was dat: Nederland."
            ],
        ),
        (
            "Doelen en bewaartermijnen",
            [
                "Bewijs van aanmelding: wij gebruiken hiervoor nu ook: IP-adres; wat u bestelt, onze afspraken en de "
                "facturen; voor- en achternaam. Wij gebruiken hiervoor niet meer: e-mailadres."
            ],
        ),
        (
            "Wie wij zijn",
            ["Onze rechtsvorm is nu bv. Eerst was dat eenmanszaak.", "Wij meten nu of u onze nieuwsbrief opent."],
        ),
    ]


def test_what_concerns_no_reader_has_no_heading() -> None:
    new = announced((PURPOSES, '"Alleen als u dat wilt."', '"Als u wilt."'))
    assert grouped(differences(announced(), new), announced(), new, "nl") == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([], "Hierdoor vragen wij niets opnieuw."),
        (
            [(COUNTER, 'lifetime = "2 years"', 'lifetime = "3 years"'), (VISITS, '"30 minutes"', '"31 minutes"')],
            "Hierdoor vragen wij opnieuw om toestemming voor: Counter en Eigen meting.",
        ),
    ],
)
def test_it_is_told_for_which_services_consent_is_asked_again(changes: list[Change], words: str) -> None:
    new = announced(*changes)
    assert asked_again(consequence(differences(announced(), new)), new, "nl") == words


@settings(max_examples=100, deadline=None)
@given(histories())
def test_what_readers_must_know_beforehand_is_always_told(history: History) -> None:
    for (_, old), (_, new) in pairwise(history):
        for one in differences(old, new):
            text = told(one, old, new, "nl")
            assert text or not one.substantive, one
            assert text is None or (text.endswith(".") and not re.search(r"[{}]|\.\.|“”|: \.|  ", text)), text


def test_the_two_published_versions_are_told_in_fewer_than_eighty_pieces() -> None:
    old, new = (_published(number) for number in (1, 2))
    found = grouped(differences(old, new), old, new, "nl")
    texts = [text for _, group in found for text in group]
    assert 20 < len(texts) == len(set(texts)) < 80
    assert [text for text in texts if not text.endswith(".") or re.search(r"[{}]|\.\.|“”|: \.|  ", text)] == []


def _published(number: int) -> Inventory:
    path = ROOT / "docs" / "versies" / str(number) / "inventory.json"
    inventory = from_json(path.read_text("utf-8"), str(path), [])
    assert inventory
    return inventory


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ((COUNTER, 'purposes = ["statistics"]', 'purposes = ["advertising"]'), ["Advertisements", "Statistics"]),
        (("services/friends-ads.toml", 'purpose = "advertising"', 'purpose = "statistics"'), ["Statistics"]),
        (
            (PURPOSES, 'exemption = "requested-service"', 'exemption = "transmission"'),
            ["Remembering your choice", "needed to make the connection"],
        ),
        ((VISITS, '"30 minutes"', '"31 minutes"'), ["Own measuring", "31 minutes", "30 minutes"]),
        ((RECIPIENTS, 'country = "NL"', 'country = "BE"'), ["Belgium", "Netherlands"]),
        ((RECIPIENTS, 'grounds = ["dpf"]', 'grounds = ["adequacy"]'), ["adequacy decision", "United States"]),
        ((RECIPIENTS, 'role = "processor"', 'role = "controller"'), ["independent controller", "processor"]),
        ((PROCESSING, '["email", "optin-proof"]', '["email", "optin-proof", "name"]'), ["first and last name"]),
        ((PROCESSING, '"tot u zich afmeldt"', '"zolang u wilt"'), ["Newsletter", "until you unsubscribe"]),
    ],
)
def test_names_and_codes_are_said_in_the_language_of_the_page(change: Change, names: list[str]) -> None:
    text = " ".join(sentences(in_english(), in_english(change), "en"))
    assert [name for name in names if name not in text] == []


def test_what_one_inventory_does_not_translate_is_found_in_the_other() -> None:
    less, more = '["optin-proof"]', '["email", "optin-proof", "name"]'
    plain, translated = (PROCESSING, '["email", "optin-proof"]', less), (PROCESSING, '["email", "optin-proof"]', more)
    for old, new in ((announced(translated), in_english(plain)), (in_english(translated), announced(plain))):
        text = " ".join(sentences(old, new, "en"))
        assert "Proof of sign-up" in text
        assert "first and last name" in text


def _catalogue() -> dict[str, str]:
    with (CATALOGUES / "en.po").open("rb") as file:
        return {message.id: str(message.string) for message in read_po(file) if isinstance(message.id, str)}


def test_every_sentence_has_its_english_with_the_same_gaps() -> None:
    catalogue = _catalogue()
    english = {said: catalogue.get(said, "") for said in (*Sentence, *Phrase)}
    assert [said.value for said, text in english.items() if not text] == []
    assert [text for said, text in english.items() if _gaps(text) != _gaps(said)] == []


def _gaps(text: str) -> list[str]:
    return sorted(gap.lower() for gap in re.findall(r"\{\w+\}", text))


def test_english_pages_tell_in_english() -> None:
    changes = (
        (VISITS, 'lifetime = "30 minutes"', 'lifetime = "1 day"'),
        (PROCESSING, '["email", "optin-proof"]', '["email", "optin-proof", "name"]'),
    )
    old, new = in_english(), in_english(*changes)
    found = differences(old, new)
    spoken = in_language(old, "en"), in_language(new, "en")
    assert grouped(found, *spoken, "en") == [
        ("Services and cookies", ["Own measuring now keeps visits_id for longer: 1 day, was 30 minutes."]),
        (
            "Purposes and retention periods",
            ["Proof of sign-up: we now also use for this: first and last name."],
        ),
    ]
    assert (
        asked_again(consequence(found), spoken[1], "en") == "Because of this we ask consent again for: Own measuring."
    )
