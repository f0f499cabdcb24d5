"""What readers are told of a difference, in Dutch: the sentences, and the phrases that fill them (gettext)."""

from enum import StrEnum


class Sentence(StrEnum):
    """The sentences, in the order in which they follow each other where they are about the same thing.

    `{It}` and `{it}` stand for the name, or for `Deze dienst` and the like once the name was said. A sentence with
    `{names}` is said once for all names. Where a kind of difference has one sentence, that has the name of the kind.
    """

    SERVICE_ADDED = "{It} is een nieuwe dienst, voor: {what}. De aanbieder is {after}."
    SERVICE_RETURNED = "{It} wordt weer gebruikt, voor: {what}. De aanbieder is {after}."
    SERVICE_RETIRED = "{It} wordt niet meer gebruikt vanaf {after}."
    SERVICE_GONE = "In onze lijst van diensten staat niet meer: {names}."
    NEW_NAME = "{It} stond er eerst als “{before}”."
    NEW_PURPOSE_OF_SERVICE = "{It} is nu ook voor: {what}."
    PURPOSE_OF_SERVICE_GONE = "{It} is niet meer voor: {what}."
    ANOTHER_RECIPIENT = "{It} stuurt gegevens nu naar {after}, eerst naar {before}."
    STAYS_WITH_CONTROLLER = "Gegevens van {it} blijven nu bij {after}. Zij gaan niet meer naar {before}."
    SENDS_CHANGED = "Over de gegevens die {it} doorgeeft, staat er nu “{after}”. Eerst stond er “{before}”."
    LOADS_WITH_PAGE = "{It} laadt nu meteen met de pagina, eerst pas na een klik."
    LOADS_ON_CLICK = "{It} laadt nu pas na een klik, eerst meteen met de pagina."
    HOSTS_ADDED = "{It} maakt nu ook verbinding met: {what}."
    HOSTS_GONE = "{It} maakt geen verbinding meer met: {what}."
    LIMITED_ANALYTICS = "De voorwaarden waaronder {it} zonder toestemming mag meten, zijn anders."
    STORES = "{It} bewaart of leest op uw apparaat: {what}."
    ITEM_ADDED = "{It} bewaart of leest nu ook op uw apparaat: {what}."
    ITEM_GONE = "{It} bewaart of leest niet meer op uw apparaat: {what}."
    ITEM_ELSEWHERE = "{It} bewaart {what} nu als {after}, eerst als {before}."
    ITEM_FOR_ANOTHER_PURPOSE = "{It} gebruikt {what} nu voor “{after}”, eerst voor “{before}”."
    LONGER_LIFETIME = "{It} bewaart {what} langer: {after}, eerst {before}."
    SHORTER_LIFETIME = "{It} bewaart {what} korter: {after}, eerst {before}."
    OTHER_LIFETIME = "{It} bewaart {what} nu {after}, eerst {before}."
    LIFETIME_STARTS_ANEW = "Bij {it} begint de bewaartijd van {what} nu bij elk bezoek opnieuw."
    LIFETIME_STARTS_ANEW_NO_MORE = "Bij {it} begint de bewaartijd van {what} niet meer bij elk bezoek opnieuw."
    NEW_READER = "{after} kan nu ook lezen wat {it} bewaart: {what}."
    READER_GONE = "{before} kan niet meer lezen wat {it} bewaart: {what}."
    WITH_OTHERS = "Bij {it} hoort {what} nu bij de website van een ander, eerst bij onze website."
    WITH_US = "Bij {it} hoort {what} nu bij onze website, eerst bij die van een ander."
    ITEM_WORDS = "De uitleg over {what} van {it} is anders."
    DESCRIPTION = "Wat de dienst doet, staat er in andere woorden bij: {names}."
    LINKS = "Er staan andere links naar uitleg of bezwaar bij: {names}."

    ASKED_PURPOSE_ADDED = "Wij vragen nu ook toestemming voor: {names}."
    EXEMPT_PURPOSE_ADDED = "Zonder toestemming bewaren of lezen wij nu ook iets op uw apparaat voor: {names}."
    PURPOSE_GONE = "Bij diensten en cookies noemen wij niet meer als doel: {names}."
    CALLED = "Eerst heette dit “{before}”."
    CONSENT_NEEDED = "Wij vragen hiervoor nu toestemming, eerst niet."
    CONSENT_NOT_NEEDED = "Wij vragen hiervoor geen toestemming meer. De reden is: {after}."
    NEW_EXEMPTION = "Wij vragen om een andere reden geen toestemming. Die is nu: {after}. Eerst was die: {before}."
    PURPOSE_WORDS = "De uitleg van het doel staat er in andere woorden bij: {names}."

    RECIPIENT_ADDED = "{It} krijgt nu ook gegevens, als {what}. De taak is: “{after}”."
    RECIPIENT_GONE = "Gegevens gaan niet meer naar: {names}."
    NEW_ROLE = "{It} is nu {after}, eerst {before}."
    IN_COUNTRY = "{It} is gevestigd in dit land: {after}."
    COUNTRY_NAMED = "{It} is gevestigd in dit land: {after}. Eerst noemden wij geen land."
    COUNTRY_NOT_NAMED = "{It} was gevestigd in dit land: {before}. Nu noemen wij geen land meer."
    NEW_COUNTRY = "{It} is gevestigd in een ander land: {after}. Eerst was dat: {before}."
    PART_OF = "{It} is nu onderdeel van {after}."
    PART_NO_MORE = "{It} is geen onderdeel meer van {before}."
    PART_OF_ANOTHER = "{It} is nu onderdeel van {after}, eerst van {before}."
    TASK = "De taak van {it} is nu “{after}”. Eerst was dat “{before}”."
    TRANSFER_ADDED = "{It} krijgt nu ook gegevens in een land buiten de EER: {what}. De regeling daarvoor is: {after}."
    TRANSFER_UNKNOWN = (
        "{It} krijgt nu ook gegevens in een land buiten de EER: {what}. Welke regeling daarvoor geldt, is nog onbekend."
    )
    TRANSFER_GONE = "{It} krijgt geen gegevens meer in dit land: {what}."
    NEW_GROUND = "Voor gegevens die {it} buiten de EER krijgt ({after}), geldt nu ook deze regeling: {what}."
    GROUND_GONE = "Voor gegevens die {it} buiten de EER krijgt ({before}), geldt deze regeling niet meer: {what}."
    SAFEGUARDS = "Hoe u een kopie krijgt van de afspraken over doorgifte, staat er in andere woorden bij: {names}."

    ACTIVITY_ADDED = "Wij gebruiken gegevens nu ook voor: {names}."
    ACTIVITY_GONE = "Als apart doel noemen wij niet meer: {names}."
    PURPOSE_OF_ACTIVITY = "Het doel is nu “{after}”. Eerst was dat “{before}”."
    NEW_BASIS = "De grondslag is nu {after}, eerst {before}."
    INTEREST = "Ons belang is nu “{after}”."
    NEW_DATA = "Wij gebruiken hiervoor nu ook: {what}."
    DATA_NO_MORE = "Wij gebruiken hiervoor niet meer: {what}."
    SOURCE = "Wij krijgen de gegevens nu van “{after}”. Eerst was dat van “{before}”."
    REQUIRED = "U moet de gegevens nu geven, eerst mocht u dat zelf kiezen."
    OPTIONAL = "U kiest nu zelf of u de gegevens geeft, eerst moest dat."
    CONSEQUENCE = "Als u gegevens niet geeft, geldt nu “{after}”."
    CONSEQUENCE_GONE = "Als u gegevens niet geeft, geldt niet meer “{before}”."
    NEW_RECIPIENT = "Gegevens gaan nu ook naar {what}."
    RECIPIENT_NO_MORE = "Gegevens gaan niet meer naar {what}."
    SHORTER_RETENTION = "De bewaartermijn is korter, namelijk “{after}”. Eerst was die “{before}”."
    ANOTHER_RETENTION = "De bewaartermijn is nu “{after}”. Eerst was die “{before}”."
    DATA_ADDED = "Wij gebruiken nu ook deze gegevens: {names}."
    DATA_GONE = "Wij gebruiken deze gegevens niet meer: {names}."
    DATA_OBSERVED = "Van deze gegevens staat er nu dat u ze niet zelf geeft: {names}."
    DATA_GIVEN = "Van deze gegevens staat er nu dat u ze zelf geeft: {names}."
    DATA_VOLUNTARY = "Deze gegevens geeft u nu alleen als u dat wilt: {names}."
    DATA_NOT_VOLUNTARY = "Deze gegevens zijn niet meer vrijwillig: {names}."
    DATA_CALLED = "Deze gegevens noemen wij nu anders: {names}."
    DECISIONS_START = "Een computer neemt nu besluiten over u zonder dat een mens meekijkt. De uitleg is: “{after}”."
    DECISIONS_STOP = "Een computer neemt geen besluiten over u meer zonder dat een mens meekijkt."
    DECISIONS_WORDS = "Over besluiten die alleen een computer neemt, staat er nu “{after}”. Eerst stond er “{before}”."

    WEBSITE_ADDED = "{It} staat nu ook in onze lijst van websites."
    CHOICE_ON_WEBSITE = "Uw keuze op {it} gaat over: {what}."
    WEBSITE_GONE = "In onze lijst van websites staat niet meer: {names}."
    ORIGIN = "{It} heeft nu het adres {after}, eerst {before}."
    MORE_ON_WEBSITE = "Uw keuze op {it} gaat nu ook over: {what}."
    LESS_ON_WEBSITE = "Uw keuze op {it} gaat niet meer over: {what}."
    CHOICE_SHARED = "Uw keuze op {it} geldt nu ook voor andere websites onder {after}."
    CHOICE_ALONE = "Uw keuze op {it} geldt niet meer voor andere websites onder {before}."
    RUNS = "{It} gebruikt nu zelf ook: {what}."
    RUNS_NO_MORE = "{It} gebruikt zelf niet meer: {what}."

    ANOTHER_CONTROLLER = "Verantwoordelijk voor uw gegevens is nu {after}, eerst {before}."
    OF_CONTROLLER = "{what} is nu {after}. Eerst was dat {before}."
    EMAIL_TRACKING_STARTS = "Wij meten nu {what}."
    EMAIL_TRACKING_STOPS = "Wij meten niet meer {what}."
    MEASURE_ADDED = "Nieuw bij de beveiliging is: {what}."
    MEASURE_GONE = "Bij de beveiliging staat niet meer: {what}."


WORDS_ONLY = frozenset(
    [
        *(Sentence.DESCRIPTION, Sentence.LINKS, Sentence.PURPOSE_WORDS, Sentence.SAFEGUARDS),
        *(Sentence.DATA_OBSERVED, Sentence.DATA_GIVEN, Sentence.DATA_CALLED),
    ]
)
"""What is said last, since it makes the least difference to readers."""


class Phrase(StrEnum):
    """What stands inside a sentence, above a group of them, or above all."""

    COOKIES = "Diensten en cookies"
    RECIPIENTS = "Ontvangers"
    PURPOSES = "Doelen en bewaartermijnen"
    WEBSITES = "Onze websites"
    CONTROLLER = "Wie wij zijn"

    ASKED_AGAIN = "Hierdoor vragen wij opnieuw om toestemming voor: {services}."
    NOTHING_ASKED = "Hierdoor vragen wij niets opnieuw."

    SERVICE = "Deze dienst"
    RECIPIENT = "Deze ontvanger"
    WEBSITE = "Deze website"
    PURPOSE = "Doel “{name}”"

    AND = "en"
    SOME = "{names} en {count} andere"
    RENAMED = "{after} (eerst: {before})"
    NOT_AT_ALL = "helemaal niet"
    NOT_NAMED = "niet genoemd"
    OF_HOST = "{kind} van {host}"
    OF_SITE = "{kind} van de website zelf"
    OPENS = "of u onze nieuwsbrief opent"
    CLICKS = "op welke links in onze nieuwsbrief u klikt"
    OFFICER = "{name}, functionaris gegevensbescherming"

    OUR_LEGAL_FORM = "Onze rechtsvorm"
    OUR_POSTAL_ADDRESS = "Ons postadres"
    OUR_VISITING_ADDRESS = "Ons bezoekadres"
    OUR_CHAMBER_OF_COMMERCE = "Ons KVK-nummer"
    OUR_VAT = "Ons btw-nummer"
    OUR_PHONE = "Ons telefoonnummer"
    OUR_EMAIL = "Ons e-mailadres"
    OUR_WEBSITE = "Onze website"
    OUR_PRIVACY_CONTACT = "Onze contactpersoon voor privacy"
    OUR_POLICY_SITE = "Het adres van onze privacyverklaring"
