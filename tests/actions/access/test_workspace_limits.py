"""How much a workspace may hold, exactly, and what its lists show."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.actions.access.read_access import all_agents, all_api_keys
from app.actions.access.revoke_api_key import revoke_api_key
from app.actions.agents.revoke_agent import revoke_agent
from app.actions.linkedin_accounts.disconnect_linkedin_account import disconnect_linkedin_account
from app.actions.linkedin_accounts.read_linkedin_accounts import all_accounts
from app.domain.access.workspace_limits import (
    MOST_AGENTS,
    MOST_API_KEYS,
    MOST_LINKEDIN_ACCOUNTS,
    REVOKED_LISTED_MS,
)
from app.domain.errors import BadInput
from app.domain.linkedin.linkedin_account import profile_key
from app.domain.times import MS_PER_DAY
from app.models.tables.credential import Agent, ApiKey
from app.models.tables.linkedin_account import LinkedInAccount
from tests.actions.calls import (
    connect_linkedin_account,
    create_agent,
    create_api_key,
    update_linkedin_account,
)
from tests.actions.room import Room


@dataclass(frozen=True)
class Kind:
    """One kind of thing that a workspace holds; a room has one of it from the start."""

    most: int
    make: Callable[[Room, int], Awaitable[Any]]
    end: Callable[[Room, str], Awaitable[Any]]
    every: Callable[[Room], Awaitable[list[Any]]]
    rows: Callable[[Room, int], list[Any]]


def _url(number: int) -> str:
    return f"https://www.linkedin.com/in/person-{number}"


def _credentials(model: Any, room: Room, count: int) -> list[Any]:
    return [
        model(
            id=f"{model.__name__}_{number}",
            workspace_id=room.workspace_id,
            name="One",
            hint="zm_…",
            token_hash=f"hash {number}",
            created_at=room.clock(),
        )
        for number in range(count)
    ]


def _accounts(room: Room, count: int) -> list[LinkedInAccount]:
    return [
        LinkedInAccount(
            id=f"acc_{number}",
            workspace_id=room.workspace_id,
            name="One",
            profile_url=_url(number),
            profile_key=profile_key(_url(number)),
            status="active" if number % 2 else "paused",
            created_at=room.clock(),
        )
        for number in range(count)
    ]


async def _key(room: Room, _number: int) -> Any:
    return (await create_api_key(room.services, room.person, {"name": "New"})).api_key


async def _agent(room: Room, _number: int) -> Any:
    return (await create_agent(room.services, room.person, {"name": "New"})).agent


async def _account(room: Room, number: int) -> Any:
    raw = {"name": "New", "profile_url": _url(10_000 + number)}
    return await connect_linkedin_account(room.services, room.person, raw)


KINDS = {
    "keys": Kind(
        MOST_API_KEYS,
        _key,
        lambda room, one: revoke_api_key(room.services, room.person, one),
        lambda room: all_api_keys(room.services, room.person),
        lambda room, count: _credentials(ApiKey, room, count),
    ),
    "agents": Kind(
        MOST_AGENTS,
        _agent,
        lambda room, one: revoke_agent(room.services, room.person, one),
        lambda room: all_agents(room.services, room.person),
        lambda room, count: _credentials(Agent, room, count),
    ),
    "accounts": Kind(
        MOST_LINKEDIN_ACCOUNTS,
        _account,
        lambda room, one: disconnect_linkedin_account(room.services, room.person, one),
        lambda room: all_accounts(room.services, room.person),
        _accounts,
    ),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


async def fill(room: Room, kind: Kind, *, left: int) -> None:
    """Make all but `left` of what there may be; one is there."""
    rows = kind.rows(room, kind.most - 1 - left)
    await type(rows[0]).bulk_create(rows)


async def test_the_last_places_raced_by_many_are_taken_once_each(room: Room, kind: Kind) -> None:
    await fill(room, kind, left=3)

    memo = await asyncio.gather(
        *(kind.make(room, number) for number in range(12)), return_exceptions=True
    )

    refused = [one for one in memo if isinstance(one, BadInput)]
    assert len(refused) == 9, Counter(map(repr, memo))
    assert all(f"{kind.most:,}" in one.message for one in refused)
    assert len(await kind.every(room)) == kind.most


async def test_what_was_ended_makes_room_and_the_list_never_grows_past_its_most(
    room: Room, kind: Kind
) -> None:
    await fill(room, kind, left=0)
    with pytest.raises(BadInput):
        await kind.make(room, 1)

    for number in range(3):
        room.clock.advance(seconds=1)
        await kind.end(room, (await kind.every(room))[0].id)
        room.clock.advance(seconds=1)
        memo = await kind.make(room, 100 + number)
        listed = await kind.every(room)
        assert len(listed) == kind.most
        assert memo.id in {one.id for one in listed}
    with pytest.raises(BadInput):
        await kind.make(room, 200)


async def test_another_workspace_has_its_own_room(room: Room, kind: Kind) -> None:
    rows = kind.rows(room, kind.most + 5)
    for one in rows:
        one.workspace_id = "ws_of_somebody_else"
    await type(rows[0]).bulk_create(rows)

    assert (await kind.make(room, 1)).id
    assert len(await kind.every(room)) == 2


@pytest.mark.parametrize("name", ["keys", "agents"])
async def test_what_was_revoked_is_listed_for_thirty_days(room: Room, name: str) -> None:
    kind = KINDS[name]
    one = await kind.make(room, 1)
    await kind.end(room, one.id)
    assert len(await kind.every(room)) == 2

    room.clock.advance(seconds=REVOKED_LISTED_MS / 1_000 - 60)
    assert len(await kind.every(room)) == 2
    room.clock.advance(seconds=120)
    assert [kept.revoked_at for kept in await kind.every(room)] == [None]


async def test_an_account_that_is_there_can_be_connected_and_changed_when_all_places_are_taken(
    room: Room,
) -> None:
    await fill(room, KINDS["accounts"], left=0)
    again = {"name": "Again", "profile_url": _url(1)}

    same = await connect_linkedin_account(room.services, room.person, again)
    paused = await update_linkedin_account(
        room.services, room.person, same.id, {"status": "paused"}
    )

    assert (same.id, paused.status) == ("acc_1", "paused")


async def test_a_disconnected_account_needs_a_place_to_come_back(room: Room) -> None:
    await disconnect_linkedin_account(room.services, room.person, room.account_id)
    await fill(room, KINDS["accounts"], left=-1)
    again = {"name": "Again", "profile_url": "https://www.linkedin.com/in/me"}

    with pytest.raises(BadInput):
        await connect_linkedin_account(room.services, room.person, again)
    await disconnect_linkedin_account(room.services, room.person, "acc_1")

    back = await connect_linkedin_account(room.services, room.person, again)
    assert (back.id, back.status) == (room.account_id, "active")


async def test_twenty_changes_of_the_default_at_once_leave_one(room: Room) -> None:
    memo = [await _account(room, number) for number in range(5)]

    await asyncio.gather(
        *(
            update_linkedin_account(room.services, room.person, one.id, {"is_default": True})
            for one in memo * 4
        )
    )

    assert sum(one.is_default for one in await all_accounts(room.services, room.person)) == 1


async def test_of_ten_first_accounts_connected_at_once_one_is_the_default(room: Room) -> None:
    await LinkedInAccount.filter(workspace_id=room.workspace_id).delete()

    await asyncio.gather(*(_account(room, number) for number in range(10)))

    assert sum(one.is_default for one in await all_accounts(room.services, room.person)) == 1


async def test_of_many_revocations_at_once_the_first_says_when(room: Room) -> None:
    for name in ("keys", "agents"):
        kind = KINDS[name]
        one = await kind.make(room, 1)
        ended = await asyncio.gather(*(kind.end(room, one.id) for _ in range(10)))
        room.clock.ahead_ms += MS_PER_DAY
        ended.append(await kind.end(room, one.id))

        assert len({again.revoked_at for again in ended}) == 1
