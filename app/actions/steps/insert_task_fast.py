"""One order in one round trip, on PostgreSQL: account, daily limit and task in one statement.

It holds the account's count locked for as long as one statement takes, not for a transaction, so
orders for one account follow each other quickly. The lock on the account makes a disconnect wait.
What it cannot place it leaves to the steps that can say why.
"""

from app.domain.ids import new_id
from app.domain.tasks.new_task import NewTask
from app.domain.times import day_of_ms
from app.models.engine.database import Queries
from app.models.task_rows import TASK, TaskRow, task_of

_PLACE = f"""
WITH candidates AS (
    SELECT id, is_default FROM linkedin_accounts
    WHERE workspace_id = $2 AND status <> 'disconnected' AND ($3::text IS NULL OR id = $3)
    ORDER BY is_default DESC LIMIT 2
), account AS (
    SELECT id FROM linkedin_accounts WHERE status <> 'disconnected' AND id = (
        SELECT id FROM candidates
        WHERE is_default OR (SELECT count(*) FROM candidates) = 1
        ORDER BY is_default DESC LIMIT 1
    ) FOR KEY SHARE
), counted AS (
    INSERT INTO daily_counts
        (linkedin_account_id, workspace_id, day, created, completed, failed, cancelled)
    SELECT id, $2, $4, 1, 0, 0, 0 FROM account
    ON CONFLICT (linkedin_account_id, day) DO UPDATE SET created = daily_counts.created + 1
    WHERE daily_counts.created < $5
    RETURNING linkedin_account_id
)
INSERT INTO tasks
    (id, workspace_id, linkedin_account_id, action_type, status, payload, priority, max_retries,
     attempt_count, claim_count, scheduled_at, not_before, created_at, updated_at, version)
SELECT $1, $2, linkedin_account_id, $6, 'pending', $7, $8, $9, 0, 0, $10, $11, $12, $12, 1
FROM counted RETURNING {TASK}
"""


async def insert_task_fast(
    queries: Queries, workspace_id: str, new_task: NewTask, *, now: int, daily_limit: int
) -> TaskRow | None:
    """The task of an order without an idempotency key; None when there is a reason to look into."""
    row = await queries.row(
        _PLACE,
        new_id("task", now),
        workspace_id,
        new_task.linkedin_account_id,
        day_of_ms(now),
        daily_limit,
        new_task.action_type.value,
        new_task.payload_text,
        new_task.priority,
        new_task.max_retries,
        new_task.scheduled_at,
        new_task.not_before(now),
        now,
    )
    return task_of(row) if row else None
