"""The caller's own webhooks and deliveries, by id; those of other workspaces do not exist."""

from app.domain.access.caller import Caller
from app.domain.errors import Conflict, NotFound
from app.domain.ids import is_valid_id
from app.domain.webhooks.webhook import MAX_ID
from app.models.engine.database import Queries
from app.models.tables.webhook import Delivery, Webhook
from app.models.webhooks.delivery_queries import find_delivery
from app.models.webhooks.webhook_queries import find_webhook


async def own_webhook(queries: Queries, caller: Caller, webhook_id: int) -> Webhook:
    """Returns the caller's webhook. Raises NotFound."""
    webhook = None
    if 0 < webhook_id <= MAX_ID:
        webhook = await find_webhook(queries, caller.workspace_id, webhook_id)
    if webhook is None:
        raise NotFound("there is no such webhook")
    return webhook


async def own_enabled_webhook(queries: Queries, caller: Caller, webhook_id: int) -> Webhook:
    """Returns the caller's webhook. Raises NotFound, or Conflict if it is disabled."""
    webhook = await own_webhook(queries, caller, webhook_id)
    if not webhook.enabled:
        raise Conflict("the webhook is switched off; enable it first")
    return webhook


async def own_delivery(queries: Queries, caller: Caller, delivery_id: str) -> Delivery:
    """Returns the caller's delivery. Raises NotFound."""
    delivery = None
    if is_valid_id(delivery_id):
        delivery = await find_delivery(queries, caller.workspace_id, delivery_id)
    if delivery is None:
        raise NotFound("there is no such delivery")
    return delivery
