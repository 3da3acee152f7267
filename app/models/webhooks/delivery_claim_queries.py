"""Named queries that find and claim due deliveries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.models.engine.database import Database, Queries, Row


@dataclass(frozen=True, slots=True)
class DueWebhook:
    """An enabled webhook, and when (ms) the first of its deliveries is due."""

    id: int
    workspace_id: str
    due_at: int


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """A delivery that this worker has claimed with `claim_token`, and its webhook."""

    seq: int
    id: str
    workspace_id: str
    webhook_id: int
    event: str
    body: str
    attempt_count: int
    created_at: int
    claim_token: str
    url: str
    secret: str
    previous_secret: str | None
    previous_secret_expires_at: int | None


# A delivery that a worker sends is left alone until the claim expires: a worker that dies loses
# nothing. Columns that no index holds say so; a claim then writes the row and none of its indexes.
_IS_FREE = "(claimed_until IS NULL OR claimed_until <= {})"
_FIRST_WEBHOOK = """
SELECT webhook_id FROM deliveries WHERE status = 'pending'{}
ORDER BY webhook_id, next_attempt_at LIMIT 1
"""
# Walks from webhook to webhook along the index `deliveries_due`: the cost is the number of
# webhooks with something pending, never the number of deliveries that wait for one of them. An
# ORDER BY with a LIMIT leads PostgreSQL along the index; for a min() it reads all that is pending
# if it was little when it last counted.
_DUE_WEBHOOKS = f"""
WITH RECURSIVE waiting(webhook_id) AS (
    SELECT ({_FIRST_WEBHOOK.format("")})
    UNION ALL
    SELECT ({_FIRST_WEBHOOK.format(" AND webhook_id > waiting.webhook_id")})
    FROM waiting WHERE waiting.webhook_id IS NOT NULL
)
SELECT id, workspace_id, due_at FROM (
    SELECT webhooks.id, webhooks.workspace_id, (
        SELECT next_attempt_at FROM deliveries
        WHERE deliveries.webhook_id = webhooks.id AND deliveries.status = 'pending'
          AND {_IS_FREE.format("$2")}
        ORDER BY next_attempt_at LIMIT 1
    ) AS due_at
    FROM waiting JOIN webhooks ON webhooks.id = waiting.webhook_id WHERE webhooks.enabled
) AS found WHERE due_at <= $1
"""
_CLAIMED_COLUMNS = """
deliveries.seq, deliveries.id, deliveries.workspace_id, deliveries.webhook_id, deliveries.event,
deliveries.body, deliveries.attempt_count, deliveries.created_at, deliveries.claim_token
"""
_HOLD = "claim_token = $1, claimed_until = $2"
# The array leads PostgreSQL by the primary key. It cannot know how few are due of how many, and for
# a join it would read everything that is pending.
_CLAIM_ON_POSTGRES = f"""
WITH wanted AS (
    SELECT key::int AS webhook_id, value::int AS most FROM json_each_text($4::json)
), due AS (
    SELECT found.seq FROM wanted CROSS JOIN LATERAL (
        SELECT seq FROM deliveries
        WHERE deliveries.webhook_id = wanted.webhook_id AND status = 'pending'
          AND next_attempt_at <= $3 AND {_IS_FREE.format("$3")}
        ORDER BY next_attempt_at LIMIT wanted.most FOR UPDATE SKIP LOCKED
    ) found
)
UPDATE deliveries SET {_HOLD} WHERE seq = ANY(ARRAY(SELECT seq FROM due))
RETURNING {_CLAIMED_COLUMNS}
"""
_CLAIM_ON_SQLITE = f"""
UPDATE deliveries SET {_HOLD} WHERE seq IN (
    SELECT seq FROM deliveries
    WHERE webhook_id = $4 AND status = 'pending' AND next_attempt_at <= $3
      AND {_IS_FREE.format("$3")}
    ORDER BY next_attempt_at LIMIT $5
) RETURNING {_CLAIMED_COLUMNS}
"""
_TARGETS = """
SELECT id, url, secret, previous_secret, previous_secret_expires_at FROM webhooks
WHERE id IN ({}) AND enabled
"""


async def due_webhooks(queries: Queries, *, now: int, until: int) -> list[DueWebhook]:
    """Returns the enabled webhooks with a delivery that is due until a time, and free now."""
    rows = await queries.rows(_DUE_WEBHOOKS, until, now)
    return [DueWebhook(row["id"], row["workspace_id"], row["due_at"]) for row in rows]


async def claim_due_deliveries(
    database: Database, shares: Mapping[int, int], *, token: str, now: int, until: int
) -> list[ClaimedDelivery]:
    """Claims up to `shares[webhook_id]` due deliveries of each webhook until a time (ms)."""

    async def unit(queries: Queries) -> list[ClaimedDelivery]:
        return await claim_due(queries, shares, token=token, now=now, until=until)

    if database.is_sqlite:
        return await database.transaction(unit)
    # One statement claims them all; whatever fails after it, the claim expires.
    return await unit(database)


async def claim_due(
    queries: Queries, shares: Mapping[int, int], *, token: str, now: int, until: int
) -> list[ClaimedDelivery]:
    """Claims up to `shares[webhook_id]` due deliveries of each webhook until a time.

    On SQLite to be called in a transaction.
    """
    rows: list[Row] = []
    if queries.is_sqlite:
        for webhook_id, most in shares.items():
            rows += await queries.rows(_CLAIM_ON_SQLITE, token, until, now, webhook_id, most)
    else:
        wanted = json.dumps(shares)
        rows = await queries.rows(_CLAIM_ON_POSTGRES, token, until, now, wanted)
    targets = await _targets(queries, {row["webhook_id"] for row in rows})
    return [
        _claimed(row, targets[row["webhook_id"]]) for row in rows if row["webhook_id"] in targets
    ]


async def _targets(queries: Queries, webhook_ids: set[int]) -> dict[int, Row]:
    if not webhook_ids:
        return {}
    placeholders = ", ".join(f"${number}" for number in range(1, len(webhook_ids) + 1))
    rows = await queries.rows(_TARGETS.format(placeholders), *sorted(webhook_ids))
    return {row["id"]: row for row in rows}


def _claimed(row: Row, target: Row) -> ClaimedDelivery:
    return ClaimedDelivery(
        seq=row["seq"],
        id=row["id"],
        workspace_id=row["workspace_id"],
        webhook_id=row["webhook_id"],
        event=row["event"],
        body=row["body"],
        attempt_count=row["attempt_count"],
        created_at=row["created_at"],
        claim_token=row["claim_token"],
        url=target["url"],
        secret=target["secret"],
        previous_secret=target["previous_secret"],
        previous_secret_expires_at=target["previous_secret_expires_at"],
    )
