"""How the latest deliveries of a webhook fared."""

from collections import Counter

from app.models.database import Queries

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
