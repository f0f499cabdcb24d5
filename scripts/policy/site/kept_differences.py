"""Comparisons kept between builds by what they compare, since most pairs of versions never change again."""

import json
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path

from policy.versions.compare.text import Change, Comparison, Wording, compare

_FEW = 8
"""So many comparisons are made sooner than other processes are started."""

Pair = tuple[str, str, Wording]


class KeptDifferences:
    """Comparisons in a folder: one file for each pair of texts, language and edition of the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[str] = set()

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """Make those that are not there yet, on every core where there are many."""
        self.folder.mkdir(parents=True, exist_ok=True)
        missing = {name: pair for pair in pairs if not (self.folder / (name := _name(pair))).exists()}
        jobs = [(self.folder / name, pair) for name, pair in missing.items()]
        if len(jobs) <= _FEW:
            for job in jobs:
                _make(job)
            return
        with ProcessPoolExecutor(max_workers=os.cpu_count()) as workers:
            for _ in workers.map(_make, jobs, chunksize=4):
                pass

    def of(self, old: str, new: str, wording: Wording) -> Comparison:
        """The comparison of a pair; what cannot be read is made anew."""
        pair = (old, new, wording)
        path = self.folder / _name(pair)
        self._used.add(path.name)
        for _ in range(2):
            try:
                data = json.loads(path.read_text("utf-8"))
                return Comparison(data["html"], tuple(Change(**change) for change in data["changes"]), data["share"])
            except (OSError, ValueError, KeyError, TypeError):
                self.folder.mkdir(parents=True, exist_ok=True)
                _make((path, pair))
        return compare(*pair)

    def forget_others(self) -> None:
        """Remove what no page of this build needed."""
        for path in self.folder.glob("*.json"):
            if path.name not in self._used:
                path.unlink()


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
