"""Whether the database answers."""

from app.models.engine.database import Queries


async def ping(queries: Queries) -> None:
    """Raises Unavailable if the database does not answer."""
    await queries.row("SELECT 1 AS one")
