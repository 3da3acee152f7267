"""A key stops working, everywhere within five seconds."""

from app.actions.outside import Outside
from app.domain.caller import PEOPLE, Caller, require_known
from app.domain.errors import NotFound
from app.domain.ids import can_be_an_id
from app.models.credential import ApiKey


async def revoke_api_key(outside: Outside, caller: Caller | None, key_id: str) -> ApiKey:
    """The revoked key; one that was revoked before stays as it is. Raises NotFound."""
    known = require_known(caller, PEOPLE)
    found = ApiKey.filter(id=key_id, workspace_id=known.workspace_id)
    if not can_be_an_id(key_id) or not await found.exists():
        raise NotFound("there is no such key")
    await found.filter(revoked_at=None).update(revoked_at=outside.now())
    outside.trusted.forget(key_id)
    outside.events.credential_changed(key_id)
    return await found.get()
