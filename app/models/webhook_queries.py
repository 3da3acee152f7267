"""Named queries about webhooks."""

import json

from app.domain.webhooks.webhook import WebhookEvent
from app.models.engine.database import Queries

_ENABLED = "SELECT id, events FROM webhooks WHERE workspace_id = $1 AND enabled ORDER BY id"
_FAILING = "SELECT count(*) AS failing FROM webhooks WHERE enabled AND failures_in_a_row > 0"


async def webhooks_listening_to(
    queries: Queries, workspace_id: str, event: WebhookEvent
) -> list[int]:
    """Returns the ids of the workspace's enabled webhooks that listen to the event."""
    rows = await queries.rows(_ENABLED, workspace_id)
    return [row["id"] for row in rows if event.value in json.loads(row["events"])]


async def count_failing(queries: Queries) -> int:
    """Returns how many enabled webhooks failed at their last attempt."""
    row = await queries.row(_FAILING)
    return 0 if row is None else int(row["failing"])
