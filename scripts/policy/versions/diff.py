"""What differs between two inventories: data for pages and JSON, sentences for editors, and the consequence."""

from policy.inventory.model import Inventory
from policy.versions.facts.asked import asked_again
from policy.versions.facts.controller import controller_differences, word_differences
from policy.versions.facts.difference import Consequence, Difference, DifferenceKind, Level, as_data, consequence
from policy.versions.facts.processing import processing_differences
from policy.versions.facts.purposes import purpose_differences
from policy.versions.facts.recipients import recipient_differences
from policy.versions.facts.services import service_differences
from policy.versions.facts.websites import website_differences
from policy.versions.facts.words import consequence_in_words, in_words

__all__ = [
    "Consequence",
    "Difference",
    "DifferenceKind",
    "Level",
    "as_data",
    "consequence",
    "consequence_in_words",
    "differences",
    "in_words",
]


def differences(old: Inventory, new: Inventory) -> list[Difference]:
    """Everything that differs from the old inventory to the new one, always in the same order.

    Questions for the editor (`confirm`) and the order of lists are no difference. A service that needs no consent,
    or that no website runs, is never asked again for, whatever changes in it.
    """
    asked = asked_again(old, new)
    return [
        *service_differences(old, new, asked),
        *purpose_differences(old, new, asked),
        *recipient_differences(old, new, asked),
        *website_differences(old, new, asked),
        *processing_differences(old, new),
        *controller_differences(old, new),
        *word_differences(old, new),
    ]
