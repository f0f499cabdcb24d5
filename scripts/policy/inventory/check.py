"""The rules across files: what a single value cannot be blamed for.

They are about the working inventory and about versions from number 2 on; version 1 is history and may break them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from policy.findings import Finding
from policy.inventory.files import FOLDER, load
from policy.inventory.locate import with_line
from policy.inventory.model import Inventory
from policy.inventory.read import FILES, FOLDERS, assemble, parse_all
from policy.inventory.rules import consent, disclosure, names, notices, storage, translations, websites

Rule = Callable[[Inventory], Iterator[Finding]]

RULES: tuple[tuple[Rule, str], ...] = (
    (disclosure.stated_or_asked, "controller"),
    (disclosure.email_tracking, "controller processing"),
    (names.policy_site, "controller websites"),
    (names.known_data, "processing"),
    (names.once_processed, "processing"),
    (names.recipients_of_activities, "processing recipients"),
    (disclosure.interests_named, "processing"),
    (disclosure.consequences_told, "processing"),
    (names.once_declared, ""),
    (names.known_categories, "purposes"),
    (consent.exempt_or_asked, ""),
    (names.recipients_receive, "recipients services processing"),
    (disclosure.transfers, ""),
    (names.known_recipients, "recipients"),
    (names.known_purposes, "purposes"),
    (names.once_listed, ""),
    (storage.items_once, ""),
    (storage.purposes_of_the_service, "purposes"),
    (storage.host_of_the_party, ""),
    (storage.lifetimes, ""),
    (storage.renewals, "purposes"),
    (consent.no_exempt_tracker, "purposes"),
    (consent.no_exempt_tracker_host, "purposes"),
    (consent.limited_analytics, "purposes"),
    (consent.recordings_apart, ""),
    (websites.log_in_on_click, ""),
    (websites.privacy_links, ""),
    (names.known_services, "services"),
    (names.other_names, "purposes services"),
    (names.signals, "purposes"),
    (websites.own_record, ""),
    (websites.none_retired, ""),
    (websites.ads_need_a_platform, ""),
    (websites.known_transfers, "recipients services"),
    (websites.origins, ""),
    (websites.languages, "notice"),
    (notices.neutral_words, ""),
    (notices.plain_labels, ""),
    (notices.placeholders, ""),
    (notices.announced_whole, "notice"),
    (notices.translated, "purposes services websites"),
    (translations.other_language, ""),
    (translations.complete, "controller processing purposes recipients services"),
)
"""Each rule with the parts of the inventory that it needs whole; it is not tried where one could not be read."""


def check(inventory: Inventory, shown_as: str = FOLDER) -> list[Finding]:
    """Everything that breaks a rule, without lines; `shown_as` is the folder's name in the findings."""
    return list(_broken(inventory, shown_as, frozenset()))


def read_checked(folder: Path, shown_as: str = FOLDER) -> tuple[Inventory | None, list[Finding]]:
    """The inventory in a folder and every problem of it, of single files and across files, with lines.

    The inventory is None if a problem stops a build. The rules are also tried on the files that could be read.
    """
    texts, findings = load(folder, shown_as, FILES, FOLDERS)
    return check_texts(texts, shown_as, findings)


def check_texts(
    texts: Mapping[str, str], shown_as: str = FOLDER, found: Iterable[Finding] = (), *, rules: bool = True
) -> tuple[Inventory | None, list[Finding]]:
    """As `read_checked`, for texts by path in the folder; `found` are problems met on the way to them.

    Without `rules`, only the files themselves are looked at.
    """
    values, findings = parse_all(texts, shown_as)
    findings = [*found, *findings]
    unread = {_part(finding.file.removeprefix(f"{shown_as}/")) for finding in findings}
    inventory = assemble(values)
    if rules and texts:
        findings += _broken(inventory, shown_as, frozenset(unread))
    by_file = {f"{shown_as}/{name}": text for name, text in texts.items()}
    findings = [with_line(finding, by_file.get(finding.file)) for finding in findings]
    stopped = any(not finding.warning for finding in findings)
    return (None if stopped else inventory), findings


def _broken(inventory: Inventory, shown_as: str, unread: frozenset[str]) -> Iterator[Finding]:
    for rule, needs in RULES:
        if unread.isdisjoint(needs.split()):
            for finding in rule(inventory):
                yield replace(finding, file=f"{shown_as}/{finding.file}")


def _part(name: str) -> str:
    """The part of the inventory that a file or folder belongs to: `services/hotjar.toml` is of `services`."""
    return name.split("/")[0].removesuffix(".toml")
