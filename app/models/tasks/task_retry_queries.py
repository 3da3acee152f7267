"""Named queries about retries.

A retry names the task that it retries. A task, its retries, their retries and so on are one family:
at most one of them may act on LinkedIn.
"""

import json
from collections.abc import Sequence

from app.domain.leases.lease import is_completion
from app.domain.tasks.retry_rules import ENDED_WITHOUT_ACTING, RETRYABLE, RetryFacts
from app.domain.tasks.task import TaskStatus, error_code_of
from app.models.engine.database import Queries, Row
from app.models.tasks.task_attempt_queries import late_reports_of
from app.models.tasks.task_rows import TaskRow

_IDS_ON_POSTGRES = "SELECT unnest($2::text[])"
_IDS_ON_SQLITE = "SELECT value FROM json_each($2)"
_ENDED = ", ".join(repr(status.value) for status in sorted(ENDED_WITHOUT_ACTING))

_LINE = """
line(task_id, id, retry_of, status) AS (
    SELECT id, id, retry_of, status FROM tasks WHERE workspace_id = $1 AND id IN ({})
    UNION ALL
    SELECT line.task_id, tasks.id, tasks.retry_of, tasks.status
    FROM line JOIN tasks ON tasks.id = line.retry_of
)
"""
_LIVE_RELATIVES = f"""
WITH RECURSIVE {_LINE}, family(root, id, status) AS (
    SELECT DISTINCT id, id, status FROM line WHERE retry_of IS NULL
    UNION ALL
    SELECT family.root, tasks.id, tasks.status
    FROM family JOIN tasks ON tasks.retry_of = family.id
)
SELECT line.task_id, family.id, family.status FROM line JOIN family ON family.root = line.id
WHERE line.retry_of IS NULL AND family.status NOT IN ({_ENDED})
"""
# The first of the family is final and no other transaction writes to it: only retries wait here.
_LOCK_FAMILY = f"""
WITH RECURSIVE {_LINE.format("$2")}
SELECT seq FROM tasks WHERE id IN (SELECT id FROM line WHERE retry_of IS NULL) FOR UPDATE
"""
_DISCONNECTED = """
SELECT id FROM linkedin_accounts
WHERE workspace_id = $1 AND status = 'disconnected' AND id IN ({})
"""
_LATEST = """
SELECT retry_of, id FROM tasks WHERE workspace_id = $1 AND retry_of IN ({}) ORDER BY seq
"""


async def lock_retries(queries: Queries, task: TaskRow) -> None:
    """Locks the retries of this task and of its family until the commit.

    On SQLite a transaction that writes is alone in any case.
    """
    if not queries.is_sqlite:
        await queries.rows(_LOCK_FAMILY, task.workspace_id, task.id)


async def retry_facts(
    queries: Queries, workspace_id: str, tasks: Sequence[TaskRow]
) -> dict[str, RetryFacts]:
    """Returns, by id, what decides whether each of these tasks of a workspace may be retried."""
    failed = [task for task in tasks if TaskStatus(task.status) in RETRYABLE]
    facts = {task.id: RetryFacts(TaskStatus(task.status)) for task in tasks}
    if not failed:
        return facts
    late = await late_reports_of(queries, [task.seq for task in failed])
    done = {attempt.task_seq for attempt in late if is_completion(attempt.late_report)}
    ids = [task.id for task in failed]
    relatives = {
        row["task_id"]: row for row in await _rows(queries, _LIVE_RELATIVES, workspace_id, ids)
    }
    accounts = sorted({task.linkedin_account_id for task in failed})
    disconnected = {
        row["id"] for row in await _rows(queries, _DISCONNECTED, workspace_id, accounts)
    }
    for task in failed:
        other = relatives.get(task.id)
        facts[task.id] = RetryFacts(
            status=TaskStatus(task.status),
            error_code=error_code_of(task.result),
            was_completed_late=task.seq in done,
            account_is_disconnected=task.linkedin_account_id in disconnected,
            live_retry_id=other["id"] if other else None,
            live_retry_status=other["status"] if other else None,
        )
    return facts


async def latest_retries(
    queries: Queries, workspace_id: str, tasks: Sequence[TaskRow]
) -> dict[str, str]:
    """Returns the id of the latest retry of each of these tasks that was retried, by its id."""
    failed = [task.id for task in tasks if TaskStatus(task.status) in RETRYABLE]
    if not failed:
        return {}
    rows = await _rows(queries, _LATEST, workspace_id, failed)
    return {row["retry_of"]: row["id"] for row in rows}


async def _rows(queries: Queries, sql: str, workspace_id: str, ids: Sequence[str]) -> list[Row]:
    if queries.is_sqlite:
        return await queries.rows(sql.format(_IDS_ON_SQLITE), workspace_id, json.dumps(list(ids)))
    return await queries.rows(sql.format(_IDS_ON_POSTGRES), workspace_id, list(ids))
