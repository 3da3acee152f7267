"""Letting the driver act, and only as long as the lease allows it."""

import asyncio
import logging
import os
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from app.agent.drivers import ActionFailed, AgentTask, Driver
from app.agent.journal import Report
from app.agent.lease import Lease
from app.agent.reporting import completed, failed, unknown
from app.agent.retrying import now

log = logging.getLogger("zenmode.agent")

EXIT_DRIVER_WENT_ON = 70
_WATCH_SECONDS = 0.25


async def act(driver: Driver, task: AgentTask, lease: Lease, limit_seconds: float) -> Report | None:
    """What to report; None when the lease ended first: then the server decides what became of it.

    An action past the limit is broken off and reported as of unknown outcome.
    """
    limit_at = now() + limit_seconds
    with _no_acting_after(lease):
        action = asyncio.ensure_future(_perform(driver, task, lease))
        try:
            while not action.done() and lease.holds() and now() < limit_at:
                seconds_left = min(lease.seconds_left(), limit_at - now())
                # In short waits, as asyncio's clock stands still while the machine sleeps.
                await asyncio.wait({action}, timeout=min(seconds_left, _WATCH_SECONDS))
            is_too_slow = lease.holds()
        finally:
            await _end(action, lease)
    if not action.cancelled():
        return action.result()
    if is_too_slow:
        return unknown(lease, f"it was broken off after {limit_seconds:.0f} s")
    log.error("task %s: broken off, as its lease ended; its outcome is unknown", task.id)
    return None


async def _perform(driver: Driver, task: AgentTask, lease: Lease) -> Report:
    try:
        return completed(lease, await driver.perform(task))
    except ActionFailed as failure:
        return failed(lease, failure)
    except Exception as error:
        # The exception's own text may repeat the message that was to be sent.
        kind, place = type(error).__name__, traceback.extract_tb(error.__traceback__)[-1]
        log.warning("task %s: %s at %s:%s", task.id, kind, place.filename, place.lineno)
        return unknown(lease, f"the driver stopped with {kind}")


async def _end(action: asyncio.Future[Report], lease: Lease) -> None:
    if not action.done():
        lease.let_go()
        action.cancel()
        await asyncio.wait({action})


@contextmanager
def _no_acting_after(lease: Lease) -> Iterator[None]:
    """Ends the process if the block outlives the lease.

    A driver that blocks the event loop, or that cannot be cancelled, leaves no other way to be
    sure that two agents never act at once; hence a thread.
    """
    is_done = threading.Event()

    def watch() -> None:
        while not is_done.wait(_WATCH_SECONDS):
            if lease.is_over():
                log.critical("task %s: the driver goes on past its lease; ending", lease.task_id)
                os._exit(EXIT_DRIVER_WENT_ON)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        is_done.set()
