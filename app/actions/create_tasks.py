"""Ordering tasks: one, or a batch that is made whole or not at all."""

from collections.abc import Mapping, Sequence

from app.actions.outside import Outside
from app.actions.steps.place_at_once import place_at_once
from app.actions.steps.place_orders import LostRace, PlacedOrder, place_orders
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import MAX_DETAILS, BadInput, FieldError, Unavailable, without_position
from app.domain.task_order import MAX_ORDERS_AT_ONCE, TaskOrder, check_task_order
from app.models.database import Queries

_RACES_WORTH_RUNNING = 5


async def create_task(
    outside: Outside, caller: Caller | None, raw: Mapping[str, object]
) -> PlacedOrder:
    """A task for one order with snake_case names, or the task that its idempotency key made.

    Raises BadInput, IdempotencyKeyReused or DailyTaskLimit.
    """
    known = require(caller, PEOPLE_AND_KEYS)
    order = check_task_order(raw, outside.now())
    if order.idempotency_key is None and not outside.database.is_sqlite:
        task = await place_at_once(
            outside.database,
            known.workspace_id,
            order,
            now=outside.now(),
            daily_limit=outside.settings.daily_task_limit,
        )
        if task is not None:
            outside.events.task_changed(task.snapshot())
            return PlacedOrder(task, replayed=False)
    with without_position():
        placed = await _place(outside, known, [order])
    return placed[0]


async def create_tasks(
    outside: Outside, caller: Caller | None, raws: Sequence[Mapping[str, object]]
) -> list[PlacedOrder]:
    """Tasks for 1 to 100 orders; the paths of bad fields begin with the order's position.

    Raises BadInput, IdempotencyKeyReused or DailyTaskLimit, and then has made none.
    """
    known = require(caller, PEOPLE_AND_KEYS)
    if not 1 <= len(raws) <= MAX_ORDERS_AT_ONCE:
        message = f"must hold 1 to {MAX_ORDERS_AT_ONCE} orders"
        raise BadInput(f"inputs {message}", details=[FieldError((), message)])
    return await _place(outside, known, _check_all(raws, outside.now()))


def _check_all(raws: Sequence[Mapping[str, object]], now: int) -> list[TaskOrder]:
    orders: list[TaskOrder] = []
    problems: list[FieldError] = []
    for position, raw in enumerate(raws):
        try:
            orders.append(check_task_order(raw, now))
        except BadInput as error:
            problems += [FieldError((position, *one.path), one.message) for one in error.details]
        if len(problems) >= MAX_DETAILS:
            break
    if problems:
        raise BadInput.of(problems)
    return orders


async def _place(
    outside: Outside, caller: Caller, orders: Sequence[TaskOrder]
) -> list[PlacedOrder]:
    async def unit(queries: Queries) -> list[PlacedOrder]:
        return await place_orders(
            queries,
            caller.workspace_id,
            orders,
            now=outside.now(),
            daily_limit=outside.settings.daily_task_limit,
        )

    for _ in range(_RACES_WORTH_RUNNING):
        try:
            placed = await outside.database.transaction(unit)
        except LostRace:
            continue
        for one in placed:
            if not one.replayed:
                outside.events.task_changed(one.task.snapshot())
        return placed
    raise Unavailable("too many orders with this idempotency key at once; try again", retry_after=1)
