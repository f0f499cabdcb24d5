"""A line between a client and a server on this machine, which counts what passes and can be as slow as a real one."""

import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_PIECE = 1 << 18


@dataclass(slots=True)
class Count:
    """What passed over one connection.

    A turn begins when the client speaks after it could have had an answer to the first words of the turn before: it
    stands for one journey there and back that had to be waited for. Where much is on its way at once, or data flow all
    the time, no more turns are counted than such journeys fit into the time.
    """

    journey: float
    sent: int = 0
    received: int = 0
    turns: int = 0
    _began: float = 0
    _answered: bool = True

    def asks(self, size: int) -> None:
        """The client said so many bytes."""
        self.sent += size
        if self._answered:
            self.turns, self._began, self._answered = self.turns + 1, time.monotonic(), False

    def answers(self, size: int) -> None:
        """So many bytes arrived at the client."""
        self.received += size
        self._answered = self._answered or time.monotonic() - self._began >= self.journey


@dataclass(slots=True)
class Line:
    """A line that can be connected to at `port`; `counts` has one entry for each connection so far."""

    port: int
    counts: list[Count] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """Bytes from the client over all connections, what SSH itself needs included."""
        return sum(count.sent for count in self.counts)

    @property
    def received(self) -> int:
        """Bytes to the client over all connections, what SSH itself needs included."""
        return sum(count.received for count in self.counts)

    @property
    def turns(self) -> int:
        """The turns of the connection that had most of them: those of the others passed meanwhile."""
        return max((count.turns for count in self.counts), default=0)


@contextmanager
def line(server: int, delay: float) -> Iterator[Line]:
    """A line to a port of this machine; everything arrives `delay` seconds later, in both directions."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    found = Line(listener.getsockname()[1])

    def accept() -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                client, _ = listener.accept()
                count = Count(2 * delay)
                found.counts.append(count)
                _join(client, socket.create_connection(("127.0.0.1", server)), count, delay)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _join(client: socket.socket, server: socket.socket, count: Count, delay: float) -> None:
    """Carry what each says to the other, until both have ended."""
    for one in (client, server):
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # A turn is what the client sees: its words count as it says them, the answers as they arrive there.
    for source, target, left, arrived in (
        (client, server, count.asks, _nothing),
        (server, client, _nothing, count.answers),
    ):
        waiting: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        threading.Thread(target=_read, args=(source, waiting, left, delay), daemon=True).start()
        threading.Thread(target=_write, args=(target, waiting, arrived), daemon=True).start()


def _nothing(size: int) -> None:
    pass


def _read(
    source: socket.socket, waiting: "queue.SimpleQueue[tuple[float, bytes]]", left: Callable[[int], None], delay: float
) -> None:
    data = b"-"
    while data:
        try:
            data = source.recv(_PIECE)
        except OSError:
            data = b""
        left(len(data))
        waiting.put((time.monotonic() + delay, data))


def _write(
    target: socket.socket, waiting: "queue.SimpleQueue[tuple[float, bytes]]", arrived: Callable[[int], None]
) -> None:
    with suppress(OSError):  # whoever listened has gone
        while True:
            due, data = waiting.get()
            time.sleep(max(0.0, due - time.monotonic()))  # not a wait for anything: the line itself is that slow
            if not data:
                target.shutdown(socket.SHUT_WR)
                return
            target.sendall(data)
            arrived(len(data))
