"""Whether the database and Redis answer."""

from dataclasses import dataclass

from app.domain.errors import Unavailable
from app.models.engine.migrate import missing_migrations
from app.models.health_queries import ping
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class Health:
    """The problem of each part, in words; None if it has none."""

    database: str | None
    migrations: str | None
    redis: str | None

    @property
    def is_ready(self) -> bool:
        """Requests can be answered; without Redis too, only live updates wait for it."""
        return self.database is None and self.migrations is None


async def read_health(services: Services) -> Health:
    """Returns the health of the database, its migrations, and Redis."""
    redis = None if services.events.is_connected else "away; live updates wait"
    try:
        await ping(services.database)
        missing = await missing_migrations(services.settings.database)
    except Unavailable as error:
        return Health(error.message, "unknown", redis)
    migrations = f"missing: {', '.join(missing)}; run zenmode migrate" if missing else None
    return Health(None, migrations, redis)
