"""No verb reads a big table from end to end.

Every statement that the verbs send to PostgreSQL is noted, then explained on a database in which
the tables that grow have grown, and of which the planner knows as much.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.actions.deliveries.recover_deliveries import recover_deliveries
from app.actions.deliveries.redeliver import redeliver
from app.actions.leases.release_task import release_task
from app.actions.leases.start_task import start_task
from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.linkedin_accounts.read_linkedin_accounts import created_today, usage
from app.actions.operations.purge import purge
from app.actions.operations.read_metrics import MetricsReader
from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.read_tasks import (
    actions_on,
    get_task,
    number_of_tasks,
    page_of_tasks,
    retries_of,
)
from app.actions.tasks.retry_task import retry_task
from app.actions.webhooks.read_webhooks import (
    attempts_to_deliver,
    deliveries_of_task,
    get_delivery,
    page_of_deliveries,
    recent_deliveries,
)
from app.domain.tasks.profile_search import read_profile_search
from app.domain.tasks.task import ActionType, TaskStatus
from app.domain.tasks.task_filter import TaskFilter, TaskTimes
from app.domain.times import iso_from_ms
from app.domain.webhooks.delivery import DeliveryStatus
from app.models.change import ChangePosition
from app.models.engine import postgres_engine
from app.models.linkedin.linkedin_account_queries import accounts_with_work
from app.models.tables.webhook import Delivery
from app.models.tasks.task_queries import tasks_changed_after
from app.models.webhooks.delivery_queries import deliveries_changed_after
from app.wiring import open_services
from tests.actions.calls import (
    claim_tasks,
    complete_task,
    create_task,
    create_tasks,
    fail_task,
    renew_leases,
)
from tests.actions.room import PROFILE, Room, lease_of, open_room
from tests.actions.webhook_receivers import (
    answer,
    answered,
    queued,
    send_due,
    send_until_final,
    webhook_of,
)
from tests.rest.product import settings_for

_BIG = {
    "tasks",
    "task_attempts",
    "deliveries",
    "delivery_attempts",
    "idempotency_keys",
    "account_actions",
}
_FILL = (
    """
    INSERT INTO tasks
        (id, workspace_id, linkedin_account_id, action_type, status, payload, priority, max_retries,
         attempt_count, claim_count, created_at, updated_at, version)
    SELECT 'task_old_' || n, 'ws_' || n % 20, 'acc_' || n % 40, 'connect',
           (ARRAY['completed', 'failed', 'cancelled', 'pending'])[1 + n % 4], '{}', n % 3, 3, 1, 1,
           n, n, 1
    FROM generate_series(1, 30000) n
    """,
    """
    INSERT INTO task_attempts (task_seq, number, agent_id, lease_token, outcome, claimed_at)
    SELECT n, 1, 'agent', 'lease', 'completed', n FROM generate_series(1, 30000) n
    """,
    """
    INSERT INTO deliveries
        (id, workspace_id, webhook_id, event, task_id, body, status, attempt_count, next_attempt_at,
         created_at, updated_at)
    SELECT 'dlv_old_' || n, 'ws_' || n % 20, 1000 + n % 40, 'task.completed', 'task_old_' || n,
           '{}', (ARRAY['delivered', 'failed', 'delivered', 'pending'])[1 + n % 4], 1, 1, n, n
    FROM generate_series(1, 30000) n
    """,
    """
    INSERT INTO delivery_attempts (delivery_seq, number, started_at, duration_ms)
    SELECT n, 1, n, 10 FROM generate_series(1, 200000) n
    """,
    """
    INSERT INTO idempotency_keys (workspace_id, key, fingerprint, task_id, expires_at)
    SELECT 'ws_' || n % 20, 'key_' || n, 'f', 'task_old_' || n, 4000000000000
    FROM generate_series(1, 30000) n
    """,
    """
    INSERT INTO account_actions (workspace_id, linkedin_account_id, action_type, person_key, at,
                                 source, state, task_seq, attempt_number)
    SELECT 'ws_' || n % 20, 'acc_' || n % 40, 'connect', 'person_' || n, n, 'task', 'done', n, 1
    FROM generate_series(1, 30000) n
    """,
)


@dataclass(eq=False)
class Notes:
    """The statements that were sent, each with the values of one time."""

    statements: dict[str, tuple[Any, ...]]

    def __call__(self, sent: Any) -> None:
        if sent.query.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            self.statements.setdefault(sent.query, tuple(sent.args))


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    """Every connection of the pool notes what is sent over it."""
    noted = Notes({})

    class NotingPool(postgres_engine.FastPool):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            async def note(connection: asyncpg.Connection) -> None:
                connection.add_query_logger(noted)

            super().__init__(*arguments, **{**options, "init": note})

    monkeypatch.setattr(postgres_engine, "FastPool", NotingPool)
    return noted


@pytest.fixture
async def big_room(
    notes: Notes, postgres_url: str, redis_url: str, tmp_path: Path
) -> AsyncIterator[Room]:
    """A room in a database in which much has happened."""
    async with open_services(settings_for(postgres_url, redis_url, tmp_path)) as services:
        for statement in _FILL:
            await services.database.change(statement)
        await services.database.rows("ANALYZE")
        room = await open_room(services)
        notes.statements.clear()
        yield room


async def test_no_verb_reads_a_big_table_from_end_to_end(
    big_room: Room, notes: Notes, postgres_url: str
) -> None:
    await _tasks_live(big_room)
    await _tasks_are_read(big_room)
    await _webhooks_are_sent(big_room)
    assert len(notes.statements) > 60

    connection = await asyncpg.connect(postgres_url)
    found = {
        sql: scanned
        for sql, values in notes.statements.items()
        if (scanned := await _scanned(connection, sql, values) & _BIG)
    }
    await connection.close()
    assert found == {}


async def _tasks_live(room: Room) -> None:
    services, key, person, agent = room.services, room.key, room.person, room.agent
    await webhook_of(room, events='["task.completed", "task.failed"]')
    order = {"action_type": "connect", "payload": {"profile_url": PROFILE}}
    await create_task(services, key, order | {"idempotency_key": "k"})
    await create_task(services, key, order | {"idempotency_key": "k"})
    await create_tasks(services, key, [order, order])
    await create_task(services, key, order | {"scheduled_at": iso_from_ms(services.now() + 9_000)})
    cancelled = await room.create_task()
    await cancel_task(services, key, cancelled.id)
    (held,) = await room.claim()
    await release_task(services, agent, lease_of(held))
    (held,) = await room.claim()
    await renew_leases(services, agent, [lease_of(held)], 60)
    await start_task(services, agent, lease_of(held))
    await complete_task(services, agent, lease_of(held), {"ok": True})
    failure = {"code": "not_found", "message": "gone", "retryable": False}
    (held,) = await room.claim()
    await start_task(services, agent, lease_of(held))
    failed = await fail_task(services, agent, lease_of(held), failure)
    await retry_task(services, person, failed.id)
    await actions_on(services, person, [failed])
    await retries_of(services, person, [failed])
    await claim_tasks(services, agent, account_ids=[room.account_id], limit=1, lease_seconds=60)
    room.clock.advance(seconds=120)
    await sweep_tasks(services)


async def _tasks_are_read(room: Room) -> None:
    services, key = room.services, room.key
    task = await room.create_task()
    await get_task(services, key, task.id)
    await room.attempts(task)
    for wanted in (
        TaskFilter(),
        TaskFilter(statuses=(TaskStatus.PENDING,)),
        TaskFilter(linkedin_account_id=room.account_id),
        TaskFilter(action_type=ActionType.CONNECT),
        TaskFilter(profile=read_profile_search("jane-doe")),
        TaskFilter(times=TaskTimes(created_after=1, created_before=2)),
        TaskFilter(statuses=(TaskStatus.PENDING,), times=TaskTimes(scheduled_after=1)),
    ):
        await page_of_tasks(services, key, wanted, first=50, offset=0, before_seq=None)
        await page_of_tasks(services, key, wanted, first=50, offset=0, before_seq=task.seq)
        await number_of_tasks(services, key, wanted)
    await tasks_changed_after(services.database, room.workspace_id, ChangePosition(1), 1_000)
    await deliveries_changed_after(services.database, room.workspace_id, ChangePosition(1), 500)
    for is_pacing_on in (True, False):
        await accounts_with_work(
            services.database, room.workspace_id, services.now(), is_pacing_on=is_pacing_on
        )
    await created_today(services, key)
    await usage(services, key, 14)
    await MetricsReader(services).read()


async def _webhooks_are_sent(room: Room) -> None:
    services, person = room.services, room.person
    hook = await webhook_of(room)
    answered(room, answer(500))
    failed = await send_until_final(room, await queued(room, hook))
    answered(room, answer(204))
    await queued(room, hook)
    await send_due(room)
    await get_delivery(services, person, failed.id)
    await attempts_to_deliver(services, failed)
    await deliveries_of_task(services, person, "task_old_7", 20)
    await recent_deliveries(services, hook.id)
    for wanted in (
        {},
        {"webhook_id": hook.id},
        {"task_id": "task_old_7"},
        {"status": DeliveryStatus.FAILED},
    ):
        await page_of_deliveries(services, person, first=50, **wanted)  # type: ignore[arg-type]
        await page_of_deliveries(services, person, first=50, before_seq=10**6, **wanted)  # type: ignore[arg-type]
    await redeliver(services, person, failed.id)
    await recover_deliveries(services, person, hook.id, iso_from_ms(services.now() - 3_600_000))
    await services.database.read(
        Delivery.filter(workspace_id=room.workspace_id, updated_at__gte=1)
        .order_by("updated_at")
        .limit(500)
    )
    await purge(services)


async def _scanned(connection: asyncpg.Connection, sql: str, values: tuple[Any, ...]) -> set[str]:
    """The tables that a statement reads from end to end."""
    plan = json.loads(await connection.fetchval(f"EXPLAIN (FORMAT JSON) {sql}", *values))
    found: set[str] = set()
    waiting = [plan[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        if node["Node Type"] == "Seq Scan":
            found.add(node["Relation Name"])
    return found
