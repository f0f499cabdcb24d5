"""Comparisons kept between builds by what they compare, since most pairs of versions never change again."""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path

from policy.site.cores import on_every_core
from policy.versions.compare.text import Change, Comparison, Wording, compare

Pair = tuple[str, str, Wording]


class KeptDifferences:
    """Comparisons in a folder: one file for each pair of texts, language and edition of the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names: dict[str, str] = {}

    def prepare(self, pairs: Iterable[tuple[str, Pair]]) -> None:
        """Make those that are not there yet, each for a page, on every core where there are many."""
        self.folder.mkdir(parents=True, exist_ok=True)
        jobs = (self._job(page, pair) for page, pair in pairs)
        missing = (job for job in jobs if not job[0].exists())
        for _ in on_every_core(_make, missing):
            pass

    def _job(self, page: str, pair: Pair) -> tuple[Path, Pair]:
        self._names[page] = _name(pair)
        return self.folder / self._names[page], pair

    def of(self, page: str, pair: Callable[[], Pair]) -> Comparison:
        """The comparison that a page shows; what cannot be read is made anew from the pair."""
        try:
            data = json.loads((self.folder / self._names[page]).read_text("utf-8"))
            return Comparison(data["html"], tuple(Change(**change) for change in data["changes"]), data["share"])
        except (OSError, ValueError, KeyError, TypeError):
            return compare(*pair())

    def forget_others(self) -> None:
        """Remove what no page of this build needed."""
        for path in self.folder.glob("*.json"):
            if path.name not in self._names.values():
                path.unlink(missing_ok=True)


def _make(job: tuple[Path, Pair]) -> None:
    path, pair = job
    found = compare(*pair)
    changes = [asdict(change) for change in found.changes]
    text = json.dumps({"html": found.html, "changes": changes, "share": found.share}, ensure_ascii=False)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(text.encode())
    os.replace(aside, path)


def _name(pair: Pair) -> str:
    old, new, wording = pair
    parts = (_program(), repr(wording), old, new)
    return sha256("\0".join(parts).encode()).hexdigest()[:32] + ".json"


@cache
def _program() -> str:
    """The digest of the modules that compare: another program may compare in another way."""
    import policy.versions.compare as package

    sources = sorted(Path(package.__file__).parent.glob("*.py"))
    return sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()
