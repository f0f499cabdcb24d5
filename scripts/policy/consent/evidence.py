"""Every text that the consent modules show, by the digest that a visitor's record names: evidence of what was asked.

GDPR Art. 7(1); EDPB guidelines 05/2020, paragraph 108: keep a copy of the information that was presented.
"""

import json
from typing import Any

from policy.consent.details import frames, second_layer
from policy.consent.scope import Scope
from policy.consent.words import changes, first_layer
from policy.inventory.terms import History

_SHOWN = {"first layer": first_layer, "what is new": changes, "second layer": second_layer, "frame": frames}


def shown_texts(history: History) -> dict[str, dict[str, Any]]:
    """By digest (8 hexadecimal digits): part, text as the module gets it, and the websites that show it."""
    _, inventory = history[-1]
    found: dict[str, dict[str, Any]] = {}
    for website in inventory.websites:
        scope = Scope(history, website.id)
        for language in website.languages:
            for part, words in _SHOWN.items():
                text = words(scope, language)
                kept = found.setdefault(text["digest"], {"part": part, "text": text, "websites": []})
                if website.id not in kept["websites"]:
                    kept["websites"].append(website.id)
    return found


def to_evidence(texts: dict[str, dict[str, Any]]) -> str:
    """The texts as a file that is committed: the same bytes for the same texts."""
    return json.dumps(texts, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
