"""Deleting a webhook; the log of its deliveries stays."""

from app.actions.steps.webhooks.own_webhook import own_webhook
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.models.engine.database import Queries
from app.models.webhooks.delivery_queries import fail_pending_deliveries
from app.models.webhooks.webhook_queries import remove_webhook
from app.services.services import Services

_REASON = "webhook deleted"


async def delete_webhook(services: Services, caller: Caller | None, webhook_id: int) -> None:
    """Deletes the webhook and fails its pending deliveries. Raises NotFound."""
    known = require(caller, PEOPLE_AND_KEYS)

    async def unit(queries: Queries) -> list[str]:
        webhook = await own_webhook(queries, known, webhook_id)
        ids = await fail_pending_deliveries(queries, webhook.id, _REASON, services.now())
        await remove_webhook(queries, webhook.id)
        return ids

    for delivery_id in await services.database.transaction(unit):
        services.events.delivery_changed(known.workspace_id, webhook_id, delivery_id)
