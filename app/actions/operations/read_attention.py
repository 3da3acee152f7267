"""What needs the attention of the workspace's people."""

from dataclasses import replace

from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.access.subscription import NEVER_ENDING
from app.domain.attention import AttentionItem, attention
from app.models.attention_queries import (
    watched_accounts,
    watched_subscription,
    watched_webhooks,
)
from app.services.services import Services


async def read_attention(services: Services, caller: Caller | None) -> list[AttentionItem]:
    """Returns the items, most severe first, with three queries."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    workspace_id, now = known.workspace_id, services.now()
    subscription = await watched_subscription(services.database, workspace_id)
    if not services.settings.checks_subscriptions:
        state = NEVER_ENDING
        subscription = replace(subscription, status=state.status, ends_at=state.ends_at)
    return attention(
        subscription,
        await watched_webhooks(services.database, workspace_id),
        await watched_accounts(
            services.database, workspace_id, now, is_pacing_on=services.settings.paces_accounts
        ),
        daily_task_limit=services.settings.daily_task_limit,
        now=now,
    )
