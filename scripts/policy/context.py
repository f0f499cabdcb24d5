"""What every command is about: a project folder and a day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Context:
    """`root` is the project's folder, the one that holds docs/; `day` the day that the answers are about."""

    root: Path
    day: date
