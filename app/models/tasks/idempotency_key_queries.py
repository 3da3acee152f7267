"""Named queries about idempotency keys, each of which names one created task."""

from dataclasses import dataclass

from app.domain.tasks.new_task import NewTask
from app.domain.times import MS_PER_DAY
from app.models.engine.database import Queries

_LIVE = """
SELECT fingerprint, sent_account_id, task_id FROM idempotency_keys
WHERE workspace_id = $1 AND key = $2 AND expires_at > $3
"""
_TAKE = """
INSERT INTO idempotency_keys
    (workspace_id, key, fingerprint, sent_account_id, task_id, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (workspace_id, key) DO UPDATE SET
    fingerprint = $3, sent_account_id = $4, task_id = $5, expires_at = $6
WHERE idempotency_keys.expires_at <= $7
RETURNING task_id
"""


@dataclass(frozen=True, slots=True)
class UsedKey:
    """What an idempotency key was used for: the task, and the account id that was sent, if any."""

    fingerprint: str
    sent_account_id: str | None
    task_id: str


async def find_used_key(queries: Queries, workspace_id: str, key: str, now: int) -> UsedKey | None:
    """Returns the use of a workspace's key within the last 24 hours, or None."""
    row = await queries.row(_LIVE, workspace_id, key, now)
    return UsedKey(row["fingerprint"], row["sent_account_id"], row["task_id"]) if row else None


async def take_key(
    queries: Queries, workspace_id: str, key: str, new_task: NewTask, task_id: str, now: int
) -> bool:
    """Keeps the key for 24 hours; False if another transaction took it at the same moment."""
    use = (new_task.fingerprint, new_task.linkedin_account_id, task_id)
    taken = await queries.row(_TAKE, workspace_id, key, *use, now + MS_PER_DAY, now)
    return taken is not None
