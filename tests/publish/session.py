"""A session of SSH on a faulty host: packets go to the file server and back, or a command to a shell."""

import asyncio
import os
import signal
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import asyncssh

from tests.publish.faults import Cut
from tests.publish.gate import Gate
from tests.publish.packets import (
    HANDLE,
    INIT,
    VERSION,
    Request,
    Status,
    answered,
    handle,
    request,
    status,
    without,
)

_ONLY_SFTP = b"This service allows sftp connections only.\n"
_BLOCK = 65536


class Session(asyncssh.SSHServerSession[bytes]):
    """One session; what it does ends with its connection."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._input = asyncio.StreamReader()
        self._command: str | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._unanswered: set[int] = set()
        self._withheld: int | None = None
        self._opening: dict[int, str] = {}
        self._opened: dict[bytes, str] = {}

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._chan = chan

    def subsystem_requested(self, subsystem: str) -> bool:
        return subsystem == "sftp"

    def exec_requested(self, command: str) -> bool:
        self._command = command
        return True

    def session_started(self) -> None:
        task = asyncio.create_task(self._sftp() if self._command is None else self._exec(self._command))
        self._gate.tasks.add(task)
        task.add_done_callback(self._ended)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._input.feed_data(data)

    def eof_received(self) -> bool:
        self._input.feed_eof()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self._input.feed_eof()
        if self._process:
            _kill(self._process)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._gate.tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error and not isinstance(error, ConnectionError):  # a client may leave at any time
            self._gate.errors.append(error)
        self._gate.answered(len(self._unanswered))
        self._unanswered.clear()
        self._chan.close()

    async def _sftp(self) -> None:
        pipe = asyncio.subprocess.PIPE
        server = await asyncio.create_subprocess_exec(
            self._gate.program, "-d", self._gate.home, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
        answers = asyncio.create_task(self._answers(server.stdout))
        try:
            await self._requests(server.stdin)
        finally:
            server.stdin.close()
            await answers
            code = await server.wait()
        if not self._chan.is_closing():
            self._chan.exit(code)

    async def _requests(self, server: asyncio.StreamWriter) -> None:
        while packet := await _packet(self._input):
            if packet[0] == INIT:
                server.write(_framed(packet))
                continue
            await asyncio.sleep(self._gate.faults.delay)
            if self._gate.gone:
                return
            asked = self._named(request(packet))
            fault = self._gate.asks(asked, len(packet) + 4)
            if isinstance(fault, Status):
                self._chan.write(_framed(status(asked.id, fault)))
                continue
            if fault is not Cut.BEFORE:
                await self._forward(server, packet, asked, withheld=fault is Cut.AFTER)
            if fault:
                await self._gate.cut()
                return

    async def _forward(self, server: asyncio.StreamWriter, packet: bytes, asked: Request, withheld: bool) -> None:
        if withheld:
            self._withheld = asked.id
        if asked.operation in {"open", "create", "opendir"}:
            self._opening[asked.id] = asked.paths[0]
        self._unanswered.add(asked.id)
        self._gate.sent()
        server.write(_framed(packet))
        await server.drain()

    def _named(self, asked: Request) -> Request:
        """With the path that its handle was opened by, and the size of what is copied."""
        if not asked.handle:
            return asked
        size = asked.size
        if asked.source in self._opened:
            with suppress(FileNotFoundError):
                size = os.path.getsize(self._gate.path(self._opened[asked.source]))
        return replace(asked, paths=(self._opened.get(asked.handle, ""),), size=size)

    async def _answers(self, server: asyncio.StreamReader) -> None:
        while packet := await _packet(server):
            if packet[0] == VERSION:
                self._chan.write(_framed(without(packet, self._gate.faults.without)))
                continue
            number = answered(packet)
            path = self._opening.pop(number, None)
            if packet[0] == HANDLE and path is not None:
                self._opened[handle(packet)] = path
            if number != self._withheld and not self._chan.is_closing():
                self._chan.write(_framed(packet))
            if number in self._unanswered:
                self._unanswered.discard(number)
                self._gate.answered()

    async def _exec(self, command: str) -> None:
        if self._gate.gone:
            return
        fault = self._gate.asks(Request(0, "exec", (command,)), len(command))
        if isinstance(fault, Status) or (not fault and not self._gate.faults.shell):
            self._chan.write(_ONLY_SFTP)
            self._chan.exit(1)
        elif fault is Cut.BEFORE or await self._runs(command, silent=fault is Cut.AFTER):
            await self._gate.cut()

    async def _runs(self, command: str, silent: bool) -> bool:
        """Run a command to its end; whether the connection is to be cut then."""
        pipe = asyncio.subprocess.PIPE
        environment = {**os.environ, "HOME": self._gate.home}
        process = await asyncio.create_subprocess_shell(
            command, cwd=self._gate.home, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
        )
        self._process = process
        feeding = asyncio.create_task(self._feeds(process))
        await asyncio.gather(
            _pour(process.stdout, None if silent else self._chan.write),
            _pour(process.stderr, None if silent else self._chan.write_stderr),
        )
        code = await process.wait()
        self._input.feed_eof()
        if await feeding or silent:
            return True
        self._chan.exit(code)
        return False

    async def _feeds(self, process: asyncio.subprocess.Process) -> bool:
        """Give a command its input; whether it was ended because the connection carries no more."""
        with suppress(ConnectionError):  # it reads no more
            while data := await self._input.read(_BLOCK):
                if self._gate.judge.too_much(len(data)):
                    _kill(process)
                    return True
                process.stdin.write(data)
                await process.stdin.drain()
            process.stdin.close()
        return False


def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


async def _pour(reader: asyncio.StreamReader, write: Callable[[bytes], None] | None) -> None:
    while data := await reader.read(_BLOCK):
        if write:
            write(data)


async def _packet(reader: asyncio.StreamReader) -> bytes:
    """The next packet without its length; nothing at the end."""
    try:
        (length,) = struct.unpack(">I", await reader.readexactly(4))
        return await reader.readexactly(length)
    except asyncio.IncompleteReadError:
        return b""


def _framed(packet: bytes) -> bytes:
    return struct.pack(">I", len(packet)) + packet
