"""What needs a person's attention, in two queries for any number of accounts."""

from app.domain.access.agent import ONLINE_MS
from app.domain.access.served_accounts import EVERY_ACCOUNT, SERVES_FOR_MS
from app.domain.attention import Subscription, WatchedAccount, WatchedWebhook
from app.domain.times import day_of_ms
from app.models.access.workspace_queries import find_workspace
from app.models.engine.database import Queries
from app.models.tasks.claimable_task import claimable_tasks
from app.models.webhooks.webhook_queries import list_webhooks

# One look-up in each index for an account, never one for each task that waits.
_ACCOUNTS = f"""
SELECT account.id, account.name, account.status, (
    SELECT created FROM daily_counts
    WHERE daily_counts.linkedin_account_id = account.id AND day = $2
) AS created_today, (
    {claimable_tasks("updated_at", limit="1")}
) AS waiting_since, EXISTS (
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


async def watched_accounts(queries: Queries, workspace_id: str, now: int) -> list[WatchedAccount]:
    """Returns the workspace's connected accounts, oldest first."""
    rows = await queries.rows(
        _ACCOUNTS,
        workspace_id,
        day_of_ms(now),
        EVERY_ACCOUNT,
        now - SERVES_FOR_MS,
        now - ONLINE_MS,
    )
    return [
        WatchedAccount(
            id=row["id"],
            name=row["name"],
            status=row["status"],
            created_today=row["created_today"] or 0,
            waiting_since=row["waiting_since"],
            is_served=bool(row["is_served"]),
        )
        for row in rows
    ]
