"""One difference between two inventories, and what all of them together ask of us."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

Level = Literal["nothing", "editorial", "substantive"]


class DifferenceKind(StrEnum):
    """What may differ. In the JSON of a difference the kind stands in these words, so they never change."""

    SERVICE_ADDED = "service added"
    SERVICE_GONE = "service gone"
    SERVICE_RETIRED = "service retired"
    SERVICE_RETURNED = "service returned"
    SERVICE_CHANGED = "service changed"
    SENDS_CHANGED = "data sent in other words"
    ANOTHER_RECIPIENT = "another recipient"
    STAYS_WITH_CONTROLLER = "stays with the controller"
    NEW_PURPOSE_OF_SERVICE = "new purpose of service"
    PURPOSE_OF_SERVICE_GONE = "purpose of service gone"
    ITEM_ADDED = "item added"
    ITEM_GONE = "item gone"
    ITEM_ELSEWHERE = "item stored elsewhere"
    ITEM_CHANGED = "item changed"
    ITEM_FOR_ANOTHER_PURPOSE = "item for another purpose"
    LONGER_LIFETIME = "longer lifetime"
    SHORTER_LIFETIME = "shorter lifetime"
    LIFETIME_STARTS_ANEW = "lifetime starts anew"
    LIFETIME_STARTS_ANEW_NO_MORE = "lifetime starts anew no more"
    NEW_READER = "new reader"
    READER_GONE = "reader gone"

    PURPOSE_ADDED = "purpose added"
    PURPOSE_GONE = "purpose gone"
    PURPOSE_CHANGED = "purpose changed"
    CONSENT_NEEDED = "consent needed"
    CONSENT_NOT_NEEDED = "consent not needed"
    NEW_BASIS_OF_PURPOSE = "new legal basis of purpose"
    HEADING_ADDED = "heading added"
    HEADING_GONE = "heading gone"
    HEADING_CHANGED = "heading changed"

    RECIPIENT_ADDED = "recipient added"
    RECIPIENT_GONE = "recipient gone"
    RECIPIENT_CHANGED = "recipient changed"
    NEW_NAME = "new name"
    NEW_ROLE = "new role"
    NEW_COUNTRY = "new country"
    TRANSFER_ADDED = "transfer added"
    TRANSFER_GONE = "transfer gone"
    NEW_GROUND = "new ground"
    GROUND_GONE = "ground gone"

    WEBSITE_ADDED = "website added"
    WEBSITE_GONE = "website gone"
    WEBSITE_CHANGED = "website changed"
    MORE_ON_WEBSITE = "more on website"
    LESS_ON_WEBSITE = "less on website"

    ACTIVITY_ADDED = "activity added"
    ACTIVITY_GONE = "activity gone"
    ACTIVITY_CHANGED = "activity changed"
    PURPOSE_OF_ACTIVITY = "purpose of activity in other words"
    NEW_BASIS = "new legal basis"
    NEW_DATA = "new data"
    DATA_NO_MORE = "data no more"
    NEW_RECIPIENT = "new recipient"
    RECIPIENT_NO_MORE = "recipient no more"
    SHORTER_RETENTION = "shorter retention"
    ANOTHER_RETENTION = "another retention"
    DATA_ADDED = "data added"
    DATA_GONE = "data gone"
    DATA_CHANGED = "data changed"
    AUTOMATED_DECISIONS_START = "automated decisions start"
    AUTOMATED_DECISIONS_CHANGED = "automated decisions changed"

    ANOTHER_CONTROLLER = "another controller"
    CONTROLLER_CHANGED = "controller changed"
    EMAIL_TRACKING_STARTS = "e-mail tracking starts"
    EMAIL_TRACKING_STOPS = "e-mail tracking stops"
    MEASURE_ADDED = "security measure added"
    MEASURE_GONE = "security measure gone"
    WORDS_ADDED = "words added"
    WORDS_GONE = "words gone"
    WORDS_CHANGED = "words changed"


_Kind = DifferenceKind

TOLD_BEFOREHAND = frozenset(
    [
        *(_Kind.ANOTHER_RECIPIENT, _Kind.NEW_READER, _Kind.NEW_PURPOSE_OF_SERVICE, _Kind.ITEM_FOR_ANOTHER_PURPOSE),
        *(_Kind.PURPOSE_ADDED, _Kind.CONSENT_NEEDED, _Kind.CONSENT_NOT_NEEDED, _Kind.NEW_BASIS_OF_PURPOSE),
        *(_Kind.RECIPIENT_ADDED, _Kind.NEW_NAME, _Kind.NEW_ROLE, _Kind.NEW_COUNTRY),
        *(_Kind.TRANSFER_ADDED, _Kind.NEW_GROUND, _Kind.ACTIVITY_ADDED, _Kind.PURPOSE_OF_ACTIVITY, _Kind.NEW_BASIS),
        *(_Kind.NEW_DATA, _Kind.NEW_RECIPIENT, _Kind.ANOTHER_RETENTION, _Kind.DATA_ADDED),
        *(_Kind.AUTOMATED_DECISIONS_START, _Kind.ANOTHER_CONTROLLER, _Kind.EMAIL_TRACKING_STARTS),
    ]
)
"""What readers must know before it happens (GDPR Art. 13(3) and 14(4)), whoever is asked for consent or not."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, by the names and codes of the inventory; nothing here is a sentence for readers."""

    kind: DifferenceKind
    subject: str
    """The id of the service, recipient, activity and so on that it is about."""
    name: str
    """The subject's name as readers know it, of the new inventory where it is still there."""
    what: tuple[str, ...] = ()
    """Names of items, purposes, data, recipients or services, codes of countries or grounds, measures."""
    fields: tuple[str, ...] = ()
    """Where no kind tells more: which keys of the files differ."""
    before: str = ""
    after: str = ""
    """What one thing was and is, in the inventory's own form, such as `13 months`; empty where more things differ."""
    asks_again: tuple[str, ...] = ()
    """The ids of the services that consent is asked again for because of it."""
    reveals: bool = False
    """Another than the controller gets data by it, which its kind alone does not tell."""

    @property
    def widens(self) -> bool:
        """Whether consent is asked again because of it."""
        return bool(self.asks_again)

    @property
    def substantive(self) -> bool:
        """Whether readers must be told beforehand; what is not, is editorial."""
        return self.widens or self.reveals or self.kind in TOLD_BEFOREHAND


@dataclass(frozen=True, slots=True)
class Consequence:
    """What differences ask of the controller: nothing, a new version, or one that is announced 30 days before.

    `asks_again` holds the ids of the services that consent is asked again for, in the order of the alphabet.
    """

    level: Level
    asks_again: tuple[str, ...] = ()


def consequence(differences: Iterable[Difference]) -> Consequence:
    """What all differences together ask; `nothing` where there are none."""
    found = list(differences)
    asked = tuple(sorted({id for difference in found for id in difference.asks_again}))
    level: Level = "editorial" if found else "nothing"
    return Consequence("substantive" if any(one.substantive for one in found) else level, asked)


def as_data(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """The differences as plain data for JSON: every key always there, `substantive` and `widens` among them."""
    return [
        {
            **{key: list(value) if isinstance(value, tuple) else value for key, value in asdict(one).items()},
            "kind": one.kind.value,
            "substantive": one.substantive,
            "widens": one.widens,
        }
        for one in differences
    ]
