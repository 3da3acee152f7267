"""A person leaves; the session is dead at once."""

from app.actions.outside import Outside
from app.domain.caller import PEOPLE, Caller, require_known


async def sign_out(outside: Outside, caller: Caller | None) -> None:
    """End the caller's session, everywhere it is open."""
    known = require_known(caller, PEOPLE)
    await outside.database.change("DELETE FROM sessions WHERE id = $1", known.credential_id)
    outside.trusted.forget(known.credential_id)
    outside.events.credential_changed(known.credential_id)
