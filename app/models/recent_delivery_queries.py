"""The deliveries that were made or have changed last."""

from collections import Counter

from tortoise.expressions import Q

from app.models.change import ChangePlace
from app.models.engine.database import Database, Queries
from app.models.tables.webhook import Delivery

# The newest thousand tell enough, and are as fast to count for whoever has a million.
_RECENT = """
SELECT status, count(*) AS count FROM (
    SELECT status, created_at FROM deliveries WHERE webhook_id = $1 ORDER BY seq DESC LIMIT 1000
) latest WHERE created_at >= $2 GROUP BY status
"""


async def count_recent_deliveries(queries: Queries, webhook_id: int, since: int) -> Counter[str]:
    """By status, of the latest thousand deliveries those made since a time."""
    rows = await queries.rows(_RECENT, webhook_id, since)
    return Counter({row["status"]: row["count"] for row in rows})


async def deliveries_changed_after(
    database: Database, workspace_id: str, place: ChangePlace, limit: int
) -> list[Delivery]:
    """The deliveries that changed after a place, in the order of their change."""
    is_after = Q(updated_at__gt=place.changed_at) | Q(seq__gt=place.seq)
    found = Delivery.filter(
        is_after, workspace_id=workspace_id, updated_at__gte=place.changed_at
    ).order_by("updated_at", "seq")
    return await database.read(found.limit(limit))
