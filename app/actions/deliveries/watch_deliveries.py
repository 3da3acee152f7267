"""The live view of webhook deliveries."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TypeAlias

from app.actions.steps.live_view import LiveView, Progress, SentStates
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.errors import Unavailable
from app.domain.event import DeliveryChanged
from app.domain.shared_change import SharedChange
from app.models.change import ChangePosition
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
    progress = Progress(services.now())

    def is_to_be_sent(delivery: Delivery) -> bool:
        progress.received(delivery.updated_at, services.now())
        return webhook_id in (None, delivery.webhook_id) and _is_new(sent, delivery)

    async with services.events.listen(known.workspace_id) as mailbox:
        view = LiveView(mailbox)
        view.done()
        while True:
            event = await view.next()
            try:
                if isinstance(event, DeliveryChanged):
                    view.postpone()
                    changed = await _delivery_of(services, known, event)
                    if changed is not None and is_to_be_sent(changed):
                        yield SharedChange(changed, event.memo)
                elif event is None:
                    async with aclosing(_changed_since(services, known, progress.since)) as found:
                        async for delivery in found:
                            if is_to_be_sent(delivery):
                                yield SharedChange(delivery)
                    view.done()
            except Unavailable:
                view.failed()


async def _changed_since(
    services: Services, caller: Caller, since: int
) -> AsyncGenerator[Delivery, None]:
    """Yields all deliveries that changed since a time, page by page."""
    position = ChangePosition(since)
    while True:
        page = await deliveries_changed_after(
            services.database, caller.workspace_id, position, _PAGE
        )
        for delivery in page:
            yield delivery
        if len(page) < _PAGE:
            return
        position = ChangePosition(page[-1].updated_at, page[-1].seq)


async def _delivery_of(
    services: Services, caller: Caller, event: DeliveryChanged
) -> Delivery | None:
    """Returns the delivery of an event, read once for all listeners."""
    if (reading := event.memo.get(Delivery)) is None:
        found = find_delivery(services.database, caller.workspace_id, event.delivery_id)
        reading = asyncio.ensure_future(found)
        event.memo[Delivery] = reading
    delivery: Delivery | None = await asyncio.shield(reading)
    return delivery


def _is_new(sent: SentStates[_State], delivery: Delivery) -> bool:
    state = (delivery.status, delivery.attempt_count, delivery.next_attempt_at)
    if sent.get(delivery.id) == state:
        return False
    sent.put(delivery.id, state)
    return True
