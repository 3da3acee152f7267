"""Retrying a failed task by hand, as a new task that names it."""

import json

from app.actions.steps.after_commit import publish_change
from app.actions.steps.tasks.insert_tasks import insert_tasks
from app.actions.steps.tasks.own_task import own_task
from app.actions.steps.tasks.task_change import TaskChange
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import without_position
from app.domain.tasks.new_task import NewTask
from app.domain.tasks.retry_rules import retry_refusal
from app.domain.tasks.task import ActionType
from app.models.engine.database import Queries
from app.models.tasks.task_retry_queries import lock_retries, retry_facts
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services


async def retry_task(
    services: Services, caller: Caller | None, task_id: str, *, confirm_unknown: bool = False
) -> TaskRow:
    """Returns the new task, which counts towards the day's limit.

    `confirm_unknown` allows the retry of a task of which it is unknown whether it was carried out.
    Raises NotFound, DailyTaskLimit, BadInput when its account was disconnected, and Conflict for a
    task that has not failed, that may have been carried out, or that was retried already.
    """
    known = require(caller, PEOPLE_AND_KEYS)

    async def unit(queries: Queries) -> TaskChange:
        task = await own_task(queries, known, task_id)
        await lock_retries(queries, task)
        facts = await retry_facts(queries, known.workspace_id, [task])
        refusal = retry_refusal(facts[task.id], confirm_unknown=confirm_unknown)
        if refusal is not None:
            raise refusal
        with without_position():
            inserted = await insert_tasks(
                queries,
                known.workspace_id,
                [_same_task(task)],
                now=services.now(),
                daily_limit=services.settings.daily_task_limit,
                retry_of=task.id,
            )
        return TaskChange(inserted[0].task)

    return publish_change(services, await services.database.transaction(unit))


def _same_task(task: TaskRow) -> NewTask:
    return NewTask(
        action_type=ActionType(task.action_type),
        linkedin_account_id=task.linkedin_account_id,
        payload=json.loads(task.payload),
        priority=task.priority,
        max_retries=task.max_retries,
        scheduled_at=None,
        idempotency_key=None,
    )
