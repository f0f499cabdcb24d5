"""An SSH server with faults: the files are served by OpenSSH's own `sftp-server`, what goes to it passes through here.

So errors, links and renames are those of the real thing, and a fault is a request that it never sees.
"""

import asyncio
import tempfile
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import asyncssh

from tests.publish.faults import HEALTHY, Faults
from tests.publish.gate import Gate
from tests.publish.keys import known_host, session_keys
from tests.publish.openssh import HOST, sftp_program
from tests.publish.session import Session

T = TypeVar("T")
_BANNER = "OpenSSH_9.2 faulty"
"""A server that calls itself OpenSSH gets the two paths of a symlink in OpenSSH's order, as `sftp-server` wants it."""
_PATIENCE = 30


class _Server(asyncssh.SSHServer):
    """Lets in the session's key only, and nobody once the host is gone."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._conn = conn
        self._gate.connections.add(conn)
        if self._gate.gone:
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._gate.connections.discard(self._conn)

    def session_requested(self) -> Session:
        return Session(self._gate)


@dataclass
class Faulty:
    """A running server on a real folder: how to log in, what it was asked, and how to change its faults."""

    home: Path
    key: Path
    known_hosts: Path
    user: str
    port: int
    gate: Gate
    loop: asyncio.AbstractEventLoop
    listener: asyncssh.SSHAcceptor
    host: str = HOST

    @property
    def operations(self) -> list[tuple[str, str]]:
        """Operation and path of all that was asked, in order, since the server became as it is.

        By handle it is the path that was opened; of a rename or a link the new one; of `exec` the command.
        """
        return list(self.gate.operations)

    @property
    def faults(self) -> Faults:
        """What it does wrong now."""
        return self.gate.faults

    def becomes(self, faults: Faults) -> None:
        """Another host on the same folder and port: old connections end, the count begins again."""
        self.listener = _wait(self.loop, self._changed(faults))

    def heals(self) -> None:
        """The same host with what it offers (`without`, `shell`), and no fault."""
        self.becomes(Faults(without=self.faults.without, shell=self.faults.shell))

    def real(self, path: str) -> Path:
        """Where a path of the client really is; a relative one starts at home."""
        return self.home / path

    async def _changed(self, faults: Faults) -> asyncssh.SSHAcceptor:
        self.listener.close()
        await self.listener.wait_closed()
        await self.gate.becomes(faults)
        return await _listen(self.gate, self.port)


@contextmanager
def faulty(home: Path, faults: Faults = HEALTHY) -> Iterator[Faulty]:
    """A server whose logins start in `home`, with this machine's own paths; it needs OpenSSH's `sftp-server`."""
    home.mkdir(parents=True, exist_ok=True)
    keys, program = session_keys(), sftp_program()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    gate = Gate(str(home), program, faults)
    listener = _wait(loop, _listen(gate, 0))
    try:
        with tempfile.TemporaryDirectory(prefix="faulty-") as folder:
            port, known_hosts = listener.get_port(), Path(folder, "known_hosts")
            known_hosts.write_text(known_host(keys.host, HOST, port), "utf-8")
            server = Faulty(home, keys.client, known_hosts, keys.client.owner(), port, gate, loop, listener)
            yield server
            server.listener.close()
    finally:
        _wait(loop, gate.becomes(HEALTHY))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
    assert gate.errors == [], "the server itself failed"


def _wait(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(_PATIENCE)


async def _listen(gate: Gate, port: int) -> asyncssh.SSHAcceptor:
    keys = session_keys()
    return await asyncssh.listen(
        HOST,
        port,
        server_factory=lambda: _Server(gate),
        server_host_keys=[str(keys.other_host if gate.faults.wrong_host_key else keys.host)],
        authorized_client_keys=str(keys.authorized),
        server_version=_BANNER,
        encoding=None,
        config=None,
    )
