"""Sending due deliveries: notified by arq's job, and searching at intervals besides."""

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

_SEARCH_EVERY_SECONDS = SOON_MS / MS_PER_SECOND
# Deliveries that end at about the same time cause one search, not one each.
_GATHER_SECONDS = 0.02
_MANY = 20
# While so many attempts are not written, no more deliveries are claimed.
_MOST_UNWRITTEN = 500
# At the end, for writing the attempts that have just ended.
_WRITE_SECONDS = 10.0
_log = structlog.get_logger(__name__)


class DeliveryDispatcher:
    """Keeps as many deliveries in flight as fairness allows, until `stop`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._in_flight: dict[asyncio.Task[None], ClaimedDelivery] = {}
        self._was_notified = asyncio.Event()
        self._many_ended = asyncio.Event()
        self._ended_count = 0
        self._search_at: int | None = None
        self._is_stopping = False
        self._writer = AttemptWriter(services, self.wake)
        self._writing: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Deliveries may be due: search at once."""
        self._was_notified.set()

    async def run(self) -> None:
        """Sends until `stop`, through any outage of the database."""
        self._writing = start_loop("write attempts down", self._writer.run)
        try:
            while not self._is_stopping:
                self._was_notified.clear()
                self._many_ended.clear()
                self._ended_count = 0
                await self._search()
                await self._wait()
            await self._writing
        finally:
            await end(self._writing)

    async def stop(self, within_seconds: float) -> None:
        """Claims no more, and waits for the deliveries in flight. Others are due again later."""
        self._is_stopping = True
        self.wake()
        if self._in_flight:
            await asyncio.wait(list(self._in_flight), timeout=within_seconds)
        for task in list(self._in_flight):
            task.cancel()
        self._writer.stop()
        if self._writing is not None:
            await asyncio.wait([self._writing], timeout=_WRITE_SECONDS)

    async def _search(self) -> None:
        self._search_at = None
        try:
            await self._claim_due()
        except Unavailable as error:
            _log.warning("deliveries wait for the database", error=error.message)
        except Exception:
            # The next search may succeed; a dispatcher that ended would not.
            _log.exception("what is due could not be taken")

    async def _claim_due(self) -> None:
        if self._writer.waiting_count >= _MOST_UNWRITTEN:
            return
        claimed = await claim_deliveries(self._services, list(self._in_flight.values()))
        self._search_at = claimed.search_at
        for delivery in claimed.deliveries:
            task = asyncio.create_task(self._send(delivery))
            self._in_flight[task] = delivery
            task.add_done_callback(self._on_end)

    async def _send(self, delivery: ClaimedDelivery) -> None:
        try:
            self._writer.take(await send_delivery(self._services, delivery))
        except Exception:
            _log.exception("a delivery could not be sent", delivery_id=delivery.id)

    def _on_end(self, task: asyncio.Task[None]) -> None:
        del self._in_flight[task]
        self._ended_count += 1
        if self._ended_count >= _MANY:
            self._many_ended.set()
        self.wake()

    async def _wait(self) -> None:
        if self._in_flight:
            await _set_within(self._many_ended, _GATHER_SECONDS)
        await _set_within(self._was_notified, self._seconds_to_search())

    def _seconds_to_search(self) -> float:
        """Returns the seconds until the next delivery is due, if that is soon."""
        if self._search_at is None:
            return _SEARCH_EVERY_SECONDS
        return max(0, self._search_at - self._services.now()) / MS_PER_SECOND


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
