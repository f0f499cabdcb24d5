"""Records as the module keeps them, made by the tests."""

from datetime import UTC, datetime

from policy.consent.code import purpose_code, service_code
from policy.consent.scope import Scope
from tests import demo

ANY_TEXT = "0a1b2c3d"
"""A digest of words: which words were shown changes nothing."""


def minutes(from_now: int = 0) -> str:
    """A moment as a record writes it, so many minutes from now."""
    return base36(int(datetime.now(UTC).timestamp()) // 60 + from_now)


def base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def every_code(website: str = "voorbeeld") -> str:
    """All that an answer for all is about."""
    scope = Scope(((demo.NUMBER, demo.inventory()),), website)
    return "".join([service_code(s.id) for s in scope.asked] + [purpose_code(p.id) for p in scope.purposes])


def act(
    method: str = "all",
    granted: str | None = None,
    refused: str = "",
    *,
    number: int = demo.NUMBER,
    minute: str = "",
    withdrawn: str = "",
) -> str:
    """One act of a record; it grants everything unless told otherwise."""
    granted = every_code() if granted is None else granted
    return ".".join([str(number), minute or minutes(), method, ANY_TEXT, granted, refused, withdrawn])


def record(*acts: str) -> str:
    """The value of the cookie."""
    return ".".join(["2", *acts])


def fields(value: str | None) -> list[list[str]]:
    """The acts of a kept record, each as its seven fields."""
    parts = (value or "").split(".")[1:]
    return [parts[at : at + 7] for at in range(0, len(parts), 7)]


def codes(list: str) -> set[str]:
    """The codes of a list as an act writes it."""
    return {list[at : at + 4] for at in range(0, len(list), 4)}
