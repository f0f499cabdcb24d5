"""How nodes are named and texts are said, and the vocabularies that the words come from."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from policy.inventory.model import CONTROLLER

Node = dict[str, Any]
"""A node of JSON-LD: plain data."""

PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "loc": "https://w3id.org/dpv/loc#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "tech": "https://w3id.org/dpv/tech#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Stands in each document, so that no reader needs to fetch a context. The IRIs of DPV name its newest version."""

NO_COUNTRY = "XX"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things in a language (ISO 639-1) and names them by fragments of the page, the base of the document."""

    language: str

    def ref(self, kind: str, id: str = "") -> Node:
        """What names a thing: a fragment of the page, such as `#recipient-meta`."""
        return {"@id": f"#{kind}-{quote(id, safe='')}" if id else f"#{kind}"}

    def who(self, id: str) -> Node:
        """What names a recipient, or the controller."""
        return self.ref(CONTROLLER) if id == CONTROLLER else self.ref("recipient", id)

    def said(self, text: str) -> Node:
        """A sentence or name in the language of the page."""
        return {"@value": text, "@language": self.language}

    def told(self, type_: str, text: str) -> Node:
        """A thing without a name of its own, of which only a sentence is known."""
        return {"@type": type_, "dct:description": self.said(text)}


def given(node: Node) -> Node:
    """The node without what has no value."""
    return {key: value for key, value in node.items() if value not in (None, [], {}, "")}


def country(code: str) -> Node | None:
    """A country of DPV's extension for locations; None where the inventory knows none."""
    return None if code == NO_COUNTRY else {"@id": f"loc:{code}"}
