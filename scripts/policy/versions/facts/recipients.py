"""What differs in recipients: who they are, where, and on which ground data goes there."""

from collections import defaultdict
from collections.abc import Iterator

from policy.inventory.model import CONTROLLER, Inventory, Recipient, Transfer
from policy.versions.facts.asked import AskedAgain
from policy.versions.facts.compare import added_and_gone, by_id, changed_fields
from policy.versions.facts.difference import Difference
from policy.versions.facts.difference import DifferenceKind as Kind

_TOLD_APART = ("name", "role", "country", "transfers")


def recipient_differences(old: Inventory, new: Inventory, asked: AskedAgain) -> Iterator[Difference]:
    """What differs in recipients, with the services that consent is asked again for because of it."""
    before, after = by_id(old.recipients), by_id(new.recipients)
    yield from added_and_gone(before, after, Kind.RECIPIENT_ADDED, Kind.RECIPIENT_GONE)
    for id in sorted(before.keys() & after.keys()):
        yield from _who(before[id], after[id], asked)
        yield from _where(before[id], after[id], asked)
        yield from _other_facts(before[id], after[id])


def _who(was: Recipient, now: Recipient, asked: AskedAgain) -> Iterator[Difference]:
    again = asked.all_grown("recipients", [now.id])
    for kind, before, after in ((Kind.NEW_NAME, was.name, now.name), (Kind.NEW_ROLE, str(was.role), str(now.role))):
        if before != after:
            yield Difference(kind, now.id, now.name, before=before, after=after, asks_again=again)


def _where(was: Recipient, now: Recipient, asked: AskedAgain) -> Iterator[Difference]:
    def again(country: str, *grounds: str) -> tuple[str, ...]:
        return asked.all_grown("places", [" ".join((now.id, country, ground)) for ground in grounds])

    if was.country != now.country:
        asks = again(now.country, "")
        yield Difference(
            Kind.NEW_COUNTRY, now.id, now.name, (now.country,), before=was.country, after=now.country, asks_again=asks
        )
    before, after = _grounds(was.transfers), _grounds(now.transfers)
    for country in sorted(after.keys() - before.keys()):
        asks = again(country, *after[country])
        grounds = ", ".join(sorted(after[country]))
        yield Difference(Kind.TRANSFER_ADDED, now.id, now.name, (country,), after=grounds, asks_again=asks)
    for country in sorted(before.keys() - after.keys()):
        grounds = ", ".join(sorted(before[country]))
        yield Difference(Kind.TRANSFER_GONE, now.id, now.name, (country,), before=grounds)
    for country in sorted(before.keys() & after.keys()):
        came, went = sorted(after[country] - before[country]), sorted(before[country] - after[country])
        if came:
            asks = again(country, *came)
            yield Difference(Kind.NEW_GROUND, now.id, now.name, tuple(came), after=country, asks_again=asks)
        if went:
            yield Difference(Kind.GROUND_GONE, now.id, now.name, tuple(went), before=country)


def _grounds(transfers: tuple[Transfer, ...]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for transfer in transfers:
        found[transfer.country].update(str(ground) for ground in transfer.grounds)
    return dict(found)


def _other_facts(was: Recipient, now: Recipient) -> Iterator[Difference]:
    """What is left: the parent, the task, and the words about a transfer that was there already."""
    fields = changed_fields(was, now, _TOLD_APART)
    if _words(was, now) != _words(now, was):
        fields += ("transfers",)
    if fields:
        yield Difference(Kind.RECIPIENT_CHANGED, now.id, now.name, fields=fields)


def _words(one: Recipient, other: Recipient) -> list[tuple[str, str, str]]:
    """How a copy is got and when a transfer was checked, of the transfers to countries that the other has too."""
    shared = {transfer.country for transfer in other.transfers}
    return sorted((to.country, to.copy_of_safeguards, str(to.checked)) for to in one.transfers if to.country in shared)


def recipient_name(inventory: Inventory, id: str) -> str:
    """The name of a recipient, or of the controller itself; the id where nobody has it, as rules change with time."""
    known = {recipient.id: recipient.name for recipient in inventory.recipients}
    return inventory.controller.name if id == CONTROLLER else known.get(id, id)
