"""The announcement of a coming version of the policy, as the consent module of a website tells it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from policy.consent.scope import Scope
from policy.consent.words import notice_in
from policy.inventory.model import OWN_LANGUAGE
from policy.inventory.notice import Notice
from policy.inventory.words import long_date

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_WORDS = ("announcement", "announcement_link", "announcement_read")


@dataclass(frozen=True, slots=True)
class Announcement:
    """A version with substantive changes that is announced and not yet in force.

    `note` says by language what changes, and may lack a language. `address` is the page of that version below the
    policy's address, such as `volgende/`; its English form lies below `en/`.
    """

    number: int
    in_force: date
    note: dict[str, str]
    address: str

    @property
    def minute(self) -> int:
        """The minute since 1970 (UTC) in which the day it comes into force begins in Amsterdam."""
        start = datetime(self.in_force.year, self.in_force.month, self.in_force.day, tzinfo=_AMSTERDAM)
        return int(start.timestamp()) // 60

    def fits(self, scope: Scope) -> bool:
        """Whether there are words for it in every language of a website; older inventories have none."""
        notices = [notice_in(scope.inventory, language) for language in scope.website.languages]
        return all(getattr(notice, key) for notice in notices for key in _WORDS)

    def entry(self) -> dict[str, Any]:
        """What the entry knows of it."""
        return {"announced": [self.number, self.minute]}

    def in_question(self, scope: Scope, language: str, policy: str) -> dict[str, str]:
        """What a question says of it. It asks nothing, so it is no part of the text whose digest a record names."""
        notice = notice_in(scope.inventory, language)
        below = "" if language == OWN_LANGUAGE else f"{language}/"
        return {
            "announcement": _sentence(notice, self.in_force),
            "announcement_link": notice.announcement_link or "",
            "announced_at": f"{policy}{below}{self.address}",
        }

    def by_itself(self, scope: Scope, language: str, policy: str) -> dict[str, str]:
        """What a page says of it that asks nothing."""
        return {
            **self.in_question(scope, language, policy),
            "announcement_read": notice_in(scope.inventory, language).announcement_read or "",
            "note": self.note.get(language, ""),
            "language": language,
        }


def _sentence(notice: Notice, in_force: date) -> str:
    return (notice.announcement or "").format(date=long_date(in_force, notice.language))
