"""The sentences of the inventory in another language: frozen values, one file for each language."""

from pydantic import Field

from policy.inventory.fact import Fact
from policy.inventory.fields import Language, Text


class Translation(Fact):
    """What the inventory says in its own language, and the same in another one."""

    language: Language
    texts: dict[Text, Text] = Field(description="The sentence as the inventory has it = the same in this language.")
