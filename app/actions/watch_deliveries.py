"""The live view of webhooks' deliveries."""

import asyncio
from collections.abc import AsyncIterator

from app.actions.outside import Outside
from app.actions.read_webhooks import get_delivery
from app.actions.seen import Seen
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.event import DeliveryChanged, Missed
from app.domain.times import MS_PER_SECOND
from app.models.webhook import Delivery

_CATCH_UP = 500
_LOOK_AGAIN_SECONDS = 10.0
_OVERLAP_MS = 30 * MS_PER_SECOND


async def watch_deliveries(
    outside: Outside, caller: Caller | None, webhook_id: int | None
) -> AsyncIterator[Seen[Delivery]]:
    """Every change, from now on, to the caller's deliveries, of one webhook or of all."""
    known = require(caller, PEOPLE_AND_KEYS)
    shown: dict[str, tuple[str, int]] = {}
    async with outside.events.listen(known.workspace_id) as mailbox:
        since = outside.now()
        while True:
            event = await mailbox.get(_LOOK_AGAIN_SECONDS)
            changed: list[Seen[Delivery]] = []
            if isinstance(event, DeliveryChanged):
                found = await _told_by(outside, known, event)
                changed = [Seen(found, event.made)] if found else []
            elif event is None or isinstance(event, Missed):
                asked_at = outside.now()
                rows = await _changed_since(outside, known.workspace_id, since)
                changed = [Seen(row) for row in rows]
                since = max(since, asked_at - _OVERLAP_MS)
            for seen in changed:
                if webhook_id in (None, seen.row.webhook_id) and _is_news(shown, seen.row):
                    yield seen


async def _told_by(outside: Outside, caller: Caller, event: DeliveryChanged) -> Delivery | None:
    """The delivery, read once for all who hear of it."""
    if (reading := event.made.get(Delivery)) is None:
        reading = asyncio.ensure_future(get_delivery(outside, caller, event.delivery_id))
        event.made[Delivery] = reading
    found: Delivery | None = await asyncio.shield(reading)
    return found


async def _changed_since(outside: Outside, workspace_id: str, since: int) -> list[Delivery]:
    found = Delivery.filter(workspace_id=workspace_id, updated_at__gte=since)
    return await outside.database.read(found.order_by("updated_at").limit(_CATCH_UP))


def _is_news(shown: dict[str, tuple[str, int]], delivery: Delivery) -> bool:
    standing = (delivery.status, delivery.attempt_count)
    if shown.get(delivery.id) == standing:
        return False
    if len(shown) > _CATCH_UP * 20:
        shown.clear()
    shown[delivery.id] = standing
    return True
