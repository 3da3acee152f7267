"""Named queries that delete rows whose time is over, in batches."""

from app.models.engine.database import Database, Queries

_OLD_DELIVERIES = """
SELECT seq FROM deliveries WHERE status <> 'pending' AND updated_at <= $1
ORDER BY updated_at LIMIT $2
"""
_DELETE = "DELETE FROM {0} WHERE id IN (SELECT id FROM {0} WHERE {1} <= $1 LIMIT $2)"
_EXPIRED_KEYS = _DELETE.format("idempotency_keys", "expires_at")
_EXPIRED_SESSIONS = _DELETE.format("sessions", "expires_at")
_OLD_SIGN_IN_FAILURES = _DELETE.format("sign_in_failures", "failed_at")
# Queued at the moment at which their webhook was deleted: no worker sends them.
_FAIL_ORPHANED = """
UPDATE deliveries SET status = 'failed', failure_reason = 'webhook deleted', updated_at = $1,
    next_attempt_at = NULL
WHERE status = 'pending' AND webhook_id NOT IN (SELECT id FROM webhooks)
"""


async def fail_orphaned_deliveries(queries: Queries, now: int) -> None:
    """Fails pending deliveries whose webhook does not exist."""
    await queries.change(_FAIL_ORPHANED, now)


async def purge_deliveries(database: Database, until: int, limit: int) -> int:
    """Deletes up to `limit` ended deliveries that have not changed since `until`; their number."""

    async def unit(queries: Queries) -> int:
        seqs = [row["seq"] for row in await queries.rows(_OLD_DELIVERIES, until, limit)]
        if not seqs:
            return 0
        placeholders = ", ".join(f"${number}" for number in range(1, len(seqs) + 1))
        await queries.change(
            f"DELETE FROM delivery_attempts WHERE delivery_seq IN ({placeholders})", *seqs
        )
        return await queries.change(f"DELETE FROM deliveries WHERE seq IN ({placeholders})", *seqs)

    return await database.transaction(unit)


async def purge_idempotency_keys(queries: Queries, now: int, limit: int) -> int:
    """Deletes up to `limit` expired idempotency keys; returns their number."""
    return await queries.change(_EXPIRED_KEYS, now, limit)


async def purge_sessions(queries: Queries, now: int, limit: int) -> int:
    """Deletes up to `limit` expired sessions; returns their number."""
    return await queries.change(_EXPIRED_SESSIONS, now, limit)


async def purge_sign_in_failures(queries: Queries, until: int, limit: int) -> int:
    """Deletes up to `limit` failures until a time; returns their number."""
    return await queries.change(_OLD_SIGN_IN_FAILURES, until, limit)
