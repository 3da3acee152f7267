"""Pacing: nothing begins past what an account's owner allows, and what waits is found in time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.actions.leases.start_task import start_task
from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.leases.watch_work import watch_work
from app.domain.errors import AccountBusy, BadInput, Conflict, LeaseLost, ZenModeError
from app.domain.pacing.hours import Weekday
from app.domain.times import iso_from_ms
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import complete_task, fail_task, update_linkedin_account
from tests.actions.pacing.conftest import allow, set_pacing
from tests.actions.room import Room, lease_of
from tests.waiting import until

_COUNTED = "SELECT state, count(*) AS found FROM account_actions GROUP BY state"
_GAP_BETWEEN_KINDS_SECONDS = 31
_FAILURE = {"code": "profile_not_found", "message": "Gone", "retryable": False}


async def states(room: Room) -> dict[str, int]:
    """How many actions there are in each state."""
    return {row["state"]: row["found"] for row in await room.services.database.rows(_COUNTED)}


async def outcome(room: Room, task: TaskRow) -> str:
    """`begun`, or the name of the error that the start raised."""
    try:
        await start_task(room.services, room.agent, lease_of(task))
    except ZenModeError as error:
        return type(error).__name__
    return "begun"


async def test_the_first_action_begins_at_once_and_the_second_waits_for_the_gap(
    paced: Room,
) -> None:
    await paced.create_task()
    await paced.create_task()
    (first,) = await paced.claim(limit=50)
    await start_task(paced.services, paced.agent, lease_of(first))
    await complete_task(paced.services, paced.agent, lease_of(first), None)
    assert await paced.claim() == []
    paced.clock.advance(seconds=3 * 60)
    assert await paced.claim() == []
    paced.clock.advance(seconds=8 * 60)
    assert len(await paced.claim()) == 1


async def test_another_kind_of_action_waits_for_the_short_gap_alone(paced: Room) -> None:
    task, lease = await paced.begun()
    await complete_task(paced.services, paced.agent, lease, None)
    await paced.create_task("follow")
    assert await paced.claim() == []
    paced.clock.advance(seconds=_GAP_BETWEEN_KINDS_SECONDS)
    (next_task,) = await paced.claim()
    assert next_task.action_type == "follow"
    assert task.action_type == "connect"


async def test_a_shut_kind_of_action_holds_no_other_back(paced: Room) -> None:
    await allow(paced, "connect", limit=0)
    await paced.create_task(priority=10)
    follow = await paced.create_task("follow")
    assert [task.id for task in await paced.claim(limit=50)] == [follow.id]


async def test_a_paced_account_gives_out_one_task_until_that_has_ended(paced: Room) -> None:
    await paced.create_task()
    await paced.create_task("message")
    (task,) = await paced.claim(limit=50)
    assert await paced.claim(limit=50) == []
    await start_task(paced.services, paced.agent, lease_of(task))
    paced.clock.advance(seconds=_GAP_BETWEEN_KINDS_SECONDS)
    assert await paced.claim(limit=50) == []


async def test_agents_that_claim_at_once_get_one_task_of_a_paced_account(paced: Room) -> None:
    for priority in range(5):
        await paced.create_task(priority=priority)
    claims = await asyncio.gather(
        *(paced.claim(limit=5) for _ in range(10)),
        *(paced.create_task(priority=9) for _ in range(3)),
    )
    assert sum(len(one) for one in claims[:10] if isinstance(one, list)) == 1


async def test_of_fifty_starts_at_once_with_a_limit_of_one_a_single_one_begins(
    room: Room, paced: Room
) -> None:
    await allow(paced, "connect", limit=1)
    for _ in range(50):
        await room.create_task()
    tasks = await room.claim(limit=50)
    assert len(tasks) == 50
    outcomes = await asyncio.gather(*(outcome(paced, task) for task in tasks))
    assert outcomes.count("begun") == 1
    assert set(outcomes) <= {"begun", Conflict.__name__, AccountBusy.__name__}
    assert await states(paced) == {"reserved": 1}


async def test_a_gate_that_shut_between_claim_and_start_puts_the_task_back(
    room: Room, paced: Room
) -> None:
    await allow(paced, "connect", limit=1)
    await room.create_task()
    await room.create_task()
    first, second = await room.claim(limit=2)
    await start_task(paced.services, paced.agent, lease_of(first))
    await complete_task(paced.services, paced.agent, lease_of(first), None)
    with pytest.raises(Conflict, match=r"day_limit|week_limit"):
        await start_task(paced.services, paced.agent, lease_of(second))
    assert (await paced.now(second)).status == "pending"
    assert (await paced.now(second)).attempt_count == 0
    with pytest.raises((Conflict, LeaseLost)):
        await start_task(paced.services, paced.agent, lease_of(second))


async def test_what_was_not_done_is_given_back_and_what_nobody_knows_is_not(paced: Room) -> None:
    await allow(paced, "connect", limit=1)
    _, lease = await paced.begun()
    await fail_task(paced.services, paced.agent, lease, _FAILURE)
    assert await states(paced) == {"not_done": 1}
    _, lease = await paced.begun()
    await fail_task(paced.services, paced.agent, lease, {**_FAILURE, "code": "outcome_unknown"})
    assert await states(paced) == {"not_done": 1, "unknown": 1}
    await paced.create_task()
    assert await paced.claim() == []
    paced.clock.advance(seconds=24 * 3600 + 1)
    assert await paced.claim() == []
    paced.clock.advance(seconds=6 * 24 * 3600)
    assert len(await paced.claim()) == 1


async def test_starts_of_an_unpaced_account_count_once_it_is_paced(room: Room, paced: Room) -> None:
    task, lease = await room.begun()
    await complete_task(room.services, room.agent, lease, None)
    await allow(paced, "connect", limit=1)
    await room.create_task()
    assert await paced.claim() == []
    assert len(await room.claim()) == 1
    assert task.attempt_count == 1


async def test_an_opening_is_announced_with_no_new_task(paced: Room) -> None:
    await until(lambda: paced.services.events.is_connected)
    _, lease = await paced.begun()
    await complete_task(paced.services, paced.agent, lease, None)
    await paced.create_task()
    await sweep_tasks(paced.services)
    assert await paced.claim() == []
    work = watch_work(paced.services, paced.agent, [paced.account_id])
    first = asyncio.ensure_future(anext(work))
    await until(lambda: paced.services.events.listener_count)  # type: ignore[attr-defined]
    await sweep_tasks(paced.services)
    paced.clock.advance(seconds=11 * 60)
    await sweep_tasks(paced.services)
    assert await asyncio.wait_for(first, 5) == [paced.account_id]
    await work.aclose()  # type: ignore[attr-defined]
    assert len(await paced.claim()) == 1


async def test_hours_that_end_close_the_gates_and_open_them_again(paced: Room) -> None:
    now = datetime.fromtimestamp(paced.clock() / 1_000, UTC)
    later = now + timedelta(hours=2)
    days = [
        {"weekday": day, "opens": f"{hour:02d}:00", "closes": f"{hour:02d}:59"}
        for day in Weekday
        for hour in {now.hour, later.hour}
    ]
    await set_pacing(paced, hours=days)
    await paced.create_task()
    paced.clock.advance(seconds=(60 - now.minute) * 60 + 120)
    await sweep_tasks(paced.services)
    assert await paced.claim() == []
    paced.clock.advance(seconds=3_600)
    await sweep_tasks(paced.services)
    assert len(await paced.claim()) == 1


async def test_a_pause_with_an_end_resumes_by_itself(paced: Room) -> None:
    until_ms = paced.clock() + 60_000
    pause = {"status": "paused", "paused_note": "holiday", "paused_until": iso_from_ms(until_ms)}
    account = await update_linkedin_account(paced.services, paced.person, paced.account_id, pause)
    assert account.paused_note == "holiday"
    await paced.create_task()
    await sweep_tasks(paced.services)
    assert await paced.claim() == []
    paced.clock.advance(seconds=61)
    await sweep_tasks(paced.services)
    assert len(await paced.claim()) == 1


async def test_the_note_of_a_pause_is_for_a_paused_account(paced: Room) -> None:
    with pytest.raises(BadInput, match="paused"):
        await update_linkedin_account(
            paced.services, paced.person, paced.account_id, {"paused_note": "holiday"}
        )
