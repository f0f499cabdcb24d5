"""Markers in a text, such as `{{ recipients }}`, filled from the inventory and the versions."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from policy.findings import Finding, did_you_mean
from policy.inventory.model import Address, Controller, Stated
from policy.site.languages import Say
from policy.versions.read import FOLDER

_MARKER = re.compile(r"\{\{(.*?)\}\}")
_HELD = re.compile(r"<!-- policy:([a-z]+) -->")
_ALONE = re.compile(r"^\{\{.*\}\}$")

BLOCKS = (
    "identity",
    "data",
    "activities",
    "retention",
    "recipients",
    "services",
    "security",
    "storage",
    "purposes",
    "state",
    "announcement",
    "sections",
    "timeline",
    "builders",
    "versions",
    "proof",
)
"""Markers that stand alone on a line; each has a template of its name."""


def _stated(fact: Stated, say: Say) -> Markup:
    return escape(fact.value) if fact.value else Markup("<em>{}</em>").format(say("nog niet bekend"))


def _address(address: Address) -> Markup:
    note = f" ({address.note})" if address.note else ""
    return escape(f"{address.street}, {address.postcode} {address.city}{note}")


def _mail(address: str | None) -> Markup:
    return Markup('<a href="mailto:{0}">{0}</a>').format(address)


def _web(address: str | None) -> Markup:
    return Markup('<a href="{0}">{1}</a>').format(address, (address or "").removeprefix("https://"))


INLINE: dict[str, Callable[[Controller, Say], Markup]] = {
    "controller.name": lambda c, say: escape(c.name),
    "controller.legal-form": lambda c, say: _stated(c.legal_form, say),
    "controller.postal-address": lambda c, say: _address(c.postal_address),
    "controller.visiting-address": lambda c, say: _address(c.visiting_address),
    "controller.chamber-of-commerce": lambda c, say: _stated(c.chamber_of_commerce, say),
    "controller.vat": lambda c, say: _stated(c.vat, say),
    "controller.phone": lambda c, say: _stated(c.phone, say),
    "controller.email": lambda c, say: _mail(c.email.value),
    "controller.website": lambda c, say: _web(c.website.value),
    "controller.policy-address": lambda c, say: escape(c.policy_site.address),
    "controller.privacy-contact": lambda c, say: escape(c.privacy_contact.name) + ", " + _mail(c.privacy_contact.email),
}
"""Markers inside a sentence, from the facts about the controller."""

_VERSION = ("version.number", "version.announced", "version.in-force")
_NEEDED = {
    "docs/index.md": ("announcement", "state"),
    "docs/cookies.md": ("storage",),
    "docs/wijzigingen.md": ("timeline", "versions"),
    "docs/bewijs.md": ("proof",),
    "docs/bouwers.md": ("builders",),
}
"""What a reader must find on a page, whatever else an editor changes on it."""

NAMES = (*BLOCKS, *INLINE, *_VERSION)


def is_version(shown_as: str) -> bool:
    """Whether a page is the text of a version: docs/versies/2/index.md, or docs/en/versies/2/index.md."""
    parts = shown_as.split("/")
    return len(parts) > 2 and FOLDER in parts[1:3]


def fill(markdown: str, value: Callable[[str], str]) -> str:
    """The text with every marker replaced by its value; a block becomes a comment that holds its place.

    Markdown need not read the HTML of blocks, the largest part of most pages; `place` puts them in afterwards.
    """

    def replaced(match: re.Match[str]) -> str:
        name = match[1].strip()
        return f"\n<!-- policy:{name} -->\n" if name in BLOCKS else value(name)

    return _MARKER.sub(replaced, markdown)


def place(html: str, value: Callable[[str], str]) -> str:
    """The HTML of a filled text with its blocks in their places."""
    return _HELD.sub(lambda match: value(match[1]), html)


def wrong_markers(text: str, shown_as: str) -> list[Finding]:
    """A finding for each marker that does not exist, cannot be filled where it stands, or is missing from the page."""
    findings = []
    for number, line in enumerate(text.splitlines(), start=1):
        findings += [Finding(wrong, shown_as, number) for wrong in _wrong(line, shown_as)]
    there = {match[1].strip() for match in _MARKER.finditer(text)}
    for name in _NEEDED.get(shown_as, ()):
        if name not in there:
            findings.append(
                Finding(f"The page needs the marker {{{{ {name} }}}} on a line of its own. Put it back.", shown_as)
            )
    return findings


def _wrong(line: str, shown_as: str) -> list[str]:
    wrong = []
    if line.count("{{") != len(_MARKER.findall(line)):
        wrong.append("A marker is not closed on this line. Write it as {{ name }}.")
    for match in _MARKER.finditer(line):
        name = match[1].strip()
        if name not in NAMES:
            hint = did_you_mean(name, NAMES)
            wrong.append(f"'{{{{ {name} }}}}' is not a marker. {hint}Known: {', '.join(NAMES)}.")
        elif name in BLOCKS and not _ALONE.match(line.strip()):
            wrong.append(f"'{{{{ {name} }}}}' fills a whole block. Give it a line of its own.")
        elif name in _VERSION and not is_version(shown_as):
            wrong.append(f"'{{{{ {name} }}}}' works only in the text of a version. Remove it here.")
    return wrong
