"""A new secret; for 24 hours the old one signs too."""

from dataclasses import dataclass

from app.actions.steps.webhooks.own_webhook import own_webhook
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.times import MS_PER_DAY
from app.domain.webhooks.webhook_signature import new_webhook_secret
from app.models.access.workspace_queries import lock_workspace
from app.models.engine.database import Queries
from app.models.tables.webhook import Webhook
from app.models.webhooks.webhook_queries import change_webhook
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class RotatedSecret:
    """The webhook, its new secret, and when the old one stops signing (milliseconds)."""

    webhook: Webhook
    secret: str
    previous_secret_expires_at: int


async def rotate_webhook_secret(
    services: Services, caller: Caller | None, webhook_id: int
) -> RotatedSecret:
    """Make a new secret, shown here and never again. Raises NotFound."""
    known = require(caller, PEOPLE_AND_KEYS)
    secret = new_webhook_secret()

    async def unit(queries: Queries) -> RotatedSecret:
        # Two at once: the second one's old secret is the first one's new one, which was shown.
        await lock_workspace(queries, known.workspace_id)
        now = services.now()
        webhook = await own_webhook(queries, known, webhook_id)
        columns = {
            "secret": services.secrets.seal(secret),
            "previous_secret": webhook.secret,
            "previous_secret_expires_at": now + MS_PER_DAY,
        }
        await change_webhook(queries, webhook.id, columns, now)
        return RotatedSecret(
            await own_webhook(queries, known, webhook_id), secret, now + MS_PER_DAY
        )

    return await services.database.transaction(unit)
