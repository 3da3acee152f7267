"""How long tasks and deliveries have waited, at a cost that does not grow with their number."""

from dataclasses import dataclass

from app.models.engine.database import Queries
from app.models.tasks.claimable_task import claimable_tasks


@dataclass(frozen=True, slots=True)
class Backlog:
    """The times since which the oldest ones wait, in milliseconds; None if none waits."""

    oldest_task_at: int | None
    oldest_due_delivery_at: int | None


# One look-up in an index for each account and each webhook, never one for each row that waits.
# Of an account's tasks the next in turn, which is not the oldest if priorities differ.
_OLDEST_TASK = f"""
SELECT min(since) AS oldest FROM (
    SELECT (
        {claimable_tasks("updated_at", limit="1")}
    ) AS since
    FROM linkedin_accounts account WHERE account.status = 'active'
) AS found
"""
_OLDEST_DUE_DELIVERY = """
SELECT min(oldest) AS oldest FROM (
    SELECT (
        SELECT next_attempt_at FROM deliveries
        WHERE deliveries.webhook_id = webhooks.id AND deliveries.status = 'pending'
          AND (claimed_until IS NULL OR claimed_until <= $1)
        ORDER BY next_attempt_at LIMIT 1
    ) AS oldest
    FROM webhooks WHERE webhooks.enabled
) AS found WHERE oldest <= $1
"""


async def read_backlog(queries: Queries, now: int) -> Backlog:
    """Returns the backlog now. Raises Unavailable if the database cannot be reached."""
    task = await queries.row(_OLDEST_TASK)
    delivery = await queries.row(_OLDEST_DUE_DELIVERY, now)
    return Backlog(
        oldest_task_at=task["oldest"] if task else None,
        oldest_due_delivery_at=delivery["oldest"] if delivery else None,
    )
