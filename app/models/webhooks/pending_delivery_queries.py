"""Named queries of deliveries that wait for their next attempt."""

from app.models.engine.database import Queries

# A worker that has claimed a delivery is sending it: its claim is not changed, or a second worker
# would send it too.
_ONE = """
UPDATE deliveries SET updated_at = $2, next_attempt_at = CASE
    WHEN claim_token IS NULL AND next_attempt_at > $2 THEN $2 ELSE next_attempt_at END
WHERE seq = $1 AND status = 'pending'
"""
_WAITING = """
SELECT seq FROM deliveries
WHERE webhook_id = $1 AND status = 'pending' AND next_attempt_at > $2 AND claim_token IS NULL
  AND created_at >= $3 AND updated_at <= $2
ORDER BY next_attempt_at LIMIT $4 {}
"""
_MANY = """
UPDATE deliveries SET next_attempt_at = $2, updated_at = $2
WHERE seq {} RETURNING id
"""
_MANY_ON_POSTGRES = _MANY.format(f"= ANY(ARRAY({_WAITING.format('FOR UPDATE SKIP LOCKED')}))")
_MANY_ON_SQLITE = _MANY.format(f"IN ({_WAITING.format('')})")


async def bring_forward(queries: Queries, seq: int, now: int) -> bool:
    """Moves the next attempt of a pending delivery to now; False if it is not pending."""
    return await queries.change(_ONE, seq, now) == 1


async def bring_all_forward(
    queries: Queries, webhook_id: int, *, since: int, now: int, limit: int
) -> list[str]:
    """The same for up to `limit` that were made since a time and wait; their ids.

    With the same `now` again, the next ones: those that were tried since then are left alone.
    """
    sql = _MANY_ON_SQLITE if queries.is_sqlite else _MANY_ON_POSTGRES
    rows = await queries.rows(sql, webhook_id, now, since, limit)
    return [row["id"] for row in rows]
