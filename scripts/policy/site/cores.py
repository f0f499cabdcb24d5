"""Work for every core, where there is enough of it."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_FEW = 8
"""So many pieces are done sooner than other processes are started."""
_BATCH = 128
"""So many are handed over at a time: each may hold whole texts."""


def on_every_core(work: Callable[[Piece], Result], pieces: Iterable[Piece]) -> Iterator[Result]:
    """The results of the pieces, in their order; `work` is a function of a module."""
    left = iter(pieces)
    batch = list(islice(left, _FEW + 1))
    if len(batch) <= _FEW:
        yield from map(work, batch)
        return
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as workers:
        while batch:
            yield from workers.map(work, batch, chunksize=_BATCH // 8)
            batch = list(islice(left, _BATCH))
