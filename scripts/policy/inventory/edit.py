"""Changing the inventory's files, and nothing in them but what was asked for."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from policy.errors import PolicyError
from policy.findings import Finding, did_you_mean
from policy.inventory import catalogue
from policy.inventory.check import check_texts
from policy.inventory.explain import shown
from policy.inventory.files import FOLDER, load
from policy.inventory.model import Inventory
from policy.inventory.read import FILES, FOLDERS
from policy.inventory.replace import replace_files

_SCHEMA_LINE = "#:schema ../schema/service.schema.json\n"
_FILE_OF = {"categories": "purposes.toml", "purposes": "purposes.toml", "recipients": "recipients.toml"}


def add(folder: Path, service_id: str, website_ids: Sequence[str] = (), shown_as: str = FOLDER) -> tuple[str, ...]:
    """Take a service from the catalogue, with what it needs, and put it on websites; the files that changed.

    A service that is there already is only put on the websites. PolicyError, and no file is touched, if the
    service or a website is unknown or the result would break a rule.
    """
    texts, inventory = _sound(folder, shown_as)
    file = f"services/{service_id}.toml"
    changed: dict[str, str] = {}
    if file not in texts:
        service, needs = catalogue.entry(service_id)
        changed[file] = _SCHEMA_LINE + ("" if service.startswith("#") else "\n") + service
        changed |= _with_needs(texts, needs)
    changed |= _on_websites(texts, inventory, service_id, website_ids)
    if not changed:
        raise PolicyError(
            f"{shown(service_id)} is there already: {shown_as}/{file}. Put it on a website with --website."
        )
    return _write(folder, shown_as, texts, changed)


def retire(folder: Path, service_id: str, day: date, shown_as: str = FOLDER) -> tuple[str, ...]:
    """Note in a service's file that it ended on a day and take it off all websites; the files that changed.

    PolicyError, and no file is touched, if there is no such service or it was retired before.
    """
    texts, inventory = _sound(folder, shown_as)
    file = f"services/{service_id}.toml"
    if file not in texts:
        raise PolicyError(no_service(service_id, inventory))
    if ended := inventory.service(service_id).retired:
        raise PolicyError(f"{shown(service_id)} was retired on {ended} already: {shown_as}/{file}.")
    document = tomlkit.parse(texts[file])
    document["retired"] = day
    changed = {file: _text(document, texts[file])}
    for website in inventory.websites:
        if service_id in website.services:
            name = f"websites/{website.id}.toml"
            document = tomlkit.parse(texts[name])
            document["services"].remove(service_id)
            changed[name] = _text(document, texts[name])
    return _write(folder, shown_as, texts, changed)


def no_service(id: str, inventory: Inventory) -> str:
    """What to say where a service is not in the inventory."""
    known = [service.id for service in inventory.services]
    return f"{shown(id)} is not a service. {did_you_mean(id, known)}Services: {', '.join(known)}."


def _sound(folder: Path, shown_as: str) -> tuple[dict[str, str], Inventory]:
    """The texts and values to change; rules may be broken, since a change may be what mends them."""
    texts, unread = load(folder, shown_as, FILES, FOLDERS)
    inventory, findings = check_texts(texts, shown_as, unread, rules=False)
    if inventory is None:
        raise PolicyError(findings)
    return texts, inventory


def _with_needs(texts: Mapping[str, str], needs: str) -> dict[str, str]:
    """The files with the recipients, purposes and categories that were not declared yet."""
    documents = {name: tomlkit.parse(texts[name]) for name in set(_FILE_OF.values())}
    for block in re.findall(r"^\[\[needs\.\w+\]\]\n(?:(?!\[\[needs\.\w+\]\]).*\n?)*", needs, re.MULTILINE):
        block = re.sub(r"^(\[+)needs\.", r"\1", block, flags=re.MULTILINE).strip() + "\n"
        ((name, (declared,)),) = tomllib.loads(block).items()
        known: Any = documents[_FILE_OF[name]].setdefault(name, tomlkit.aot())
        if declared["id"] not in [thing["id"] for thing in known]:
            _append(known, block, name)
    changed = {name: _text(document, texts[name]) for name, document in documents.items()}
    return {name: text.rstrip() + _line_end(text) for name, text in changed.items() if text != texts[name]}


def _append(tables: Any, block: str, name: str) -> None:
    """One more table at the end of its list, with an empty line around it."""
    if not isinstance(tables, tomlkit.items.AoT):
        raise PolicyError(
            Finding(
                f"The {name} stand in one list. Write each as a table under [[{name}]].", f"{FOLDER}/{_FILE_OF[name]}"
            )
        )
    if len(tables) and not tables[-1].as_string().endswith("\n\n"):
        tables[-1].add(tomlkit.nl())
    tables.append(tomlkit.parse(block + "\n")[name][0])


def _on_websites(
    texts: Mapping[str, str], inventory: Inventory, service_id: str, website_ids: Sequence[str]
) -> dict[str, str]:
    changed: dict[str, str] = {}
    known = [website.id for website in inventory.websites]
    for id in website_ids:
        if id not in known:
            raise PolicyError(f"{shown(id)} is not a website. {did_you_mean(id, known)}Websites: {', '.join(known)}.")
        if service_id not in inventory.website(id).services:
            name = f"websites/{id}.toml"
            document = tomlkit.parse(texts[name])
            document["services"].append(service_id)
            changed[name] = _text(document, texts[name])
    return changed


def _text(document: tomlkit.TOMLDocument, before: str) -> str:
    """The text of a document, with the line ends that its file had."""
    text = tomlkit.dumps(document)
    if _line_end(before) == "\r\n":
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return text


def _line_end(text: str) -> str:
    """How all lines of a text end; a newline where they differ."""
    return "\r\n" if "\r\n" in text and "\n" not in text.replace("\r\n", "") else "\n"


def _write(folder: Path, shown_as: str, texts: Mapping[str, str], changed: Mapping[str, str]) -> tuple[str, ...]:
    """Write the changed files, all or none, once nothing in them is worse than before."""
    _, before = check_texts(texts, shown_as)
    _, after = check_texts({**texts, **changed}, shown_as)
    old = {(finding.file, finding.message) for finding in before}
    new = [finding for finding in after if not finding.warning and (finding.file, finding.message) not in old]
    if new:
        raise PolicyError(new)
    replace_files({folder / name: text for name, text in changed.items()}, folder, shown_as)
    return tuple(f"{shown_as}/{name}" for name in changed)
