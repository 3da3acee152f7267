"""One row for one event on its way to one webhook: the outbox."""

from dataclasses import dataclass

from app.domain.ids import new_id
from app.domain.webhooks.webhook import WebhookEvent
from app.models.engine.database import Queries
from app.models.tables.webhook import Delivery

_INSERT = """
INSERT INTO deliveries
    (id, workspace_id, webhook_id, event, task_id, body, status, attempt_count, next_attempt_at,
     created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, 'pending', 0, $7, $7, $7)
"""


@dataclass(frozen=True, slots=True)
class QueuedDelivery:
    """A delivery that was just queued."""

    id: str
    workspace_id: str
    webhook_id: int


async def queue_delivery(
    queries: Queries,
    *,
    workspace_id: str,
    webhook_id: int,
    event: WebhookEvent,
    task_id: str | None,
    body: str,
    now: int,
) -> QueuedDelivery:
    """Queue a delivery that is due at once."""
    delivery_id = new_id("dlv", now)
    await queries.change(
        _INSERT, delivery_id, workspace_id, webhook_id, event.value, task_id, body, now
    )
    return QueuedDelivery(delivery_id, workspace_id, webhook_id)


async def queue_again(queries: Queries, delivery: Delivery, now: int) -> QueuedDelivery:
    """Queue the same body once more, as a new delivery that the old one names."""
    queued = await queue_delivery(
        queries,
        workspace_id=delivery.workspace_id,
        webhook_id=delivery.webhook_id,
        event=WebhookEvent(delivery.event),
        task_id=delivery.task_id,
        body=delivery.body,
        now=now,
    )
    await Delivery.filter(seq=delivery.seq).update(redelivered_as=queued.id)
    return queued
