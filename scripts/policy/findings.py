"""What is wrong with the content, as data: sentences for an editor."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: what is wrong and the way out, in `message`; where, in the rest.

    `file` is the path as an editor knows it (from the project's folder),
    `line` counts from 1 and is None where the parser does not know it,
    `path` is the key path inside the file, such as `storage[0].purpose`.
    A finding with `warning` set does not stop a build.
    """

    message: str
    file: str = ""
    line: int | None = None
    path: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.message) if part)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that ends in a space, or nothing where no known word is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'? " if near else ""
