"""Registering an address for events."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.outside import Outside
from app.actions.steps.check_host import check_host
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import BadInput
from app.domain.webhook import MAX_WEBHOOKS, WebhookOrder, check_webhook_order
from app.domain.webhook_signature import new_webhook_secret
from app.models.database import Queries
from app.models.webhook import Webhook
from app.models.workspace_queries import lock_workspace


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A webhook and its secret, which is shown here and never again."""

    webhook: Webhook
    secret: str


async def create_webhook(
    outside: Outside, caller: Caller | None, raw: Mapping[str, object]
) -> NewWebhook:
    """`raw` has url and events. Raises BadInput, also for a workspace's 21st webhook."""
    known = require(caller, PEOPLE_AND_KEYS)
    order = check_webhook_order(raw)
    await check_host(outside, order.url)
    secret = new_webhook_secret()

    async def unit(queries: Queries) -> Webhook:
        await lock_workspace(queries, known.workspace_id)
        if await Webhook.filter(workspace_id=known.workspace_id).count() >= MAX_WEBHOOKS:
            raise BadInput(
                f"a workspace can have {MAX_WEBHOOKS} webhooks; delete one that is not needed"
            )
        return await _insert(outside, known, order, secret)

    return NewWebhook(await outside.database.transaction(unit), secret)


async def _insert(outside: Outside, caller: Caller, order: WebhookOrder, secret: str) -> Webhook:
    now = outside.now()
    return await Webhook.create(
        workspace_id=caller.workspace_id,
        url=order.url,
        events=json.dumps([event.value for event in order.events]),
        enabled=True,
        secret=outside.secrets.seal(secret),
        created_at=now,
        updated_at=now,
    )
