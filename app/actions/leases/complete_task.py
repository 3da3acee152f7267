"""An agent says that the action was performed."""

from app.actions.steps.announce import announce_deliveries
from app.actions.steps.finish_task import finish_task
from app.actions.steps.lease import check_lease_format, held_task
from app.actions.steps.queue_delivery import QueuedDelivery
from app.actions.steps.stale_report import resolve_stale_report
from app.actions.steps.task_transition import NO_LEASE, close_attempt, one_task, transition_sql
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import ZenModeError
from app.domain.tasks.lease import Lease, completion_report, validate_result
from app.domain.tasks.task import AttemptOutcome, Transition, completed_result
from app.models.engine.database import Queries
from app.models.task_rows import TaskRow, json_text
from app.services.services import Services

# A pending task that still carries a lease's token lost its agent at work: the report is believed.
_COMPLETE = transition_sql(
    f"status = 'completed', result = $6, completed_at = $1, not_before = NULL, {NO_LEASE}",
    "id = $2 AND workspace_id = $3 AND lease_token = $4 AND agent_id = $5",
    Transition.COMPLETE,
    Transition.COMPLETE_LATE,
)


async def complete_task(
    services: Services, caller: Caller | None, lease: Lease, result: object
) -> TaskRow:
    """The completed task; sent twice with the same result it answers the same.

    Raises BadInput, NotFound, LeaseLost or Conflict.
    """
    known = require(caller, AGENTS)
    reported = validate_result(result)
    check_lease_format(lease)

    async def unit(
        queries: Queries,
    ) -> tuple[TaskRow, list[QueuedDelivery] | None, ZenModeError | None]:
        now = services.now()
        report = completion_report(reported)
        values = (lease.task_id, known.workspace_id, lease.token, known.credential_id)
        moved = await one_task(
            queries, _COMPLETE, now, *values, json_text(completed_result(reported))
        )
        if moved is None:
            held = await held_task(queries, known, lease)
            return held.task, None, await resolve_stale_report(queries, held, report)
        await close_attempt(queries, moved, AttemptOutcome.COMPLETED, now, report=report)
        return moved, await finish_task(queries, moved, now), None

    task, deliveries, refusal = await services.database.transaction(unit)
    if refusal is not None:
        raise refusal
    if deliveries is not None:
        services.events.task_changed(task.snapshot())
        announce_deliveries(services, deliveries)
    return task
