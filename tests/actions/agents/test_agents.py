"""Desktop agents: what they announce, when they are online, and what a dry run leaves behind."""

import json
from dataclasses import replace
from typing import Any

import pytest

from app.actions.access.authenticate import authenticate
from app.actions.agents.go_offline import go_offline
from app.domain.access.agent import is_online
from app.domain.errors import BadInput, Forbidden, NoActiveSubscription, NotFound
from app.models.tables.credential import Agent, AgentAccount
from tests.actions.calls import announce_agent, create_agent
from tests.actions.room import Room, open_room

_SAID: dict[str, Any] = {
    "features": ["reconciles", "marks"],
    "driver": "my-browser",
    "driver_version": "2.1",
    "is_attended": True,
    "is_dry_run": True,
}


async def _agent(room: Room) -> Agent:
    return await Agent.get(id=room.agent.credential_id)


def _is_online(room: Room, agent: Agent) -> bool:
    return is_online(
        last_seen_at=agent.last_seen_at,
        offline_at=agent.offline_at,
        revoked_at=agent.revoked_at,
        now=room.services.now(),
    )


async def test_what_an_agent_announces_is_kept(room: Room) -> None:
    said = await announce_agent(room.services, room.agent, _SAID)

    assert json.loads(said.features or "") == ["marks", "reconciles"]
    assert (said.driver, said.driver_version) == ("my-browser", "2.1")
    assert (said.is_attended, said.is_dry_run) == (True, True)


async def test_what_is_announced_anew_replaces_all_of_it(room: Room) -> None:
    await announce_agent(room.services, room.agent, _SAID)

    said = await announce_agent(room.services, room.agent, {"features": []})

    assert (said.features, said.driver, said.driver_version) == ("[]", None, None)
    assert (said.is_attended, said.is_dry_run) == (False, False)


async def test_announcing_shows_the_agent_online(room: Room) -> None:
    assert not _is_online(room, await _agent(room))

    await announce_agent(room.services, room.agent, {"features": []})

    assert _is_online(room, await _agent(room))


async def test_accounts_that_are_named_count_as_served(room: Room) -> None:
    ids = [room.account_id, room.account_id]
    await announce_agent(room.services, room.agent, {"features": [], "linkedin_account_ids": ids})

    (served,) = await AgentAccount.filter(agent_id=room.agent.credential_id)
    assert served.linkedin_account_id == room.account_id


@pytest.mark.parametrize("odd_id", ["acc_unknown", "", "\0", "x" * 10_000, "\ud800"])
async def test_an_account_that_is_not_there_is_not_found_and_nothing_is_kept(
    room: Room, odd_id: str
) -> None:
    ids = [room.account_id, odd_id]
    with pytest.raises(NotFound):
        await announce_agent(room.services, room.agent, {**_SAID, "linkedin_account_ids": ids})

    assert (await _agent(room)).announced_at is None
    assert not await AgentAccount.filter(agent_id=room.agent.credential_id).exists()


async def test_another_workspaces_account_is_not_found(room: Room) -> None:
    stranger = await open_room(room.services, "stranger@example.com")
    ids = [room.account_id, stranger.account_id]

    with pytest.raises(NotFound):
        await announce_agent(room.services, room.agent, {**_SAID, "linkedin_account_ids": ids})

    assert (await _agent(room)).announced_at is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("driver", "x" * 101),
        ("driver", ""),
        ("driver", "a\0b"),
        ("driver_version", "1" * 65),
        ("driver_version", "\ud800"),
        ("linkedin_account_ids", [f"acc_{number}" for number in range(1_001)]),
    ],
)
async def test_a_bad_field_is_named(room: Room, field: str, value: object) -> None:
    with pytest.raises(BadInput) as refusal:
        await announce_agent(room.services, room.agent, {**_SAID, field: value})

    assert [one.name for one in refusal.value.details] == [field]
    assert (await _agent(room)).announced_at is None


async def test_only_agents_announce_and_go(room: Room) -> None:
    for caller in (room.person, room.key):
        with pytest.raises(Forbidden):
            await announce_agent(room.services, caller, _SAID)
        with pytest.raises(Forbidden):
            await go_offline(room.services, caller)


async def test_an_agent_that_goes_is_offline_at_once(room: Room) -> None:
    await announce_agent(room.services, room.agent, {"features": []})

    assert not _is_online(room, await go_offline(room.services, room.agent))
    assert not _is_online(room, await _agent(room))


async def test_an_agent_that_went_is_online_as_soon_as_it_announces_itself(room: Room) -> None:
    await go_offline(room.services, room.agent)

    assert _is_online(room, await announce_agent(room.services, room.agent, {"features": []}))


async def test_an_agent_that_went_is_online_when_it_is_seen_again(room: Room) -> None:
    memo = await create_agent(room.services, room.person, {"name": "Another"})
    await authenticate(room.services, bearer=memo.token)
    other = replace(room, agent=replace(room.agent, credential_id=memo.agent.id))
    await go_offline(room.services, other.agent)
    assert not _is_online(room, await _agent(other))

    room.clock.advance(seconds=16)
    await authenticate(room.services, bearer=memo.token)

    assert _is_online(room, await _agent(other))


async def test_one_agent_that_goes_takes_no_other_along(room: Room) -> None:
    other = await room.another_agent()
    for agent in (room.agent, other):
        await announce_agent(room.services, agent, {"features": []})

    await go_offline(room.services, other)

    assert _is_online(room, await _agent(room))


async def test_without_a_subscription_an_agent_may_go_but_not_announce(room: Room) -> None:
    lapsed = replace(room.agent, subscription_is_active=False)

    await go_offline(room.services, lapsed)
    with pytest.raises(NoActiveSubscription):
        await announce_agent(room.services, lapsed, _SAID)


async def test_an_attempt_is_a_dry_run_by_what_was_announced_when_it_was_claimed(
    room: Room,
) -> None:
    task, _ = await room.held()
    await announce_agent(room.services, room.agent, {"features": [], "is_dry_run": True})
    room.clock.advance(seconds=61)
    await room.claim()
    await announce_agent(room.services, room.agent, {"features": []})
    room.clock.advance(seconds=61)
    await room.claim()

    kinds = [bool(attempt.is_dry_run) for attempt in await room.attempts(task)]

    assert kinds == [False, True, False]
