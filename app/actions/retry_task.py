"""A person orders a failed task once more, as a new task that names it."""

import json

from app.actions.outside import Outside
from app.actions.steps.find_own import own_task
from app.actions.steps.place_orders import place_orders
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import Conflict
from app.domain.task import ORDERED_AGAIN, ActionType
from app.domain.task_order import TaskOrder
from app.domain.task_report import is_completion
from app.models.database import Queries
from app.models.task_queries import attempts_of
from app.models.task_rows import TaskRow


async def retry_task(outside: Outside, caller: Caller | None, task_id: str) -> TaskRow:
    """The new task; it counts as one of the day's.

    Raises NotFound, DailyTaskLimit, BadInput when its account was disconnected, and Conflict for a
    task that has not failed or whose agent said later that it had succeeded.
    """
    known = require(caller, PEOPLE_AND_KEYS)

    async def unit(queries: Queries) -> TaskRow:
        task = await own_task(queries, known, task_id)
        await _refuse_what_should_not_run_again(queries, task)
        placed = await place_orders(
            queries,
            known.workspace_id,
            [_same_order(task)],
            now=outside.now(),
            daily_limit=outside.settings.daily_task_limit,
            retry_of=task.id,
        )
        return placed[0].task

    task = await outside.database.transaction(unit)
    outside.events.task_changed(task.snapshot())
    return task


async def _refuse_what_should_not_run_again(queries: Queries, task: TaskRow) -> None:
    if task.status not in ORDERED_AGAIN:
        raise Conflict(f"only a failed task can be retried; this one is {task.status}")
    for attempt in await attempts_of(queries, task.seq):
        if is_completion(attempt.late_report):
            raise Conflict(
                "the desktop app reported late that this task was completed; "
                "retrying it would do it twice"
            )


def _same_order(task: TaskRow) -> TaskOrder:
    return TaskOrder(
        action_type=ActionType(task.action_type),
        linkedin_account_id=task.linkedin_account_id,
        payload=json.loads(task.payload),
        priority=task.priority,
        max_retries=task.max_retries,
        scheduled_at=None,
        idempotency_key=None,
    )
