"""What the dispatcher asks PostgreSQL reads about as much as it takes, however much is pending.

The planner knows only now and then how much that is, so each case is tried with what it knew when
nothing was pending, too.
"""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from app.models.engine.database import Queries, Row
from app.models.webhooks.delivery_attempt_queries import EndedAttempt, write_attempts
from app.models.webhooks.delivery_claim_queries import (
    ClaimedDelivery,
    claim_due,
    due_webhooks,
)

_WEBHOOKS, _PENDING, _TAKEN = 10, 20_000, 50
_ENOUGH = 4 * _TAKEN
_FILL = f"""
INSERT INTO deliveries (id, workspace_id, webhook_id, event, body, status, attempt_count,
    next_attempt_at, created_at, updated_at)
SELECT 'dlv_' || number, 'ws', number % {_WEBHOOKS} + 1, 'task.completed', repeat('x', 300),
    'pending', 0, number, 1, 1 FROM generate_series(1, {_PENDING}) AS number
"""
_WEBHOOK = """
INSERT INTO webhooks (id, workspace_id, url, events, enabled, secret, created_at, updated_at)
SELECT number, 'ws', 'https://hooks.example.com/', '[]', TRUE, '', 1, 1
FROM generate_series(1, 10) AS number
"""
_ENDED = f"""
INSERT INTO deliveries (id, workspace_id, webhook_id, event, body, status, attempt_count,
    created_at, updated_at)
SELECT 'old_' || number, 'ws', number % {_WEBHOOKS} + 1, 'task.completed', repeat('x', 300),
    'delivered', 1, 1, 1 FROM generate_series(1, {_PENDING}) AS number
"""
_ATTEMPTS = f"""
INSERT INTO delivery_attempts (delivery_seq, number, started_at, duration_ms)
SELECT 1000000 + number, 1, 1, 1 FROM generate_series(1, {_PENDING}) AS number
"""
_HOT_UPDATES = "SELECT pg_stat_get_xact_tuples_hot_updated('deliveries'::regclass)"


class OneConnection(Queries):
    """Queries on one connection of PostgreSQL."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        super().__init__(None, is_sqlite=False)
        self._the_connection = connection

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncpg.Connection]:  # type: ignore[override]
        yield self._the_connection


class Watched(OneConnection):
    """Runs each statement twice: the first time, undone, to see how many rows it reads."""

    most_read = 0

    async def rows(self, sql: str, *values: object) -> list[Row]:
        await self._watch(sql, values)
        return await super().rows(sql, *values)

    async def change(self, sql: str, *values: object) -> int:
        await self._watch(sql, values)
        return await super().change(sql, *values)

    async def _watch(self, sql: str, values: tuple[object, ...]) -> None:
        trial = self._the_connection.transaction()
        await trial.start()
        found = await self._the_connection.fetchval(
            f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", *values
        )
        await trial.rollback()
        for node in _nodes(json.loads(found)[0]["Plan"]):
            dropped = sum(count for key, count in node.items() if key.startswith("Rows Removed"))
            read = (node["Actual Rows"] + dropped) * node["Actual Loops"]
            self.most_read = max(self.most_read, read)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


@pytest.mark.parametrize("counted", ["nothing", "little that is pending", "all"])
async def test_a_claim_and_its_end_read_what_they_take(postgres_url: str, counted: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    try:
        if counted != "nothing":
            await connection.execute(_ENDED)
        await connection.execute("ANALYZE")
        await connection.execute(_FILL)
        await connection.execute(_WEBHOOK)
        await connection.execute(_ATTEMPTS)
        if counted == "all":
            await connection.execute("ANALYZE")
        queries = Watched(connection)
        due = await due_webhooks(queries, now=_PENDING, until=_PENDING)
        assert len(due) == _WEBHOOKS
        shares = {one.id: _TAKEN // _WEBHOOKS for one in due}
        claimed = await claim_due(queries, shares, token="t", now=_PENDING, until=2 * _PENDING)
        assert len(claimed) == _TAKEN
        await write_attempts(queries, _ended(claimed), 5)
        assert queries.most_read <= _ENOUGH
    finally:
        await connection.close()


async def test_a_claim_writes_no_index(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    try:
        await connection.execute(_FILL)
        await connection.execute(_WEBHOOK)
        shares = dict.fromkeys(range(1, _WEBHOOKS + 1), _TAKEN // _WEBHOOKS)
        async with connection.transaction():
            claimed = await claim_due(
                OneConnection(connection), shares, token="t", now=_PENDING, until=2 * _PENDING
            )
            assert await connection.fetchval(_HOT_UPDATES) == len(claimed) == _TAKEN
    finally:
        await connection.close()


def _ended(claimed: list[ClaimedDelivery]) -> list[EndedAttempt]:
    return [
        EndedAttempt(one.seq, "t", "delivered", None, 5, 4, 1, 204, None, "", None)
        for one in claimed
    ]
