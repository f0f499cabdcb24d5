"""What the inventory says is also said in the other languages of the policy site."""

from collections.abc import Iterator

from babel import Locale

from policy.findings import Finding
from policy.inventory.explain import shown
from policy.inventory.model import OWN_LANGUAGE, Inventory
from policy.inventory.spoken import names, sentences


def complete(inventory: Inventory) -> Iterator[Finding]:
    """Each sentence has its words; a warning, since a page can show the one it was made from."""
    said = dict.fromkeys(sentences(inventory))
    known = {*said, *names(inventory)}
    for translation in inventory.translations:
        file = f"translation/{translation.language}.toml"
        language = Locale(translation.language).get_display_name("en")
        for text in said:
            if text not in translation.texts:
                message = f"{shown(text)} has no {language} words. Add a line with them under [texts]."
                yield Finding(message, file, path="texts", warning=True)
        for text in translation.texts:
            if text not in known:
                message = f"{shown(text)} is no longer said. Remove the line, or mend it to what is said now."
                yield Finding(message, file, path="texts", warning=True)


def other_language(inventory: Inventory) -> Iterator[Finding]:
    """A translation into the inventory's own language would say a fact twice."""
    for translation in inventory.translations:
        if translation.language == OWN_LANGUAGE:
            message = "The inventory itself is in this language. Remove the file."
            yield Finding(message, f"translation/{OWN_LANGUAGE}.toml")
