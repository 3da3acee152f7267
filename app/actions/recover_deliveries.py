"""Sending again everything that failed since a time."""

from app.actions.outside import Outside
from app.actions.steps.announce import announce_deliveries
from app.actions.steps.own_webhook import own_webhook
from app.actions.steps.queue_delivery import NewDelivery, queue_again
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import BadInput, Conflict
from app.domain.times import ms_from_rfc3339
from app.domain.webhook import DeliveryStatus
from app.models.database import Queries
from app.models.webhook import Delivery
from app.models.workspace_queries import lock_workspace

_BATCH = 500


async def recover_deliveries(
    outside: Outside, caller: Caller | None, webhook_id: int, since: str
) -> int:
    """How many deliveries that failed since then are now on their way again.

    What was sent again before is not sent a third time; that new delivery is looked at instead.

    `since` is RFC 3339. Raises BadInput, NotFound, or Conflict for a webhook that is off.
    """
    known = require(caller, PEOPLE_AND_KEYS)
    try:
        since_ms = ms_from_rfc3339(since)
    except (ValueError, OverflowError):
        raise BadInput.at("since", "must be an RFC 3339 time with its offset") from None
    total = 0
    while True:
        queued = await _recover_batch(outside, known, webhook_id, since_ms)
        announce_deliveries(outside, queued)
        total += len(queued)
        if len(queued) < _BATCH:
            return total


async def _recover_batch(
    outside: Outside, caller: Caller, webhook_id: int, since: int
) -> list[NewDelivery]:
    async def unit(queries: Queries) -> list[NewDelivery]:
        await lock_workspace(queries, caller.workspace_id)
        webhook = await own_webhook(caller, webhook_id)
        if not webhook.enabled:
            raise Conflict("the webhook is switched off; enable it first")
        failed = Delivery.filter(
            webhook_id=webhook.id,
            status=DeliveryStatus.FAILED.value,
            updated_at__gte=since,
            redelivered_as=None,
        )
        found = await failed.order_by("seq").limit(_BATCH)
        return [await queue_again(queries, one, outside.now()) for one in found]

    return await outside.database.transaction(unit)
