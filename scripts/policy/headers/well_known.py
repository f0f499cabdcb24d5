"""The well-known files of a website: `gpc.json`, and `security.txt` after RFC 9116."""

import json
import re
from collections.abc import Sequence
from datetime import date

from policy.errors import PolicyError

MONTHS = 11
"""RFC 9116 (2.5.5) wants an end less than a year ahead."""

_NAME = "/.well-known/security.txt"
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})"
_WEB = re.compile(rf"https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/{_CHARACTER}*)?")
_MAIL = re.compile(r"mailto:[A-Za-z0-9.!$&'*+/=_~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"tel:\+[0-9](?:[0-9-]*[0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def gpc_json(last_update: date) -> str:
    """`/.well-known/gpc.json`: this website abides by Global Privacy Control (W3C GPC, "GPC Support Resource").

    `last_update` is the day on which that was last looked at or changed; never one that is yet to come.
    """
    return json.dumps({"gpc": True, "lastUpdate": last_update.isoformat()}) + "\n"


def expires_on(day: date) -> date:
    """When a `security.txt` built on this day ends: the same for a whole month, ten to eleven months ahead."""
    months = day.year * 12 + day.month - 1 + MONTHS
    return date(months // 12, months % 12 + 1, 1)


def security_txt(
    *,
    contacts: Sequence[str],
    expires: date,
    languages: Sequence[str],
    canonical: Sequence[str],
    policy: str | None = None,
) -> str:
    """`/.well-known/security.txt` (RFC 9116), whole and unsigned; it ends as that day begins (UTC).

    `contacts` are URIs, the best one first; `canonical` the addresses at which this file stands. `policy` is the page
    about reporting weak spots, and not the one about privacy. PolicyError, with all that is wrong, where a value
    cannot stand in the file.
    """
    problems = [
        *_contacts(contacts),
        *_languages(languages),
        *_canonical(canonical),
        *([] if policy is None else _web(policy, "policy")),
    ]
    if problems:
        raise PolicyError("security.txt: " + " ".join(problems))
    fields = [
        *(("Contact", contact) for contact in contacts),
        ("Expires", f"{expires.isoformat()}T00:00:00Z"),
        *([("Preferred-Languages", ", ".join(languages))] if languages else []),
        *(("Canonical", address) for address in canonical),
        *([("Policy", policy)] if policy is not None else []),
    ]
    return "".join(f"{name}: {value}\n" for name, value in fields)


def _contacts(contacts: Sequence[str]) -> list[str]:
    if not contacts:
        return ["There is no contact. Give at least one, such as mailto:security@example.org."]
    return [
        f"{contact!r} is no contact. Write mailto: with an address, https:// with a page, or tel: with +31 and so on."
        for contact in contacts
        if not (_MAIL.fullmatch(contact) or _WEB.fullmatch(contact) or _PHONE.fullmatch(contact))
    ]


def _languages(languages: Sequence[str]) -> list[str]:
    wrong = [language for language in languages if not _LANGUAGE.fullmatch(language)]
    double = len(set(languages)) < len(languages)
    return [f"{one!r} is no language. Write a code such as nl (RFC 5646)." for one in wrong] + [
        "A language stands there twice. Name it once."
    ] * double


def _canonical(addresses: Sequence[str]) -> list[str]:
    return [
        f"{address!r} is no address of this file. Write https://, a host and {_NAME}."
        for address in addresses
        if not (_WEB.fullmatch(address) and address.endswith(_NAME) and address.count("/") == 4)
    ]


def _web(address: str, what: str) -> list[str]:
    return [] if _WEB.fullmatch(address) else [f"{address!r} is no {what}. Write an address that begins with https://."]
