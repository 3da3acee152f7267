"""Behind PgBouncer in transaction mode, where two statements may meet two connections."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.actions.tasks.read_tasks import get_task
from app.models.engine.migrate import migrate
from app.services.services import Services
from app.wiring import open_services
from tests.actions.calls import create_task
from tests.actions.room import PROFILE, Room, open_room
from tests.rest.product import settings_for
from tests.servers.pgbouncer import PgBouncer, find_pgbouncer

CONNECTIONS = 2
TASK_COUNT = 200


@pytest.fixture
def behind(empty_postgres_url: str) -> Iterator[str]:
    """The address of an empty database, through a PgBouncer with two connections."""
    if find_pgbouncer() is None:
        if os.environ.get("CI"):
            pytest.fail("install pgbouncer (see .ci/run)")
        pytest.skip("PgBouncer WAS NOT TRIED: install pgbouncer")
    bouncer = PgBouncer(empty_postgres_url, connection_count=CONNECTIONS)
    yield f"{bouncer.url}?statement_cache_size=0"
    bouncer.close()


@pytest.fixture
async def services(behind: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Services]:
    settings = settings_for(behind, redis_url, tmp_path, DAILY_TASK_LIMIT="1000")
    await migrate(settings.database)
    async with open_services(settings) as services:
        yield services


async def create_numbered_task(room: Room, number: int) -> tuple[int, str]:
    """A task whose priority is its number, so that a mix-up shows."""
    wish = {
        "action_type": "connect",
        "payload": {"profile_url": f"{PROFILE}-{number}"},
        "priority": number % 100,
    }
    # Every other one in a transaction of several statements, the others in one statement.
    if number % 2:
        wish["idempotency_key"] = f"order-{number}"
    created = await create_task(room.services, room.key, wish)
    return number, created.task.id


async def test_many_creations_at_once_make_one_task_each_and_each_its_own(
    services: Services,
) -> None:
    room = await open_room(services)
    created = await asyncio.gather(
        *(create_numbered_task(room, number) for number in range(TASK_COUNT))
    )
    assert len({task_id for _, task_id in created}) == TASK_COUNT

    async def check(number: int, task_id: str) -> None:
        task = await get_task(services, room.key, task_id)
        assert task is not None
        assert f"{PROFILE}-{number}" in task.payload
        assert task.priority == number % 100

    await asyncio.gather(*(check(number, task_id) for number, task_id in created))


async def test_claims_at_once_give_no_task_twice(services: Services) -> None:
    room = await open_room(services)
    await asyncio.gather(*(create_numbered_task(room, number) for number in range(TASK_COUNT // 4)))
    claims = await asyncio.gather(*(room.claim(lease_seconds=60) for _ in range(TASK_COUNT // 4)))
    given = Counter(task.id for tasks in claims for task in tasks)
    assert given
    assert max(given.values()) == 1
