"""What needs a person's attention, in two queries for any number of accounts."""

from app.domain.access.agent import ONLINE_MS
from app.domain.access.served_accounts import EVERY_ACCOUNT, SERVES_FOR_MS
from app.domain.attention import Subscription, WatchedAccount, WatchedWebhook
from app.domain.times import day_of_ms
from app.models.access.workspace_queries import find_workspace
from app.models.engine.database import Queries
from app.models.tasks.claimable_task import (
    ACCOUNT_IS_GATED,
    claimable_tasks,
    claimable_tasks_of_gate,
    gate_is_open,
)
from app.models.webhooks.webhook_queries import list_webhooks

# One look-up in each index for an account, never one for each task that waits.
_ACCOUNTS = f"""
SELECT account.id, account.name, account.status, (
    SELECT created FROM daily_counts
    WHERE daily_counts.linkedin_account_id = account.id AND day = $2
) AS created_today, (
    {claimable_tasks("updated_at", limit="1")}
) AS waiting_since, (
    SELECT min(head.updated_at) FROM account_pacing pacing
    JOIN account_gates gate ON gate.linkedin_account_id = pacing.linkedin_account_id
    JOIN tasks head ON head.seq = ({claimable_tasks_of_gate("seq", limit="1")})
    WHERE pacing.linkedin_account_id = account.id AND {gate_is_open("$6", "$7")}
) AS open_since, {ACCOUNT_IS_GATED} AS is_gated, (
    SELECT max(until) FROM provider_locks
    WHERE linkedin_account_id = account.id AND until > $6 AND lifted_at IS NULL
) AS locked_until, (
    SELECT min(reported_at) FROM provider_locks
    WHERE linkedin_account_id = account.id AND until > $6 AND lifted_at IS NULL
) AS locked_since, EXISTS (
    SELECT 1 FROM agent_accounts serving JOIN agents ON agents.id = serving.agent_id
    WHERE serving.workspace_id = $1 AND serving.linkedin_account_id IN (account.id, $3)
      AND serving.last_at > $4 AND agents.last_seen_at > $5 AND agents.revoked_at IS NULL
      AND agents.last_seen_at > COALESCE(agents.offline_at, 0)
) AS is_served
FROM linkedin_accounts account
WHERE account.workspace_id = $1 AND account.status <> 'disconnected'
ORDER BY account.created_at, account.id
"""


async def watched_subscription(queries: Queries, workspace_id: str) -> Subscription:
    """Returns the workspace's subscription."""
    row = await find_workspace(queries, workspace_id)
    assert row is not None
    return Subscription(workspace_id, row["subscription_status"], row["subscription_ends_at"])


async def watched_webhooks(queries: Queries, workspace_id: str) -> list[WatchedWebhook]:
    """Returns the workspace's webhooks, oldest first."""
    return [
        WatchedWebhook(
            row.id,
            row.url,
            row.enabled,
            row.disabled_reason,
            row.last_failed_at,
            row.health,
        )
        for row in await list_webhooks(queries, workspace_id)
    ]


async def watched_accounts(
    queries: Queries, workspace_id: str, now: int, *, is_pacing_on: bool
) -> list[WatchedAccount]:
    """Returns the workspace's connected accounts, oldest first.

    `is_pacing_on`: whether this installation paces accounts.
    """
    rows = await queries.rows(
        _ACCOUNTS,
        workspace_id,
        day_of_ms(now),
        EVERY_ACCOUNT,
        now - SERVES_FOR_MS,
        now - ONLINE_MS,
        now,
        is_pacing_on,
    )
    return [
        WatchedAccount(
            id=row["id"],
            name=row["name"],
            status=row["status"],
            created_today=row["created_today"] or 0,
            waiting_since=row["waiting_since"],
            runnable_since=row["open_since"] if row["is_gated"] else row["waiting_since"],
            locked_since=row["locked_since"],
            locked_until=row["locked_until"],
            is_served=bool(row["is_served"]),
        )
        for row in rows
    ]
