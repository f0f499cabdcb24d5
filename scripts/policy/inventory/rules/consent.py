"""When a purpose may do without consent, and what may never share a switch."""

from collections.abc import Iterator

from policy.findings import Finding
from policy.inventory.explain import shown
from policy.inventory.fields import Exemption, LegalBasis
from policy.inventory.model import HOST_KINDS, Inventory, LimitedAnalytics, Purpose
from policy.inventory.rules.names import PURPOSES, service_file
from policy.inventory.rules.trackers import Use, known_trackers, tracker_of_host

_EXEMPT_BASES = (LegalBasis.CONTRACT, LegalBasis.LEGITIMATE_INTERESTS)
_APART = {Use.RECORDINGS: (Use.COUNTS, Use.SURVEYS), Use.SURVEYS: (Use.COUNTS,)}


def exempt_or_asked(inventory: Inventory) -> Iterator[Finding]:
    """A purpose is either exempt, with a reason, or asked for (Tw 11.7a; no legitimate interest as a second route)."""
    for index, purpose in enumerate(inventory.purposes):
        key, message = _wrong_basis(purpose)
        if message:
            yield Finding(message, PURPOSES, path=f"purposes[{index}].{key}")


def _wrong_basis(purpose: Purpose) -> tuple[str, str]:
    if purpose.exemption is None and purpose.exemption_reason:
        return "exemption_reason", f"This is a reason without an exemption. Write exemption as one of: {_words()}."
    if purpose.exemption is None and purpose.legal_basis is not LegalBasis.CONSENT:
        return "legal_basis", (
            f"{shown(purpose.legal_basis.value)} does not allow storing without consent. "
            f'Write legal_basis = "consent", or name the exemption and its reason: {_words()}.'
        )
    if purpose.exemption and purpose.legal_basis is LegalBasis.CONSENT:
        return "exemption", 'What is asked for cannot be exempt. Remove exemption, or change legal_basis = "consent".'
    if purpose.exemption and purpose.legal_basis not in _EXEMPT_BASES:
        return "legal_basis", (
            f"{shown(purpose.legal_basis.value)} is not a basis for an exempt purpose. "
            f"Write one of: {', '.join(_EXEMPT_BASES)}."
        )
    if purpose.exemption and not purpose.exemption_reason:
        return "exemption", (
            "The exemption has no reason. Say in exemption_reason which service the visitor asked for, "
            "and why this is needed."
        )
    return "", ""


def no_exempt_tracker(inventory: Inventory) -> Iterator[Finding]:
    """A known tracker is never exempt, whatever it is called."""
    exempt = {purpose.id for purpose in inventory.purposes if purpose.exemption}
    for service in inventory.services:
        for index, item in enumerate(service.storage):
            for place, name in enumerate(item.names):
                maker = next(known_trackers(name), None)
                if item.purpose in exempt and maker:
                    yield Finding(
                        f"{shown(name)} is a known tracker ({maker[0]}), and '{item.purpose}' asks for no consent. "
                        "Give it a purpose with legal basis 'consent'.",
                        service_file(service.id),
                        path=f"storage[{index}].names[{place}]",
                    )


def no_exempt_tracker_host(inventory: Inventory) -> Iterator[Finding]:
    """A service that runs unasked contacts no host of a known tracker."""
    exempt = {purpose.id for purpose in inventory.purposes if purpose.exemption}
    for service in inventory.services:
        if not exempt.issuperset(service.purposes):
            continue
        for kind in HOST_KINDS:
            for place, host in enumerate(getattr(service.hosts, kind)):
                if maker := tracker_of_host(host):
                    yield Finding(
                        f"{shown(host)} is a host of a known tracker ({maker}), and this service runs without consent. "
                        "Give it a purpose with legal basis 'consent'.",
                        service_file(service.id),
                        path=f"hosts.{kind}[{place}]",
                    )


def limited_analytics(inventory: Inventory) -> Iterator[Finding]:
    """Measuring without consent needs all four conditions (Tw 11.7a(3)(b))."""
    limited = {purpose.id for purpose in inventory.purposes if purpose.exemption is Exemption.LIMITED_ANALYTICS}
    for service in inventory.services:
        used = sorted(limited.intersection(service.purposes))
        if not used:
            continue
        missing = _not_met(service.limited_analytics)
        if missing:
            yield Finding(
                f"'{used[0]}' measures without consent, which needs {' and '.join(missing)} to be true. "
                "Change the settings of the service and write them in [limited_analytics], or give it a purpose "
                "with legal basis 'consent'.",
                service_file(service.id),
                path="limited_analytics" if service.limited_analytics else "purposes",
            )


def recordings_apart(inventory: Inventory) -> Iterator[Finding]:
    """Recordings, surveys and counting visits never share a switch, whatever the purpose is called.

    What an item is for is known by its name, from the list of trackers; an unknown name binds to nothing.
    """
    uses: dict[str, dict[Use, str]] = {}
    items = [
        (service.id, index, item)
        for service in inventory.services
        if not service.retired
        for index, item in enumerate(service.storage)
    ]
    for _, _, item in items:
        for name, use in _known_uses(item.names):
            uses.setdefault(item.purpose, {}).setdefault(use, name)
    for service, index, item in items:
        for name, use in _known_uses(item.names):
            for other in _APART.get(use, ()):
                if shared := uses[item.purpose].get(other):
                    yield Finding(
                        f"{shown(name)} is for {use.value} and shares the purpose '{item.purpose}' with '{shared}', "
                        f"which is for {other.value}. Give each a purpose of its own.",
                        service_file(service),
                        path=f"storage[{index}].purpose",
                    )
                    break


def _known_uses(names: tuple[str, ...]) -> Iterator[tuple[str, Use]]:
    for name in names:
        if found := next(known_trackers(name), None):
            yield name, found[1]
            return


def _not_met(conditions: LimitedAnalytics | None) -> list[str]:
    names = [name for name in LimitedAnalytics.model_fields if name != "confirm"]
    return [name for name in names if not (conditions and getattr(conditions, name))]


def _words() -> str:
    return ", ".join(Exemption)
