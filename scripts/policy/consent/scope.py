"""What one choice on a website is about: the inventory that counts, its services, and since when their terms hold."""

from dataclasses import dataclass
from functools import cached_property

from policy.inventory.model import Inventory, Purpose, Service, Website
from policy.inventory.terms import History, Widening, asked_purposes, asked_together, readers, widened_at


@dataclass(frozen=True)
class Scope:
    """A website (by id) under the last inventory of a history of announced ones."""

    history: History
    id: str

    @property
    def number(self) -> int:
        """The number of the inventory that counts."""
        return self.history[-1][0]

    @property
    def inventory(self) -> Inventory:
        """The inventory that counts."""
        return self.history[-1][1]

    @property
    def website(self) -> Website:
        """The website itself."""
        return self.inventory.website(self.id)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """The services that one choice is about, those of websites that share it included."""
        return asked_together(self.inventory, self.website)

    @cached_property
    def asked(self) -> tuple[Service, ...]:
        """Of these, the ones that need consent."""
        return tuple(service for service in self.services if asked_purposes(self.inventory, service))

    @cached_property
    def used(self) -> tuple[Purpose, ...]:
        """The purposes of these services, in the order of the inventory."""
        ids = {id for service in self.services for id in service.purposes}
        return tuple(purpose for purpose in self.inventory.purposes if purpose.id in ids)

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """The purposes that consent is asked for."""
        return tuple(purpose for purpose in self.used if not purpose.exemption)

    @cached_property
    def widened(self) -> dict[str, list[tuple[int, list[Widening]]]]:
        """By service, the numbers at which its terms widened, newest first, and how."""
        return widened_at(self.history, self.id)

    def since(self, service: Service) -> int:
        """The number at which the terms of a service last widened."""
        return self.widened[service.id][0][0]

    @property
    def others(self) -> set[str]:
        """Who else than the controller gets data through what consent is asked for."""
        return {id for service in self.asked for id in readers(service)}
