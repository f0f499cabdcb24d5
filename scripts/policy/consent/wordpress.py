"""The plugin that makes a WordPress website wait for consent: one PHP file, with the facts of the website in it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from policy.inventory.model import Inventory, Service, Website
from policy.inventory.terms import asked_purposes

NAME = "leiz-toestemming.php"
"""The name of the file, in `wp-content/mu-plugins/`."""

_SOURCE = Path(__file__).with_suffix(".php")
_PLACE = "array(/* made from the inventory */)"


def plugin(inventory: Inventory, website: Website, services: tuple[Service, ...]) -> str:
    """The text of the plugin; of these services, those that need no consent are left alone."""
    asked = tuple(service for service in services if asked_purposes(inventory, service))
    facts = {
        "website": website.name,
        "list": f"{inventory.controller.policy_site.address}cookies/",
        "services": [service.id for service in asked],
        "hosts": {
            "script": _by_host((service.id, service.hosts.script) for service in asked),
            "frame": _by_host((service.id, service.hosts.frame) for service in asked),
            "image": _by_host((service.id, service.hosts.image) for service in asked),
            "any": _by_host((service.id, _every(service)) for service in asked),
        },
    }
    return _SOURCE.read_text("utf-8").replace(_PLACE, php(facts, " " * 8))


def _every(service: Service) -> tuple[str, ...]:
    hosts = service.hosts
    return tuple(dict.fromkeys((*hosts.script, *hosts.frame, *hosts.connect, *hosts.image)))


def _by_host(declared: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    """From hosts by service to services by host; `.example.com` is the domain itself and all below it."""
    found: dict[str, list[str]] = {}
    for id, hosts in declared:
        for host in hosts:
            for name in (host[1:], "*" + host) if host.startswith(".") else (host,):
                found.setdefault(name, []).append(id)
    return found


def php(value: Any, indent: str = "") -> str:
    """Text, a list of texts or a dictionary as PHP writes it; in single quotes only `\\` and `'` mean something."""
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(value, list):
        return f"array({', '.join(php(item) for item in value)})"
    deeper = indent + "    "
    lines = "".join(f"{deeper}{php(key)} => {php(item, deeper)},\n" for key, item in value.items())
    return f"array(\n{lines}{indent})"
