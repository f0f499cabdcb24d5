"""What can be asked of a connected host. Many requests travel at once, so a slow line costs little."""

import asyncio
import shlex
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import asyncssh
from asyncssh import SFTPAttrs, SFTPClient, SSHClientConnection

from policy.publish.archive import Archive
from policy.publish.background import AT_ONCE, Background, together
from policy.publish.problems import HostError, UnsupportedError
from policy.publish.remote import Entry, Progress, Sent
from policy.publish.sftp.sentences import MISSING, sentence
from policy.publish.target import Account

T = TypeVar("T")
A = TypeVar("A")

_BLOCK = 32768
"""Bytes that every server takes, or gives, in one request (draft-ietf-secsh-filexfer-02, 3)."""
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755
_KINDS = {
    asyncssh.FILEXFER_TYPE_REGULAR: Entry.FILE,
    asyncssh.FILEXFER_TYPE_DIRECTORY: Entry.FOLDER,
    asyncssh.FILEXFER_TYPE_SYMLINK: Entry.LINK,
}


class Sftp:
    """A host with an open connection; see `Remote` for what each call does."""

    def __init__(
        self, account: Account, connection: SSHClientConnection, client: SFTPClient, background: Background
    ) -> None:
        self._account, self._connection, self._client, self._background = account, connection, client, background
        self.unpacks = False
        """Whether a shell with GNU tar may be used; who connects says so after a probe."""
        self.keeps_modes = False
        """Whether a new file gets the mode that was asked for; else it is set by a request of its own."""

    async def close(self) -> None:
        """End the connection; one that is broken already is no error."""
        self._client.exit()
        self._connection.close()
        await self._connection.wait_closed()

    def read(self, path: str) -> bytes | None:
        async def call() -> bytes | None:
            try:
                file = await self._client.open(path, "rb", block_size=0)
                start, found, _ = await asyncio.gather(file.read(_BLOCK, 0), file.stat(), file.close())
                if len(start) == found.size:
                    return bytes(start)
                async with self._client.open(path, "rb") as file:
                    return await file.read()
            except MISSING:
                return None

        return self._do(call(), path)

    def sizes(self, paths: Sequence[str]) -> list[int | None]:
        return [found.size if found else None for found in self._ask(_if_there(self._client.stat), paths)]

    def kind(self, path: str) -> Entry | None:
        return self.kinds([path])[0]

    def kinds(self, paths: Sequence[str]) -> list[Entry | None]:
        return [_KINDS.get(found.type) if found else None for found in self._ask(_if_there(self._client.lstat), paths)]

    def listing(self, path: str) -> dict[str, Entry]:
        async def call() -> dict[str, Entry]:
            try:
                return {
                    str(entry.filename): kind
                    async for entry in self._client.scandir(path)
                    if entry.filename not in (".", "..") and (kind := _KINDS.get(entry.attrs.type))
                }
            except MISSING:
                return {}

        return self._do(call(), path)

    def read_links(self, paths: Sequence[str]) -> list[str]:
        return [str(target) for target in self._ask(self._client.readlink, paths)]

    def is_untouched(self, folder: str, file: str, folders: Sequence[str]) -> bool:
        written = self.modified(f"{folder}/{file}")
        if self.unpacks:
            command = f"find {shlex.quote(folder)} -type d -newer {shlex.quote(f'{folder}/{file}')} | head -n 1"
            return self.shell(command) == (0, "")
        found = self._ask(self._client.stat, [folder, *(f"{folder}/{path}" for path in folders)])
        return all(float(one.mtime or 0) <= written for one in found)

    def modified(self, path: str) -> float:
        """When a file was last changed, in seconds since 1970 by the host's clock."""
        return float(self._do(self._client.stat(path), path).mtime or 0)

    def mode(self, path: str) -> int:
        """The permissions of a file or folder."""
        return (self._do(self._client.stat(path), path).permissions or 0) & 0o777

    def free(self, path: str) -> int | None:
        """The bytes that are free where a folder lies; None where the host does not tell (statvfs@openssh.com)."""
        try:
            found = self._do(self._client.statvfs(path), path)
        except UnsupportedError:
            return None
        return found.favail and found.bavail * found.frsize

    def make_folders(self, paths: Iterable[str]) -> None:
        self._each(self._make_folder, list(paths))  # they leave in this order, and are made in it

    async def _make_folder(self, path: str) -> None:
        try:
            await self._client.mkdir(path, SFTPAttrs(permissions=_FOLDER_MODE))
            if not self.keeps_modes:
                await self._client.setstat(path, SFTPAttrs(permissions=_FOLDER_MODE))
        except asyncssh.SFTPError:  # servers do not agree how to say that it is there already
            if not await self._client.isdir(path):
                raise

    def make_folder(self, path: str) -> bool:
        async def call() -> bool:
            try:
                await self._client.mkdir(path, SFTPAttrs(permissions=_FOLDER_MODE))
            except asyncssh.SFTPFailure:
                if await self._client.exists(path):
                    return False
                raise
            return True

        return self._do(call(), path)

    def send(self, files: Mapping[str, Sent], progress: Progress | None = None) -> None:
        total = sum(sent.size for sent in files.values())

        async def call(path: str) -> None:
            content = files[path].read()
            await self._write(path, content)
            if progress:
                progress(len(content), total)

        self._each(call, list(files))

    async def _write(self, path: str, content: bytes) -> None:
        """Write a file; a small one is closed without a wait for the answer to its bytes.

        A server does the requests of a connection as if in their order (draft-ietf-secsh-filexfer-02, 6.1). With a
        `block_size` of 0 the bytes are one request, which leaves before that to close.
        """
        small, mode = len(content) <= _BLOCK, SFTPAttrs(permissions=_FILE_MODE)
        file = await self._client.open(path, "wb", mode, block_size=0 if small else -1)
        if small:
            await asyncio.gather(file.write(content), file.close())
        else:
            async with file:
                await file.write(content)
        if not self.keeps_modes:
            await self._client.setstat(path, mode)

    def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._each(lambda pair: self._client.link(*pair), pairs)

    def copy(self, pairs: Sequence[tuple[str, str]]) -> None:
        async def call(pair: tuple[str, str]) -> None:
            # Given paths, asyncssh 2.24 leaves both files open on the host.
            async with self._client.open(pair[0], "rb") as source, self._client.open(pair[1], "wb") as copied:
                await self._client.remote_copy(source, copied)

        if not self._client.supports_remote_copy:
            raise UnsupportedError(f"{self._account.host} cannot copy a file by itself.")
        self._each(call, pairs)

    def rename(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._each(lambda pair: self._client.rename(*pair), pairs)

    def replace(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._each(lambda pair: self._client.posix_rename(*pair), pairs)

    def symlink(self, target: str, path: str) -> None:
        self._do(self._client.symlink(target, path), path)

    def remove(self, paths: Sequence[str]) -> None:
        async def call(path: str) -> None:
            try:
                await self._client.remove(path)
            except MISSING:
                return

        self._each(call, paths)

    def remove_folders(self, paths: Sequence[str]) -> None:
        async def call(path: str) -> None:
            try:
                await self._client.rmdir(path)
            except (asyncssh.SFTPFailure, asyncssh.SFTPDirNotEmpty, *MISSING):
                return

        self._each(call, paths)

    def remove_tree(self, path: str) -> None:
        files, folders, level = list[str](), [path], [path]
        while level:
            entries = [(f"{folder}/{name}", kind) for folder in level for name, kind in self.listing(folder).items()]
            files += [entry for entry, kind in entries if kind is not Entry.FOLDER]
            level = [entry for entry, kind in entries if kind is Entry.FOLDER]
            folders += level
        self.remove(files)
        self.remove_folders(folders[::-1])

    def unpack(
        self, folder: str, files: Mapping[str, Sent], links: Sequence[tuple[str, str]], progress: Progress
    ) -> None:
        if self.unpacks and len(files) + len(links) > AT_ONCE:
            self._unpack(folder, Archive(files, links, progress))
            return
        self.send({f"{folder}/{path}": sent for path, sent in files.items()}, progress)
        self.remove([f"{folder}/{name}" for _, name in links])
        self.link([(f"{folder}/{path}", f"{folder}/{name}") for path, name in links])

    def _unpack(self, folder: str, archive: Archive) -> None:
        # -m: files get the time of their arrival, which is part of their ETag.
        command = f"tar -xzf - -C {shlex.quote(folder)} --unlink-first --no-same-owner -p -m"
        code, error = self._do(self._run(command, archive.chunks()), folder)
        if code:
            raise HostError(f"{self._account.host} could not unpack the files: {error.strip()[:300]}")

    def shell(self, command: str) -> tuple[int, str]:
        """The exit code of a command and what it said; 255 where there is no shell."""
        try:
            return self._do(self._run(command, _nothing()), "")
        except HostError:
            return 255, ""

    async def _run(self, command: str, stdin: AsyncIterator[bytes]) -> tuple[int, str]:
        async with self._connection.create_process(command, encoding=None) as process:
            try:
                async for chunk in stdin:
                    process.stdin.write(chunk)
                    await process.stdin.drain()
                process.stdin.write_eof()
            except (BrokenPipeError, ConnectionResetError):  # it ended early, and its words say why
                pass
            done = await process.wait()
        if done.exit_status is None:
            raise ConnectionError("a command was cut off")
        said = (done.stdout or b"") + (done.stderr or b"")
        return done.exit_status, bytes(said).decode(errors="replace")

    def _ask(self, call: Callable[[str], Awaitable[T]], paths: Sequence[str]) -> list[T]:
        """The answer for each path."""
        found: dict[str, T] = {}

        async def keep(path: str) -> None:
            found[path] = await call(path)

        self._each(keep, paths)
        return [found[path] for path in paths]

    def _each(self, call: Callable[[A], Awaitable[None]], items: Sequence[A]) -> None:
        if items:
            first = items[0]
            self._do(together(call, items), str(first[-1] if isinstance(first, tuple) else first))

    def _do(self, work: Coroutine[Any, Any, T], path: str) -> T:
        try:
            return self._background.wait(work)
        except (OSError, asyncssh.Error) as error:
            raise self._problem(error, path) from error

    def _problem(self, error: BaseException, path: str) -> BaseException:
        if isinstance(error, asyncssh.SFTPOpUnsupported):
            return UnsupportedError(f"{self._account.host} cannot do this ({error.reason or 'not supported'}).")
        if isinstance(error, OSError | asyncssh.Error):
            return HostError(sentence(self._account, error, path))
        return error


def _if_there(call: Callable[[str], Awaitable[T]]) -> Callable[[str], Awaitable[T | None]]:
    async def ask(path: str) -> T | None:
        try:
            return await call(path)
        except MISSING:
            return None

    return ask


async def _nothing() -> AsyncIterator[bytes]:
    for chunk in ():
        yield chunk
