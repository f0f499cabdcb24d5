"""What passes between a client and the file server of a faulty host: counted, refused, or cut."""

import asyncio
import os
from dataclasses import dataclass, field

import asyncssh

from tests.publish.faults import Cut, Faults, Judge
from tests.publish.packets import Request, Status


@dataclass
class Gate:
    """The one count of a host, over all its connections."""

    home: str
    program: str
    """The file server, OpenSSH's `sftp-server`."""
    faults: Faults
    operations: list[tuple[str, str]] = field(default_factory=list)
    gone: bool = False
    connections: set[asyncssh.SSHServerConnection] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    errors: list[BaseException] = field(default_factory=list)
    """What went wrong in the host itself."""

    def __post_init__(self) -> None:
        self.judge = Judge(self.faults, self.home)
        self._unanswered = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    def asks(self, request: Request, received: int) -> Cut | Status | None:
        """Note a request and say its fault; None where it is to be done."""
        self.operations.append((request.operation, request.paths[-1] if request.paths else ""))
        return self.judge.says(request, received)

    def sent(self) -> None:
        """A request went to the file server."""
        self._unanswered += 1
        self._quiet.clear()

    def answered(self, count: int = 1) -> None:
        """Requests were answered, or their server is gone."""
        self._unanswered -= count
        if not self._unanswered:
            self._quiet.set()

    async def cut(self) -> None:
        """End every connection, once all that came before is done; nothing that comes later is."""
        self.gone = True
        await self._quiet.wait()
        await self._abort()
        self.gone = not self.faults.returns

    async def becomes(self, faults: Faults) -> None:
        """Another host on the same folder: the old connections end, and the count begins again."""
        self.gone = True
        await self._abort()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.faults, self.judge, self.gone = faults, Judge(faults, self.home), False
        self.operations.clear()

    def path(self, path: str) -> str:
        """Where a path of the client is."""
        return os.path.join(self.home, path)

    async def _abort(self) -> None:
        for connection in list(self.connections):
            connection.abort()
