"""Named queries about webhooks."""

import json
from collections.abc import Mapping

from app.domain.webhooks.webhook import NewWebhook, WebhookEvent
from app.models.engine.database import Queries
from app.models.tables.webhook import Webhook

_ENABLED = "SELECT id, events FROM webhooks WHERE workspace_id = $1 AND enabled ORDER BY id"
_FAILING = "SELECT count(*) AS failing FROM webhooks WHERE enabled AND failures_in_a_row > 0"


async def find_webhook(queries: Queries, workspace_id: str, webhook_id: int) -> Webhook | None:
    """Returns a workspace's webhook, or None."""
    return await queries.read(Webhook.get_or_none(id=webhook_id, workspace_id=workspace_id))


async def list_webhooks(queries: Queries, workspace_id: str) -> list[Webhook]:
    """Returns a workspace's webhooks, oldest first."""
    return await queries.read(Webhook.filter(workspace_id=workspace_id).order_by("id"))


async def count_webhooks(queries: Queries, workspace_id: str) -> int:
    """Returns how many webhooks a workspace has."""
    return await queries.read(Webhook.filter(workspace_id=workspace_id).count())


async def insert_webhook(
    queries: Queries, workspace_id: str, new: NewWebhook, *, sealed_secret: str, now: int
) -> Webhook:
    """Returns the row of a new webhook, enabled."""
    return await queries.read(
        Webhook.create(
            workspace_id=workspace_id,
            url=new.url,
            events=events_text(new.events),
            enabled=True,
            secret=sealed_secret,
            created_at=now,
            updated_at=now,
        )
    )


async def change_webhook(
    queries: Queries, webhook_id: int, columns: Mapping[str, object], now: int
) -> None:
    """Sets columns of a webhook."""
    await queries.read(Webhook.filter(id=webhook_id).update(**columns, updated_at=now))


async def remove_webhook(queries: Queries, webhook_id: int) -> None:
    """Deletes a webhook's row."""
    await queries.read(Webhook.filter(id=webhook_id).delete())


def events_text(events: tuple[WebhookEvent, ...]) -> str:
    """Returns the column `events`: a JSON list."""
    return json.dumps([event.value for event in events])


async def webhooks_listening_to(
    queries: Queries, workspace_id: str, event: WebhookEvent
) -> list[int]:
    """Returns the ids of the workspace's enabled webhooks that listen to the event."""
    rows = await queries.rows(_ENABLED, workspace_id)
    return [row["id"] for row in rows if event.value in json.loads(row["events"])]


async def count_failing(queries: Queries) -> int:
    """Returns how many enabled webhooks failed at their last attempt."""
    row = await queries.row(_FAILING)
    return 0 if row is None else int(row["failing"])
