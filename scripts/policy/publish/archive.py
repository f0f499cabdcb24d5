"""Files and hard links as one tar stream (POSIX.1-2001), so that thousands travel without a request for each."""

import tarfile
from collections.abc import AsyncIterator, Mapping, Sequence

from policy.publish.remote import Progress, Sent

_CHUNK = 1 << 18


class Archive:
    """New files, then hard links, as a stream for `tar -x`; modes are set, times are those of arrival."""

    def __init__(self, files: Mapping[str, Sent], links: Sequence[tuple[str, str]], progress: Progress) -> None:
        self._files, self._links, self._progress = files, links, progress

    async def chunks(self) -> AsyncIterator[bytes]:
        """The stream, in pieces of about 256 kB; nothing but one piece and one file is held in memory."""
        total, waiting = sum(sent.size for sent in self._files.values()), bytearray()
        for name, sent in self._files.items():
            content = sent.read()
            waiting += _header(name, size=len(content)) + content + b"\0" * (-len(content) % tarfile.BLOCKSIZE)
            self._progress(len(content), total)
            if len(waiting) >= _CHUNK:
                yield bytes(waiting)
                waiting.clear()
        for path, name in self._links:
            waiting += _header(name, link=path)
            if len(waiting) >= _CHUNK:
                yield bytes(waiting)
                waiting.clear()
        yield bytes(waiting) + b"\0" * tarfile.BLOCKSIZE * 2


def _header(name: str, *, size: int = 0, link: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o644
    if link:
        info.type, info.linkname = tarfile.LNKTYPE, link
    return info.tobuf(tarfile.PAX_FORMAT)
