"""Registering an address for events."""

from dataclasses import dataclass

from app.actions.steps.webhooks.check_host import check_host
from app.domain.access.caller import Caller, require
from app.domain.errors import BadInput
from app.domain.webhooks.webhook import MAX_WEBHOOKS, NewWebhook
from app.domain.webhooks.webhook_signature import new_webhook_secret
from app.models.access.workspace_queries import lock_workspace
from app.models.engine.database import Queries
from app.models.tables.webhook import Webhook
from app.models.webhooks.webhook_queries import count_webhooks, insert_webhook
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class CreatedWebhook:
    """A webhook and its secret, which is shown here and never again."""

    webhook: Webhook
    secret: str


async def create_webhook(
    services: Services, caller: Caller | None, new: NewWebhook
) -> CreatedWebhook:
    """Returns the new webhook.

    Raises BadInput for a host that must not be connected to, and for the 21st of a workspace.
    """
    known = require(caller, new.senders)
    await check_host(services, new.url)
    secret = new_webhook_secret()

    async def unit(queries: Queries) -> Webhook:
        await lock_workspace(queries, known.workspace_id)
        if await count_webhooks(queries, known.workspace_id) >= MAX_WEBHOOKS:
            raise BadInput(
                f"a workspace can have {MAX_WEBHOOKS} webhooks; delete one that is not needed"
            )
        sealed = services.secrets.seal(secret)
        return await insert_webhook(
            queries, known.workspace_id, new, sealed_secret=sealed, now=services.now()
        )

    return CreatedWebhook(await services.database.transaction(unit), secret)
