"""The compressed copies beside the files of a build, so that the server need not compress anything itself."""

import gzip
import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

import brotli

from policy.headers.media import COPIES, has_copies

_BROTLI, _GZIP = 11, 9
"""The best that each can do: a file is compressed once and sent often."""


def _brotli(content: bytes) -> bytes:
    made: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=_BROTLI)
    return made


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=_GZIP, mtime=0)


_MAKERS: dict[str, Callable[[bytes], bytes]] = dict(zip(COPIES, (_brotli, _gzip), strict=True))
_MAKER = f"{brotli.__version__} {_BROTLI} {zlib.ZLIB_RUNTIME_VERSION} {_GZIP}\0".encode()


def compress(folder: Path, kept: Path | None = None) -> None:
    """Write `NAME.br` and `NAME.gz` (RFC 7932, RFC 1952) beside each file below a folder that is worth it.

    The same bytes give the same copies with the same compressors: no time and no name is inside. Copies that were made
    before are taken from the folder `kept`, where the new ones are put as well.
    PolicyError for a file of an unknown kind.
    """
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(cpu_count()) as pool:  # both compressors let other threads run
        list(pool.map(lambda path: _write(path, kept), _worth_it(folder)))


def forget(kept: Path, folders: Iterable[Path]) -> None:
    """Remove from `kept` the copies that are of no file below these folders."""
    needed = {_name(path.read_bytes()) for folder in folders for path in _worth_it(folder)}
    for path in kept.iterdir():
        if path.name.removesuffix(path.suffix) not in needed:
            path.unlink(missing_ok=True)


def _worth_it(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and has_copies(path.relative_to(folder).as_posix(), path.stat().st_size):
            yield path


def _write(path: Path, kept: Path | None) -> None:
    content = path.read_bytes()
    for ending, make in _MAKERS.items():
        copy = path.with_name(path.name + ending)
        before = kept / f"{_name(content)}{ending}" if kept else None
        try:
            copy.write_bytes(before.read_bytes() if before else make(content))
        except FileNotFoundError:
            copy.write_bytes(make(content))
            if before:
                _keep(copy, before)


def _keep(copy: Path, before: Path) -> None:
    """Put a copy into the folder for the next build, whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=before.parent, delete=False) as file:
        file.write(copy.read_bytes())
    os.replace(file.name, before)


def _name(content: bytes) -> str:
    """What a copy is kept under: the digest of its original, and who makes it."""
    return hashlib.sha256(_MAKER + content).hexdigest()
