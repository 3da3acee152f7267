"""Sending the same body once more, as a new delivery."""

from app.actions.outside import Outside
from app.actions.steps.announce import announce_deliveries
from app.actions.steps.own_webhook import own_delivery, own_webhook
from app.actions.steps.queue_delivery import NewDelivery, queue_again
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import Conflict
from app.models.database import Queries
from app.models.webhook import Delivery


async def redeliver(outside: Outside, caller: Caller | None, delivery_id: str) -> Delivery:
    """The new delivery.

    Raises NotFound, also when the webhook was deleted, and Conflict when it is switched off.
    """
    known = require(caller, PEOPLE_AND_KEYS)

    async def unit(queries: Queries) -> NewDelivery:
        delivery = await own_delivery(known, delivery_id)
        webhook = await own_webhook(known, delivery.webhook_id)
        if not webhook.enabled:
            raise Conflict("the webhook is switched off; enable it first")
        return await queue_again(queries, delivery, outside.now())

    queued = await outside.database.transaction(unit)
    announce_deliveries(outside, [queued])
    return await outside.database.read(Delivery.get(id=queued.id))
