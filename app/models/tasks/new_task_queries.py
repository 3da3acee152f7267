"""Creating a task: which account it is for, the account's limit of the day, the row.

On PostgreSQL one statement can do all three for one task. It locks the account's count for as long
as the statement takes, not for a transaction, so that tasks for one account are created quickly one
after the other; its lock on the account makes a disconnect wait. Several tasks, idempotency keys,
and SQLite take one statement each, of the same parts.
"""

from app.domain.ids import new_id
from app.domain.tasks.new_task import NewTask
from app.domain.times import day_of_ms
from app.models.engine.database import Queries
from app.models.tasks.daily_count_queries import add_created_sql
from app.models.tasks.default_account_queries import CANDIDATES, CHOSEN
from app.models.tasks.task_rows import TASK, TaskRow, task_of

_INSERT = f"""
INSERT INTO tasks
    (id, workspace_id, linkedin_account_id, action_type, status, payload, priority, max_retries,
     attempt_count, claim_count, retry_of, scheduled_at, not_before, created_at, updated_at,
     version)
{{source}} RETURNING {TASK}
"""
_INSERT_ONE = _INSERT.format(
    source="VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, 0, 0, $8, $9, $10, $11, $11, 1)"
)
_COUNTED = add_created_sql("SELECT id, $2, $4, 1, 0, 0, 0 FROM account", limit="$5")
_INSERT_COUNTED = _INSERT.format(
    source="""
    SELECT $1, $2, linkedin_account_id, $6, 'pending', $7, $8, $9, 0, 0, NULL, $10, $11, $12, $12, 1
    FROM counted
    """
)
CREATE_TASK = f"""
WITH {CANDIDATES.format(workspace_id="$2", account_id="$3")}, account AS (
    SELECT id FROM linkedin_accounts WHERE status <> 'disconnected' AND id = ({CHOSEN})
    FOR KEY SHARE
), counted AS ({_COUNTED})
{_INSERT_COUNTED}
"""


async def create_in_one_statement(
    queries: Queries, workspace_id: str, new_task: NewTask, *, now: int, daily_limit: int
) -> TaskRow | None:
    """Returns the created task; the task must have no idempotency key.

    Returns None if the account or the limit does not allow it, and always on SQLite: the single
    statements say why.
    """
    if queries.is_sqlite:
        return None
    row = await queries.row(
        CREATE_TASK,
        new_id("task", now),
        workspace_id,
        new_task.linkedin_account_id,
        day_of_ms(now),
        daily_limit,
        *_columns(new_task),
        new_task.scheduled_at,
        new_task.not_before(now),
        now,
    )
    return task_of(row) if row else None


async def insert_task(
    queries: Queries,
    workspace_id: str,
    new_task: NewTask,
    *,
    task_id: str,
    account_id: str,
    retry_of: str | None,
    now: int,
) -> TaskRow:
    """Returns the row of a new task whose account was chosen and whose limit was counted."""
    row = await queries.row(
        _INSERT_ONE,
        task_id,
        workspace_id,
        account_id,
        *_columns(new_task),
        retry_of,
        new_task.scheduled_at,
        new_task.not_before(now),
        now,
    )
    return task_of(row)


def _columns(new_task: NewTask) -> tuple[str, str, int, int]:
    kind = new_task.action_type.value
    return kind, new_task.payload_text, new_task.priority, new_task.max_retries
