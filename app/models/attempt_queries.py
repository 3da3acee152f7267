"""Named queries of what came of attempts: many at once, each only as far as its hold reaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from app.models.database import Queries, Row


@dataclass(frozen=True, slots=True)
class EndedAttempt:
    """What is written of an attempt, and where its delivery stands after it. Times in ms."""

    seq: int
    claim_token: str
    status: str
    next_attempt_at: int | None
    delivered_at: int | None
    started_at: int
    duration_ms: int
    status_code: int | None
    error: str | None
    response_excerpt: str | None


_TYPES = {
    "seq": "bigint",
    "claim_token": "text",
    "status": "text",
    "next_attempt_at": "bigint",
    "delivered_at": "bigint",
    "started_at": "bigint",
    "duration_ms": "int",
    "status_code": "int",
    "error": "text",
    "response_excerpt": "text",
}
# One JSON text carries all of them, however many: the statements stay the same and prepared.
_ON_POSTGRES = "json_to_recordset($1::json) AS ended({})".format(
    ", ".join(f"{name} {kind}" for name, kind in _TYPES.items())
)
_ON_SQLITE = "(SELECT {} FROM json_each($1)) AS ended".format(
    ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in _TYPES)
)
# The array leads PostgreSQL by the primary key; "pending" in place of "not final" would lead it to
# all that is pending, and it learns only now and then how much that is.
_BY_KEY = f"deliveries.seq = ANY(ARRAY(SELECT seq FROM {_ON_POSTGRES}))"
# A success counts although the hold was lost: the receiver has it.
_SETTLE = """
UPDATE deliveries SET status = ended.status, attempt_count = attempt_count + 1,
    next_attempt_at = ended.next_attempt_at, delivered_at = ended.delivered_at,
    claim_token = NULL, claimed_until = NULL, updated_at = $2
FROM {}
WHERE deliveries.seq = ended.seq AND {} AND deliveries.status NOT IN ('delivered', 'failed')
  AND (deliveries.claim_token = ended.claim_token OR ended.status = 'delivered')
"""
# Whose hold was lost: locked all the same, so that attempts are numbered one after the other.
_LOCK = "SELECT seq FROM deliveries WHERE seq IN (SELECT seq FROM {}) ORDER BY seq FOR UPDATE"
# Whether a transaction was committed whose connection broke is unknown: it is run again, and what
# it had kept is kept once.
_NOTE = """
INSERT INTO delivery_attempts
    (delivery_seq, number, started_at, duration_ms, status_code, error, response_excerpt)
SELECT ended.seq, (SELECT count(*) + 1 FROM delivery_attempts WHERE delivery_seq = ended.seq),
    ended.started_at, ended.duration_ms, ended.status_code, ended.error, ended.response_excerpt
FROM {}
WHERE NOT EXISTS (
    SELECT 1 FROM delivery_attempts AS kept
    WHERE kept.delivery_seq = ended.seq AND kept.started_at = ended.started_at
)
"""
_IDS_ON_POSTGRES = "SELECT value::int FROM json_array_elements_text(${}::json)"
_IDS_ON_SQLITE = "SELECT value FROM json_each(${})"
_STANDINGS = """
SELECT id, url, failing_since, last_failed_at FROM webhooks
WHERE id IN ({}) AND (failing_since IS NOT NULL OR id IN ({})) ORDER BY id {}
"""
_STAND = "UPDATE webhooks SET failing_since = $2, last_failed_at = $3 WHERE id = $1"
_SWITCH_OFF = """
UPDATE webhooks SET enabled = $2, disabled_reason = $3, updated_at = $4 WHERE id = $1 AND enabled
"""


async def write_attempts(queries: Queries, ended: Sequence[EndedAttempt], now: int) -> None:
    """Move each delivery whose hold is still ours, or that was delivered; keep every attempt.

    To be called in a transaction; each delivery may occur once.
    """
    source, by_key = (_ON_SQLITE, "TRUE") if queries.is_sqlite else (_ON_POSTGRES, _BY_KEY)
    values = orjson.dumps(ended).decode()
    moved = await queries.change(_SETTLE.format(source, by_key), values, now)
    if moved < len(ended) and not queries.is_sqlite:
        await queries.rows(_LOCK.format(source), values)
    await queries.change(_NOTE.format(source), values)


async def webhooks_to_judge(
    queries: Queries, tried: Iterable[int], failed: Iterable[int]
) -> Mapping[int, Row]:
    """The webhooks that failed now, or until now, locked until the transaction's end, by id."""
    ids, lock = (_IDS_ON_SQLITE, "") if queries.is_sqlite else (_IDS_ON_POSTGRES, "FOR UPDATE")
    sql = _STANDINGS.format(ids.format(1), ids.format(2), lock)
    values = (orjson.dumps(list(one)).decode() for one in (tried, failed))
    rows = await queries.rows(sql, *values)
    return {row["id"]: row for row in rows}


async def note_standing(
    queries: Queries, webhook_id: int, failing_since: int | None, last_failed_at: int | None
) -> None:
    """Keep since when a webhook has been failing."""
    await queries.change(_STAND, webhook_id, failing_since, last_failed_at)


async def switch_off(queries: Queries, webhook_id: int, reason: str, now: int) -> None:
    """Switch a webhook off that is on."""
    await queries.change(_SWITCH_OFF, webhook_id, False, reason, now)
