"""The caller's own webhooks and deliveries, by id; another workspace's are not there."""

from app.domain.access.caller import Caller
from app.domain.errors import NotFound
from app.domain.ids import is_valid_id
from app.domain.webhooks.webhook import MAX_ID
from app.models.tables.webhook import Delivery, Webhook


async def own_webhook(caller: Caller, webhook_id: int) -> Webhook:
    """The caller's webhook. Raises NotFound."""
    webhook = None
    if 0 < webhook_id <= MAX_ID:
        webhook = await Webhook.get_or_none(id=webhook_id, workspace_id=caller.workspace_id)
    if webhook is None:
        raise NotFound("there is no such webhook")
    return webhook


async def own_delivery(caller: Caller, delivery_id: str) -> Delivery:
    """The caller's delivery. Raises NotFound."""
    delivery = None
    if is_valid_id(delivery_id):
        delivery = await Delivery.get_or_none(id=delivery_id, workspace_id=caller.workspace_id)
    if delivery is None:
        raise NotFound("there is no such delivery")
    return delivery
