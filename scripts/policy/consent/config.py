"""What the entry of a website's consent module knows: terms without words, as plain data."""

from typing import Any

from policy.consent.code import code_number, purpose_code, service_code
from policy.consent.scope import Scope
from policy.errors import PolicyError
from policy.findings import Finding
from policy.inventory.fields import Loading
from policy.inventory.model import Service
from policy.inventory.terms import asked_purposes

LONGEST_RECORD = 3900
"""Letters that a record may have: a browser keeps 4096 bytes of a cookie with its name."""

_CODE, _ACT = 4, 40


def entry(scope: Scope, policy: str) -> dict[str, Any]:
    """All that the entry needs besides its code; `policy` is the address of the policy pages, ending in a slash.

    `services` holds a whole number for each service, in the order of their codes: the step from the code before it,
    times the number of `kinds`, plus the index of its kind. A kind is `since` and the codes of the purposes that
    consent is asked for. So 500 services take a kilobyte. What needs no consent is a name that needs nothing.
    """
    _fits(scope)
    kinds: list[tuple[int | str, ...]] = []
    steps, before = [], 0
    for code, kind in sorted((code_number(service.id), _kind(scope, service)) for service in scope.asked):
        if kind not in kinds:
            kinds.append(kind)
        steps.append((code - before, kinds.index(kind)))
        before = code
    return {
        "list": f"{policy}cookies/",
        "languages": scope.website.languages,
        "number": scope.number,
        "names": _names(scope),
        "kinds": kinds,
        "services": [step * len(kinds) + kind for step, kind in steps],
        "click": [service.id for service in scope.services if service.loading is Loading.CLICK],
        "signals": int(any(service.consent_mode for service in scope.services)),
    }


def facts(scope: Scope) -> dict[str, Any]:
    """What parts need that keep a choice or tell of it."""
    return {
        "domain": scope.website.shared_domain or "",
        "all": [purpose.id for purpose in scope.purposes],
    }


def _kind(scope: Scope, service: Service) -> tuple[int | str, ...]:
    needs = [purpose_code(id) for id in asked_purposes(scope.inventory, service)]
    return (scope.since(service), *needs) if needs else (0,)


def _names(scope: Scope) -> dict[str, list[tuple[str, int]]]:
    """What must be granted for each name that is not the id of a service: purposes, headings and other names.

    As codes, each with the oldest number under which a yes counts.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for purpose in scope.used:
        needs = [] if purpose.exemption else [(purpose_code(purpose.id), 0)]
        for name in dict.fromkeys(
            (purpose.id, *purpose.also_called, purpose.category, *_also(scope, purpose.category))
        ):
            found[name] = found.get(name, []) + [need for need in needs if need not in found.get(name, [])]
    for service in scope.services:
        since, *purposes = _kind(scope, service)
        needs = [(service_code(service.id), since), *((code, 0) for code in purposes)] if purposes else []
        names = service.also_called if purposes else (service.id, *service.also_called)
        found |= {name: found.get(name, []) + needs for name in names}
    return found


def _also(scope: Scope, category: str) -> tuple[str, ...]:
    return next(one.also_called for one in scope.inventory.categories if one.id == category)


def _fits(scope: Scope) -> None:
    """Refuse more services than one cookie can hold an answer for."""
    length = _ACT + _CODE * (len(scope.asked) + len(scope.purposes))
    if length > LONGEST_RECORD:
        message = (
            f"'{scope.id}' asks consent for {len(scope.asked)} services and {len(scope.purposes)} purposes, more than "
            "the answers that fit in one cookie. Take services off the website: at most "
            f"{LONGEST_RECORD // _CODE - 10} of both together."
        )
        raise PolicyError([Finding(message, f"docs/inventory/websites/{scope.id}.toml")])
