"""The texts of the versions as they were rendered: moved to another page, compared, and held against the lock."""

import re
from collections.abc import Mapping
from posixpath import join, normpath, relpath
from typing import Any
from urllib.parse import urlsplit

from policy.findings import Finding
from policy.inventory.freeze import digest
from policy.inventory.model import OWN_LANGUAGE
from policy.site.languages import prefix
from policy.versions.lock import NOT_YET
from policy.versions.model import PolicyVersion
from policy.versions.read import FOLDER

JSON_LD = "policy.jsonld"
"""The name of the file that says the same as a version's page in the Data Privacy Vocabulary, beside it."""

WORDS = "woorden.txt"
"""The name of the file with the words of a version and nothing else, beside its page."""

Texts = dict[tuple[int, str], str]
"""The HTML of each version's text, by number and language; only those that were written in that language."""

_ADDRESS = re.compile(r'(?<=\s)(href|src)="([^"]*)"')


def moved(html: str, path: str, to: str) -> str:
    """HTML of a page, with its relative addresses as they must be on another page; both are paths ending in a slash."""

    def readdressed(match: re.Match[str]) -> str:
        address = match[2]
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return match[0]
        target = normpath(join(path, parts.path)) + ("/" if parts.path.endswith("/") else "")
        new = relpath(target, to or ".") + ("/" if target.endswith("/") else "")
        rest = address[len(parts.path) :]
        return f'{match[1]}="{new}{rest}"'

    return _ADDRESS.sub(readdressed, html)


def common_language(language: str, *versions: PolicyVersion) -> str:
    """The language in which versions can be compared: that of the page, or their own where one was not translated."""
    return language if all(language in version.languages for version in versions) else OWN_LANGUAGE


def place_of(version: PolicyVersion, language: str) -> str:
    """The path of a version's page below the site's root, such as `en/versies/2/`."""
    return f"{prefix(language)}{FOLDER}/{version.number}/"


def pdf_path(version: PolicyVersion, language: str) -> str:
    """Where the PDF of a version stands below the site's root."""
    return f"{place_of(version, language)}{'privacyverklaring' if language == OWN_LANGUAGE else 'privacy-policy'}.pdf"


def other_words(said: Mapping[tuple[int, str], str], entries: Mapping[int, Mapping[str, Any]]) -> list[Finding]:
    """A finding for each text that no longer says the words that were announced, whatever changed them.

    `said` holds the words of each text by number and language.
    """
    findings = []
    for (number, language), words in sorted(said.items(), key=lambda text: (text[0][0], text[0][1] != OWN_LANGUAGE)):
        announced = entries.get(number, {}).get("words", {}).get(language)
        if announced not in (None, NOT_YET) and digest(words) != announced:
            message = (
                "The page would say other words than were announced, though its text and its inventory did not change: "
                "a template or a marker did. Undo that change, or make the new words a new version."
            )
            findings.append(Finding(message, f"docs/{prefix(language)}{FOLDER}/{number}/index.md"))
    return findings
