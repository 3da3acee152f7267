"""Claims of ten tasks while ten thousand, a hundred thousand and a million wait.

Each is measured with unpaced accounts, then with paced ones, which give one task each.
PostgreSQL started here, a thousand accounts, ten of them a claim. Ten thousand is measured first
and last, so that a machine that grows slower meanwhile shows it; the figures are medians.
"""

import asyncio
import random
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from app.actions.leases.claim_tasks import claim_tasks
from app.actions.operations.bootstrap import bootstrap
from app.domain.access.caller import Caller, CallerKind
from app.domain.leases.lease import TaskClaim
from app.domain.tasks.task import ActionType
from app.models.engine.migrate import migrate
from app.services.services import Services
from app.settings import load_settings
from app.wiring import open_services
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

SIZES = (10_000, 100_000, 1_000_000, 10_000)
BATCH = 50_000
ACCOUNTS = 1_000
ACCOUNTS_A_CLAIM = 10
TASKS_A_CLAIM = 10
CLAIMS = 200
WARM_UP = 20

_ACCOUNTS = """
INSERT INTO linkedin_accounts
    (id, workspace_id, name, profile_url, profile_key, status, is_default, created_at)
SELECT 'acc_' || n, $1, 'account', 'https://linkedin.com/in/' || n, n::text, 'active', false, 0
FROM generate_series(1, $2::int) n
"""
_TASKS = """
INSERT INTO tasks
    (id, workspace_id, linkedin_account_id, action_type, status, payload, priority, max_retries,
     attempt_count, claim_count, created_at, updated_at, version)
SELECT 'task_' || n || '_12345678', $1, 'acc_' || (1 + n % $3::int), 'connect', 'pending', '{}',
       n % 7, 3, 0, 0, n, n, 1
FROM generate_series($2::int, $4::int) n
"""

_PACING = """
INSERT INTO account_pacing (linkedin_account_id, workspace_id, is_on, is_gated)
SELECT id, workspace_id, true, true FROM linkedin_accounts WHERE id LIKE 'acc\\_%'
ON CONFLICT (linkedin_account_id) DO NOTHING
"""
_GATES = """
INSERT INTO account_gates
    (linkedin_account_id, action_type, opens_at, closes_at, locked_until, is_announced)
SELECT id, action_type, 0, 4611686018427387904, 0, true
FROM linkedin_accounts CROSS JOIN unnest($1::text[]) AS action_type
ON CONFLICT (linkedin_account_id, action_type) DO UPDATE SET opens_at = 0
"""
_PUT_BACK = """
UPDATE tasks SET status = 'pending', lease_token = NULL, lease_expires_at = NULL
WHERE status = 'queued'
"""


@dataclass
class Shop:
    """A database with so many tasks waiting."""

    size: int
    services: Services
    agent: Caller
    seconds: list[float]
    paced_seconds: list[float]

    async def claim(self) -> float:
        """How long one claim took."""
        wanted = random.sample(range(1, ACCOUNTS + 1), ACCOUNTS_A_CLAIM)
        wish = TaskClaim(
            linkedin_account_ids=tuple(f"acc_{number}" for number in wanted),
            limit=TASKS_A_CLAIM,
            lease_seconds=900,
        )
        began = perf_counter()
        found = await claim_tasks(self.services, self.agent, wish)
        assert len(found) == TASKS_A_CLAIM
        return perf_counter() - began

    async def claim_and_put_back(self) -> float:
        """How long one claim took; a paced account has one task at a time."""
        seconds = await self.claim()
        await self.services.database.change(_PUT_BACK)
        return seconds

    async def pace(self) -> None:
        """Paces every account, all gates open."""
        database = self.services.database
        await database.change(_PUT_BACK)
        await database.change(_PACING)
        await database.change(_GATES, [action.value for action in ActionType])
        await database.rows("ANALYZE")


def run() -> None:
    """Measure, and print a table."""
    postgres, redis = PostgresServer(), RedisServer()
    try:
        asyncio.run(_measure(postgres, redis.url))
    finally:
        postgres.close()
        redis.close()


async def _measure(postgres: PostgresServer, redis_url: str) -> None:
    rows = []
    for size in SIZES:
        url = await asyncio.to_thread(postgres.create_database)
        async with AsyncExitStack() as stack:
            shop = await _open(stack, url, redis_url, size)
            for _ in range(WARM_UP):
                await shop.claim()
            shop.seconds += [await shop.claim() for _ in range(CLAIMS)]
            await shop.pace()
            shop.paced_seconds += [await shop.claim_and_put_back() for _ in range(CLAIMS)]
            rows.append(shop)
    _print(rows)


async def _open(stack: AsyncExitStack, url: str, redis_url: str, size: int) -> Shop:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    environ = {
        "ZENMODE_DATABASE_URL": url,
        "ZENMODE_REDIS_URL": redis_url,
        "ZENMODE_SECRET_KEY": "k" * 32,
    }
    settings = load_settings(environ, env_file=None, data_dir=folder)
    await migrate(settings.database)
    services = await stack.enter_async_context(open_services(settings))
    made = await bootstrap(services)
    await services.database.change(_ACCOUNTS, made.workspace_id, ACCOUNTS)
    for first in range(1, size, BATCH):
        last = min(first + BATCH - 1, size)
        await services.database.change(_TASKS, made.workspace_id, first, ACCOUNTS, last)
    await services.database.rows("ANALYZE")
    row = await services.database.row("SELECT id FROM agents")
    assert row is not None
    agent = Caller(CallerKind.AGENT, made.workspace_id, row["id"], None, True)
    return Shop(size, services, agent, [], [])


def _print(shops: list[Shop]) -> None:
    least = median([*shops[0].seconds, *shops[-1].seconds])
    sys.stdout.write(
        "| waiting | median ms | p99 ms | tasks/s | against ten thousand | paced, median ms "
        "| against unpaced |\n"
    )
    sys.stdout.write("| --- | --- | --- | --- | --- | --- | --- |\n")
    for shop in shops:
        middle = median(shop.seconds)
        last = quantiles(shop.seconds, n=100)[98]
        sys.stdout.write(
            f"| {shop.size:,} | {middle * 1_000:.2f} | {last * 1_000:.2f} "
            f"| {TASKS_A_CLAIM / middle:,.0f} | {least / middle:.2f} "
            f"| {(paced := median(shop.paced_seconds)) * 1_000:.2f} | {paced / middle:.2f} |\n"
        )
