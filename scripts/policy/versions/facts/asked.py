"""For which services consent is asked again when one inventory follows another, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policy.inventory.model import Inventory, Service
from policy.inventory.terms import asked_purposes, asked_together, terms, widenings


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Why consent is asked again; what needs no consent or runs on no website is never among it.

    By the id of a service: the websites that it is new on, and what grew in its terms, by the kind of widening.
    """

    new_on: Mapping[str, frozenset[str]]
    grew: Mapping[str, Mapping[str, tuple[str, ...]]]

    def on(self, website: str, services: Iterable[str]) -> tuple[str, ...]:
        """Those of the services that are new to a website, which asks for them."""
        return tuple(id for id in services if website in self.new_on.get(id, ()))

    def as_new(self, service: str) -> tuple[str, ...]:
        """The service itself if a website asks for it as for a new one, else nothing."""
        return (service,) if service in self.new_on else ()

    def grown(self, service: str, kind: str, what: str | None = None) -> tuple[str, ...]:
        """The service itself if its terms grew in this way, else nothing; `kind` is that of a `Widening`."""
        grown = self.grew.get(service, {}).get(kind, ())
        return (service,) if grown and (what is None or what in grown) else ()

    def all_grown(self, kind: str, what: Iterable[str]) -> tuple[str, ...]:
        """All services whose terms grew by one of these."""
        wanted = set(what)
        return tuple(sorted(id for id, grown in self.grew.items() if wanted.intersection(grown.get(kind, ()))))


def asked_again(old: Inventory, new: Inventory) -> AskedAgain:
    """Whom a website asks again: it asks for what it did not ask for before, and where terms widened."""
    before = {website.id: {service.id for service in asked_together(old, website)} for website in old.websites}
    new_on: dict[str, set[str]] = {}
    known: dict[str, Service] = {}
    for website in new.websites:
        for service in asked_together(new, website):
            if not asked_purposes(new, service):
                continue
            if service.id in before.get(website.id, ()):
                known[service.id] = service
            else:
                new_on.setdefault(service.id, set()).add(website.id)
    return AskedAgain(
        {id: frozenset(websites) for id, websites in new_on.items()},
        {id: grown for id, service in known.items() if (grown := _grown(old, new, service))},
    )


def _grown(old: Inventory, new: Inventory, service: Service) -> dict[str, tuple[str, ...]]:
    found = widenings(terms(old, old.service(service.id)), terms(new, service))
    return {widening.kind: widening.what for widening in found}
