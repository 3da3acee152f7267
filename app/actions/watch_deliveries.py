"""The live view of webhooks' deliveries."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TypeAlias

from app.actions.live_view import Looks, Progress, Shown
from app.actions.outside import Outside
from app.actions.read_webhooks import get_delivery
from app.actions.seen import Seen
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.errors import Unavailable
from app.domain.event import DeliveryChanged
from app.models.change import ChangePlace
from app.models.recent_delivery_queries import deliveries_changed_after
from app.models.webhook import Delivery

_PAGE = 500
_Standing: TypeAlias = tuple[str, int, int | None]


async def watch_deliveries(
    outside: Outside, caller: Caller | None, webhook_id: int | None
) -> AsyncIterator[Seen[Delivery]]:
    """Every change, from now on, to the caller's deliveries, of one webhook or of all."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    shown: Shown[_Standing] = Shown()
    progress = Progress(outside.now())

    def is_to_be_shown(delivery: Delivery) -> bool:
        progress.seen(delivery.updated_at, outside.now())
        return webhook_id in (None, delivery.webhook_id) and _is_news(shown, delivery)

    async with outside.events.listen(known.workspace_id) as mailbox:
        looks = Looks(mailbox)
        looks.done()
        while True:
            event = await looks.next()
            try:
                if isinstance(event, DeliveryChanged):
                    looks.postpone()
                    told = await _told_by(outside, known, event)
                    if told is not None and is_to_be_shown(told):
                        yield Seen(told, event.made)
                elif event is None:
                    async with aclosing(_changed_since(outside, known, progress.since)) as changes:
                        async for delivery in changes:
                            if is_to_be_shown(delivery):
                                yield Seen(delivery)
                    looks.done()
            except Unavailable:
                looks.failed()


async def _changed_since(
    outside: Outside, caller: Caller, since: int
) -> AsyncGenerator[Delivery, None]:
    """All that has changed since a time, however much it is."""
    place = ChangePlace(since)
    while True:
        page = await deliveries_changed_after(outside.database, caller.workspace_id, place, _PAGE)
        for delivery in page:
            yield delivery
        if len(page) < _PAGE:
            return
        place = ChangePlace(page[-1].updated_at, page[-1].seq)


async def _told_by(outside: Outside, caller: Caller, event: DeliveryChanged) -> Delivery | None:
    """The delivery, read once for all who hear of it."""
    if (reading := event.made.get(Delivery)) is None:
        reading = asyncio.ensure_future(get_delivery(outside, caller, event.delivery_id))
        event.made[Delivery] = reading
    found: Delivery | None = await asyncio.shield(reading)
    return found


def _is_news(shown: Shown[_Standing], delivery: Delivery) -> bool:
    standing = (delivery.status, delivery.attempt_count, delivery.next_attempt_at)
    if shown.get(delivery.id) == standing:
        return False
    shown.put(delivery.id, standing)
    return True
