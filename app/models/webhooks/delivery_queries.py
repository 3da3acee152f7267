"""Named queries about deliveries: queued in the transaction of their event, read, given up."""

from collections import Counter
from dataclasses import dataclass

from tortoise.expressions import Q

from app.domain.ids import new_id
from app.domain.webhooks.delivery import DeliveryStatus
from app.domain.webhooks.webhook import WebhookEvent
from app.models.change import ChangePosition
from app.models.engine.database import Queries
from app.models.tables.webhook import Delivery, DeliveryAttempt

_INSERT = """
INSERT INTO deliveries
    (id, workspace_id, webhook_id, event, task_id, body, status, attempt_count, next_attempt_at,
     created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, 'pending', 0, $7, $7, $7)
"""
# The newest thousand are enough, and as fast to count where there are a million.
_RECENT = """
SELECT status, count(*) AS count FROM (
    SELECT status, created_at FROM deliveries WHERE webhook_id = $1 ORDER BY seq DESC LIMIT 1000
) latest WHERE created_at >= $2 GROUP BY status
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
    """Queues a delivery that is due at once."""
    delivery_id = new_id("dlv", now)
    await queries.change(
        _INSERT, delivery_id, workspace_id, webhook_id, event.value, task_id, body, now
    )
    return QueuedDelivery(delivery_id, workspace_id, webhook_id)


async def queue_again(queries: Queries, delivery: Delivery, now: int) -> QueuedDelivery:
    """Queues the same body as a new delivery, whose id the old one keeps."""
    queued = await queue_delivery(
        queries,
        workspace_id=delivery.workspace_id,
        webhook_id=delivery.webhook_id,
        event=WebhookEvent(delivery.event),
        task_id=delivery.task_id,
        body=delivery.body,
        now=now,
    )
    await queries.read(Delivery.filter(seq=delivery.seq).update(redelivered_as=queued.id))
    return queued


async def get_delivery_row(queries: Queries, delivery_id: str) -> Delivery:
    """Returns a delivery that exists."""
    return await queries.read(Delivery.get(id=delivery_id))


async def find_delivery(queries: Queries, workspace_id: str, delivery_id: str) -> Delivery | None:
    """Returns a workspace's delivery, or None."""
    return await queries.read(Delivery.get_or_none(id=delivery_id, workspace_id=workspace_id))


async def list_deliveries(
    queries: Queries,
    workspace_id: str,
    *,
    webhook_id: int | None = None,
    task_id: str | None = None,
    status: DeliveryStatus | None = None,
    before_seq: int | None = None,
    limit: int,
) -> list[Delivery]:
    """Returns a workspace's deliveries, newest first; None leaves a condition out."""
    conditions = {
        "webhook_id": webhook_id,
        "task_id": task_id,
        "status": None if status is None else status.value,
        "seq__lt": before_seq,
    }
    wanted = {name: value for name, value in conditions.items() if value is not None}
    found = Delivery.filter(workspace_id=workspace_id, **wanted)
    return await queries.read(found.order_by("-seq").limit(limit))


async def list_failed_since(
    queries: Queries, webhook_id: int, since: int, limit: int
) -> list[Delivery]:
    """Returns a webhook's deliveries that failed since a time (ms) and were not sent again."""
    found = Delivery.filter(
        webhook_id=webhook_id,
        status=DeliveryStatus.FAILED.value,
        updated_at__gte=since,
        redelivered_as=None,
    )
    return await queries.read(found.order_by("seq").limit(limit))


async def list_attempts(queries: Queries, delivery_seq: int) -> list[DeliveryAttempt]:
    """Returns the attempts at a delivery, first to last."""
    found = DeliveryAttempt.filter(delivery_seq=delivery_seq)
    return await queries.read(found.order_by("number"))


async def count_recent_deliveries(queries: Queries, webhook_id: int, since: int) -> Counter[str]:
    """Returns, by status, how many of the latest thousand deliveries were created since a time."""
    rows = await queries.rows(_RECENT, webhook_id, since)
    return Counter({row["status"]: row["count"] for row in rows})


async def deliveries_changed_after(
    queries: Queries, workspace_id: str, position: ChangePosition, limit: int
) -> list[Delivery]:
    """Returns the deliveries that changed after a position, in the order of their change."""
    is_after = Q(updated_at__gt=position.changed_at) | Q(seq__gt=position.seq)
    found = Delivery.filter(
        is_after, workspace_id=workspace_id, updated_at__gte=position.changed_at
    ).order_by("updated_at", "seq")
    return await queries.read(found.limit(limit))


async def fail_pending_deliveries(
    queries: Queries, webhook_id: int, reason: str, now: int
) -> list[str]:
    """Fails all pending deliveries of a webhook, and returns their ids."""
    pending = Delivery.filter(webhook_id=webhook_id, status=DeliveryStatus.PENDING.value)
    ids = [str(one) for one in await queries.read(pending.values_list("id", flat=True))]
    change = pending.update(
        status=DeliveryStatus.FAILED.value,
        failure_reason=reason,
        next_attempt_at=None,
        claim_token=None,
        updated_at=now,
    )
    await queries.read(change)
    return ids
