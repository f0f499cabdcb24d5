"""Files and hard links as one tar stream (POSIX.1-2001), so that thousands travel without a request for each."""

import tarfile
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

from policy.publish.manifest import COPIES
from policy.publish.remote import Progress, Sent

_CHUNK = 1 << 18
_GZIP = 16 + zlib.MAX_WBITS
"""Tells zlib to write members of gzip (RFC 1952)."""
_AS_IT_IS, _QUICK = 0, 1
"""Levels: what is a compressed copy already stays as it is; the headers of links shrink to a tenth."""


class Archive:
    """New files, then hard links, as a stream for `tar -xz`; modes are set, times are those of arrival."""

    def __init__(self, files: Mapping[str, Sent], links: Sequence[tuple[str, str]], progress: Progress) -> None:
        self._files, self._links, self._progress = files, links, progress

    async def chunks(self) -> AsyncIterator[bytes]:
        """The stream, each piece of about 256 kB a member of its own; only one piece and one file are in memory."""
        waiting, before = bytearray(), _QUICK
        for entry, level in self._entries():
            if waiting and (len(waiting) >= _CHUNK or level != before):
                yield zlib.compress(waiting, before, _GZIP)
                waiting.clear()
            waiting += entry
            before = level
        yield zlib.compress(waiting + b"\0" * tarfile.BLOCKSIZE * 2, before, _GZIP)

    def _entries(self) -> Iterator[tuple[bytes, int]]:
        """Each entry with the level for it: files, compressed copies, links."""
        total = sum(sent.size for sent in self._files.values())
        for name in sorted(self._files, key=_is_copy):
            content, level = self._files[name].read(), _AS_IT_IS if _is_copy(name) else _QUICK
            yield _header(name, size=len(content)) + content + b"\0" * (-len(content) % tarfile.BLOCKSIZE), level
            self._progress(len(content), total)
        for path, name in self._links:
            yield _header(name, link=path), _QUICK


def _is_copy(name: str) -> bool:
    return name.endswith(tuple(COPIES))


def _header(name: str, *, size: int = 0, link: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o644
    if link:
        info.type, info.linkname = tarfile.LNKTYPE, link
    return info.tobuf(tarfile.PAX_FORMAT)
