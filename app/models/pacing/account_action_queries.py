"""What accounts did, through tasks and by hand: what limits count."""

from enum import StrEnum

from app.models.engine.database import Queries
from app.models.tasks.task_rows import TaskRow


class ActionState(StrEnum):
    """What is known of an action that began; `not_done` counts for nothing."""

    RESERVED = "reserved"
    DONE = "done"
    UNKNOWN = "unknown"
    NOT_DONE = "not_done"


_RESERVE = """
INSERT INTO account_actions
    (workspace_id, linkedin_account_id, action_type, person_key, at, source, state, gap_fraction,
     task_seq, attempt_number)
VALUES ($1, $2, $3, $4, $5, 'task', 'reserved', $6, $7, $8)
"""
_SETTLE = """
UPDATE account_actions SET state = $3
WHERE task_seq = $1 AND attempt_number = $2 AND state IN ('reserved', 'unknown')
"""
_ADD_MANUAL = """
INSERT INTO account_actions
    (workspace_id, linkedin_account_id, action_type, person_key, at, source, state)
VALUES ($1, $2, $3, $4, $5, 'manual', 'done')
ON CONFLICT (linkedin_account_id, action_type, person_key, (at / 60000)) WHERE source = 'manual'
DO NOTHING
"""


async def reserve_action(
    queries: Queries, task: TaskRow, person_key: str, now: int, gap_fraction: float
) -> None:
    """Counts the action of a task's latest attempt from now on."""
    await queries.change(
        _RESERVE,
        task.workspace_id,
        task.linkedin_account_id,
        task.action_type,
        person_key,
        now,
        gap_fraction,
        task.seq,
        task.claim_count,
    )


async def settle_action(
    queries: Queries, task_seq: int, attempt_number: int, state: ActionState
) -> bool:
    """Stores how the action of an attempt ended. Returns whether there was one to settle."""
    return bool(await queries.change(_SETTLE, task_seq, attempt_number, state.value))


async def add_manual_action(
    queries: Queries,
    workspace_id: str,
    account_id: str,
    action_type: str,
    person_key: str,
    at: int,
) -> None:
    """Counts what a person did by hand; the same action, person and minute counts once."""
    await queries.change(_ADD_MANUAL, workspace_id, account_id, action_type, person_key, at)
