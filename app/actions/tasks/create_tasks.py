"""Creating tasks: one, or a batch of which all or none are created."""

from collections.abc import Sequence

from app.actions.steps.after_commit import after_commit
from app.actions.steps.tasks.insert_tasks import InsertedTask, LostRace, insert_tasks
from app.actions.steps.tasks.task_change import TaskChange
from app.domain.access.caller import Caller, require
from app.domain.errors import Unavailable, without_position
from app.domain.tasks.new_task import NewTask
from app.models.engine.database import Queries
from app.models.tasks.new_task_queries import create_in_one_statement
from app.services.services import Services

_MOST_TRIES = 5


async def create_task(services: Services, caller: Caller | None, new_task: NewTask) -> InsertedTask:
    """Returns the created task, or the task that was created with the same idempotency key.

    Raises BadInput for its account, IdempotencyKeyReused or DailyTaskLimit.
    """
    known = require(caller, new_task.senders)
    if new_task.idempotency_key is None:
        task = await create_in_one_statement(
            services.database,
            known.workspace_id,
            new_task,
            now=services.now(),
            daily_limit=services.settings.daily_task_limit,
        )
        if task is not None:
            after_commit(services, tasks=[TaskChange(task)])
            return InsertedTask(task, replayed=False)
    with without_position():
        inserted = await _insert(services, known, [new_task])
    return inserted[0]


async def create_tasks(
    services: Services, caller: Caller | None, new_tasks: Sequence[NewTask]
) -> list[InsertedTask]:
    """Returns the created tasks; the path of a bad field begins with the task's position.

    Raises BadInput for accounts and repeated keys, IdempotencyKeyReused or DailyTaskLimit, and
    then has created none.
    """
    known = require(caller, NewTask.senders)
    return await _insert(services, known, new_tasks)


async def _insert(
    services: Services, caller: Caller, new_tasks: Sequence[NewTask]
) -> list[InsertedTask]:
    async def unit(queries: Queries) -> list[InsertedTask]:
        return await insert_tasks(
            queries,
            caller.workspace_id,
            new_tasks,
            now=services.now(),
            daily_limit=services.settings.daily_task_limit,
        )

    for _ in range(_MOST_TRIES):
        try:
            inserted = await services.database.transaction(unit)
        except LostRace:
            continue
        after_commit(services, tasks=[TaskChange(one.task) for one in inserted if not one.replayed])
        return inserted
    raise Unavailable(
        "too many requests with this idempotency key at once; try again", retry_after=1
    )
