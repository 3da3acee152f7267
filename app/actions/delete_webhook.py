"""Deleting a webhook; the log of its deliveries stays."""

from app.actions.outside import Outside
from app.actions.steps.own_webhook import own_webhook
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.webhook import DeliveryStatus
from app.models.database import Queries
from app.models.webhook import Delivery, Webhook

_REASON = "webhook deleted"


async def delete_webhook(outside: Outside, caller: Caller | None, webhook_id: int) -> None:
    """Delete it; what was still to be delivered is given up. Raises NotFound."""
    known = require(caller, PEOPLE_AND_KEYS)

    async def unit(_queries: Queries) -> list[str]:
        webhook = await own_webhook(known, webhook_id)
        pending = Delivery.filter(webhook_id=webhook.id, status=DeliveryStatus.PENDING.value)
        ids = [str(one) for one in await pending.values_list("id", flat=True)]
        await pending.update(
            status=DeliveryStatus.FAILED.value,
            failure_reason=_REASON,
            next_attempt_at=None,
            claim_token=None,
            updated_at=outside.now(),
        )
        await Webhook.filter(id=webhook.id).delete()
        return ids

    for delivery_id in await outside.database.transaction(unit):
        outside.events.delivery_changed(known.workspace_id, webhook_id, delivery_id)
