"""A request to stop, and what may still run after it."""

import asyncio
import logging
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

log = logging.getLogger("zenmode.agent")
T = TypeVar("T")

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopped(Exception):
    """The work was abandoned because the agent is to stop."""


class Shutdown:
    """Requested by a signal, or by a failure that ends the agent; never withdrawn."""

    def __init__(self) -> None:
        self.requested = asyncio.Event()
        self.is_immediate = False
        self.failure: Exception | None = None

    def fail(self, failure: Exception) -> None:
        """Requests a stop, as nothing more can be done; only the first failure is logged."""
        if self.failure is None:
            self.failure = failure
            log.error("%s", failure)
        self.requested.set()

    async def pause(self, seconds: float | None, *events: asyncio.Event) -> None:
        """Waits that long, or until a stop is requested or one of the events is set.

        None waits for those alone.
        """
        waits = {asyncio.ensure_future(event.wait()) for event in (self.requested, *events)}
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancel(*waits)

    async def run_until(self, work: Coroutine[Any, Any, T], grace_seconds: float = 0.0) -> T:
        """The work's result; raises Stopped when it takes that long after a stop was requested."""
        task = asyncio.ensure_future(work)
        requested = asyncio.ensure_future(self.requested.wait())
        try:
            await asyncio.wait({task, requested}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({task}, timeout=grace_seconds)
            if not task.done():
                raise Stopped
            return task.result()
        finally:
            await _cancel(task, requested)

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """While the block runs, SIGTERM and SIGINT request a stop; a second one cancels the block.

        By `signal` and not by the event loop, which has no signal handlers on Windows.
        """
        loop, running = asyncio.get_running_loop(), asyncio.current_task()

        def request() -> None:
            if self.requested.is_set() and running:
                self.is_immediate = True
                running.cancel()
            else:
                log.info("stopping: running actions are finished, other tasks are released")
                self.requested.set()

        previous = {
            name: signal.signal(name, lambda *_: loop.call_soon_threadsafe(request))
            for name in _SIGNALS
        }
        try:
            yield
        finally:
            for name, handler in previous.items():
                signal.signal(name, handler)


async def _cancel(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
