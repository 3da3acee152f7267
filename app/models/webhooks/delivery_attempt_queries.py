"""Named queries that write the results of attempts, many at once, each only under its claim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from app.models.engine.database import Queries


@dataclass(frozen=True, slots=True)
class EndedAttempt:
    """The result of an attempt, and the state of its delivery after it. Times in ms.

    `error` is an error before there was a status code; `problem` describes any failure.
    """

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
    problem: str | None


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
    "problem": "text",
}


def _source(types: Mapping[str, str], name: str, *, is_sqlite: bool) -> str:
    """Rows of a JSON list in `$1`: however many, the statement stays the same and prepared."""
    if is_sqlite:
        columns = ", ".join(f"json_extract(value, '$.{one}') AS {one}" for one in types)
        return f"(SELECT {columns} FROM json_each($1)) AS {name}"
    columns = ", ".join(f"{one} {kind}" for one, kind in types.items())
    return f"json_to_recordset($1::json) AS {name}({columns})"


_ON_POSTGRES = _source(_TYPES, "ended", is_sqlite=False)
_ON_SQLITE = _source(_TYPES, "ended", is_sqlite=True)
# The array leads PostgreSQL by the primary key; "pending" in place of "not final" would lead it to
# all that is pending, and it learns only now and then how much that is.
_BY_KEY = f"deliveries.seq = ANY(ARRAY(SELECT seq FROM {_ON_POSTGRES}))"
# A success counts although the claim has expired: the receiver has it.
_SETTLE = """
UPDATE deliveries SET status = ended.status, attempt_count = attempt_count + 1,
    next_attempt_at = ended.next_attempt_at, delivered_at = ended.delivered_at,
    claim_token = NULL, claimed_until = NULL, updated_at = $2,
    last_error = ended.problem, last_status_code = ended.status_code
FROM {}
WHERE deliveries.seq = ended.seq AND {} AND deliveries.status NOT IN ('delivered', 'failed')
  AND (deliveries.claim_token = ended.claim_token OR ended.status = 'delivered')
"""
# Deliveries whose claim has expired are locked too, so that attempts get consecutive numbers.
_LOCK = "SELECT seq FROM deliveries WHERE seq IN (SELECT seq FROM {}) ORDER BY seq FOR UPDATE"
# Whether a transaction was committed whose connection broke is unknown: it is run again, and what
# it had kept is kept once.
_NOTE = """
INSERT INTO delivery_attempts
    (delivery_seq, number, started_at, duration_ms, status_code, error, response_excerpt)
SELECT ended.seq, (SELECT count(*) + 1 FROM delivery_attempts WHERE delivery_seq = ended.seq),
    ended.started_at, ended.duration_ms, ended.status_code, ended.error, ended.response_excerpt
FROM {}
WHERE (
    SELECT 1 FROM delivery_attempts AS kept
    WHERE kept.delivery_seq = ended.seq AND kept.started_at = ended.started_at
    LIMIT 1
) IS NULL
"""
_IDS_ON_POSTGRES = "SELECT value::int FROM json_array_elements_text($1::json)"
_IDS_ON_SQLITE = "SELECT value FROM json_each($1)"


@dataclass(frozen=True, slots=True)
class TriedWebhook:
    """The columns of a webhook that its attempts change, and its address. Times in ms."""

    id: int
    url: str
    failing_since: int | None
    last_failed_at: int | None
    last_attempt_at: int | None
    last_error: str | None
    failures_in_a_row: int | None
    first_failure_at: int | None


_STREAK_TYPES = {
    "id": "int",
    "url": "text",
    "failing_since": "bigint",
    "last_failed_at": "bigint",
    "last_attempt_at": "bigint",
    "last_error": "text",
    "failures_in_a_row": "int",
    "first_failure_at": "bigint",
}
_TRIED = f"""
SELECT {", ".join(_STREAK_TYPES)} FROM webhooks WHERE id IN ({{}}) ORDER BY id {{}}
"""
_SET_STREAK = """
UPDATE webhooks SET
    failing_since = streak.failing_since, last_failed_at = streak.last_failed_at,
    last_attempt_at = streak.last_attempt_at, last_error = streak.last_error,
    failures_in_a_row = streak.failures_in_a_row, first_failure_at = streak.first_failure_at
FROM {} WHERE webhooks.id = streak.id
"""
_SET_STREAK_ON_POSTGRES = _SET_STREAK.format(_source(_STREAK_TYPES, "streak", is_sqlite=False))
_SET_STREAK_ON_SQLITE = _SET_STREAK.format(_source(_STREAK_TYPES, "streak", is_sqlite=True))
_SWITCH_OFF = """
UPDATE webhooks SET enabled = $2, disabled_reason = $3, updated_at = $4 WHERE id = $1 AND enabled
"""


async def write_attempts(queries: Queries, ended: Sequence[EndedAttempt], now: int) -> None:
    """Updates each delivery that is still claimed or was delivered, and inserts every attempt.

    To be called in a transaction; each delivery may occur once.
    """
    source, by_key = (_ON_SQLITE, "TRUE") if queries.is_sqlite else (_ON_POSTGRES, _BY_KEY)
    values = orjson.dumps(ended).decode()
    moved = await queries.change(_SETTLE.format(source, by_key), values, now)
    if moved < len(ended) and not queries.is_sqlite:
        await queries.rows(_LOCK.format(source), values)
    await queries.change(_NOTE.format(source), values)


async def lock_tried_webhooks(queries: Queries, webhook_ids: Iterable[int]) -> list[TriedWebhook]:
    """Returns those of the webhooks that exist, locked until the end of the transaction."""
    ids, lock = (_IDS_ON_SQLITE, "") if queries.is_sqlite else (_IDS_ON_POSTGRES, "FOR UPDATE")
    wanted = orjson.dumps(list(webhook_ids)).decode()
    rows = await queries.rows(_TRIED.format(ids, lock), wanted)
    return [TriedWebhook(**dict(row)) for row in rows]


async def update_streaks(queries: Queries, webhooks: Sequence[TriedWebhook]) -> None:
    """Stores the streaks of failures of these webhooks."""
    if webhooks:
        sql = _SET_STREAK_ON_SQLITE if queries.is_sqlite else _SET_STREAK_ON_POSTGRES
        await queries.change(sql, orjson.dumps(webhooks).decode())


async def switch_off(queries: Queries, webhook_id: int, reason: str, now: int) -> None:
    """Disables a webhook, if it is enabled."""
    await queries.change(_SWITCH_OFF, webhook_id, False, reason, now)
