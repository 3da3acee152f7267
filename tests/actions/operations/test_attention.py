"""What deserves a look, found in a real workspace."""

import json
from dataclasses import replace

import pytest

from app.actions.access.set_subscription import set_subscription
from app.actions.leases.watch_work import watch_work
from app.actions.operations.read_attention import read_attention
from app.domain.access.caller import Caller
from app.domain.attention import AttentionCode
from app.domain.errors import Forbidden, NoActiveSubscription
from app.domain.times import iso_from_ms
from app.models.engine.database import Database
from app.models.tables.credential import Agent, AgentAccount
from tests.actions.calls import (
    claim_tasks,
    connect_linkedin_account,
    update_linkedin_account,
    update_webhook,
)
from tests.actions.room import Room, open_room
from tests.actions.webhook_receivers import answer, answered, queued, send_due, webhook_of

_ONLINE_SECONDS = 60


async def _codes(room: Room, caller: Caller | None = None) -> dict[str, str]:
    found = await read_attention(room.services, caller or room.key)
    return {one.subject_id: one.code.name for one in found}


async def _heard(room: Room, agent: Caller | None = None) -> None:
    agent_id = (agent or room.agent).credential_id
    await Agent.filter(id=agent_id).update(last_seen_at=room.services.now())


async def test_a_new_workspace_has_nothing_to_look_at(room: Room) -> None:
    assert await _codes(room) == {}


async def test_people_and_keys_may_ask_and_agents_may_not(room: Room) -> None:
    await read_attention(room.services, room.person)
    with pytest.raises(Forbidden):
        await read_attention(room.services, room.agent)


async def test_people_see_that_the_subscription_ended_and_keys_are_refused(
    room: Room,
) -> None:
    await set_subscription(room.services, room.workspace_id, "cancelled")
    person = replace(room.person, subscription_is_active=False)
    assert await _codes(room, person) == {room.workspace_id: "SUBSCRIPTION_ENDED"}
    with pytest.raises(NoActiveSubscription):
        await _codes(room, replace(room.key, subscription_is_active=False))


async def test_a_webhook_is_named_at_its_third_failure_in_a_row_and_cleared_by_a_success(
    room: Room,
) -> None:
    answered(room, answer(500), answer(500), answer(500), answer(204))
    webhook = await webhook_of(room)
    await queued(room, webhook)
    found = []
    for _ in range(4):
        await send_due(room)
        found.append(await _codes(room))
        room.clock.advance(seconds=3_600)
    assert found == [{}, {}, {str(webhook.id): "WEBHOOK_FAILING"}, {}]


async def test_a_webhook_that_is_off_is_named_when_the_product_did_it(room: Room) -> None:
    answered(room, answer(410))
    gone, by_hand = await webhook_of(room), await webhook_of(room)
    await update_webhook(room.services, room.key, by_hand.id, {"enabled": False})
    await queued(room, gone)
    await send_due(room)
    assert await _codes(room) == {str(gone.id): "WEBHOOK_DISABLED"}
    await update_webhook(room.services, room.key, gone.id, {"enabled": True})
    assert await _codes(room) == {}


async def test_tasks_wait_for_an_account_until_an_agent_that_serves_it_is_online(
    room: Room,
) -> None:
    stuck = {room.account_id: "NO_AGENT"}
    await _heard(room)
    assert await _codes(room) == {}
    await room.create_task()
    await room.create_task()
    assert await _codes(room) == stuck
    await room.claim()
    assert await _codes(room) == {}
    room.clock.advance(seconds=_ONLINE_SECONDS + 1)
    assert await _codes(room) == stuck
    await _heard(room)
    assert await _codes(room) == {}


async def test_an_agent_that_listens_for_an_accounts_work_serves_it(room: Room) -> None:
    await room.create_task()
    await _heard(room)
    watching = watch_work(room.services, room.agent, [room.account_id])
    await anext(watching)
    await watching.aclose()
    assert await _codes(room) == {}


async def test_another_agent_that_is_online_does_not_serve_what_it_never_asked_for(
    room: Room,
) -> None:
    other = await connect_linkedin_account(
        room.services, room.person, {"name": "Other", "profile_url": "https://linkedin.com/in/o"}
    )
    for account_id in (room.account_id, other.id):
        await room.create_task(linkedin_account_id=account_id)
    await _heard(room)
    await room.claim()
    await room.create_task(linkedin_account_id=room.account_id)
    assert await _codes(room) == {other.id: "NO_AGENT"}


async def test_an_agent_that_serves_all_serves_what_is_connected_later(room: Room) -> None:
    await _heard(room)
    await claim_tasks(room.services, room.agent, account_ids=[], limit=1, lease_seconds=60)
    other = await connect_linkedin_account(
        room.services, room.person, {"name": "Other", "profile_url": "https://linkedin.com/in/o"}
    )
    await room.create_task(linkedin_account_id=other.id)
    assert await _codes(room) == {}


async def test_an_agent_that_was_revoked_serves_nobody(room: Room) -> None:
    await room.create_task()
    await room.create_task()
    await _heard(room)
    await room.claim()
    await Agent.filter(id=room.agent.credential_id).update(revoked_at=room.services.now())
    assert await _codes(room) == {room.account_id: "NO_AGENT"}


async def test_scheduled_tasks_wait_for_no_agent(room: Room) -> None:
    await room.create_task(scheduled_at=iso_from_ms(room.services.now() + 86_400_000))
    assert await _codes(room) == {}


async def test_what_an_agent_asks_for_is_noted_once_in_a_while(room: Room) -> None:
    for _ in range(3):
        await room.claim()
        room.clock.advance(seconds=60)
    (noted,) = await AgentAccount.all()
    assert noted.first_at == noted.last_at
    room.clock.advance(seconds=3_600)
    await room.claim()
    (noted,) = await AgentAccount.all()
    assert noted.last_at > noted.first_at


async def test_what_could_not_be_noted_is_noted_at_the_next_claim(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> int:
        raise OSError("away")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "change", broken)
        with pytest.raises(OSError, match="away"):
            await room.claim()
    await room.claim()
    assert await AgentAccount.all().count() == 1


async def test_an_agent_serves_none_of_another_workspaces_accounts(room: Room) -> None:
    stranger = await open_room(room.services, "stranger@example.com")
    await claim_tasks(
        room.services,
        stranger.agent,
        account_ids=[room.account_id],
        limit=1,
        lease_seconds=60,
    )
    assert await AgentAccount.all().count() == 0


async def test_a_paused_account_with_tasks_is_named(room: Room) -> None:
    await update_linkedin_account(room.services, room.person, room.account_id, {"status": "paused"})
    assert await _codes(room) == {}
    await room.create_task()
    assert await _codes(room) == {room.account_id: AttentionCode.ACCOUNT_PAUSED_WITH_TASKS.name}


async def test_an_account_that_had_its_tasks_of_the_day_is_named(room: Room) -> None:
    room.services = replace(
        room.services, settings=replace(room.services.settings, daily_task_limit=2)
    )
    await _heard(room)
    await room.claim()
    await room.create_task()
    assert await _codes(room) == {}
    await room.create_task()
    assert await _codes(room) == {room.account_id: "DAILY_LIMIT"}


async def test_it_is_asked_in_three_queries_however_many_accounts_there_are(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        order = {"name": f"{number}", "profile_url": f"https://linkedin.com/in/x{number}"}
        await connect_linkedin_account(room.services, room.person, order)
    asked: list[str] = []
    real = Database.rows

    async def counted(self: Database, sql: str, *values: object) -> object:
        asked.append(json.dumps(sql))
        return await real(self, sql, *values)

    monkeypatch.setattr(Database, "rows", counted)
    await _codes(room)
    assert len(asked) == 2
