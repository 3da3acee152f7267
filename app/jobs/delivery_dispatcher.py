"""Sending what is due: woken by arq's job, and looking by itself besides."""

import asyncio
from contextlib import suppress

import structlog

from app.actions.deliveries.claim_deliveries import SOON_MS, claim_deliveries
from app.actions.deliveries.send_delivery import send_delivery
from app.domain.errors import Unavailable
from app.domain.times import MS_PER_SECOND
from app.gateways.background import end, start_loop
from app.jobs.attempt_writer import AttemptWriter
from app.models.webhooks.delivery_claim_queries import ClaimedDelivery
from app.services.services import Services

_LOOK_EVERY_SECONDS = SOON_MS / MS_PER_SECOND
# Many that land within a moment make room for one look, not for a look each.
_GATHER_SECONDS = 0.02
_MANY = 20
# While so many attempts are not written down, nothing more is taken.
_MOST_UNWRITTEN = 500
# At the end, for writing down what has just ended.
_WRITE_SECONDS = 10.0
_log = structlog.get_logger(__name__)


class DeliveryDispatcher:
    """Keeps as many deliveries in flight as fairness allows, until it is told to stop."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._in_flight: dict[asyncio.Task[None], ClaimedDelivery] = {}
        self._was_woken = asyncio.Event()
        self._many_landed = asyncio.Event()
        self._landed_count = 0
        self._look_at: int | None = None
        self._is_stopping = False
        self._clerk = AttemptWriter(services, self.wake)
        self._writing: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Something may be due."""
        self._was_woken.set()

    async def run(self) -> None:
        """Send until `stop`; a database that is away is waited for."""
        self._writing = start_loop("write attempts down", self._clerk.run)
        try:
            while not self._is_stopping:
                self._was_woken.clear()
                self._many_landed.clear()
                self._landed_count = 0
                await self._look()
                await self._wait()
            await self._writing
        finally:
            await end(self._writing)

    async def stop(self, within_seconds: float) -> None:
        """Take nothing more, and let what is in flight end. What does not is due again later."""
        self._is_stopping = True
        self.wake()
        if self._in_flight:
            await asyncio.wait(list(self._in_flight), timeout=within_seconds)
        for task in list(self._in_flight):
            task.cancel()
        self._clerk.stop()
        if self._writing is not None:
            await asyncio.wait([self._writing], timeout=_WRITE_SECONDS)

    async def _look(self) -> None:
        self._look_at = None
        try:
            await self._take_what_is_due()
        except Unavailable as error:
            _log.warning("deliveries wait for the database", error=error.message)
        except Exception:
            # Whatever it is, the next look may go better; a courier that ended would not.
            _log.exception("what is due could not be taken")

    async def _take_what_is_due(self) -> None:
        if self._clerk.waiting_count >= _MOST_UNWRITTEN:
            return
        claimed = await claim_deliveries(self._services, list(self._in_flight.values()))
        self._look_at = claimed.look_at
        for delivery in claimed.deliveries:
            task = asyncio.create_task(self._send(delivery))
            self._in_flight[task] = delivery
            task.add_done_callback(self._landed)

    async def _send(self, delivery: ClaimedDelivery) -> None:
        try:
            self._clerk.take(await send_delivery(self._services, delivery))
        except Exception:
            _log.exception("a delivery could not be sent", delivery_id=delivery.id)

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._in_flight[task]
        self._landed_count += 1
        if self._landed_count >= _MANY:
            self._many_landed.set()
        self.wake()

    async def _wait(self) -> None:
        if self._in_flight:
            await _set_within(self._many_landed, _GATHER_SECONDS)
        await _set_within(self._was_woken, self._seconds_to_look())

    def _seconds_to_look(self) -> float:
        """Until the next one is due, if that is soon."""
        if self._look_at is None:
            return _LOOK_EVERY_SECONDS
        return max(0, self._look_at - self._services.now()) / MS_PER_SECOND


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
