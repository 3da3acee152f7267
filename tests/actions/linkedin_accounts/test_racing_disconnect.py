"""Whatever races a disconnect, nothing waits on a disconnected account afterwards."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.actions.leases.start_task import start_task
from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.linkedin_accounts.disconnect_linkedin_account import disconnect_linkedin_account
from app.actions.linkedin_accounts.read_linkedin_accounts import all_accounts, get_account
from app.actions.tasks.retry_task import retry_task
from app.domain.errors import BadInput, Conflict, LeaseLost, ZenModeError
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import (
    connect_linkedin_account,
    create_task,
    create_tasks,
    fail_task,
    update_linkedin_account,
)
from tests.actions.room import PROFILE, Room, lease_of
from tests.waiting import until

NEW_TASK = {"action_type": "follow", "payload": {"profile_url": PROFILE}}
FAILURE = {"code": "c", "message": "m", "retryable": False}
ROUNDS = 8

_STRANDED = """
SELECT tasks.id FROM tasks JOIN linkedin_accounts account ON account.id = linkedin_account_id
WHERE tasks.status IN ('pending', 'queued') AND account.status = 'disconnected'
"""
_HOLD_COUNTS = "UPDATE daily_counts SET created = created"
_WAITING = "SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted"


@dataclass
class Way:
    """A way to make a task, and what has to be there before."""

    name: str
    prepare: Callable[[Room], Awaitable[Any]]
    create_task: Callable[[Room, Any], Awaitable[Any]]


async def _nothing(_room: Room) -> None:
    return


async def _failed(room: Room) -> TaskRow:
    _, lease = await room.begun()
    return await fail_task(room.services, room.agent, lease, FAILURE)


WAYS = [
    Way("plain", _nothing, lambda room, _: create_task(room.services, room.key, NEW_TASK)),
    Way(
        "for the named account",
        _nothing,
        lambda room, _: create_task(
            room.services, room.key, {**NEW_TASK, "linkedin_account_id": room.account_id}
        ),
    ),
    Way(
        "with a key",
        _nothing,
        lambda room, _: create_task(room.services, room.key, {**NEW_TASK, "idempotency_key": "k"}),
    ),
    Way(
        "in a batch",
        _nothing,
        lambda room, _: create_tasks(room.services, room.key, [NEW_TASK] * 3),
    ),
    Way("as a retry", _failed, lambda room, task: retry_task(room.services, room.key, task.id)),
]


async def stranded(room: Room) -> list[str]:
    """What waits on a disconnected account."""
    return [row["id"] for row in await room.services.database.rows(_STRANDED)]


async def disconnect(room: Room) -> AccountRow:
    return await disconnect_linkedin_account(room.services, room.person, room.account_id)


async def connect_again(room: Room, account: AccountRow) -> None:
    raw = {"name": account.name, "profile_url": account.profile_url}
    assert (await connect_linkedin_account(room.services, room.person, raw)).id == account.id


async def allowed(work: Awaitable[Any]) -> None:
    """Do it; a refusal is an answer."""
    with contextlib.suppress(BadInput, Conflict, LeaseLost):
        await work


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
async def test_no_task_is_left_waiting_by_a_disconnect_beside_it(room: Room, way: Way) -> None:
    for _ in range(ROUNDS):
        memo = await way.prepare(room)
        creations = [allowed(way.create_task(room, memo)) for _ in range(8)]
        outcomes = await asyncio.gather(*creations[:4], disconnect(room), *creations[4:])
        assert await stranded(room) == []
        await connect_again(room, outcomes[4])


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
async def test_a_creation_half_way_through_and_a_disconnect_wait_for_each_other(
    room: Room, way: Way
) -> None:
    if room.services.database.is_sqlite:
        return  # A transaction is alone there: the case cannot come up.
    await room.create_task()
    memo = await way.prepare(room)
    goes_on = asyncio.Event()
    holds = asyncio.Event()

    async def hold(queries: Queries) -> None:
        await queries.change(_HOLD_COUNTS)
        holds.set()
        await goes_on.wait()

    async def waiting() -> int:
        row = await room.services.database.row(_WAITING)
        return int(row["waiting"]) if row else 0

    holder = asyncio.create_task(room.services.database.transaction(hold))
    await holds.wait()
    creation = asyncio.create_task(allowed(way.create_task(room, memo)))
    await until(waiting)
    disconnecting = asyncio.create_task(disconnect(room))
    await until(lambda: _done_or_two(disconnecting, waiting))
    goes_on.set()
    await asyncio.gather(holder, creation, disconnecting)

    assert await stranded(room) == []


async def _done_or_two(
    disconnecting: asyncio.Task[Any], waiting: Callable[[], Awaitable[int]]
) -> bool:
    return disconnecting.done() or await waiting() >= 2


async def test_a_failure_after_a_disconnect_leaves_nothing_to_wait_for(room: Room) -> None:
    _, lease = await room.begun()
    await disconnect(room)

    ended = await fail_task(room.services, room.agent, lease, {**FAILURE, "retryable": True})

    assert ended.status == "failed"
    assert ended.result is not None
    assert '"code":"c"' in ended.result
    assert await stranded(room) == []


async def test_an_agent_lost_after_a_disconnect_leaves_nothing_to_wait_for(room: Room) -> None:
    task, _ = await room.begun(action="follow")
    await disconnect(room)
    room.clock.advance(seconds=61)

    await sweep_tasks(room.services)

    ended = await room.now(task)
    assert ended.status == "failed"
    assert '"agent_lost"' in (ended.result or "")


async def test_agents_at_work_beside_a_disconnect_leave_nothing_waiting(room: Room) -> None:
    for _ in range(ROUNDS):
        _, lease = await room.begun()
        await room.create_task()
        retryable = {**FAILURE, "retryable": True}
        outcomes = await asyncio.gather(
            disconnect(room),
            allowed(fail_task(room.services, room.agent, lease, retryable)),
            _claim_and_start(room),
            allowed(create_task(room.services, room.key, NEW_TASK)),
        )
        assert await stranded(room) == []
        await connect_again(room, outcomes[0])


async def _claim_and_start(room: Room) -> None:
    for task in await room.claim():
        try:
            await start_task(room.services, room.agent, lease_of(task))
        except ZenModeError:
            return
        await fail_task(room.services, room.agent, lease_of(task), FAILURE)


async def test_a_race_for_the_default_leaves_one_or_none(room: Room) -> None:
    others = [await _another(room, number) for number in range(3)]
    accounts = [room.account_id, *(one.id for one in others)]
    for _ in range(ROUNDS):
        changes = [
            allowed(
                update_linkedin_account(room.services, room.person, account, {"is_default": True})
            )
            for account in accounts
        ]
        batch = [{**NEW_TASK, "linkedin_account_id": account} for account in reversed(accounts)]
        await asyncio.gather(
            *changes, disconnect(room), allowed(create_tasks(room.services, room.key, batch))
        )
        found = await all_accounts(room.services, room.person)
        assert [one for one in found if one.is_default and one.status == "disconnected"] == []
        assert len([one for one in found if one.is_default]) <= 1
        assert await stranded(room) == []
        gone = await get_account(room.services, room.person, room.account_id)
        assert gone is not None
        await connect_again(room, gone)


async def test_a_profile_connected_by_many_at_once_is_one_account(room: Room) -> None:
    memo = await asyncio.gather(*(_another(room, 1) for _ in range(10)))

    assert len({one.id for one in memo}) == 1


async def _another(room: Room, number: int) -> AccountRow:
    raw = {"name": "Other", "profile_url": f"https://linkedin.com/in/other-{number}"}
    return await connect_linkedin_account(room.services, room.person, raw)
