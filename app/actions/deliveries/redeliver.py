"""Sending a delivery again: the same body as a new one, or sooner what is still pending."""

from app.actions.steps.after_commit import after_commit
from app.actions.steps.webhooks.own_webhook import own_delivery, own_enabled_webhook
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.models.engine.database import Queries
from app.models.tables.webhook import Delivery
from app.models.webhooks.delivery_queries import QueuedDelivery, get_delivery_row, queue_again
from app.models.webhooks.pending_delivery_queries import bring_forward
from app.services.services import Services


async def redeliver(services: Services, caller: Caller | None, delivery_id: str) -> Delivery:
    """The delivery that is on its way: a new one, or the same if that was still pending.

    Raises NotFound, also when the webhook was deleted, and Conflict when it is switched off.
    """
    known = require(caller, PEOPLE_AND_KEYS)

    async def unit(queries: Queries) -> QueuedDelivery:
        delivery = await own_delivery(queries, known, delivery_id)
        webhook = await own_enabled_webhook(queries, known, delivery.webhook_id)
        now = services.now()
        # Not what was read a moment ago decides: a worker may have ended an attempt since.
        if await bring_forward(queries, delivery.seq, now):
            return QueuedDelivery(delivery.id, known.workspace_id, webhook.id)
        return await queue_again(queries, delivery, now)

    queued = await services.database.transaction(unit)
    after_commit(services, deliveries=[queued])
    return await get_delivery_row(services.database, queued.id)
