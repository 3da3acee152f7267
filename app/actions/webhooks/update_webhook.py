"""Changing a webhook, switching it off, or on again."""

from app.actions.steps.webhooks.check_host import check_host
from app.actions.steps.webhooks.own_webhook import own_webhook
from app.domain.access.caller import Caller, require
from app.domain.webhooks.failure_streak import SWITCHED_OFF_BY_HAND
from app.domain.webhooks.webhook import WebhookChange
from app.models.engine.database import Queries
from app.models.tables.webhook import Webhook
from app.models.webhooks.webhook_queries import change_webhook, events_text
from app.services.services import Services

_UNTRIED = {
    "last_attempt_at": None,
    "last_error": None,
    "failures_in_a_row": 0,
    "first_failure_at": None,
}


async def update_webhook(
    services: Services, caller: Caller | None, change: WebhookChange
) -> Webhook:
    """Returns the webhook, changed; enabled again, its pending deliveries are sent.

    Raises BadInput for a host that must not be connected to, or NotFound.
    """
    known = require(caller, change.senders)
    if change.url is not None:
        await check_host(services, change.url)

    async def unit(queries: Queries) -> Webhook:
        webhook = await own_webhook(queries, known, change.id)
        values = _changed_columns(webhook, change)
        await change_webhook(queries, webhook.id, values, services.now())
        return await own_webhook(queries, known, change.id)

    webhook = await services.database.transaction(unit)
    if webhook.enabled:
        services.worker_notifier.notify()
    return webhook


def _changed_columns(webhook: Webhook, change: WebhookChange) -> dict[str, object]:
    values: dict[str, object] = {}
    if change.url is not None and change.url != webhook.url:
        # The new address was not tried yet.
        values |= {"url": change.url, "failing_since": None, **_UNTRIED}
    if change.events is not None:
        values["events"] = events_text(change.events)
    if change.enabled:
        # The five days of failures are counted from the start: the cause should be fixed.
        values |= {"enabled": True, "disabled_reason": None, "failing_since": None}
    if change.enabled is False and webhook.enabled:
        values |= {"enabled": False, "disabled_reason": SWITCHED_OFF_BY_HAND}
    return values
