"""What every worker does again and again, each by one conditional write, so that many may."""

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
    """Look for leases that ran out and tasks whose time has come."""
    await _again_and_again(sweep_tasks, services, SWEEP_EVERY_SECONDS)


async def purge_for_ever(services: Services) -> None:
    """Take away what has served its time."""

    async def purge_all(services: Services) -> int:
        total = 0
        while gone := await purge(services):
            total += gone
        return total

    await _again_and_again(purge_all, services, PURGE_EVERY_SECONDS)


async def _again_and_again(
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
