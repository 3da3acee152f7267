"""Twice is worse than never: leases, late reports, fencing."""

import asyncio
import json

import pytest

from app.actions.leases.release_task import release_task
from app.actions.leases.start_task import start_task
from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.tasks.retry_task import retry_task
from app.domain.errors import AccountBusy, Conflict, LeaseLost
from app.domain.tasks.task import ActionType
from tests.actions.calls import complete_task, fail_task, renew_leases, update_linkedin_account
from tests.actions.room import Room, lease_of

RETRYABLE = {"code": "slow", "message": "try again", "retryable": True}


async def test_a_lease_that_ran_out_before_the_start_gives_the_task_back_uncounted(
    room: Room,
) -> None:
    task, _ = await room.held()
    room.clock.advance(seconds=61)

    await sweep_tasks(room.services)

    assert (await room.now(task)).status == "pending"
    assert (await room.now(task)).attempt_count == 0
    assert [one.outcome for one in await room.attempts(task)] == ["released"]


@pytest.mark.parametrize("action", [one for one in ActionType if one != "message"])
async def test_a_harmless_action_of_a_lost_agent_waits_and_is_tried_again(
    room: Room, action: ActionType
) -> None:
    task, _ = await room.begun(action=action.value)
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)

    assert (await room.now(task)).status == "pending"
    assert await room.claim() == []
    room.clock.advance(seconds=36.1)
    assert [one.id for one in await room.claim()] == [task.id]


async def test_a_message_of_a_lost_agent_is_never_sent_again(room: Room) -> None:
    task, lease = await room.begun(action="message")
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)

    now = await room.now(task)
    assert now.status == "failed"
    assert json.loads(now.result or "")["error"]["code"] == "outcome_unknown"
    assert await room.claim() == []
    with pytest.raises(Conflict):
        await complete_task(room.services, room.agent, lease, None)


async def test_a_lost_agent_with_no_retries_left_fails_the_task(room: Room) -> None:
    task, _ = await room.begun(max_retries=0)
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)

    now = await room.now(task)
    assert json.loads(now.result or "")["error"]["code"] == "agent_lost"


async def test_a_message_that_was_reported_done_late_cannot_be_retried(room: Room) -> None:
    task, lease = await room.begun(action="message")
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)
    for _ in range(2):
        with pytest.raises(Conflict):
            await complete_task(room.services, room.agent, lease, None)

    with pytest.raises(Conflict, match="late"):
        await retry_task(room.services, room.key, task.id)


async def test_a_late_completion_is_believed_until_the_next_claim(room: Room) -> None:
    task, lease = await room.begun()
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)

    await complete_task(room.services, room.agent, lease, {"note": "it did happen"})

    assert (await room.now(task)).status == "completed"
    assert [one.outcome for one in await room.attempts(task)] == ["completed"]
    assert await room.claim() == []


async def test_a_completion_is_taken_after_the_lease_ran_out_but_was_not_swept(room: Room) -> None:
    task, lease = await room.begun()
    room.clock.advance(seconds=61)

    await complete_task(room.services, room.agent, lease, None)

    assert (await room.now(task)).status == "completed"


async def test_once_claimed_again_the_old_lease_counts_for_nothing(room: Room) -> None:
    task, old = await room.begun()
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)
    room.clock.advance(seconds=37)
    other = await room.another_agent()
    (again,) = await room.claim(other)

    for refused in (
        start_task(room.services, room.agent, old),
        complete_task(room.services, room.agent, old, None),
        fail_task(room.services, room.agent, old, RETRYABLE),
        release_task(room.services, room.agent, old),
    ):
        with pytest.raises(LeaseLost):
            await refused
    assert (await renew_leases(room.services, room.agent, [old], 60)).lost == [task.id]
    assert again.lease_token != old.token
    assert (await room.now(task)).status == "queued"


async def test_after_its_end_a_lease_can_neither_start_nor_renew_nor_release(room: Room) -> None:
    task, lease = await room.held()
    room.clock.advance(seconds=61)

    with pytest.raises(LeaseLost):
        await start_task(room.services, room.agent, lease)
    with pytest.raises(LeaseLost):
        await release_task(room.services, room.agent, lease)
    assert (await renew_leases(room.services, room.agent, [lease], 60)).lost == [task.id]


async def test_a_late_retryable_failure_leaves_the_task_waiting_and_says_why(room: Room) -> None:
    task, lease = await room.begun()
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)

    for _ in range(2):
        await fail_task(room.services, room.agent, lease, RETRYABLE)

    assert (await room.now(task)).status == "pending"
    (attempt,) = await room.attempts(task)
    assert attempt.outcome == "lost"
    assert json.loads(attempt.error or "")["code"] == "slow"
    with pytest.raises(Conflict):
        await complete_task(room.services, room.agent, lease, None)


async def test_another_agents_token_is_no_lease(room: Room) -> None:
    _, lease = await room.held()

    with pytest.raises(LeaseLost):
        await start_task(room.services, await room.another_agent(), lease)


async def test_one_account_carries_out_one_task_at_a_time(room: Room) -> None:
    await room.create_task()
    await room.create_task()
    first, second = await room.claim(limit=2)
    await start_task(room.services, room.agent, lease_of(first))

    with pytest.raises(AccountBusy):
        await start_task(room.services, room.agent, lease_of(second))
    assert (await room.now(second)).status == "queued"
    await complete_task(room.services, room.agent, lease_of(first), None)
    assert (await start_task(room.services, room.agent, lease_of(second))).status == "processing"


async def test_of_many_starts_at_once_on_one_account_one_succeeds(room: Room) -> None:
    for _ in range(8):
        await room.create_task()
    held = await room.claim(limit=8)

    outcomes = await asyncio.gather(
        *(start_task(room.services, room.agent, lease_of(task)) for task in held),
        return_exceptions=True,
    )

    assert sum(not isinstance(one, BaseException) for one in outcomes) == 1
    assert sum(isinstance(one, AccountBusy) for one in outcomes) == 7


async def test_a_busy_account_is_passed_over_by_claims(room: Room) -> None:
    await room.create_task()
    await room.begun()

    assert await room.claim(await room.another_agent()) == []


async def test_starting_on_a_paused_account_puts_the_task_back(room: Room) -> None:
    task, lease = await room.held()
    await update_linkedin_account(room.services, room.person, room.account_id, {"status": "paused"})

    with pytest.raises(Conflict):
        await start_task(room.services, room.agent, lease)

    assert (await room.now(task)).status == "pending"
    assert [one.outcome for one in await room.attempts(task)] == ["released"]


async def test_reports_sent_twice_answer_the_same_and_fire_once(room: Room) -> None:
    _, lease = await room.begun()

    first = await complete_task(room.services, room.agent, lease, {"note": "done"})
    again = await complete_task(room.services, room.agent, lease, {"note": "done"})

    assert again == first
    with pytest.raises(Conflict):
        await complete_task(room.services, room.agent, lease, {"note": "otherwise"})
    assert room.services.events.published.count(("task", "completed")) == 1  # type: ignore[attr-defined]


async def test_a_completion_raced_by_itself_is_one_completion(room: Room) -> None:
    _, lease = await room.begun()

    answers = await asyncio.gather(
        *(complete_task(room.services, room.agent, lease, {"n": 1}) for _ in range(10))
    )

    assert {one.status for one in answers} == {"completed"}
    assert room.services.events.published.count(("task", "completed")) == 1  # type: ignore[attr-defined]


async def test_retries_are_used_up_one_by_one(room: Room) -> None:
    task, lease = await room.begun(max_retries=2)
    for attempt in (1, 2):
        await fail_task(room.services, room.agent, lease, RETRYABLE)
        assert (await room.now(task)).status == "pending"
        assert (await room.now(task)).attempt_count == attempt
        room.clock.advance(seconds=3_600 * 1.2)
        (claimed,) = await room.claim()
        lease = lease_of(claimed)
        await start_task(room.services, room.agent, lease)
    await fail_task(room.services, room.agent, lease, RETRYABLE)

    now = await room.now(task)
    assert (now.status, now.attempt_count) == ("failed", 3)
    assert json.loads(now.result or "") == {
        "success": False,
        "error": {"code": "slow", "message": "try again"},
    }


async def test_the_agent_may_say_when_to_try_again(room: Room) -> None:
    task, lease = await room.begun()
    await fail_task(room.services, room.agent, lease, {**RETRYABLE, "retry_after_seconds": 7})

    room.clock.advance(seconds=6)
    assert await room.claim() == []
    room.clock.advance(seconds=2)
    assert [one.id for one in await room.claim()] == [task.id]
