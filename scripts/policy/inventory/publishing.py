"""Where what is built goes: docs/inventory/publishing.toml, no part of the inventory: not frozen, not published."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from policy.findings import Finding
from policy.inventory.fact import Fact
from policy.inventory.fields import Host, Id
from policy.inventory.files import FOLDER, read_text
from policy.inventory.read import parse

NAME = "publishing.toml"
KNOWN_HOSTS = "known_hosts"
"""The file with the pinned host keys, in the form of OpenSSH."""
_SECRET = re.compile(r"pass(word|phrase|wd)?|wachtwoord|secret|token|private_?key|key", re.IGNORECASE)


def _inside(path: str) -> str:
    if any(part in (".", "..") for part in path.split("/")):
        raise ValueError(f"'{path}' leads elsewhere. Write the path from the account's own folder, such as www/privacy")
    return path


Place = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$"), AfterValidator(_inside)]
"""A path on the host, from the folder where SFTP starts, such as `www/privacy`."""
Below = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)*/?$"), AfterValidator(_inside)]
"""A path below the policy site, such as `versies/1/`; empty for its home page."""


class Account(Fact):
    """An account on a host, reached by SSH with a key; there is no place for a password."""

    id: Id
    host: Host
    user: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]+$")]
    port: int = Field(22, ge=1, le=65535)
    folder: Place = Field("privacy-releases", description="Private, beside the document roots: releases are kept here.")


class PolicyTarget(Fact):
    """Where the policy site goes."""

    account: Id
    place: Place = Field(description="What the site's address shows; it becomes a link, so nothing else lies in it.")


class WebsiteTarget(Fact):
    """Where a website's consent module and guard go."""

    website: Id
    account: Id
    document_root: Place
    wordpress: bool = Field(False, description="Also put the plug-in into wp-content/mu-plugins.")


class Moved(Fact):
    """An old address below the policy site, and where it leads now."""

    old: Below
    new: Below


class Publishing(Fact):
    """The accounts, and what goes where."""

    accounts: tuple[Account, ...] = Field(min_length=1)
    policy_site: PolicyTarget
    websites: tuple[WebsiteTarget, ...] = ()
    moved: tuple[Moved, ...] = ()


def read_publishing(folder: Path, websites: tuple[str, ...]) -> tuple[Publishing | None, list[Finding]]:
    """What the file in the inventory's folder says, and every problem; None where there is no file, or a problem.

    `websites` are the ids that the inventory knows.
    """
    path, shown_as = folder / NAME, f"{FOLDER}/{NAME}"
    if not path.exists():
        return None, []
    findings: list[Finding] = []
    text = read_text(path, shown_as, findings)
    if text is None:
        return None, findings
    if findings := list(_secrets(text, shown_as)):
        return None, findings
    found: Publishing | None = parse(text, Publishing, shown_as, findings)
    if found:
        findings += _problems(found, websites, shown_as)
    return (None if findings else found), findings


def _secrets(text: str, shown_as: str) -> Iterator[Finding]:
    """A password in a file is a password in git's history."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    for key in _keys(data):
        if _SECRET.fullmatch(key):
            message = (
                "Passwords and keys do not belong in a file. Remove it, use a key (PUBLISHING.md), and if this was "
                "ever committed, change it: git keeps what it saw."
            )
            yield Finding(message, shown_as, path=key)


def _keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _keys(value)
    elif isinstance(data, list):
        for value in data:
            yield from _keys(value)


def _problems(found: Publishing, websites: tuple[str, ...], shown_as: str) -> Iterator[Finding]:
    accounts = {account.id: account for account in found.accounts}
    if len(accounts) < len(found.accounts):
        yield Finding("Two accounts have the same id. Give each its own.", shown_as, path="accounts")
    targets = [("policy_site", found.policy_site.account, found.policy_site.place)]
    for index, target in enumerate(found.websites):
        targets.append((f"websites[{index}]", target.account, target.document_root))
        if target.website not in websites:
            message = (
                f"'{target.website}' is not a website. They are in docs/inventory/websites: {', '.join(websites)}."
            )
            yield Finding(message, shown_as, path=f"websites[{index}].website")
    for path, account, place in targets:
        if account not in accounts:
            message = f"'{account}' is not an account of this file. There are: {', '.join(accounts)}."
            yield Finding(message, shown_as, path=f"{path}.account")
        elif _below(accounts[account].folder, place):
            message = f"The folder '{accounts[account].folder}' lies in '{place}', where visitors can see it."
            yield Finding(f"{message} Name a folder beside it.", shown_as, path="accounts.folder")
    for index, target in enumerate(found.websites):
        if target.account == found.policy_site.account and target.document_root == found.policy_site.place:
            message = "The policy site cannot be the document root of a website: it would take everything's place."
            yield Finding(f"{message} Name a folder in it.", shown_as, path=f"websites[{index}].document_root")


def _below(folder: str, place: str) -> bool:
    return folder == place or folder.startswith(f"{place}/")
