"""How long anybody has been waiting, at a cost that does not grow with what waits."""

from dataclasses import dataclass

from app.models.engine.database import Queries
from app.models.tasks.claimable_task import claimable_tasks


@dataclass(frozen=True, slots=True)
class Backlog:
    """Since when the longest waiting ones wait, in milliseconds; None when none does."""

    oldest_task_at: int | None
    oldest_due_delivery_at: int | None


# One step into an index for each account, and for each webhook: never one for each that waits.
# Of an account's tasks the one whose turn it is, which is not the oldest if priorities differ.
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
        SELECT min(next_attempt_at) FROM deliveries
        WHERE deliveries.webhook_id = webhooks.id AND deliveries.status = 'pending'
    ) AS oldest
    FROM webhooks WHERE webhooks.enabled
) AS found WHERE oldest <= $1
"""


async def read_backlog(queries: Queries, now: int) -> Backlog:
    """Raises Unavailable when the database is out of reach."""
    task = await queries.row(_OLDEST_TASK)
    delivery = await queries.row(_OLDEST_DUE_DELIVERY, now)
    return Backlog(
        oldest_task_at=task["oldest"] if task else None,
        oldest_due_delivery_at=delivery["oldest"] if delivery else None,
    )
