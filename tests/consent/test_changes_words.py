"""What is new, told in a sentence for each way in which terms grow."""

import pytest

from policy.consent.code import service_code
from policy.consent.digest import short_digest
from policy.consent.scope import Scope
from policy.consent.words import changes
from tests.inventory.folders import Change
from tests.vectors.announced import announced

COUNTER, ADS, CINEMA = (f"services/{id}.toml" for id in ("counter", "friends-ads", "cinema"))
RECIPIENTS, VOORBEELD = "recipients.toml", "websites/voorbeeld.toml"
NAMED = [
    (RECIPIENTS, "Counter Inc.", "Counter"),
    (RECIPIENTS, "Cinema B.V.", "Cinema"),
    (RECIPIENTS, "Friends Ltd.", "Friends"),
]
TRANSFER = """
[[recipients.transfers]]
country = "US"
grounds = ["dpf", "standard-clauses"]
copy_of_safeguards = "Op te vragen bij ons."
checked = 2026-11-22
"""

TOLD: dict[str, tuple[str, list[Change], str, str]] = {
    "a purpose": (
        "counter",
        [(COUNTER, '["statistics"]', '["statistics", "media"]')],
        "Counter is nu ook voor: Video.",
        "Counter is now also for: Video.",
    ),
    "two purposes": (
        "counter",
        [(COUNTER, '["statistics"]', '["media", "advertising", "statistics"]')],
        "Counter is nu ook voor: Advertenties, Video.",
        "Counter is now also for: Advertisements, Video.",
    ),
    "a recipient": (
        "counter",
        [(COUNTER, 'recipient = "counter"', 'recipient = "cinema"')],
        "Gegevens van Counter gaan nu ook naar: Cinema.",
        "Data of Counter now also go to: Cinema.",
    ),
    "a country": (
        "cinema",
        [(RECIPIENTS, 'country = "NL"', 'country = "BE"')],
        "Gegevens van Cinema gaan nu ook naar: België.",
        "Data of Cinema now also go to: Belgium.",
    ),
    "a ground for a transfer": (
        "counter",
        [(RECIPIENTS, '["dpf"]', '["dpf", "standard-clauses"]')],
        "Gegevens van Counter gaan nu ook naar: "
        "Verenigde Staten (standaardcontractbepalingen van de Europese Commissie).",
        "Data of Counter now also go to: United States (standard contractual clauses of the European Commission).",
    ),
    "a transfer on two grounds": (
        "cinema",
        [(RECIPIENTS, 'country = "NL"\n', 'country = "NL"\n' + TRANSFER)],
        "Gegevens van Cinema gaan nu ook naar: "
        "Verenigde Staten (EU-VS-kader voor gegevensbescherming (Data Privacy Framework), "
        "standaardcontractbepalingen van de Europese Commissie).",
        "Data of Cinema now also go to: United States (EU-US Data Privacy Framework, "
        "standard contractual clauses of the European Commission).",
    ),
    "an item": (
        "counter",
        [(COUNTER, '"_counter_*"', '"_counter_*", "_other"')],
        "Counter bewaart nu ook: _other.",
        "Counter now also stores: _other.",
    ),
    "a lifetime": (
        "counter",
        [(COUNTER, '"13 months"', '"14 months"')],
        "Counter bewaart nu langer: _counter, _counter_*.",
        "Counter now stores for longer: _counter, _counter_*.",
    ),
    "a reader that gets data for the first time": (
        "friends-ads",
        [(ADS, 'read_by = ["friends"]', 'read_by = ["friends", "cinema"]')],
        "Gegevens van Friends Ads gaan nu ook naar: Cinema.",
        "Data of Friends Ads now also go to: Cinema.",
    ),
}
"""What grows, of which service, by which change of the text, and the sentences in Dutch and English."""


@pytest.mark.parametrize(("service", "grows", "dutch", "english"), TOLD.values(), ids=TOLD)
def test_what_is_new_in_a_sentence(service: str, grows: list[Change], dutch: str, english: str) -> None:
    scope = Scope([(1, announced(*NAMED)), (4, announced(*NAMED, *grows))], "voorbeeld")
    newest = [changes(scope, language)["news"][service_code(service)][0] for language in ("nl", "en")]
    assert newest == [[4, dutch], [4, english]]


def test_a_reader_that_already_got_data() -> None:
    one_less = announced(*NAMED, (COUNTER, '["controller", "counter"]', '["controller"]'))
    scope = Scope([(1, one_less), (2, announced(*NAMED))], "voorbeeld")
    assert [changes(scope, language)["news"][service_code("counter")][0] for language in ("nl", "en")] == [
        [2, "Wat Counter bewaart, leest nu ook: Counter."],
        [2, "What Counter stores is now also read by: Counter."],
    ]


def test_the_whole_question_newest_first_and_nothing_of_exempt_services() -> None:
    longer = (COUNTER, '"2 years"', '"3 years"')
    more = (COUNTER, '"_counter_*"', '"_counter_*", "_other"')
    history = [(1, announced(*NAMED)), (2, announced(*NAMED, longer)), (3, announced(*NAMED, longer, more))]
    told = {
        "allow_new": "Toestaan",
        "refuse_new": "Weigeren",
        "choose": "Zelf kiezen",
        "change_later": "Wijzigen kan altijd via Cookie-instellingen op elke pagina.",
        "more": "Alle diensten en cookies",
        "title": "Nieuw: uw keuze gevraagd",
        "intro": [
            "Voorbeeld Film wil op www.voorbeeld.test iets nieuws gebruiken. Zonder uw toestemming gebeurt dat niet. "
            "Wat u eerder koos, blijft zo."
        ],
        "news": {
            service_code("cinema"): [[1, "Cinema is nieuw, voor: Video."]],
            service_code("counter"): [
                [3, "Counter bewaart nu ook: _other."],
                [2, "Counter bewaart nu langer: uid."],
                [1, "Counter is nieuw, voor: Statistiek."],
            ],
            service_code("friends-ads"): [[1, "Friends Ads is nieuw, voor: Statistiek, Advertenties."]],
            service_code("friends-login"): [[1, "Inloggen met Friends is nieuw, voor: Video."]],
            service_code("visits"): [[1, "Eigen meting is nieuw, voor: Statistiek."]],
        },
        "language": "nl",
    }
    assert changes(Scope(history, "voorbeeld"), "nl") == {**told, "digest": short_digest(told)}


def test_a_service_that_is_added_is_told_as_new() -> None:
    without = announced(*NAMED, (VOORBEELD, '"counter", ', ""))
    scope = Scope([(1, without), (2, announced(*NAMED))], "voorbeeld")
    assert [changes(scope, language)["news"][service_code("counter")] for language in ("nl", "en")] == [
        [[2, "Counter is nieuw, voor: Statistiek."]],
        [[2, "Counter is new, for: Statistics."]],
    ]


def test_several_things_at_once_are_as_many_sentences() -> None:
    grows = [
        (COUNTER, '["statistics"]', '["statistics", "media"]'),
        (COUNTER, '"_counter_*"', '"_counter_*", "_other"'),
        (COUNTER, '"2 years"', '"3 years"'),
        (COUNTER, 'read_by = ["counter"]', 'read_by = ["counter", "friends"]'),
    ]
    scope = Scope([(1, announced(*NAMED)), (2, announced(*NAMED, *grows))], "voorbeeld")
    assert changes(scope, "nl")["news"][service_code("counter")][0] == [
        2,
        "Counter is nu ook voor: Video. Gegevens van Counter gaan nu ook naar: Friends. "
        "Counter bewaart nu ook: _other. Counter bewaart nu langer: uid.",
    ]


def test_a_purpose_that_nobody_knows_any_more_is_told_by_its_id() -> None:
    renamed = [
        ("purposes.toml", 'id = "media"', 'id = "film"'),
        (CINEMA, 'purposes = ["media"]', 'purposes = ["film"]'),
        (CINEMA, 'purpose = "media"', 'purpose = "film"'),
        ("services/friends-login.toml", 'purposes = ["media"]', 'purposes = ["film"]'),
        ("notice/en.toml", "[purposes.media]", "[purposes.film]"),
    ]
    grows = announced(*NAMED, (COUNTER, '["statistics"]', '["statistics", "media"]'))
    scope = Scope([(1, announced(*NAMED)), (2, grows), (3, announced(*NAMED, *renamed))], "voorbeeld")
    assert changes(scope, "nl")["news"][service_code("counter")] == [
        [2, "Counter is nu ook voor: media."],
        [1, "Counter is nieuw, voor: Statistiek."],
    ]
