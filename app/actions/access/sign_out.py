"""Signing out; the session ends at once."""

from app.domain.access.caller import PEOPLE, Caller, require_known
from app.models.access.session_queries import delete_session
from app.services.services import Services


async def sign_out(services: Services, caller: Caller | None) -> None:
    """Ends the caller's session, everywhere."""
    known = require_known(caller, PEOPLE)
    await delete_session(services.database, known.credential_id)
    services.credential_cache.forget(known.credential_id)
    services.events.credential_changed(known.credential_id)
