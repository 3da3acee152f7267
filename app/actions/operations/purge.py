"""Taking away what has served its time, in batches small enough to be in nobody's way."""

from app.domain.access.user import FAILURE_WINDOW_MS
from app.domain.times import MS_PER_DAY
from app.models.engine.database import Queries
from app.services.services import Services

BATCH = 500

_OLD_DELIVERIES = """
SELECT seq FROM deliveries WHERE status <> 'pending' AND updated_at <= $1
ORDER BY updated_at LIMIT $2
"""
_EXPIRED = {
    "idempotency_keys": "expires_at <= $1",
    "sessions": "expires_at <= $1",
    "sign_in_failures": "failed_at <= $1",
}
# Queued in the very moment in which their webhook was deleted: nobody will send them.
_ORPHANED = """
UPDATE deliveries SET status = 'failed', failure_reason = 'webhook deleted', updated_at = $1,
    next_attempt_at = NULL
WHERE status = 'pending' AND webhook_id NOT IN (SELECT id FROM webhooks)
"""


async def purge(services: Services) -> int:
    """Take away one batch of each kind; returns how many rows went, so 0 means done."""
    now = services.now()
    await services.database.change(_ORPHANED, now)
    gone = await _purge_deliveries(services, now - services.settings.retention_days * MS_PER_DAY)
    gone += await _drop(services, "idempotency_keys", now)
    gone += await _drop(services, "sessions", now)
    gone += await _drop(services, "sign_in_failures", now - FAILURE_WINDOW_MS)
    return gone


async def _purge_deliveries(services: Services, until: int) -> int:
    async def unit(queries: Queries) -> int:
        seqs = [row["seq"] for row in await queries.rows(_OLD_DELIVERIES, until, BATCH)]
        if not seqs:
            return 0
        places = ", ".join(f"${number}" for number in range(1, len(seqs) + 1))
        await queries.change(
            f"DELETE FROM delivery_attempts WHERE delivery_seq IN ({places})", *seqs
        )
        return await queries.change(f"DELETE FROM deliveries WHERE seq IN ({places})", *seqs)

    return await services.database.transaction(unit)


async def _drop(services: Services, table: str, until: int) -> int:
    return await services.database.change(
        f"DELETE FROM {table} WHERE id IN "
        f"(SELECT id FROM {table} WHERE {_EXPIRED[table]} LIMIT {BATCH})",
        until,
    )
