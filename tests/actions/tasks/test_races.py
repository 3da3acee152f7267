"""What must hold however many ask at once."""

import asyncio
from collections import Counter

import pytest

from app.domain.errors import BadInput, DailyTaskLimit, IdempotencyKeyReused
from app.domain.times import iso_from_ms
from tests.actions.calls import claim_tasks, connect_linkedin_account, create_task, create_tasks
from tests.actions.room import PROFILE, Room

NEW_TASK = {"action_type": "follow", "payload": {"profile_url": PROFILE}}


async def test_of_600_tasks_created_at_once_exactly_500_are_taken(room: Room) -> None:
    outcomes = await asyncio.gather(
        *(create_task(room.services, room.key, NEW_TASK) for _ in range(600)),
        return_exceptions=True,
    )

    kinds = Counter(type(one).__name__ for one in outcomes)
    assert kinds == {"InsertedTask": 500, "DailyTaskLimit": 100}
    assert len({one.task.id for one in outcomes if not isinstance(one, BaseException)}) == 500


async def test_a_refused_task_uses_nothing_up(room: Room) -> None:
    for _ in range(5):
        await create_tasks(room.services, room.key, [NEW_TASK] * 99)

    with pytest.raises(DailyTaskLimit):
        await create_tasks(room.services, room.key, [NEW_TASK] * 6)

    await create_tasks(room.services, room.key, [NEW_TASK] * 5)
    with pytest.raises(DailyTaskLimit) as refused:
        await create_task(room.services, room.key, NEW_TASK)
    assert 0 < (refused.value.retry_after or 0) <= 86_400


async def test_a_key_raced_by_20_makes_one_task(room: Room) -> None:
    raw = {**NEW_TASK, "idempotency_key": "one-and-only"}

    created = await asyncio.gather(*(create_task(room.services, room.key, raw) for _ in range(20)))

    assert len({one.task.id for one in created}) == 1
    assert Counter(one.replayed for one in created) == {False: 1, True: 19}


async def test_a_replay_is_answered_even_when_the_day_is_full(room: Room) -> None:
    for _ in range(4):
        await create_tasks(room.services, room.key, [NEW_TASK] * 100)
    await create_tasks(room.services, room.key, [NEW_TASK] * 99)
    raw = {**NEW_TASK, "idempotency_key": "the-last-one"}

    created = await asyncio.gather(*(create_task(room.services, room.key, raw) for _ in range(10)))

    assert len({one.task.id for one in created}) == 1


async def test_a_key_used_for_another_task_is_refused(room: Room) -> None:
    await create_task(room.services, room.key, {**NEW_TASK, "idempotency_key": "k"})

    with pytest.raises(IdempotencyKeyReused):
        await create_task(
            room.services, room.key, {**NEW_TASK, "priority": 1, "idempotency_key": "k"}
        )


async def test_defaults_filled_in_make_the_same_task(room: Room) -> None:
    first = await create_task(room.services, room.key, {**NEW_TASK, "idempotency_key": "k"})
    spelled_out = {
        **NEW_TASK,
        "linkedin_account_id": room.account_id,
        "priority": 0,
        "max_retries": 3,
        "idempotency_key": "k",
    }

    again = await create_task(room.services, room.key, spelled_out)

    assert (again.task.id, again.replayed) == (first.task.id, True)


async def test_a_key_is_free_again_after_24_hours(room: Room) -> None:
    first = await create_task(room.services, room.key, {**NEW_TASK, "idempotency_key": "k"})
    room.clock.advance(seconds=86_401)

    again = await create_task(room.services, room.key, {**NEW_TASK, "idempotency_key": "k"})

    assert again.task.id != first.task.id


async def test_a_refused_task_leaves_its_key_free(room: Room) -> None:
    bad = {**NEW_TASK, "linkedin_account_id": "acc_unknown", "idempotency_key": "k"}
    with pytest.raises(BadInput):
        await create_task(room.services, room.key, bad)

    assert not (
        await create_task(room.services, room.key, {**NEW_TASK, "idempotency_key": "k"})
    ).replayed


async def test_20_agents_over_2000_tasks_take_each_once_and_leave_none(room: Room) -> None:
    accounts = [room.account_id]
    for number in range(3):
        memo = await connect_linkedin_account(
            room.services,
            room.person,
            {"name": "More", "profile_url": f"https://linkedin.com/in/more-{number}"},
        )
        accounts.append(memo.id)
    for account in accounts:
        for _ in range(5):
            batch = [{**NEW_TASK, "linkedin_account_id": account}] * 100
            await create_tasks(room.services, room.key, batch)
    taken: Counter[str] = Counter()

    async def work() -> None:
        while tasks := await claim_tasks(
            room.services, room.agent, account_ids=accounts, limit=10, lease_seconds=900
        ):
            taken.update(task.id for task in tasks)

    while sum(taken.values()) < 2_000:
        before = sum(taken.values())
        await asyncio.gather(*(work() for _ in range(20)))
        assert sum(taken.values()) > before

    assert len(taken) == 2_000
    assert set(taken.values()) == {1}


async def test_claims_go_by_priority_then_by_age(room: Room) -> None:
    low = await room.create_task(priority=-5)
    old = await room.create_task()
    new = await room.create_task()
    high = await room.create_task(priority=100)

    claimed = await room.claim(limit=50)

    assert [one.id for one in claimed] == [high.id, old.id, new.id, low.id]


async def test_a_scheduled_task_is_not_handed_out_before_its_time(room: Room) -> None:

    task = await room.create_task(scheduled_at=iso_from_ms(room.clock() + 60_000))

    assert await room.claim() == []
    room.clock.advance(seconds=61)
    assert [one.id for one in await room.claim()] == [task.id]


async def test_batches_with_the_same_keys_in_opposite_order_make_each_task_once(
    room: Room,
) -> None:
    for turn in range(4):
        batch = [{**NEW_TASK, "idempotency_key": f"{turn}-{number}"} for number in range(20)]

        created = await asyncio.gather(
            *(
                create_tasks(room.services, room.key, batch if number % 2 else batch[::-1])
                for number in range(6)
            )
        )

        assert len({one.task.id for batch in created for one in batch}) == 20
