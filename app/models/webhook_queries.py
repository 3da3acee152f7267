"""Named queries about webhooks."""

from app.models.engine.database import Queries


async def count_failing(queries: Queries) -> int:
    """How many webhooks that are on did not take what was sent to them last."""
    row = await queries.row(
        "SELECT count(*) AS failing FROM webhooks WHERE enabled AND failures_in_a_row > 0"
    )
    return 0 if row is None else int(row["failing"])
