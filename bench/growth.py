"""Each hot piece of work while the tables grow: ten thousand, a million, ten million tasks.

PostgreSQL started here; one in ten tasks waits, the others are done and each had a delivery. A
thousand accounts. Medians of 200; the first size is measured again at the end.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from app.actions.deliveries.claim_deliveries import claim_deliveries
from app.actions.leases.claim_tasks import claim_tasks
from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.operations.bootstrap import bootstrap
from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.create_tasks import create_task
from app.actions.tasks.read_tasks import get_task, page_of_tasks
from app.domain.access.caller import Caller, CallerKind
from app.domain.input.read_input import read_input
from app.domain.leases.lease import TaskClaim
from app.domain.tasks.new_task import NewTask
from app.domain.tasks.task import TaskStatus
from app.domain.tasks.task_filter import TaskFilter
from app.models.engine.migrate import migrate
from app.models.tasks.task_backlog_queries import read_backlog
from app.services.services import Services
from app.settings import load_settings
from app.wiring import open_services
from bench.claim import _ACCOUNTS, ACCOUNTS
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

SIZES = (10_000, 1_000_000, 10_000_000, 10_000)
TIMES, WARM_UP = 200, 20

_TASKS = """
INSERT INTO tasks
    (id, workspace_id, linkedin_account_id, action_type, status, payload, priority, max_retries,
     attempt_count, claim_count, created_at, updated_at, version)
SELECT 'task_' || n || '_12345678', $1, 'acc_' || (1 + n % $3::int), 'connect',
       CASE WHEN n % 10 = 0 THEN 'pending' ELSE 'completed' END, '{}', 0, 3, 0, 0, n, n, 1
FROM generate_series($4::int, $2::int) n
"""
_DELIVERIES = """
INSERT INTO deliveries
    (id, workspace_id, webhook_id, event, task_id, body, status, attempt_count, created_at,
     updated_at, delivered_at)
SELECT 'dlv_' || n, $1, $3, 'task.completed', 'task_' || n || '_12345678', '{}', 'delivered', 1,
       n, n, n
FROM generate_series($4::int, $2::int) n WHERE n % 10 <> 0
"""
_WEBHOOK = """
INSERT INTO webhooks (workspace_id, url, events, secret, enabled, created_at, updated_at)
VALUES ($1, 'https://hooks.example.com/', '["task.completed"]', 'sealed', true, 0, 0) RETURNING id
"""
_WISH = {
    "action_type": "connect",
    "payload": {"profile_url": "https://linkedin.com/in/jane-doe"},
    "linkedin_account_id": "acc_1",
}


@dataclass
class Shop:
    """A database of a size, and who works in it."""

    size: int
    services: Services
    key: Caller
    agent: Caller

    def works(self) -> dict[str, Callable[[int], Awaitable[object]]]:
        """Each hot piece of work, by what it is called."""
        services, key = self.services, self.key

        async def create_and_cancel(_: int) -> object:
            created = await create_task(services, key, read_input(NewTask, _WISH))
            return await cancel_task(services, key, created.task.id)

        async def page(_: int, *statuses: TaskStatus) -> object:
            return await page_of_tasks(services, key, TaskFilter(statuses or None), first=50)

        async def claim(turn: int) -> object:
            accounts = [f"acc_{1 + (turn * 10 + n) % ACCOUNTS}" for n in range(10)]
            wish = TaskClaim(linkedin_account_ids=tuple(accounts), limit=1, lease_seconds=900)
            return await claim_tasks(services, self.agent, wish)

        return {
            "make a task and cancel it": create_and_cancel,
            "one task": lambda n: get_task(services, key, f"task_{1 + n * 7}_12345678"),
            "a page of 50, newest first": page,
            "a page of 50 that failed (none)": lambda n: page(n, TaskStatus.FAILED),
            "claim one of ten accounts' tasks": claim,
            "sweep leases and waiting tasks": lambda _: sweep_tasks(services),
            "claim what is due (nothing)": lambda _: claim_deliveries(services, []),
            "who waits longest (metrics)": lambda _: read_backlog(
                services.database, services.now()
            ),
        }


def run() -> None:
    """Measure, and print a table."""
    postgres, redis = PostgresServer(), RedisServer()
    try:
        asyncio.run(_measure(postgres, redis.url))
    finally:
        postgres.close()
        redis.close()


async def _measure(postgres: PostgresServer, redis_url: str) -> None:
    columns: list[dict[str, float]] = []
    for size in SIZES:
        url = await asyncio.to_thread(postgres.create_database)
        async with AsyncExitStack() as stack:
            shop = await _open(stack, url, redis_url, size)
            columns.append({name: await _time(work) for name, work in shop.works().items()})
        await asyncio.to_thread(postgres.drop_database, url)
    heads = [f"{size:,}" for size in SIZES[:-1]]
    sys.stdout.write(f"| ms, median | {' | '.join(heads)} | {heads[0]} again |\n")
    sys.stdout.write("| --- " * (len(SIZES) + 1) + "|\n")
    for name in columns[0]:
        cells = " | ".join(f"{column[name]:.2f}" for column in columns)
        sys.stdout.write(f"| {name} | {cells} |\n")


async def _time(work: Callable[[int], Awaitable[object]]) -> float:
    """Milliseconds."""
    took = []
    for turn in range(WARM_UP + TIMES):
        began = perf_counter()
        await work(turn)
        took.append(perf_counter() - began)
    return median(took[WARM_UP:]) * 1_000


async def _open(stack: AsyncExitStack, url: str, redis_url: str, size: int) -> Shop:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    environ = {
        "ZENMODE_DATABASE_URL": url,
        "ZENMODE_REDIS_URL": redis_url,
        "ZENMODE_SECRET_KEY": "k" * 32,
        "ZENMODE_DAILY_TASK_LIMIT": "1000000",
    }
    settings = load_settings(environ, env_file=None, data_dir=folder)
    await migrate(settings.database)
    services = await stack.enter_async_context(open_services(settings))
    workspace = (await bootstrap(services)).workspace_id
    database = services.database
    await database.change(_ACCOUNTS, workspace, ACCOUNTS)
    webhook = await database.row(_WEBHOOK, workspace)
    agent = await database.row("SELECT id FROM agents")
    assert webhook
    assert agent
    step = min(size, 100_000)
    for first in range(0, size, step):
        for sql, last in ((_TASKS, ACCOUNTS), (_DELIVERIES, webhook["id"])):
            await database.change(sql, workspace, first + step, last, first + 1)
    for table in ("tasks", "deliveries"):
        await database.rows(f"ANALYZE {table}")
    key = Caller(CallerKind.API_KEY, workspace, "key_of_bench", None, True)
    return Shop(size, services, key, Caller(CallerKind.AGENT, workspace, agent["id"], None, True))
