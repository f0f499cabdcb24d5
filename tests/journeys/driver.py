"""What a journey needs of a browser, whichever engine it has."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

PATIENCE = 20
"""Seconds after which what has not happened on a page will not happen."""
SLOWEST = 60
"""Seconds that a browser may take to start, or to answer, on a busy machine."""


class NotInstalled(Exception):
    """This machine lacks the engine, or a program that drives it."""


class CannotDo(Exception):
    """The engine, or its driver, has no such thing."""


class Interrupted(Exception):
    """The page left, or was not there yet, while it was asked for something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """The visitor's window and wishes."""

    width: int = 1280
    height: int = 800
    dark: bool = False
    refuses_by_browser: bool = False
    """Whether the browser sends Global Privacy Control."""


class Driver(Protocol):
    """One running browser. An expression is one JavaScript expression, evaluated in the page."""

    def start_over(self, visit: Visit, places: Sequence[str]) -> None:
        """One empty tab of a visitor who was never here; CannotDo where a wish cannot be had.

        `places` are empty pages of the websites that another visitor may have been on, for an engine that forgets
        one by one.
        """

    def open(self, address: str) -> None:
        """Open an address and wait until it is loaded."""

    def reload(self) -> None: ...

    def back(self) -> None: ...

    def evaluate(self, expression: str) -> Any:
        """The value of an expression; Interrupted where the page went away meanwhile."""

    def click(self, expression: str) -> None:
        """A click by pointer in the middle of an element, which must not lie under another."""

    def press(self, key: str) -> None:
        """Press and let go one of KEYS."""

    def cookies(self) -> dict[str, str]:
        """The domain of each cookie that this page can have, by the cookie's name."""

    def new_tab(self) -> None:
        """Another tab of the same visitor, and go to it."""

    def to_tab(self, number: int) -> None:
        """Go to a tab, counted from 0."""

    def picture(self, file: Path) -> None:
        """Write what the window shows as a PNG."""

    def stop(self) -> None: ...


KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Space": " "}
"""The keys of the journeys, as WebDriver writes them."""


def until(condition: Callable[[], Any], what: str, patience: int = PATIENCE) -> None:
    """Wait until a condition holds; an interrupted page does not fulfil it yet."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if condition():
                return
        except Interrupted:
            pass
        time.sleep(0.02)  # lets the browser have the processor between two questions
    raise AssertionError(f"Waited {patience} seconds in vain: {what}.")
