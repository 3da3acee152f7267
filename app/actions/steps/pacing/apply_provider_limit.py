"""LinkedIn's own stop of an account, as an agent reported it."""

from zoneinfo import ZoneInfo

from app.actions.steps.pacing.pace_account import set_gates
from app.domain.pacing.locks import PAUSE_NOTES, lock_end
from app.domain.pacing.pacing_inputs import ProviderLimit
from app.domain.tasks.task import ActionType
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import pause_account
from app.models.pacing.account_pacing_queries import read_paces
from app.models.pacing.provider_lock_queries import earlier_lock, insert_lock
from app.models.tasks.task_rows import TaskRow


async def apply_provider_limit(
    queries: Queries, task: TaskRow, agent_id: str, limit: ProviderLimit, now: int
) -> None:
    """Locks the task's kind of action, or the whole account, or pauses the account.

    The account's pacing is locked by the transaction.
    """
    account_id = task.linkedin_account_id
    if note := PAUSE_NOTES.get(limit.code):
        await pause_account(queries, account_id, note)
        return
    action = None if limit.whole_account else ActionType(task.action_type)
    time_zone = (await read_paces(queries, [account_id], now))[account_id].settings.time_zone
    end = lock_end(
        limit.code,
        now,
        named_until=limit.until,
        earlier=await earlier_lock(queries, account_id, action),
        zone=ZoneInfo(time_zone or "UTC"),
    )
    await insert_lock(
        queries,
        workspace_id=task.workspace_id,
        account_id=account_id,
        action=action,
        code=limit.code,
        end=end,
        now=now,
        task_id=task.id,
        agent_id=agent_id,
    )
    await set_gates(queries, account_id, now)
