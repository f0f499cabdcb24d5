"""Changes of an inventory's text, with what an editor is told of them, there and back."""

from tests.inventory.folders import Change

COUNTER, ADS, CINEMA, VISITS, RECORD = (
    f"services/{id}.toml" for id in ("counter", "friends-ads", "cinema", "visits", "consent-record")
)
RECIPIENTS, PURPOSES, PROCESSING, CONTROLLER = (
    f"{name}.toml" for name in ("recipients", "purposes", "processing", "controller")
)
VOORBEELD, KAAL = "websites/voorbeeld.toml", "websites/kaal.toml"
TRANSFER = """
[[recipients.transfers]]
country = "US"
grounds = ["dpf"]
copy_of_safeguards = "Op te vragen bij ons."
checked = 2026-11-22
"""
SURVEYS = """
[[purposes]]
id = "surveys"
category = "optional"
name = "Vragenlijsten"
sentence = "Vragen stellen."
legal_basis = "consent"
"""
MAPS = """
[[recipients]]
id = "maps"
name = "Maps N.V."
role = "processor"
task = "Kaarten"
country = "BE"
"""

Told = tuple[str, str]
"""A sentence, and what it asks: `editorial`, `tell` (beforehand), or `ask` (again) with the ids of services."""

CASES: dict[str, tuple[list[Change], list[Told], list[Told]]] = {
    "a service that ends": (
        [(COUNTER, "checked = 2026-11-22", "checked = 2026-11-22\nretired = 2026-12-01")],
        [("service retired: Counter", "editorial")],
        [("service returned: Counter", "ask counter")],
    ),
    "the words of a service": (
        [
            (COUNTER, 'description = "Telt bezoeken."', 'description = "Telt."'),
            (COUNTER, 'name = "Counter"', 'name = "Teller"'),
        ],
        [("Teller: other facts (name, description)", "editorial")],
        [("Counter: other facts (name, description)", "editorial")],
    ),
    "what a service sends": (
        [(COUNTER, '"Uw IP-adres en de pagina die u bekijkt."', '"De pagina die u bekijkt."')],
        [("Counter: what it sends is told in other words; look whether it sends more", "editorial")],
        [("Counter: what it sends is told in other words; look whether it sends more", "editorial")],
    ),
    "another recipient of a service": (
        [(COUNTER, 'recipient = "counter"', 'recipient = "cinema"')],
        [("Counter: data goes to Cinema B.V., no longer to Counter Inc.", "ask counter")],
        [("Counter: data goes to Counter Inc., no longer to Cinema B.V.", "tell")],
    ),
    "a service that stays with us": (
        [
            (CINEMA, 'recipient = "cinema"', 'recipient = "controller"'),
            (CINEMA, 'read_by = ["cinema"]', 'read_by = ["controller"]'),
        ],
        [
            ("Cinema: data stays with Voorbeeld Film, no longer goes to Cinema B.V.", "editorial"),
            ("Cinema: no longer lets Cinema B.V. read cinema_volume", "editorial"),
            ("Cinema: other facts of cinema_volume (read_by)", "editorial"),
        ],
        [
            ("Cinema: data goes to Cinema B.V., no longer to Voorbeeld Film", "ask cinema"),
            ("Cinema: lets Cinema B.V. read cinema_volume", "ask cinema"),
            ("Cinema: other facts of cinema_volume (read_by)", "editorial"),
        ],
    ),
    "a purpose of a service": (
        [(COUNTER, 'purposes = ["statistics"]', 'purposes = ["statistics", "media"]')],
        [("Counter: new purpose Video", "ask counter")],
        [("Counter: no longer for Video", "editorial")],
    ),
    "items": (
        [(COUNTER, '"_counter", "_counter_*"', '"z", "_counter", "_counter_*", "a"')],
        [("Counter: stores a and 1 more as well", "ask counter")],
        [("Counter: no longer stores a and 1 more", "editorial")],
    ),
    "an item kept in another way": (
        [(CINEMA, 'kind = "local-storage"', 'kind = "indexed-db"')],
        [
            (
                (
                    "Cinema: stores cinema_volume as indexed-db player.example-cinema.test, no longer as local-storage "
                    "player.example-cinema.test"
                ),
                "ask cinema",
            )
        ],
        [
            (
                (
                    "Cinema: stores cinema_volume as local-storage player.example-cinema.test, no longer as indexed-db "
                    "player.example-cinema.test"
                ),
                "ask cinema",
            )
        ],
    ),
    "the party of an item": (
        [(CINEMA, 'party = "third"', 'party = "first"')],
        [("Cinema: other facts of cinema_volume (party)", "editorial")],
        [("Cinema: other facts of cinema_volume (party)", "editorial")],
    ),
    "the purpose of an item": (
        [(ADS, 'purpose = "advertising"', 'purpose = "statistics"')],
        [("Friends Ads: stores _friends_ad for Statistiek, no longer for Advertenties", "ask friends-ads")],
        [("Friends Ads: stores _friends_ad for Advertenties, no longer for Statistiek", "ask friends-ads")],
    ),
    "lifetimes": (
        [
            (COUNTER, 'lifetime = "13 months"', 'lifetime = "14 months"'),
            (COUNTER, 'lifetime = "2 years"', 'lifetime = "until cleared"'),
        ],
        [
            ("Counter: keeps _counter and 1 more longer (13 months → 14 months)", "ask counter"),
            ("Counter: keeps uid longer (2 years → until cleared)", "ask counter"),
        ],
        [
            ("Counter: keeps _counter and 1 more shorter (14 months → 13 months)", "editorial"),
            ("Counter: keeps uid shorter (until cleared → 2 years)", "editorial"),
        ],
    ),
    "a lifetime that starts anew": (
        [(COUNTER, "renewed = true", "renewed = false")],
        [("Counter: the lifetime of uid no longer starts anew", "editorial")],
        [("Counter: the lifetime of uid starts anew with each visit", "ask counter")],
    ),
    "the same lifetime in another unit": (
        [(COUNTER, 'lifetime = "2 years"', 'lifetime = "24 months"')],
        [("Counter: other facts of uid (lifetime)", "editorial")],
        [("Counter: other facts of uid (lifetime)", "editorial")],
    ),
    "a reader that is new to a service": (
        [(CINEMA, 'read_by = ["cinema"]', 'read_by = ["cinema", "friends"]')],
        [("Cinema: lets Friends Ltd. read cinema_volume", "ask cinema")],
        [("Cinema: no longer lets Friends Ltd. read cinema_volume", "editorial")],
    ),
    "a reader that read another item": (
        [(COUNTER, '["controller", "counter"]', '["controller"]')],
        [("Counter: no longer lets Counter Inc. read _counter and 1 more", "editorial")],
        [("Counter: lets Counter Inc. read _counter and 1 more", "ask counter")],
    ),
    "an item that needs no consent": (
        [
            (RECORD, 'names = ["consent"]', 'names = ["consent", "more"]'),
            (RECORD, 'lifetime = "6 months"', 'lifetime = "7 months"'),
        ],
        [
            ("Cookiekeuze: stores more as well", "editorial"),
            ("Cookiekeuze: keeps consent longer (6 months → 7 months)", "editorial"),
        ],
        [
            ("Cookiekeuze: no longer stores more", "editorial"),
            ("Cookiekeuze: keeps consent shorter (7 months → 6 months)", "editorial"),
        ],
    ),
    "a purpose": (
        [(PURPOSES, '[[purposes]]\nid = "statistics"', SURVEYS + '\n[[purposes]]\nid = "statistics"')],
        [("purpose added: Vragenlijsten", "tell")],
        [("purpose gone: Vragenlijsten", "editorial")],
    ),
    "the words of a purpose": (
        [(PURPOSES, '"Meten welke pagina\'s worden bekeken."', '"Meten."')],
        [("purpose Statistiek: other facts (sentence)", "editorial")],
        [("purpose Statistiek: other facts (sentence)", "editorial")],
    ),
    "an exemption": (
        [
            (
                PURPOSES,
                'name = "Statistiek"\nsentence = "Meten welke pagina\'s worden bekeken."\nlegal_basis = "consent"',
                (
                    'name = "Statistiek"\nsentence = "Meten welke pagina\'s worden bekeken."\nlegal_basis = '
                    '"legitimate-interests"\nexemption = "limited-analytics"'
                ),
            )
        ],
        [
            ("purpose Statistiek: needs no consent any more (limited-analytics)", "tell"),
            ("purpose Statistiek: legal basis consent → legitimate-interests", "tell"),
        ],
        [
            ("purpose Statistiek: needs consent now", "ask counter friends-ads visits"),
            ("purpose Statistiek: legal basis legitimate-interests → consent", "tell"),
        ],
    ),
    "headings": (
        [
            (
                PURPOSES,
                '[[purposes]]\nid = "remember-choice"',
                (
                    '[[categories]]\nid = "more"\nname = "Meer"\nsentence = "Meer."\n\n[[purposes]]\nid = '
                    '"remember-choice"'
                ),
            ),
            (PURPOSES, '"Alleen als u dat wilt."', '"Als u wilt."'),
        ],
        [("heading added: Meer", "editorial"), ("heading Met toestemming: other facts (sentence)", "editorial")],
        [("heading gone: Meer", "editorial"), ("heading Met toestemming: other facts (sentence)", "editorial")],
    ),
    "a recipient": (
        [(RECIPIENTS, '[[recipients]]\nid = "friends"', MAPS + '\n[[recipients]]\nid = "friends"')],
        [("recipient added: Maps N.V.", "tell")],
        [("recipient gone: Maps N.V.", "editorial")],
    ),
    "who a recipient is": (
        [
            (RECIPIENTS, 'name = "Counter Inc."', 'name = "Counter Holding Inc."'),
            (RECIPIENTS, 'role = "processor"', 'role = "controller"'),
        ],
        [
            ("Counter Holding Inc.: was called Counter Inc.", "ask counter"),
            ("Counter Holding Inc.: role processor → controller", "ask counter"),
        ],
        [
            ("Counter Inc.: was called Counter Holding Inc.", "ask counter"),
            ("Counter Inc.: role controller → processor", "ask counter"),
        ],
    ),
    "where a recipient is": (
        [(RECIPIENTS, 'country = "NL"', 'country = "BE"')],
        [("Cinema B.V.: country NL → BE", "ask cinema")],
        [("Cinema B.V.: country BE → NL", "ask cinema")],
    ),
    "a transfer": (
        [(RECIPIENTS, 'country = "NL"\n', 'country = "NL"\n' + TRANSFER)],
        [("Cinema B.V.: transfer to US (dpf)", "ask cinema")],
        [("Cinema B.V.: no transfer to US any more", "editorial")],
    ),
    "a ground for a transfer": (
        [(RECIPIENTS, 'grounds = ["dpf"]', 'grounds = ["dpf", "standard-clauses"]')],
        [("Counter Inc.: another ground for the transfer to US: standard-clauses", "ask counter")],
        [("Counter Inc.: no longer a ground for the transfer to US: standard-clauses", "editorial")],
    ),
    "the words of a recipient": (
        [(RECIPIENTS, '"Bezoek meten"', '"Meten"'), (RECIPIENTS, '"Op te vragen bij ons."', '"Vraag ons erom."')],
        [("Counter Inc.: other facts (task, transfers)", "editorial")],
        [("Counter Inc.: other facts (task, transfers)", "editorial")],
    ),
    "the facts of a website": (
        [
            (VOORBEELD, 'name = "www.voorbeeld.test"', 'name = "voorbeeld.test"'),
            (VOORBEELD, 'languages = ["nl"]', 'languages = ["nl", "en"]'),
        ],
        [("website voorbeeld.test: other facts (name, languages)", "editorial")],
        [("website www.voorbeeld.test: other facts (name, languages)", "editorial")],
    ),
    "a service on another website": (
        [(KAAL, '["consent-record"]', '["consent-record", "counter"]')],
        [("website kaal.test: a choice there is about Counter as well", "ask counter")],
        [("website kaal.test: a choice there is no longer about Counter", "editorial")],
    ),
    "websites that share a choice": (
        [(VOORBEELD, 'languages = ["nl"]', 'languages = ["nl"]\nshared_domain = "voorbeeld.test"')],
        [
            (
                "website film.voorbeeld.test: a choice there is about Counter and 3 more as well",
                "ask counter friends-ads friends-login visits",
            ),
            ("website www.voorbeeld.test: other facts (shared_domain)", "editorial"),
        ],
        [
            ("website film.voorbeeld.test: a choice there is no longer about Counter and 3 more", "editorial"),
            ("website www.voorbeeld.test: other facts (shared_domain)", "editorial"),
        ],
    ),
    "an activity": (
        [
            (
                PROCESSING,
                "# Doel 7.",
                """[[activities]]
id = "maps"
name = "Kaarten"
purpose = "Kaarten tonen."
data = ["name"]
legal_basis = "consent"
provision = "optional"
source = "uzelf"
retention = "1 dag"
""",
            )
        ],
        [("processing activity added: Kaarten", "tell")],
        [("processing activity gone: Kaarten", "editorial")],
    ),
    "the words of an activity": (
        [
            (PROCESSING, '"Facturen sturen en betalingen ontvangen of terugbetalen."', '"Facturen sturen."'),
            (PROCESSING, 'source = "uw apparaat, bij elk bezoek"', 'source = "uw apparaat"'),
        ],
        [
            ("activity Betalingen verwerken: its purpose is told in other words; look whether it is another", "tell"),
            ("activity Websites beveiligen: other facts (source)", "editorial"),
        ],
        [
            ("activity Betalingen verwerken: its purpose is told in other words; look whether it is another", "tell"),
            ("activity Websites beveiligen: other facts (source)", "editorial"),
        ],
    ),
    "the data of an activity": (
        [(PROCESSING, 'data = ["email", "optin-proof"]', 'data = ["email", "optin-proof", "name"]')],
        [("activity Bewijs van aanmelding: uses voor- en achternaam as well", "tell")],
        [("activity Bewijs van aanmelding: no longer uses voor- en achternaam", "editorial")],
    ),
    "the legal basis of an activity": (
        [
            (
                PROCESSING,
                (
                    'purpose = "U laten inloggen met uw account van Facebook of Google."\ndata = ["social-name", '
                    '"social-email", "social-photo", "ip-address", "browser-and-computer"]\nlegal_basis = "consent"'
                ),
                (
                    'purpose = "U laten inloggen met uw account van Facebook of Google."\ndata = ["social-name", '
                    '"social-email", "social-photo", "ip-address", "browser-and-computer"]\nlegal_basis = "contract"'
                ),
            )
        ],
        [("activity Inloggen via een sociaal netwerk: legal basis consent → contract", "tell")],
        [("activity Inloggen via een sociaal netwerk: legal basis contract → consent", "tell")],
    ),
    "a period of retention": (
        [(PROCESSING, '"7 jaar na het einde van het boekjaar"', '"10 jaar na het einde van het boekjaar"')],
        [
            (
                (
                    "activity Administratie voor de belasting: another retention (7 jaar na het einde van het "
                    "boekjaar → 10 jaar na het einde van het boekjaar)"
                ),
                "tell",
            )
        ],
        [
            (
                (
                    "activity Administratie voor de belasting: shorter retention (10 jaar na het einde van het "
                    "boekjaar → 7 jaar na het einde van het boekjaar)"
                ),
                "editorial",
            )
        ],
    ),
    "a criterion of retention": (
        [(PROCESSING, '"tot u zich afmeldt"', '"zolang u wilt"')],
        [("activity Nieuwsbrief: another retention (tot u zich afmeldt → zolang u wilt)", "tell")],
        [("activity Nieuwsbrief: another retention (zolang u wilt → tot u zich afmeldt)", "tell")],
    ),
    "kinds of data": (
        [
            (
                PROCESSING,
                '[[data]]\nid = "phone"',
                '[[data]]\nid = "fax"\nname = "faxnummer"\n\n[[data]]\nid = "phone"',
            ),
            (PROCESSING, '"KVK-nummer"', '"nummer bij de KVK"'),
        ],
        [("kind of data added: faxnummer", "tell"), ("data nummer bij de KVK: other facts (name)", "editorial")],
        [("kind of data gone: faxnummer", "editorial"), ("data KVK-nummer: other facts (name)", "editorial")],
    ),
    "automated decisions": (
        [(PROCESSING, "used = false", "used = true")],
        [("automated decisions are taken now", "tell")],
        [("automated decisions: other facts (used)", "editorial")],
    ),
    "the words about automated decisions": (
        [(PROCESSING, '"Wij nemen geen besluiten over u met alleen een computer."', '"Dat doen wij niet."')],
        [("automated decisions: other facts (explanation)", "editorial")],
        [("automated decisions: other facts (explanation)", "editorial")],
    ),
    "who is responsible": (
        [
            (CONTROLLER, 'name = "Voorbeeld Film"', 'name = "Voorbeeld Film B.V."'),
            (CONTROLLER, 'value = "eenmanszaak"', 'value = "bv"'),
        ],
        [
            ("controller: Voorbeeld Film → Voorbeeld Film B.V.", "tell"),
            ("facts about the controller changed (legal_form)", "editorial"),
        ],
        [
            ("controller: Voorbeeld Film B.V. → Voorbeeld Film", "tell"),
            ("facts about the controller changed (legal_form)", "editorial"),
        ],
    ),
    "tracking in e-mail": (
        [(CONTROLLER, "opens = false", "opens = true")],
        [("newsletters measure opens now", "tell")],
        [("newsletters no longer measure opens", "editorial")],
    ),
    "security measures": (
        [(CONTROLLER, "[policy_site]", '[security]\nmeasures = ["Sloten", "Sleutels"]\n\n[policy_site]')],
        [("security measure added: Sloten and 1 more", "editorial")],
        [("security measure gone: Sloten and 1 more", "editorial")],
    ),
    "who gets the data of an activity": (
        [
            (
                PROCESSING,
                'retention = "30 dagen; bij misbruik tot dat is afgehandeld"\nrecipients = ["transip"]',
                'retention = "30 dagen; bij misbruik tot dat is afgehandeld"\nrecipients = ["counter"]',
            )
        ],
        [
            ("activity Websites beveiligen: data goes to Counter Inc. as well", "tell"),
            ("activity Websites beveiligen: data no longer goes to transip", "editorial"),
        ],
        [
            ("activity Websites beveiligen: data goes to transip as well", "tell"),
            ("activity Websites beveiligen: data no longer goes to Counter Inc.", "editorial"),
        ],
    ),
    "the words of the consent module": (
        [("notice/nl.toml", 'title = "Uw keuze over cookies"', 'title = "Uw keuze"')],
        [("other words: notice/nl", "editorial")],
        [("other words: notice/nl", "editorial")],
    ),
}
