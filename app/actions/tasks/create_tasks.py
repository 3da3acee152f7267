"""Creating tasks: one, or a batch of which all or none are created."""

from collections.abc import Mapping, Sequence

from app.actions.steps.after_commit import after_commit
from app.actions.steps.insert_tasks import InsertedTask, LostRace, insert_tasks
from app.actions.steps.task_change import TaskChange
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import MAX_DETAILS, BadInput, FieldError, Unavailable, without_position
from app.domain.tasks.new_task import MAX_TASKS_AT_ONCE, NewTask, validate_new_task
from app.models.engine.database import Queries
from app.models.new_task_queries import create_in_one_statement
from app.services.services import Services

_MOST_TRIES = 5


async def create_task(
    services: Services, caller: Caller | None, raw: Mapping[str, object]
) -> InsertedTask:
    """Returns the created task, or the task that was created with the same idempotency key.

    `raw` has snake_case names. Raises BadInput, IdempotencyKeyReused or DailyTaskLimit.
    """
    known = require(caller, PEOPLE_AND_KEYS)
    new_task = validate_new_task(raw, services.now())
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
    services: Services, caller: Caller | None, raws: Sequence[Mapping[str, object]]
) -> list[InsertedTask]:
    """Returns the tasks of 1 to 100 inputs; the path of a bad field begins with its position.

    Raises BadInput, IdempotencyKeyReused or DailyTaskLimit, and then has created none.
    """
    known = require(caller, PEOPLE_AND_KEYS)
    if not 1 <= len(raws) <= MAX_TASKS_AT_ONCE:
        message = f"must hold 1 to {MAX_TASKS_AT_ONCE} orders"
        raise BadInput(f"inputs {message}", details=[FieldError((), message)])
    return await _insert(services, known, _validate_all(raws, services.now()))


def _validate_all(raws: Sequence[Mapping[str, object]], now: int) -> list[NewTask]:
    new_tasks: list[NewTask] = []
    problems: list[FieldError] = []
    for position, raw in enumerate(raws):
        try:
            new_tasks.append(validate_new_task(raw, now))
        except BadInput as error:
            problems += [FieldError((position, *one.path), one.message) for one in error.details]
        if len(problems) >= MAX_DETAILS:
            break
    if problems:
        raise BadInput.of(problems)
    return new_tasks


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
    raise Unavailable("too many orders with this idempotency key at once; try again", retry_after=1)
