"""A loop in a thread of its own, in which many requests travel at once while the caller simply waits."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
A = TypeVar("A")

AT_ONCE = 64
"""Requests on their way at the same time; OpenSSH answers in order and reads ahead about as many."""


class Background:
    """The running loop; `close` ends it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # When a connection ends, whoever waits is told; what nobody waits for any more is no news.
        self._loop.set_exception_handler(lambda loop, context: None)
        logging.getLogger("asyncio").addFilter(self._is_news)
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of work in the loop's thread; an interrupt stops the work as well."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """End the loop."""
        logging.getLogger("asyncio").removeFilter(self._is_news)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _is_news(self, record: logging.LogRecord) -> bool:
        """Nor is it news that a lost connection takes no more."""
        return "socket.send() raised exception" not in str(record.msg)


async def together(call: Callable[[A], Awaitable[None]], items: Sequence[A]) -> None:
    """Do the call for each item, many at once and begun in their order; the first error stops the rest, alone."""
    waiting = iter(items)

    async def work() -> None:
        for item in waiting:
            await call(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(AT_ONCE, len(items))):
                group.create_task(work())
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
