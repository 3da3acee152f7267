"""The live view of webhooks' deliveries."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TypeAlias

from app.actions.tasks.live_view import LiveView, Progress, Shown
from app.actions.webhooks.read_webhooks import get_delivery
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.errors import Unavailable
from app.domain.event import DeliveryChanged
from app.domain.shared_change import SharedChange
from app.models.change import ChangePlace
from app.models.delivery_queries import deliveries_changed_after
from app.models.tables.webhook import Delivery
from app.services.services import Services

_PAGE = 500
_Standing: TypeAlias = tuple[str, int, int | None]


async def watch_deliveries(
    services: Services, caller: Caller | None, webhook_id: int | None
) -> AsyncIterator[SharedChange[Delivery]]:
    """Every change, from now on, to the caller's deliveries, of one webhook or of all."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    shown: Shown[_Standing] = Shown()
    progress = Progress(services.now())

    def is_to_be_shown(delivery: Delivery) -> bool:
        progress.seen(delivery.updated_at, services.now())
        return webhook_id in (None, delivery.webhook_id) and _is_news(shown, delivery)

    async with services.events.listen(known.workspace_id) as mailbox:
        looks = LiveView(mailbox)
        looks.done()
        while True:
            event = await looks.next()
            try:
                if isinstance(event, DeliveryChanged):
                    looks.postpone()
                    told = await _told_by(services, known, event)
                    if told is not None and is_to_be_shown(told):
                        yield SharedChange(told, event.memo)
                elif event is None:
                    async with aclosing(_changed_since(services, known, progress.since)) as changes:
                        async for delivery in changes:
                            if is_to_be_shown(delivery):
                                yield SharedChange(delivery)
                    looks.done()
            except Unavailable:
                looks.failed()


async def _changed_since(
    services: Services, caller: Caller, since: int
) -> AsyncGenerator[Delivery, None]:
    """All that has changed since a time, however much it is."""
    place = ChangePlace(since)
    while True:
        page = await deliveries_changed_after(services.database, caller.workspace_id, place, _PAGE)
        for delivery in page:
            yield delivery
        if len(page) < _PAGE:
            return
        place = ChangePlace(page[-1].updated_at, page[-1].seq)


async def _told_by(services: Services, caller: Caller, event: DeliveryChanged) -> Delivery | None:
    """The delivery, read once for all who hear of it."""
    if (reading := event.memo.get(Delivery)) is None:
        reading = asyncio.ensure_future(get_delivery(services, caller, event.delivery_id))
        event.memo[Delivery] = reading
    found: Delivery | None = await asyncio.shield(reading)
    return found


def _is_news(shown: Shown[_Standing], delivery: Delivery) -> bool:
    standing = (delivery.status, delivery.attempt_count, delivery.next_attempt_at)
    if shown.get(delivery.id) == standing:
        return False
    shown.put(delivery.id, standing)
    return True
