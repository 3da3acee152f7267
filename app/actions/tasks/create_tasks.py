"""Ordering tasks: one, or a batch that is made whole or not at all."""

from collections.abc import Mapping, Sequence

from app.actions.steps.insert_task_fast import insert_task_fast
from app.actions.steps.insert_tasks import InsertedTask, LostRace, insert_tasks
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import MAX_DETAILS, BadInput, FieldError, Unavailable, without_position
from app.domain.tasks.new_task import MAX_TASKS_AT_ONCE, NewTask, validate_new_task
from app.models.engine.database import Queries
from app.services.services import Services

_RACES_WORTH_RUNNING = 5


async def create_task(
    services: Services, caller: Caller | None, raw: Mapping[str, object]
) -> InsertedTask:
    """A task for one order with snake_case names, or the task that its idempotency key made.

    Raises BadInput, IdempotencyKeyReused or DailyTaskLimit.
    """
    known = require(caller, PEOPLE_AND_KEYS)
    new_task = validate_new_task(raw, services.now())
    if new_task.idempotency_key is None and not services.database.is_sqlite:
        task = await insert_task_fast(
            services.database,
            known.workspace_id,
            new_task,
            now=services.now(),
            daily_limit=services.settings.daily_task_limit,
        )
        if task is not None:
            services.events.task_changed(task.snapshot())
            return InsertedTask(task, replayed=False)
    with without_position():
        placed = await _place(services, known, [new_task])
    return placed[0]


async def create_tasks(
    services: Services, caller: Caller | None, raws: Sequence[Mapping[str, object]]
) -> list[InsertedTask]:
    """Tasks for 1 to 100 orders; the paths of bad fields begin with the order's position.

    Raises BadInput, IdempotencyKeyReused or DailyTaskLimit, and then has made none.
    """
    known = require(caller, PEOPLE_AND_KEYS)
    if not 1 <= len(raws) <= MAX_TASKS_AT_ONCE:
        message = f"must hold 1 to {MAX_TASKS_AT_ONCE} orders"
        raise BadInput(f"inputs {message}", details=[FieldError((), message)])
    return await _place(services, known, _check_all(raws, services.now()))


def _check_all(raws: Sequence[Mapping[str, object]], now: int) -> list[NewTask]:
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


async def _place(
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

    for _ in range(_RACES_WORTH_RUNNING):
        try:
            placed = await services.database.transaction(unit)
        except LostRace:
            continue
        for one in placed:
            if not one.replayed:
                services.events.task_changed(one.task.snapshot())
        return placed
    raise Unavailable("too many orders with this idempotency key at once; try again", retry_after=1)
