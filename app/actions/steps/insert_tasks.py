"""Turning orders into tasks: idempotency, the daily limit, the rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.actions.steps.resolve_account import resolve_account
from app.domain.errors import BadInput, DailyTaskLimit, FieldError, IdempotencyKeyReused
from app.domain.ids import new_id
from app.domain.tasks.new_task import NewTask
from app.domain.times import MS_PER_DAY, day_of_ms, ms_until_next_day, whole_seconds_up
from app.models.engine.database import Queries
from app.models.task_queries import find_task
from app.models.task_rows import TASK, TaskRow, task_of

_LIVE_KEY = """
SELECT fingerprint, sent_account_id, task_id FROM idempotency_keys
WHERE workspace_id = $1 AND key = $2 AND expires_at > $3
"""
_TAKE_KEY = """
INSERT INTO idempotency_keys
    (workspace_id, key, fingerprint, sent_account_id, task_id, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (workspace_id, key) DO UPDATE SET
    fingerprint = $3, sent_account_id = $4, task_id = $5, expires_at = $6
WHERE idempotency_keys.expires_at <= $7
RETURNING task_id
"""
_COUNT = """
INSERT INTO daily_counts
    (linkedin_account_id, workspace_id, day, created, completed, failed, cancelled)
VALUES ($1, $2, $3, $4, 0, 0, 0)
ON CONFLICT (linkedin_account_id, day) DO UPDATE SET created = daily_counts.created + $4
WHERE daily_counts.created + $4 <= $5
RETURNING created
"""
_INSERT = f"""
INSERT INTO tasks
    (id, workspace_id, linkedin_account_id, action_type, status, payload, priority, max_retries,
     attempt_count, claim_count, retry_of, scheduled_at, not_before, created_at, updated_at,
     version)
VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, 0, 0, $8, $9, $10, $11, $11, 1)
RETURNING {TASK}
"""


@dataclass(frozen=True, slots=True)
class InsertedTask:
    """The task of an order; `replayed` when an earlier order with the same key had made it."""

    task: TaskRow
    replayed: bool


@dataclass(frozen=True, slots=True)
class _Placing:
    queries: Queries
    workspace_id: str
    now: int
    daily_limit: int
    retry_of: str | None


class LostRace(Exception):
    """Another order with the same key was first; a new transaction will see its task."""


async def insert_tasks(
    queries: Queries,
    workspace_id: str,
    new_tasks: Sequence[NewTask],
    *,
    now: int,
    daily_limit: int,
    retry_of: str | None = None,
) -> list[InsertedTask]:
    """A task for each order, all or nothing.

    Raises BadInput, IdempotencyKeyReused or DailyTaskLimit, and LostRace when another order took
    the same key in this very moment; the transaction must then roll back.
    """
    placing = _Placing(queries, workspace_id, now, daily_limit, retry_of)
    _refuse_repeated_keys(new_tasks)
    replays = [await _replay(placing, new_task) for new_task in new_tasks]
    accounts = await _accounts(placing, new_tasks, replays)
    ids = [replay.id if replay else new_id("task", now) for replay in replays]
    # Keys before counts: who waits for another's key must not have used up the day's limit.
    await _take_keys(placing, new_tasks, replays, ids)
    await _count(placing, [account for account in accounts if account])
    return [
        InsertedTask(replay, replayed=True)
        if replay
        else InsertedTask(await _insert(placing, new_task, task_id, account), replayed=False)
        for new_task, replay, task_id, account in zip(
            new_tasks, replays, ids, accounts, strict=True
        )
    ]


def _refuse_repeated_keys(new_tasks: Sequence[NewTask]) -> None:
    seen: set[str] = set()
    for position, new_task in enumerate(new_tasks):
        if new_task.idempotency_key is None:
            continue
        if new_task.idempotency_key in seen:
            path = (position, "idempotency_key")
            raise BadInput.of([FieldError(path, "is used twice in this batch")])
        seen.add(new_task.idempotency_key)


async def _replay(placing: _Placing, new_task: NewTask) -> TaskRow | None:
    if new_task.idempotency_key is None:
        return None
    kept = await placing.queries.row(
        _LIVE_KEY, placing.workspace_id, new_task.idempotency_key, placing.now
    )
    if kept is None:
        return None
    task = await find_task(placing.queries, placing.workspace_id, kept["task_id"])
    if (
        task is None
        or kept["fingerprint"] != new_task.fingerprint
        or not await _is_same_account(placing, new_task, kept["sent_account_id"], task)
    ):
        raise IdempotencyKeyReused("this idempotency key was used for a different order")
    return task


async def _is_same_account(
    placing: _Placing, new_task: NewTask, sent_before: str | None, task: TaskRow
) -> bool:
    if new_task.linkedin_account_id == sent_before:
        return True
    if new_task.linkedin_account_id is not None:
        return new_task.linkedin_account_id == task.linkedin_account_id
    default = await resolve_account(placing.queries, placing.workspace_id, None)
    return default == task.linkedin_account_id


async def _accounts(
    placing: _Placing, new_tasks: Sequence[NewTask], replays: Sequence[TaskRow | None]
) -> list[str]:
    accounts: list[str] = []
    problems: list[FieldError] = []
    for position, (new_task, replay) in enumerate(zip(new_tasks, replays, strict=True)):
        try:
            accounts.append("" if replay else await _account(placing, new_task))
        except BadInput as error:
            problems += [FieldError((position, *one.path), one.message) for one in error.details]
    if problems:
        raise BadInput.of(problems)
    return accounts


async def _account(placing: _Placing, new_task: NewTask) -> str:
    return await resolve_account(
        placing.queries, placing.workspace_id, new_task.linkedin_account_id
    )


async def _take_keys(
    placing: _Placing,
    new_tasks: Sequence[NewTask],
    replays: Sequence[TaskRow | None],
    ids: Sequence[str],
) -> None:
    new = [
        (new_task.idempotency_key, new_task, task_id)
        for new_task, replay, task_id in zip(new_tasks, replays, ids, strict=True)
        if replay is None and new_task.idempotency_key is not None
    ]
    # In one order everywhere, so that two batches never wait for each other.
    for key, new_task, task_id in sorted(new, key=lambda one: one[0]):
        await _take_key(placing, key, new_task, task_id)


async def _take_key(placing: _Placing, key: str, new_task: NewTask, task_id: str) -> None:
    taken = await placing.queries.row(
        _TAKE_KEY,
        placing.workspace_id,
        key,
        new_task.fingerprint,
        new_task.linkedin_account_id,
        task_id,
        placing.now + MS_PER_DAY,
        placing.now,
    )
    if taken is None:
        raise LostRace


async def _count(placing: _Placing, accounts: Sequence[str]) -> None:
    # In one order everywhere, so that two batches never wait for each other.
    for account, wanted in sorted(Counter(accounts).items()):
        counted = None
        if wanted <= placing.daily_limit:
            counted = await placing.queries.row(
                _COUNT,
                account,
                placing.workspace_id,
                day_of_ms(placing.now),
                wanted,
                placing.daily_limit,
            )
        if counted is None:
            raise DailyTaskLimit(
                f"the limit of {placing.daily_limit} tasks a day for LinkedIn account {account} "
                "is reached; it starts anew at midnight UTC",
                retry_after=whole_seconds_up(ms_until_next_day(placing.now)),
            )


async def _insert(placing: _Placing, new_task: NewTask, task_id: str, account: str) -> TaskRow:
    row = await placing.queries.row(
        _INSERT,
        task_id,
        placing.workspace_id,
        account,
        new_task.action_type.value,
        new_task.payload_text,
        new_task.priority,
        new_task.max_retries,
        placing.retry_of,
        new_task.scheduled_at,
        new_task.not_before(placing.now),
        placing.now,
    )
    return task_of(row)
