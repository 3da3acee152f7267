"""Taking a LinkedIn account out of use; its waiting tasks are cancelled."""

from app.actions.steps.after_commit import after_commit
from app.actions.steps.linkedin.own_account import own_account
from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_cancelled
from app.domain.access.caller import PEOPLE_AND_AGENTS, Caller, require
from app.models.access.workspace_queries import lock_workspace
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import AccountRow, disconnect, lock_account
from app.models.tasks.task_transition_queries import cancel_waiting_tasks_of_account
from app.services.services import Services


async def disconnect_linkedin_account(
    services: Services, caller: Caller | None, account_id: str
) -> AccountRow:
    """Returns the disconnected account. A task in progress may finish. Raises NotFound."""
    known = require(caller, PEOPLE_AND_AGENTS)

    async def unit(queries: Queries) -> tuple[AccountRow, list[TaskChange]]:
        now = services.now()
        await lock_workspace(queries, known.workspace_id)
        account = await own_account(queries, known, account_id)
        await lock_account(queries, account.id)
        await disconnect(queries, known.workspace_id, account.id)
        tasks = await cancel_waiting_tasks_of_account(queries, known.workspace_id, account.id, now)
        cancelled = [await close_cancelled(queries, task, now) for task in tasks]
        return await own_account(queries, known, account_id), cancelled

    account, cancelled = await services.database.transaction(unit)
    after_commit(services, tasks=cancelled)
    return account
