"""The scheduled jobs of every worker; each changes rows by one conditional write."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.operations.purge import purge
from app.domain.errors import Unavailable
from app.services.services import Services

SWEEP_EVERY_SECONDS = 1.0
PURGE_EVERY_SECONDS = 600.0
_log = structlog.get_logger(__name__)


async def sweep_for_ever(services: Services) -> None:
    """Expires leases and makes due tasks claimable, at intervals."""
    await _at_intervals(sweep_tasks, services, SWEEP_EVERY_SECONDS)


async def purge_for_ever(services: Services) -> None:
    """Deletes rows that are no longer needed, at intervals."""

    async def purge_all(services: Services) -> int:
        total = 0
        while deleted := await purge(services):
            total += deleted
        return total

    await _at_intervals(purge_all, services, PURGE_EVERY_SECONDS)


async def _at_intervals(
    work: Callable[[Services], Awaitable[int]], services: Services, every_seconds: float
) -> None:
    while True:
        try:
            await work(services)
        except Unavailable as error:
            _log.warning("the database is waited for", error=error.message)
        except Exception:
            _log.exception("a scheduled job failed")
        await asyncio.sleep(every_seconds)
