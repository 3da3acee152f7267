"""An agent reports that the action was performed."""

from app.actions.steps.after_commit import publish_change
from app.actions.steps.tasks.lease import holder_of
from app.actions.steps.tasks.stale_report import resolve_stale_report
from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_attempt
from app.domain.access.caller import Caller, require
from app.domain.leases.lease import Completion, Lease
from app.domain.tasks.task import AttemptOutcome, completed_result
from app.models.engine.database import Queries
from app.models.pacing.account_action_queries import ActionState
from app.models.pacing.account_pacing_queries import lock_gated_of_task
from app.models.tasks.lease_queries import complete_held_task
from app.models.tasks.task_rows import TaskRow, json_text
from app.services.services import Services


async def complete_task(
    services: Services, caller: Caller | None, lease: Lease, completion: Completion
) -> TaskRow:
    """Returns the completed task; a repeated call with the same result returns the same.

    Raises NotFound, LeaseLost or Conflict.
    """
    known = require(caller, completion.senders)
    holder = holder_of(known, lease)
    result_text = json_text(completed_result(completion.result))
    report = completion.report
    action = ActionState.DONE if completion.performed else ActionState.NOT_DONE

    async def unit(queries: Queries) -> TaskChange:
        now = services.now()
        if not completion.performed:
            # Before the task, as a start does: what was not done is given back to the account.
            await lock_gated_of_task(queries, holder.workspace_id, holder.task_id)
        task = await complete_held_task(queries, holder, now, result_text)
        if task is None:
            return await resolve_stale_report(queries, known, lease, report)
        outcome = AttemptOutcome.COMPLETED
        return await close_attempt(queries, task, outcome, now, report=report, action=action)

    return publish_change(services, await services.database.transaction(unit))
