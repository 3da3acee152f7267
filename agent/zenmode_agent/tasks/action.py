"""Performing an action, and only as long as the lease allows it."""

import asyncio
import logging
import os
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from zenmode_agent.drivers.driver import ActionFailed, AgentTask, Driver, NothingToDo
from zenmode_agent.server.retrying import now
from zenmode_agent.tasks.journal import Report
from zenmode_agent.tasks.lease import Lease
from zenmode_agent.tasks.reporting import completed, failed, not_needed, outcome_unknown

log = logging.getLogger("zenmode.agent")

EXIT_DRIVER_DID_NOT_STOP = 70
_WATCH_SECONDS = 0.25


async def perform_action(
    driver: Driver, task: AgentTask, lease: Lease, limit_seconds: float
) -> Report | None:
    """The report; None when the lease ended first: the server then decides the outcome.

    An action past the limit is cancelled and reported as `outcome_unknown`.
    """
    limit_at = now() + limit_seconds
    with _exit_after_lease(lease):
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
        return outcome_unknown(lease, f"it was cancelled after {limit_seconds:.0f} s")
    log.error("task %s: cancelled, as its lease ended; its outcome is unknown", task.id)
    return None


async def _perform(driver: Driver, task: AgentTask, lease: Lease) -> Report:
    try:
        return completed(lease, await driver.perform(task))
    except ActionFailed as failure:
        return failed(lease, failure)
    except NothingToDo as nothing:
        return not_needed(lease, nothing)
    except Exception as error:
        # The exception's own text may repeat the message that was to be sent.
        kind, place = type(error).__name__, traceback.extract_tb(error.__traceback__)[-1]
        log.warning("task %s: %s at %s:%s", task.id, kind, place.filename, place.lineno)
        return outcome_unknown(lease, f"the driver stopped with {kind}")


async def _end(action: asyncio.Future[Report], lease: Lease) -> None:
    if not action.done():
        lease.abandon()
        action.cancel()
        await asyncio.wait({action})


@contextmanager
def _exit_after_lease(lease: Lease) -> Iterator[None]:
    """Ends the process if the block outlives the lease.

    A thread does it, because a driver can block the event loop or ignore its cancellation; two
    agents must never act at once.
    """
    is_done = threading.Event()

    def watch() -> None:
        while not is_done.wait(_WATCH_SECONDS):
            if lease.is_over():
                log.critical(
                    "task %s: the driver did not stop before its lease ended; exiting",
                    lease.task_id,
                )
                os._exit(EXIT_DRIVER_DID_NOT_STOP)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        is_done.set()
