"""LinkedIn's own stops hold back what would fail, and cost no attempt."""

import pytest

from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.operations.read_attention import read_attention
from app.actions.pacing.lift_provider_lock import lift_provider_lock
from app.actions.pacing.read_pacing import account_states, locks_of_accounts
from app.domain.errors import NotFound
from app.domain.times import MS_PER_DAY, iso_from_ms
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import complete_task, fail_task, update_linkedin_account
from tests.actions.pacing.conftest import allow
from tests.actions.room import Room

_DAY_SECONDS = 86_400


async def stopped(room: Room, code: str, action: str = "connect", **limit: object) -> TaskRow:
    """A task that met LinkedIn's stop, as it is then."""
    _, lease = await room.begun(action=action)
    report = {"code": "limit", "message": "Later", "provider_limit": {"code": code, **limit}}
    return await fail_task(room.services, room.agent, lease, report)


async def ends(room: Room) -> list[tuple[str | None, float]]:
    """The locks that hold: the kind of action, and in how many days they end."""
    locks = await locks_of_accounts(room.services, room.key, [room.account_id])
    return [(one.action_type, round((one.until - room.clock()) / MS_PER_DAY, 2)) for one in locks]


async def test_the_task_waits_again_without_an_attempt_counted(room: Room) -> None:
    task = await stopped(room, "weekly_invitations")
    assert (task.status, task.attempt_count) == ("pending", 0)
    (attempt,) = await room.attempts(task)
    assert attempt.outcome == "deferred"
    assert await ends(room) == [("connect", 7.0)]
    assert await room.claim() == []
    room.clock.advance(seconds=7 * _DAY_SECONDS + 1)
    assert [one.id for one in await room.claim()] == [task.id]


async def test_a_repeated_report_locks_once(room: Room) -> None:
    _, lease = await room.begun()
    report = {"code": "limit", "message": "Later", "provider_limit": {"code": "too_many"}}
    first = await fail_task(room.services, room.agent, lease, report)
    assert (await fail_task(room.services, room.agent, lease, report)).id == first.id
    rows = await room.services.database.rows("SELECT id FROM provider_locks")
    assert len(rows) == 1


async def test_other_kinds_go_on_unless_the_whole_account_is_stopped(room: Room) -> None:
    await stopped(room, "too_many")
    follow, lease = await room.begun(action="follow")
    assert follow.action_type == "follow"
    await complete_task(room.services, room.agent, lease, None)
    await stopped(room, "too_many", "follow", whole_account=True)
    await room.create_task("view_profile")
    assert await room.claim() == []
    assert (await ends(room))[-1] in ((None, 1.0), ("connect", 1.0))


async def test_a_second_lock_soon_after_lasts_twice_as_long(room: Room) -> None:
    await stopped(room, "too_many")
    room.clock.advance(seconds=_DAY_SECONDS + 60)
    task, lease = await room.begun()
    report = {"code": "limit", "message": "Later", "provider_limit": {"code": "too_many"}}
    await fail_task(room.services, room.agent, lease, report)
    assert await ends(room) == [("connect", 2.0)]
    assert task.status == "processing"


async def test_a_time_that_the_agent_names_stands(room: Room) -> None:
    until = iso_from_ms(room.clock() + 3 * MS_PER_DAY)
    await stopped(room, "too_many", until=until)
    assert await ends(room) == [("connect", 3.0)]


@pytest.mark.parametrize("code", ["restricted", "signed_out", "checkpoint"])
async def test_what_a_person_must_look_at_pauses_the_account(room: Room, code: str) -> None:
    task = await stopped(room, code)
    assert task.status == "pending"
    assert await ends(room) == []
    assert await room.claim() == []
    states = await account_states(room.services, room.key, [room.account_id])
    pause = states[room.account_id].pause
    assert pause is not None
    assert "LinkedIn" in (pause.note or "")
    room.clock.advance(seconds=40 * _DAY_SECONDS)
    assert await room.claim() == []
    account = await update_linkedin_account(
        room.services, room.person, room.account_id, {"status": "active"}
    )
    assert account.paused_note is None
    assert len(await room.claim()) == 1


async def test_a_person_lifts_a_lock_and_a_raised_limit_does_not(paced: Room) -> None:
    task = await stopped(paced, "weekly_invitations")
    await allow(paced, "connect", limit=500)
    assert await paced.claim() == []
    (lock,) = await locks_of_accounts(paced.services, paced.key, [paced.account_id])
    await lift_provider_lock(paced.services, paced.person, lock.id)
    await lift_provider_lock(paced.services, paced.person, lock.id)
    assert [one.id for one in await paced.claim()] == [task.id]


async def test_a_lock_of_another_workspace_is_not_found(room: Room) -> None:
    with pytest.raises(NotFound):
        await lift_provider_lock(room.services, room.person, "lock_of_others")


async def test_a_task_whose_account_was_disconnected_meanwhile_fails(room: Room) -> None:
    _, lease = await room.begun()
    await room.services.database.change("UPDATE linkedin_accounts SET status = 'disconnected'")
    report = {"code": "limit", "message": "Later", "provider_limit": {"code": "too_many"}}
    task = await fail_task(room.services, room.agent, lease, report)
    assert task.status == "failed"
    assert await ends(room) == []


async def test_a_report_after_the_lease_has_expired_counts_as_well(room: Room) -> None:
    task, lease = await room.begun()
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)
    report = {"code": "limit", "message": "Later", "provider_limit": {"code": "too_many"}}
    late = await fail_task(room.services, room.agent, lease, report)
    assert (late.id, late.status, late.attempt_count) == (task.id, "pending", 0)
    assert len(await ends(room)) == 1


async def test_a_stop_needs_attention_and_what_it_holds_back_waits_for_no_agent(
    room: Room,
) -> None:
    await stopped(room, "too_many")
    found = await read_attention(room.services, room.key)
    assert [(one.code.value, one.subject_id) for one in found] == [
        ("account_limit", room.account_id)
    ]
