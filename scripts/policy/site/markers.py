"""Markers in a text, such as `{{ recipients }}`, filled from the inventory and the versions."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from policy.findings import Finding, did_you_mean
from policy.inventory.model import Address, Controller, Stated

_MARKER = re.compile(r"\{\{(.*?)\}\}")
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
)
"""Markers that stand alone on a line; each has a template of its name."""


def _stated(fact: Stated) -> Markup:
    return escape(fact.value) if fact.value else Markup("<em>nog niet bekend</em>")


def _address(address: Address) -> Markup:
    note = f" ({address.note})" if address.note else ""
    return escape(f"{address.street}, {address.postcode} {address.city}{note}")


def _mail(address: str | None) -> Markup:
    return Markup('<a href="mailto:{0}">{0}</a>').format(address)


def _web(address: str | None) -> Markup:
    return Markup('<a href="{0}">{1}</a>').format(address, (address or "").removeprefix("https://"))


INLINE: dict[str, Callable[[Controller], Markup]] = {
    "controller.name": lambda c: escape(c.name),
    "controller.legal-form": lambda c: _stated(c.legal_form),
    "controller.postal-address": lambda c: _address(c.postal_address),
    "controller.visiting-address": lambda c: _address(c.visiting_address),
    "controller.chamber-of-commerce": lambda c: _stated(c.chamber_of_commerce),
    "controller.vat": lambda c: _stated(c.vat),
    "controller.phone": lambda c: _stated(c.phone),
    "controller.email": lambda c: _mail(c.email.value),
    "controller.website": lambda c: _web(c.website.value),
    "controller.policy-address": lambda c: escape(c.policy_site.address),
    "controller.privacy-contact": lambda c: escape(c.privacy_contact.name) + ", " + _mail(c.privacy_contact.email),
}
"""Markers inside a sentence, from the facts about the controller."""

_VERSION = ("version.number", "version.announced", "version.in-force")
_NEEDED = {
    "docs/index.md": ("announcement", "state"),
    "docs/cookies.md": ("storage",),
    "docs/wijzigingen.md": ("timeline",),
    "docs/bouwers.md": ("builders",),
}
"""What a reader must find on a page, whatever else an editor changes on it."""

NAMES = (*BLOCKS, *INLINE, *_VERSION)


def fill(markdown: str, value: Callable[[str], str]) -> str:
    """The text with every marker replaced by its value; a block becomes a paragraph of raw HTML."""

    def replaced(match: re.Match[str]) -> str:
        name = match[1].strip()
        return f"\n{value(name)}\n" if name in BLOCKS else value(name)

    return _MARKER.sub(replaced, markdown)


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
        elif name in _VERSION and not shown_as.startswith("docs/versies/"):
            wrong.append(f"'{{{{ {name} }}}}' works only in the text of a version. Remove it here.")
    return wrong
