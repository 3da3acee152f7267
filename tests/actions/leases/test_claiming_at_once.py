"""Agents that claim at once: nobody goes away empty while work waits, and nothing is swallowed."""

import asyncio
from collections import Counter

from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.leases.watch_work import watch_work
from app.domain.times import iso_from_ms
from app.models.engine.database import Queries
from tests.actions.calls import claim_tasks, connect_linkedin_account, create_tasks
from tests.actions.room import PROFILE, Room, open_room
from tests.actions.test_watching import SOON_SECONDS, seen
from tests.waiting import until

NEW_TASK = {"action_type": "follow", "payload": {"profile_url": PROFILE}}
_ASLEEP = "SELECT count(*) AS found FROM tasks WHERE not_before IS NOT NULL"
_HELD = "SELECT seq FROM tasks WHERE status = 'pending' ORDER BY priority DESC, seq LIMIT $1"


async def accounts_of(room: Room, count: int) -> list[str]:
    """That many accounts."""
    found = [room.account_id]
    for number in range(count - 1):
        raw = {"name": "More", "profile_url": f"https://linkedin.com/in/more-{number}"}
        found.append((await connect_linkedin_account(room.services, room.person, raw)).id)
    return found


async def claim(room: Room, accounts: list[str], limit: int) -> list[str]:
    taken = await claim_tasks(
        room.services, room.agent, account_ids=accounts, limit=limit, lease_seconds=900
    )
    return [task.id for task in taken]


async def asleep(room: Room) -> int:
    """How many tasks still wait for their time."""
    row = await room.services.database.row(_ASLEEP)
    assert row is not None
    return int(row["found"])


async def test_agents_that_claim_at_once_take_all_there_is(room: Room) -> None:
    accounts = await accounts_of(room, 10)
    for _ in range(6):
        batch = [{**NEW_TASK, "linkedin_account_id": one} for one in accounts] * 3
        await create_tasks(room.services, room.key, batch[:24])

        claims = await asyncio.gather(*(claim(room, accounts, 4) for _ in range(6)))

        assert [len(one) for one in claims] == [4] * 6
        assert set(Counter(task for one in claims for task in one).values()) == {1}


async def test_agents_that_claim_one_at_once_each_get_one(room: Room) -> None:
    accounts = await accounts_of(room, 2)
    batch = [{**NEW_TASK, "linkedin_account_id": one} for one in accounts] * 5
    await create_tasks(room.services, room.key, batch)

    claims = await asyncio.gather(*(claim(room, accounts, 1) for _ in range(10)))

    assert [len(one) for one in claims] == [1] * 10


async def test_a_claim_passes_over_what_another_is_changing_and_goes_on(room: Room) -> None:
    if room.services.database.is_sqlite:
        return  # A claim waits for its turn there.
    accounts = await accounts_of(room, 2)
    batch = [{**NEW_TASK, "linkedin_account_id": one} for one in accounts] * 30
    await create_tasks(room.services, room.key, batch)
    holds, goes_on = asyncio.Event(), asyncio.Event()

    async def hold(queries: Queries) -> None:
        await queries.rows(f"{_HELD} FOR UPDATE", 40)
        holds.set()
        await goes_on.wait()

    holder = asyncio.create_task(room.services.database.transaction(hold))
    await holds.wait()
    first = await claim(room, accounts, 1)
    others = await claim(room, accounts, 50)
    goes_on.set()
    await holder

    assert (len(first), len(others)) == (1, 19)
    assert len(await claim(room, accounts, 50)) == 40


async def test_a_claim_touches_nothing_of_another_workspace(room: Room) -> None:
    stranger = await open_room(room.services, "stranger@example.com")
    task, _ = await room.begun()
    await room.create_task(scheduled_at=iso_from_ms(room.clock() + 1_000))
    room.clock.advance(seconds=61)
    stranger.clock.advance(seconds=61)
    stranger.account_id = room.account_id

    assert await stranger.claim(limit=50) == []

    assert await asleep(room) == 1
    (attempt,) = await room.attempts(task)
    assert attempt.outcome == "running"


async def test_subscribers_are_notified_for_what_a_claim_woke_and_did_not_take(room: Room) -> None:
    await until(lambda: room.services.events.is_connected)
    at = iso_from_ms(room.clock() + 60_000)
    await create_tasks(room.services, room.key, [{**NEW_TASK, "scheduled_at": at}] * 2)
    watching = watch_work(room.services, await room.another_agent(), [room.account_id])
    async with seen(watching) as rung:
        await until(lambda: room.services.events.listener_count)  # type: ignore[attr-defined]
        room.clock.advance(seconds=61)
        assert len(await room.claim(limit=1)) == 1
        await until(lambda: rung == [[room.account_id]], SOON_SECONDS)


async def test_a_neighbour_that_claims_swallows_no_ring(room: Room) -> None:
    await until(lambda: room.services.events.is_connected)
    stranger = await open_room(room.services, "stranger@example.com")
    stranger.account_id = room.account_id
    await room.create_task(scheduled_at=iso_from_ms(room.clock() + 60_000))
    for one in (room, stranger):
        one.clock.advance(seconds=61)
    async with seen(watch_work(room.services, room.agent, [room.account_id])) as rung:
        await until(lambda: room.services.events.listener_count)  # type: ignore[attr-defined]
        await stranger.claim(limit=1)
        await sweep_tasks(room.services)
        await until(lambda: rung == [[room.account_id]], SOON_SECONDS)


async def test_a_sweep_wakes_all_that_is_due_whoever_it_belongs_to(room: Room) -> None:
    at = iso_from_ms(room.clock() + 60_000)
    for _ in range(5):
        await create_tasks(room.services, room.key, [{**NEW_TASK, "scheduled_at": at}] * 100)
    stranger = await open_room(room.services, "stranger@example.com")
    for _ in range(2):
        await create_tasks(
            stranger.services, stranger.key, [{**NEW_TASK, "scheduled_at": at}] * 100
        )
    room.clock.advance(seconds=61)

    await sweep_tasks(room.services)

    assert await asleep(room) == 0
