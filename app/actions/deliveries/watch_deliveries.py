"""The live view of webhook deliveries."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import TypeAlias

from app.actions.steps.changed_rows import RowReader, watch_rows
from app.actions.steps.live_view import SentStates
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.event import DeliveryChanged
from app.domain.shared_change import SharedChange
from app.models.tables.webhook import Delivery
from app.models.webhooks.delivery_queries import deliveries_changed_after, find_delivery
from app.services.services import Services

_PAGE = 500
_State: TypeAlias = tuple[str, int, int | None]


async def watch_deliveries(
    services: Services, caller: Caller | None, webhook_id: int | None
) -> AsyncIterator[SharedChange[Delivery]]:
    """Yields every change, from now on, to the caller's deliveries, of one webhook or of all."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    sent: SentStates[_State] = SentStates()
    reader = RowReader(
        of_event=lambda event: (
            _delivery_of(services, known, event) if isinstance(event, DeliveryChanged) else None
        ),
        page_after=lambda position: deliveries_changed_after(
            services.database, known.workspace_id, position, _PAGE
        ),
        page_size=_PAGE,
        is_new=lambda one: webhook_id in (None, one.webhook_id) and _is_new(sent, one),
    )
    async with aclosing(watch_rows(services, known.workspace_id, reader)) as changes:
        async for change in changes:
            yield change


async def _delivery_of(
    services: Services, caller: Caller, event: DeliveryChanged
) -> SharedChange[Delivery] | None:
    """Returns the delivery of an event, read once for all listeners."""
    if (reading := event.memo.get(Delivery)) is None:
        found = find_delivery(services.database, caller.workspace_id, event.delivery_id)
        reading = asyncio.ensure_future(found)
        event.memo[Delivery] = reading
    delivery: Delivery | None = await asyncio.shield(reading)
    return SharedChange(delivery, event.memo) if delivery else None


def _is_new(sent: SentStates[_State], delivery: Delivery) -> bool:
    state = (delivery.status, delivery.attempt_count, delivery.next_attempt_at)
    if sent.get(delivery.id) == state:
        return False
    sent.put(delivery.id, state)
    return True
