"""The words that a comparison adds to a text, in the language of the page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Words and sentences; `{…}` is filled in.

    Of `moved`, `{before}` is the title of the section that it followed, or `at_start`; of `link`, `{before}` and
    `{after}` are addresses; of `unchanged`, `{count}` is a number of parts, and `unchanged_one` is for a single one.
    """

    added: str
    removed: str
    changed: str
    moved: str
    at_start: str
    link: str
    unchanged: str
    unchanged_one: str
    back: str
    onward: str
