"""The built-in catalogue: services that small websites use, ready to be taken over.

A file holds what a service's file holds and, at its end, `[[needs.recipients]]`, `[[needs.purposes]]` and
`[[needs.categories]]`: what the inventory must declare for it.
"""

from importlib.resources import files

from policy.errors import PolicyError
from policy.findings import did_you_mean
from policy.inventory.explain import shown

_NEEDS = "[[needs."


def names() -> tuple[str, ...]:
    """The ids of the services in the catalogue, in order."""
    entries = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in entries if name.endswith(".toml")))


def entry(id: str) -> tuple[str, str]:
    """The text of a service's file, and the text of what it needs; PolicyError if it is not in the catalogue."""
    known = names()
    if id not in known:
        raise PolicyError(
            f"{shown(id)} is not in the catalogue. {did_you_mean(id, known)}"
            f"The catalogue has: {', '.join(known)}. For another service, copy a file in docs/inventory/services."
        )
    text = (files(__name__) / f"{id}.toml").read_text("utf-8").replace("\r\n", "\n")
    at = f"\n{text}".find(f"\n{_NEEDS}")
    service, needs = (text, "") if at < 0 else (text[:at], text[at:])
    return service.strip() + "\n", needs
