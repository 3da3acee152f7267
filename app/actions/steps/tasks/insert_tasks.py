"""Creating tasks in the open transaction: idempotency keys, accounts, the daily limit, the rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.actions.steps.linkedin.resolve_account import resolve_account
from app.domain.errors import BadInput, FieldError, IdempotencyKeyReused
from app.domain.ids import new_id
from app.domain.tasks.daily_task_limit import daily_limit_reached
from app.domain.tasks.new_task import NewTask
from app.domain.times import day_of_ms
from app.models.engine.database import Queries
from app.models.tasks.daily_count_queries import add_created_within
from app.models.tasks.idempotency_key_queries import find_used_key, take_key
from app.models.tasks.new_task_queries import insert_task
from app.models.tasks.task_queries import find_task
from app.models.tasks.task_rows import TaskRow


@dataclass(frozen=True, slots=True)
class InsertedTask:
    """A created task; `replayed` if an earlier request with the same key had created it."""

    task: TaskRow
    replayed: bool


@dataclass(frozen=True, slots=True)
class _Batch:
    queries: Queries
    workspace_id: str
    now: int
    daily_limit: int
    retry_of: str | None


@dataclass(frozen=True, slots=True)
class _Planned:
    """A task to create, or with `replay` one that exists; `account_id` is empty then."""

    new_task: NewTask
    task_id: str
    account_id: str
    replay: TaskRow | None


class LostRace(Exception):
    """Another request took the same key first; a new transaction will find its task."""


async def insert_tasks(
    queries: Queries,
    workspace_id: str,
    new_tasks: Sequence[NewTask],
    *,
    now: int,
    daily_limit: int,
    retry_of: str | None = None,
) -> list[InsertedTask]:
    """Creates all of the tasks or none, and returns them in the same order.

    Raises BadInput, IdempotencyKeyReused or DailyTaskLimit, and LostRace if another request took
    the same key at the same moment; the transaction must then roll back.
    """
    batch = _Batch(queries, workspace_id, now, daily_limit, retry_of)
    _refuse_repeated_keys(new_tasks)
    replays = [await _replay(batch, new_task) for new_task in new_tasks]
    planned = await _plan(batch, new_tasks, replays)
    to_create = [one for one in planned if one.replay is None]
    # Keys before counts: a request that waits for a key must not use up the day's limit.
    await _take_keys(batch, to_create)
    await _count(batch, to_create)
    return [await _insert(batch, one) for one in planned]


def _refuse_repeated_keys(new_tasks: Sequence[NewTask]) -> None:
    keys: set[str] = set()
    for position, new_task in enumerate(new_tasks):
        if new_task.idempotency_key is None:
            continue
        if new_task.idempotency_key in keys:
            path = (position, "idempotency_key")
            raise BadInput.of([FieldError(path, "is used twice in this batch")])
        keys.add(new_task.idempotency_key)


async def _replay(batch: _Batch, new_task: NewTask) -> TaskRow | None:
    if new_task.idempotency_key is None:
        return None
    used = await find_used_key(
        batch.queries, batch.workspace_id, new_task.idempotency_key, batch.now
    )
    if used is None:
        return None
    task = await find_task(batch.queries, batch.workspace_id, used.task_id)
    if (
        task is None
        or used.fingerprint != new_task.fingerprint
        or not await _is_same_account(batch, new_task, used.sent_account_id, task)
    ):
        raise IdempotencyKeyReused("this idempotency key was used for a different task")
    return task


async def _is_same_account(
    batch: _Batch, new_task: NewTask, sent_before: str | None, task: TaskRow
) -> bool:
    if new_task.linkedin_account_id == sent_before:
        return True
    if new_task.linkedin_account_id is not None:
        return new_task.linkedin_account_id == task.linkedin_account_id
    default = await resolve_account(batch.queries, batch.workspace_id, None)
    return default == task.linkedin_account_id


async def _plan(
    batch: _Batch, new_tasks: Sequence[NewTask], replays: Sequence[TaskRow | None]
) -> list[_Planned]:
    planned: list[_Planned] = []
    problems: list[FieldError] = []
    for position, (new_task, replay) in enumerate(zip(new_tasks, replays, strict=True)):
        if replay is not None:
            planned.append(_Planned(new_task, replay.id, "", replay))
            continue
        sent = new_task.linkedin_account_id
        try:
            account_id = await resolve_account(batch.queries, batch.workspace_id, sent)
        except BadInput as error:
            problems += [FieldError((position, *one.path), one.message) for one in error.details]
        else:
            planned.append(_Planned(new_task, new_id("task", batch.now), account_id, None))
    if problems:
        raise BadInput.of(problems)
    return planned


async def _take_keys(batch: _Batch, planned: Sequence[_Planned]) -> None:
    with_keys = {one.new_task.idempotency_key: one for one in planned}
    # Always in the same order, so that two batches never wait for each other.
    for key in sorted(key for key in with_keys if key is not None):
        one = with_keys[key]
        if not await take_key(
            batch.queries, batch.workspace_id, key, one.new_task, one.task_id, batch.now
        ):
            raise LostRace


async def _count(batch: _Batch, planned: Sequence[_Planned]) -> None:
    day = day_of_ms(batch.now)
    counts = Counter(one.account_id for one in planned)
    # Always in the same order, so that two batches never wait for each other.
    for account_id, count in sorted(counts.items()):
        if not await add_created_within(
            batch.queries, account_id, batch.workspace_id, day, count, limit=batch.daily_limit
        ):
            raise daily_limit_reached(batch.daily_limit, account_id, batch.now)


async def _insert(batch: _Batch, planned: _Planned) -> InsertedTask:
    if planned.replay is not None:
        return InsertedTask(planned.replay, replayed=True)
    task = await insert_task(
        batch.queries,
        batch.workspace_id,
        planned.new_task,
        task_id=planned.task_id,
        account_id=planned.account_id,
        retry_of=batch.retry_of,
        now=batch.now,
    )
    return InsertedTask(task, replayed=False)
