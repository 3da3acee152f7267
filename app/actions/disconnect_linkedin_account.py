"""Taking a LinkedIn account out of use; its waiting tasks are cancelled."""

from app.actions.outside import Outside
from app.actions.steps.cancel import CANCEL_SETS, end_as_cancelled
from app.actions.steps.find_own import own_account
from app.actions.steps.move_task import move_sql
from app.domain.caller import PEOPLE_AND_AGENTS, Caller, require
from app.domain.task import Move
from app.models.account_queries import AccountRow, lock_account
from app.models.database import Queries
from app.models.task_rows import TaskRow, task_of
from app.models.workspace_queries import lock_workspace

_DISCONNECT = """
UPDATE linkedin_accounts SET status = 'disconnected', is_default = $3
WHERE id = $1 AND workspace_id = $2
"""
_CANCEL_WAITING = move_sql(
    CANCEL_SETS, "linkedin_account_id = $2 AND workspace_id = $3", Move.CANCEL
)


async def disconnect_linkedin_account(
    outside: Outside, caller: Caller | None, account_id: str
) -> AccountRow:
    """The disconnected account. What is processing may finish. Raises NotFound."""
    known = require(caller, PEOPLE_AND_AGENTS)

    async def unit(queries: Queries) -> tuple[AccountRow, list[TaskRow]]:
        now = outside.now()
        await lock_workspace(queries, known.workspace_id)
        account = await own_account(queries, known, account_id)
        await lock_account(queries, account.id)
        await queries.change(_DISCONNECT, account.id, known.workspace_id, False)
        rows = await queries.rows(_CANCEL_WAITING, now, account.id, known.workspace_id)
        cancelled = [task_of(row) for row in rows]
        for task in cancelled:
            await end_as_cancelled(queries, task, now)
        return await own_account(queries, known, account_id), cancelled

    account, cancelled = await outside.database.transaction(unit)
    for task in cancelled:
        outside.events.task_changed(task.snapshot())
    return account
