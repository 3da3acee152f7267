"""Why a task waits, held to what a claim really gives out."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.actions.leases.release_task import release_task
from app.actions.leases.start_task import start_task
from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.pacing.read_pacing import Waiting, account_states, waiting_of_tasks
from app.actions.tasks.read_tasks import page_of_tasks
from app.domain.errors import ZenModeError
from app.domain.pacing.explain import count_by_code
from app.domain.tasks.task_filter import TaskFilter
from app.domain.times import iso_from_ms
from app.models.engine.database import Queries
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import announce_agent, complete_task, fail_task, update_linkedin_account
from tests.actions.pacing.conftest import allow, set_pacing
from tests.actions.room import Room, lease_of

_ACTIONS = ("connect", "message", "follow", "view_profile")


async def be_online(room: Room) -> None:
    """The agent is online and serves the account."""
    await announce_agent(room.services, room.agent, {"features": []})


async def all_tasks(room: Room) -> list[TaskRow]:
    page = await page_of_tasks(
        room.services, room.key, TaskFilter(), first=100, offset=0, before_seq=None
    )
    return page.tasks


async def waiting_of(room: Room, task: TaskRow) -> Waiting:
    row = await room.now(task)
    return (await waiting_of_tasks(room.services, room.key, [row]))[row.id]


async def codes(room: Room, task: TaskRow) -> list[str]:
    """The reasons of a task, in their order."""
    return [one.code.value for one in (await waiting_of(room, task)).reasons]


@pytest.fixture
async def served(paced: Room) -> Room:
    """A paced account whose agent is online."""
    await paced.claim()
    await be_online(paced)
    return paced


async def test_a_task_that_can_be_claimed_is_ready_and_the_next_is_behind_it(served: Room) -> None:
    await allow(served, "connect", limit=10)
    first, second = [await served.create_task() for _ in range(2)]
    assert await codes(served, first) == ["ready"]
    reason = (await waiting_of(served, second)).reasons[0]
    assert (reason.code, reason.count) == ("behind", 1)
    assert (await waiting_of(served, first)).estimated_start_at is not None


async def test_a_task_that_is_held_waits_for_nothing(served: Room) -> None:
    task = await served.create_task()
    await served.claim()
    assert await codes(served, task) == []


async def test_the_busy_account_is_named_with_its_task(served: Room) -> None:
    running, _ = await served.begun()
    task = await served.create_task("follow")
    reasons = (await waiting_of(served, task)).reasons
    (busy,) = [one for one in reasons if one.code == "account_busy"]
    assert busy.task_id == running.id


async def test_an_account_that_no_agent_serves_says_so(paced: Room) -> None:
    task = await paced.create_task()
    assert await codes(paced, task) == ["no_agent"]
    assert (await waiting_of(paced, task)).estimated_start_at is None
    await paced.claim()
    await be_online(paced)
    paced.clock.advance(seconds=40 * 60)
    await sweep_tasks(paced.services)
    (reason,) = (await waiting_of(paced, task)).reasons
    assert reason.code == "agent_offline"
    assert "40 minutes" in reason.message


async def test_times_are_exact(served: Room) -> None:
    at = served.clock() + 3_600_000
    scheduled = await served.create_task(scheduled_at=iso_from_ms(at))
    reason = (await waiting_of(served, scheduled)).reasons[0]
    assert (reason.code, reason.until) == ("scheduled", at)
    assert (await waiting_of(served, scheduled)).estimated_start_at == at

    await allow(served, "follow", limit=1)
    task, lease = await served.begun(action="follow", max_retries=3)
    await complete_task(served.services, served.agent, lease, None)
    more = await served.create_task("follow")
    found = {one.code.value: one for one in (await waiting_of(served, more)).reasons}
    assert list(found) == ["week_limit", "day_limit"]
    begun = (await served.now(task)).started_at
    assert begun is not None
    assert found["day_limit"].until == begun + 86_400_000
    assert found["week_limit"].until == begun + 7 * 86_400_000
    assert "1 of 1 follows of 24 hours are used" in found["day_limit"].message


async def test_a_failed_attempt_says_when_it_is_tried_again(served: Room) -> None:
    task, lease = await served.begun()
    failure = {"code": "busy", "message": "m", "retryable": True, "retry_after_seconds": 900}
    await fail_task(served.services, served.agent, lease, failure)
    assert "backoff" in await codes(served, task)


async def test_a_pause_says_by_whom_why_and_until_when(served: Room) -> None:
    task = await served.create_task()
    until = served.clock() + 3_600_000
    pause = {"status": "paused", "paused_note": "on holiday", "paused_until": iso_from_ms(until)}
    await update_linkedin_account(served.services, served.person, served.account_id, pause)
    waiting = await waiting_of(served, task)
    (reason,) = waiting.reasons
    assert (reason.code, reason.until) == ("account_paused", until)
    assert "on holiday" in reason.message
    assert waiting.estimated_start_at == until


async def test_an_ended_subscription_is_the_reason(served: Room) -> None:
    task = await served.create_task()
    await served.services.database.change(
        "UPDATE workspaces SET subscription_status = 'cancelled', subscription_ends_at = $1",
        served.clock() - 1,
    )
    person = replace(served, key=served.person)
    assert "subscription_ended" in await codes(person, task)


async def test_the_queue_is_summed_up_by_first_reasons(served: Room) -> None:
    await allow(served, "connect", limit=1)
    for _ in range(3):
        await served.create_task()
    await served.create_task("follow", scheduled_at=iso_from_ms(served.clock() + 60_000))
    states = await account_states(served.services, served.key, [served.account_id])
    state = states[served.account_id]
    counts = {one.code.value: one.count for one in count_by_code(state)}
    assert counts == {"ready": 1, "behind": 2, "scheduled": 1}
    assert state.waiting_count == 4
    assert state.drains_at is not None


async def test_the_reasons_of_a_page_cost_four_queries(
    served: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        await served.create_task(_ACTIONS[number % 4])
    rows = await all_tasks(served)
    asked: list[str] = []
    real: Callable[..., Any] = Queries.rows

    async def counted(self: Queries, sql: str, *values: object) -> Any:
        asked.append(sql)
        return await real(self, sql, *values)

    monkeypatch.setattr(Queries, "rows", counted)
    found = await waiting_of_tasks(served.services, served.key, rows)
    assert len(found) == 30
    assert len(asked) == 4


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", range(6))
async def test_ready_means_that_a_claim_gives_the_task_out(served: Room, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        await _something_happens(served, chance)
        await sweep_tasks(served.services)
        await be_online(served)
        waiting = await waiting_of_tasks(served.services, served.key, await all_tasks(served))
        ready = {
            task_id
            for task_id, one in waiting.items()
            if [reason.code.value for reason in one.reasons] == ["ready"]
        }
        assert all(
            len(one.reasons) == 1 or "ready" not in [reason.code for reason in one.reasons]
            for one in waiting.values()
        )
        claimed = await served.claim(limit=50)
        told = {one: [str(why.code) for why in waiting[one].reasons] for one in waiting}
        assert {task.id for task in claimed} == ready, told
        for task in claimed:
            await _go_on(served, task, chance)


async def _something_happens(room: Room, chance: random.Random) -> None:
    for _ in range(chance.randint(0, 4)):
        later = iso_from_ms(room.clock() + chance.choice([5_000, 3_600_000]))
        more = {"scheduled_at": later} if chance.random() < 0.3 else {}
        await room.create_task(chance.choice(_ACTIONS), priority=chance.randint(-1, 1), **more)
    happening = chance.randint(0, 5)
    if happening == 0:
        await set_pacing(room, is_on=chance.random() < 0.6)
    elif happening == 1:
        limit, gap = chance.randint(0, 3), chance.choice([0, 300])
        await allow(room, chance.choice(_ACTIONS), limit=limit, gap_seconds=gap)
    elif happening == 2:
        status = chance.choice(["paused", "active", "active"])
        change = {"status": status}
        await update_linkedin_account(room.services, room.person, room.account_id, change)
    room.clock.advance(seconds=chance.choice([0, 31, 400, 90_000]))


async def _go_on(room: Room, task: TaskRow, chance: random.Random) -> None:
    lease = lease_of(task)
    if chance.random() < 0.3:
        await release_task(room.services, room.agent, lease)
        return
    try:
        await start_task(room.services, room.agent, lease)
    except ZenModeError:
        return
    fate = chance.random()
    if fate < 0.5:
        await complete_task(room.services, room.agent, lease, None)
    elif fate < 0.7:
        failure = {"code": "c", "message": "m", "retryable": True}
        await fail_task(room.services, room.agent, lease, failure)
    elif fate < 0.8:
        limit = {"code": "too_many", "whole_account": chance.random() < 0.5}
        failure = {"code": "c", "message": "m", "provider_limit": limit}
        await fail_task(room.services, room.agent, lease, failure)
