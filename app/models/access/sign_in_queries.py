"""Named queries that count failed sign-ins."""

from dataclasses import dataclass

from app.models.engine.database import Queries

# Of the transaction, not of the session; it is gone with the commit.
_LOCK_SUBJECT = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
_COUNT_TRY = """
INSERT INTO sign_in_failures (subject, failed_at)
SELECT CAST($1 AS VARCHAR(320)), CAST($2 AS BIGINT)
WHERE (SELECT count(*) FROM sign_in_failures WHERE subject = $1 AND failed_at > $3) < $4
RETURNING id
"""
# The failure that must grow old before the next try: the one that fills the limit.
_FILLING_FAILURE = """
SELECT failed_at FROM sign_in_failures WHERE subject = $1 AND failed_at > $2
ORDER BY failed_at DESC LIMIT 1 OFFSET $3
"""
_TAKE_BACK = "DELETE FROM sign_in_failures WHERE id = $1"


@dataclass(frozen=True, slots=True)
class LimitFull:
    """No other try is allowed until the failure of this time has left the window."""

    failed_at: int


async def count_try(
    queries: Queries, subject: str, *, now: int, window_ms: int, most: int
) -> int | LimitFull:
    """Counts a try as a failure and returns its id, or `LimitFull` if it does not fit.

    Exact however many try at once. In the open transaction: until the commit no other transaction
    counts the same subject.
    """
    if not queries.is_sqlite:
        await queries.rows(_LOCK_SUBJECT, subject)
    since = now - window_ms
    counted = await queries.row(_COUNT_TRY, subject, now, since, most)
    if counted is not None:
        try_id: int = counted["id"]
        return try_id
    filling = await queries.row(_FILLING_FAILURE, subject, since, most - 1)
    return LimitFull(filling["failed_at"] if filling else now)


async def take_back(queries: Queries, try_ids: list[int]) -> None:
    """Deletes tries that have not failed."""
    for one in try_ids:
        await queries.change(_TAKE_BACK, one)
