"""What the caller's people should look at."""

from dataclasses import replace

from app.actions.outside import Outside
from app.domain.attention import AttentionItem, attention
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.subscription import NEVER_ENDING
from app.models.attention_queries import (
    watched_accounts,
    watched_subscription,
    watched_webhooks,
)


async def read_attention(outside: Outside, caller: Caller | None) -> list[AttentionItem]:
    """The items, the heaviest first, by three queries however much there is."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    workspace_id, now = known.workspace_id, outside.now()
    subscription = await watched_subscription(outside.database, workspace_id)
    if not outside.settings.checks_subscriptions:
        state = NEVER_ENDING
        subscription = replace(subscription, status=state.status, ends_at=state.ends_at)
    return attention(
        subscription,
        await outside.database.read(watched_webhooks(workspace_id)),
        await watched_accounts(outside.database, workspace_id, now),
        daily_task_limit=outside.settings.daily_task_limit,
        now=now,
    )
