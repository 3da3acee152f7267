"""Taking a LinkedIn account out of use; its waiting tasks are cancelled."""

from app.actions.steps.cancel import CANCEL_SET_CLAUSE, end_as_cancelled
from app.actions.steps.own_task import own_account
from app.actions.steps.task_transition import transition_sql
from app.domain.access.caller import PEOPLE_AND_AGENTS, Caller, require
from app.domain.tasks.task import Transition
from app.models.engine.database import Queries
from app.models.linkedin_account_queries import AccountRow, lock_account
from app.models.task_rows import TaskRow, task_of
from app.models.workspace_queries import lock_workspace
from app.services.services import Services

_DISCONNECT = """
UPDATE linkedin_accounts SET status = 'disconnected', is_default = $3
WHERE id = $1 AND workspace_id = $2
"""
_CANCEL_WAITING = transition_sql(
    CANCEL_SET_CLAUSE, "linkedin_account_id = $2 AND workspace_id = $3", Transition.CANCEL
)


async def disconnect_linkedin_account(
    services: Services, caller: Caller | None, account_id: str
) -> AccountRow:
    """The disconnected account. What is processing may finish. Raises NotFound."""
    known = require(caller, PEOPLE_AND_AGENTS)

    async def unit(queries: Queries) -> tuple[AccountRow, list[TaskRow]]:
        now = services.now()
        await lock_workspace(queries, known.workspace_id)
        account = await own_account(queries, known, account_id)
        await lock_account(queries, account.id)
        await queries.change(_DISCONNECT, account.id, known.workspace_id, False)
        rows = await queries.rows(_CANCEL_WAITING, now, account.id, known.workspace_id)
        cancelled = [task_of(row) for row in rows]
        for task in cancelled:
            await end_as_cancelled(queries, task, now)
        return await own_account(queries, known, account_id), cancelled

    account, cancelled = await services.database.transaction(unit)
    for task in cancelled:
        services.events.task_changed(task.snapshot())
    return account
