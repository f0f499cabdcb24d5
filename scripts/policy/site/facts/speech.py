"""How the names and codes of two inventories are said to readers in one language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from policy.inventory import words
from policy.inventory.fields import TransferGround
from policy.inventory.model import Inventory, StorageItem
from policy.inventory.spoken import translation_in
from policy.inventory.words import country_name, item_lifetime
from policy.site.facts.sentences import Phrase
from policy.site.languages import sayer

_FULL_STOP = re.compile(r"(?<!\b[A-Z]\.[A-Z])\.$")

_ALL = 6
"""So many storage items are named all."""
_FIRST = 5
"""So many are named where there are more."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Two inventories in the words of a language, and that language."""

    old: Inventory
    new: Inventory
    language: str

    def say(self, sentence: str) -> str:
        """A sentence or phrase of the program."""
        return sayer(self.language)(sentence)

    def said(self, text: str | None) -> str:
        """A name or sentence of either inventory, of which a difference holds the Dutch; empty where there is none.

        What was frozen without a translation is looked for in the newer inventory.
        """
        text = text or ""
        found = (translation_in(inventory, self.language) for inventory in (self.new, self.old))
        return next((one.texts[text] for one in found if one and text in one.texts), text)

    def quoted(self, text: str | None) -> str:
        """The same as it stands between quotes within a sentence: without its full stop, unless that of a B.V."""
        return _FULL_STOP.sub("", self.said(text))

    def listed(self, names: Iterable[str]) -> str:
        """Names as one phrase, each once; parted by semicolons where a name has a comma or an `and` itself."""
        known = list(dict.fromkeys(names))
        conjunction = f" {self.say(Phrase.AND)} "
        if any("," in name or conjunction in name for name in known):
            return "; ".join(known)
        *first, last = known or [""]
        return conjunction.join([", ".join(first), last]) if first else last

    def some(self, names: Iterable[str]) -> str:
        """Names of storage items; of many only the first, and how many more."""
        known = list(names)
        if len(known) <= _ALL:
            return self.listed(known)
        return self.say(Phrase.SOME).format(names=", ".join(known[:_FIRST]), count=len(known) - _FIRST)

    def purposes(self, inventory: Inventory, ids: Iterable[str]) -> str:
        """The names of purposes of one of the inventories."""
        return self.listed(inventory.purpose(id).name for id in ids)

    def country(self, code: str) -> str:
        """The name of a country."""
        return country_name(code, self.language)

    def grounds(self, codes: Iterable[str]) -> str:
        """On which grounds data may leave the EEA."""
        known = words.TRANSFER_GROUNDS[self.language]
        return self.listed(known[TransferGround(code)] for code in codes)

    def lifetime(self, item: StorageItem) -> str:
        """How long an item stays."""
        if item.lifetime.unit == "not stored":
            return self.say(Phrase.NOT_AT_ALL)
        return item_lifetime(item, self.language)

    def ways(self, ways: str) -> str:
        """How items are kept, such as `cookie site, local-storage example.com`."""
        kinds: dict[Any, str] = {str(kind): word for kind, word in words.STORAGE_KINDS[self.language].items()}
        pairs = (way.split(" ") for way in ways.split(", "))
        return self.listed(
            self.say(Phrase.OF_SITE).format(kind=kinds[kind])
            if host == "site"
            else self.say(Phrase.OF_HOST).format(kind=kinds[kind], host=host)
            for kind, host in pairs
        )
