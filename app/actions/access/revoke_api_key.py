"""Revoking an API key, everywhere within five seconds."""

from app.domain.access.caller import PEOPLE, Caller, require_known
from app.domain.errors import NotFound
from app.domain.ids import is_valid_id
from app.models.access.api_key_queries import revoke_api_key_row
from app.models.engine.database import Queries
from app.models.tables.credential import ApiKey
from app.services.services import Services


async def revoke_api_key(services: Services, caller: Caller | None, key_id: str) -> ApiKey:
    """Returns the revoked key; one that was revoked before does not change. Raises NotFound."""
    known = require_known(caller, PEOPLE)
    revoked = None
    if is_valid_id(key_id):

        async def unit(queries: Queries) -> ApiKey | None:
            return await revoke_api_key_row(queries, known.workspace_id, key_id, services.now())

        revoked = await services.database.transaction(unit)
    if revoked is None:
        raise NotFound("there is no such key")
    services.credential_cache.forget(revoked.id)
    services.events.credential_changed(revoked.id)
    return revoked
