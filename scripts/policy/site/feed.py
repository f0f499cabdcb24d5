"""The changes of the policy as Atom feeds (RFC 4287): the substantive ones, and all of them."""

from datetime import date
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from policy.inventory import words
from policy.site.languages import CLASSES, prefix, sayer
from policy.site.source import Source
from policy.versions.model import PolicyVersion
from policy.versions.read import FOLDER

_ATOM = "http://www.w3.org/2005/Atom"
FEEDS = {"wijzigingen.xml": True, "alle-wijzigingen.xml": False}
"""The feeds by name, and whether only substantive versions stand in them."""


def feed(source: Source, language: str, name: str) -> str:
    """A feed as XML; `name` is one of FEEDS."""
    say, base = sayer(language), source.inventory.controller.policy_site.address
    versions = [v for v in source.known if v.announced and (v.is_substantive or not FEEDS[name])]
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    publisher = source.inventory.controller.name
    title = say("Belangrijke wijzigingen") if FEEDS[name] else say("Alle wijzigingen")
    _add(root, "title", f"{say('Privacyverklaring van %(name)s') % {'name': publisher}}: {title.lower()}")
    _add(root, "id", _tag(next(iter(source.known), None), f"{language}/{name.removesuffix('.xml')}", source))
    _add(root, "updated", _moment(max((v.announced for v in versions if v.announced), default=source.day)))
    SubElement(root, "link", {"rel": "self", "href": f"{base}{prefix(language)}{name}"})
    SubElement(root, "link", {"rel": "alternate", "href": f"{base}{prefix(language)}wijzigingen/"})
    _add(SubElement(root, "author"), "name", publisher)
    for version in reversed(versions):
        _entry(root, version, source, language, f"{base}{prefix(language)}{FOLDER}/{version.number}/")
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _entry(root: Element, version: PolicyVersion, source: Source, language: str, address: str) -> None:
    assert version.announced and version.in_force
    say, said = sayer(language), version.text(language)
    entry = SubElement(root, "entry")
    day = words.long_date(version.in_force, language)
    _add(entry, "title", say("Versie %(number)s, geldig vanaf %(day)s") % {"number": version.number, "day": day})
    _add(entry, "id", _tag(version, f"{language}/versie/{version.number}", source))
    _add(entry, "published", _moment(version.announced))
    _add(entry, "updated", _moment(version.announced))
    SubElement(entry, "link", {"rel": "alternate", "href": address})
    if source.timeline.predecessor(version):
        SubElement(entry, "link", {"rel": "related", "href": f"{address}verschil/", "title": say("verschillen")})
    SubElement(entry, "category", {"term": version.change_class, "label": say(CLASSES[version.change_class])})
    told = [said.note, *([say("Voor wie dit verschil maakt:") + " " + ", ".join(said.affects)] if said.affects else [])]
    summary = SubElement(entry, "summary", {"xml:lang": said.language})
    summary.text = "\n".join(told)


def _tag(version: PolicyVersion | None, name: str, source: Source) -> str:
    """A name for ever (RFC 4151): of the host and day with which the version was announced, whatever moves later."""
    inventory = source.of(version) if version else source.inventory
    host = urlsplit(inventory.controller.policy_site.address).hostname
    return f"tag:{host},{version.announced if version and version.announced else source.day}:privacyverklaring/{name}"


def _moment(day: date) -> str:
    """The start of a day (RFC 3339); the hour is not known, so noon in UTC, which is that day all over Europe."""
    return f"{day.isoformat()}T12:00:00Z"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
