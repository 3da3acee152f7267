"""Accounts of one person under several spellings become one, and nothing of them is lost."""

import asyncio
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tortoise.transactions import in_transaction

from app.actions.linkedin_accounts.read_linkedin_accounts import all_accounts, created_today
from app.actions.tasks.retry_task import retry_task
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.services.services import Services
from app.wiring import open_services
from tests.actions.calls import connect_linkedin_account, create_task, fail_task
from tests.actions.conftest import room
from tests.actions.room import PROFILE, Room, open_room
from tests.rest.product import settings_for

__all__ = ["room"]

MIGRATION = "0008_one_account_a_person"
SPELLINGS = ["jos\u00e9-x", "jos%C3%A9-x", "jose\u0301-x", "JOS%c3%89-x"]
_OLD_ACCOUNT = """
INSERT INTO linkedin_accounts
    (id, workspace_id, name, profile_url, profile_key, status, is_default, created_at)
VALUES ($1, $2, 'old', $3, $4, $5, $6, $7)
"""


def url_of(slug: str) -> str:
    return f"https://www.linkedin.com/in/{slug}"


async def old_account(room: Room, slug: str, number: int, **fields: Any) -> str:
    """An account as the release before made it: known by the spelling."""
    account_id = f"acc_old_{number}"
    status, is_default = fields.get("status", "active"), fields.get("is_default", False)
    await room.services.database.change(
        _OLD_ACCOUNT,
        account_id,
        room.workspace_id,
        url_of(slug),
        slug.lower(),
        status,
        is_default,
        number,
    )
    return account_id


async def order_for(room: Room, account_id: str) -> str:
    raw = {
        "action_type": "follow",
        "payload": {"profile_url": PROFILE},
        "linkedin_account_id": account_id,
    }
    return (await create_task(room.services, room.key, raw)).task.linkedin_account_id


async def connect(room: Room, slug: str) -> AccountRow:
    raw = {"name": "New", "profile_url": url_of(slug)}
    return await connect_linkedin_account(room.services, room.person, raw)


async def migrated_again(services: Services) -> None:
    """Runs the migration's step anew, as an upgrade does. Later migrations stay applied."""
    step: Any = import_module(f"app.models.migrations.{MIGRATION}").Migration.operations[0]
    async with in_transaction(services.settings.database.kind) as client:
        await step.code(None, SimpleNamespace(client=client))


async def statuses(room: Room) -> dict[str, str]:
    return {one.id: one.status for one in await all_accounts(room.services, room.person)}


async def test_all_spellings_connect_one_account(room: Room) -> None:
    memo = await asyncio.gather(*(connect(room, slug) for slug in SPELLINGS * 3))

    assert len({one.id for one in memo}) == 1
    assert memo[0].profile_url in {url_of(slug) for slug in SPELLINGS}


async def test_an_upgrade_makes_one_account_of_those_of_one_person(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    settings = settings_for(database_url, redis_url, tmp_path)
    async with open_services(settings) as services:
        room = await open_room(services)
        old = [await old_account(room, slug, number) for number, slug in enumerate(SPELLINGS)]
        other = await old_account(room, "jose-x", 9)
        for number, account in enumerate(old):
            for _ in range(number + 1):
                assert await order_for(room, account) == account
        await migrated_again(services)
        await migrated_again(services)

    async with open_services(settings) as services:
        room.services = services
        found = await statuses(room)
        assert {one: found[one] for one in old} == {
            old[0]: "active",
            old[1]: "disconnected",
            old[2]: "disconnected",
            old[3]: "disconnected",
        }
        assert found[other] == "active"
        rows = await services.database.rows("SELECT linkedin_account_id FROM tasks")
        assert Counter(row["linkedin_account_id"] for row in rows) == {old[0]: 10}
        counted = await created_today(services, room.person)
        assert {one: counted.get(one, 0) for one in old} == {
            old[0]: 10,
            old[1]: 0,
            old[2]: 0,
            old[3]: 0,
        }
        for slug in SPELLINGS:
            assert (await connect(room, slug)).id == old[0]
        # Programs that keep another id go on.
        assert {await order_for(room, one) for one in old} == {old[0]}


async def test_a_release_that_still_runs_is_put_right_at_the_next_connect(room: Room) -> None:
    first = await connect(room, SPELLINGS[0])
    again = await old_account(room, SPELLINGS[1], 10**15)
    await order_for(room, again)

    assert (await connect(room, SPELLINGS[2])).id == first.id

    assert (await statuses(room))[again] == "disconnected"
    (task,) = await room.services.database.rows("SELECT linkedin_account_id FROM tasks")
    assert task["linkedin_account_id"] == first.id


@pytest.mark.parametrize("paused", [0, 1])
async def test_one_that_was_paused_keeps_its_tasks_from_running(room: Room, paused: int) -> None:
    for number in range(2):
        status = "paused" if number == paused else "active"
        await old_account(room, SPELLINGS[number], number, status=status)

    assert (await connect(room, SPELLINGS[3])).status == "paused"


async def test_the_oldest_that_is_connected_is_kept(room: Room) -> None:
    gone = await old_account(room, SPELLINGS[1], 1, status="disconnected")
    kept = await old_account(room, SPELLINGS[0], 2)

    assert (await connect(room, SPELLINGS[2])).id == kept
    assert (await statuses(room))[gone] == "disconnected"


async def test_what_runs_ends_where_it_began_and_is_retried_on_the_account_kept(
    room: Room,
) -> None:
    kept = await old_account(room, SPELLINGS[0], 1)
    old = await old_account(room, SPELLINGS[1], 2)
    room.account_id = old
    task, lease = await room.begun(linkedin_account_id=old)
    assert (await connect(room, SPELLINGS[1])).id == kept

    failure = {"code": "c", "message": "m", "retryable": True}
    failed = await fail_task(room.services, room.agent, lease, failure)

    assert (failed.id, failed.status) == (task.id, "failed")
    assert (await connect(room, SPELLINGS[1])).id == kept
    assert (await retry_task(room.services, room.person, task.id)).linkedin_account_id == kept
