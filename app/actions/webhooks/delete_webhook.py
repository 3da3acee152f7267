"""Deleting a webhook; the log of its deliveries stays."""

from app.actions.steps.own_webhook import own_webhook
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.webhooks.webhook import DeliveryStatus
from app.models.engine.database import Queries
from app.models.tables.webhook import Delivery, Webhook
from app.services.services import Services

_REASON = "webhook deleted"


async def delete_webhook(services: Services, caller: Caller | None, webhook_id: int) -> None:
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
            updated_at=services.now(),
        )
        await Webhook.filter(id=webhook.id).delete()
        return ids

    for delivery_id in await services.database.transaction(unit):
        services.events.delivery_changed(known.workspace_id, webhook_id, delivery_id)
