"""Deleting what is no longer needed, in batches small enough to hold up no other transaction."""

from app.domain.access.user import FAILURE_WINDOW_MS
from app.domain.times import MS_PER_DAY
from app.models.purge_queries import (
    fail_orphaned_deliveries,
    purge_deliveries,
    purge_idempotency_keys,
    purge_sessions,
    purge_sign_in_failures,
)
from app.services.services import Services

BATCH = 500


async def purge(services: Services) -> int:
    """Deletes one batch of each kind; returns how many rows, so 0 means that none is left."""
    now, database = services.now(), services.database
    await fail_orphaned_deliveries(database, now)
    retention = services.settings.retention_days * MS_PER_DAY
    deleted = await purge_deliveries(database, now - retention, BATCH)
    deleted += await purge_idempotency_keys(database, now, BATCH)
    deleted += await purge_sessions(database, now, BATCH)
    deleted += await purge_sign_in_failures(database, now - FAILURE_WINDOW_MS, BATCH)
    return deleted
