"""An agent says that the action was performed."""

from app.actions.outside import Outside
from app.actions.steps.announce import announce_deliveries
from app.actions.steps.finish_task import finish_task
from app.actions.steps.lease import held_task, refuse_odd_lease
from app.actions.steps.move_task import NO_LEASE, close_attempt, move_sql, one_task
from app.actions.steps.queue_delivery import NewDelivery
from app.actions.steps.report import judge_report
from app.domain.caller import AGENTS, Caller, require
from app.domain.errors import ZenModeError
from app.domain.task import AttemptOutcome, Move, completed_result
from app.domain.task_report import Lease, check_result, completion_report
from app.models.database import Queries
from app.models.task_rows import TaskRow, json_text

# A pending task that still carries a lease's token lost its agent at work: the report is believed.
_COMPLETE = move_sql(
    f"status = 'completed', result = $6, completed_at = $1, not_before = NULL, {NO_LEASE}",
    "id = $2 AND workspace_id = $3 AND lease_token = $4 AND agent_id = $5",
    Move.COMPLETE,
    Move.COMPLETE_LATE,
)


async def complete_task(
    outside: Outside, caller: Caller | None, lease: Lease, result: object
) -> TaskRow:
    """The completed task; sent twice with the same result it answers the same.

    Raises BadInput, NotFound, LeaseLost or Conflict.
    """
    known = require(caller, AGENTS)
    reported = check_result(result)
    refuse_odd_lease(lease)

    async def unit(
        queries: Queries,
    ) -> tuple[TaskRow, list[NewDelivery] | None, ZenModeError | None]:
        now = outside.now()
        report = completion_report(reported)
        values = (lease.task_id, known.workspace_id, lease.token, known.credential_id)
        moved = await one_task(
            queries, _COMPLETE, now, *values, json_text(completed_result(reported))
        )
        if moved is None:
            held = await held_task(queries, known, lease)
            return held.task, None, await judge_report(queries, held, report)
        await close_attempt(queries, moved, AttemptOutcome.COMPLETED, now, report=report)
        return moved, await finish_task(queries, moved, now), None

    task, deliveries, refusal = await outside.database.transaction(unit)
    if refusal is not None:
        raise refusal
    if deliveries is not None:
        outside.events.task_changed(task.snapshot())
        announce_deliveries(outside, deliveries)
    return task
