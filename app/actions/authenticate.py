"""Who is behind a token or a session cookie.

What was read is trusted for at most four seconds, so that a revocation is felt everywhere within
five even when Redis, which only makes it faster, is away.
"""

from app.actions.outside import Outside
from app.domain.caller import Caller, CallerKind
from app.domain.credential import HEARD_EVERY_MS
from app.domain.errors import Unauthenticated
from app.domain.person import SESSION_IDLE_MS
from app.domain.subscription import is_active
from app.domain.times import MS_PER_MINUTE
from app.domain.tokens import API_KEY_PREFIX, hash_of, prefix_of
from app.models.credential_queries import (
    Credential,
    find_agent,
    find_api_key,
    find_session,
    note_agent_heard,
    note_key_used,
    note_session_used,
)

_SEND_A_TOKEN = "send a valid token as Authorization: Bearer zm_… (an agent's: zma_…)"
_USED_EVERY_MS = MS_PER_MINUTE


async def authenticate(
    outside: Outside,
    *,
    bearer: str | None = None,
    session_token: str | None = None,
    version: str | None = None,
) -> Caller | None:
    """The caller behind a Bearer token, or else a session cookie, or None for a stranger.

    A bad token raises Unauthenticated; a session that has ended is a stranger's. `version` is what
    an agent's program says of itself.
    """
    if bearer is not None:
        return await _by_token(outside, bearer, version)
    if session_token is not None:
        return await _by_session(outside, session_token)
    return None


async def _by_token(outside: Outside, token: str, version: str | None) -> Caller:
    prefix = prefix_of(token)
    if prefix is None:
        raise Unauthenticated(_SEND_A_TOKEN)
    kind = CallerKind.API_KEY if prefix == API_KEY_PREFIX else CallerKind.AGENT
    credential = await _credential(outside, kind, hash_of(token))
    now = outside.now()
    if credential is None or credential.is_dead(now):
        raise Unauthenticated("this token is not valid, or no longer")
    await _note_use(outside, kind, credential, now, version)
    return _caller(outside, kind, credential, now)


async def _by_session(outside: Outside, token: str) -> Caller | None:
    credential = await _credential(outside, CallerKind.SESSION, hash_of(token))
    now = outside.now()
    if credential is None or credential.is_dead(now):
        return None
    if credential.last_used_at is not None and now - credential.last_used_at > SESSION_IDLE_MS:
        return None
    await _note_use(outside, CallerKind.SESSION, credential, now, None)
    return _caller(outside, CallerKind.SESSION, credential, now)


async def _credential(outside: Outside, kind: CallerKind, token_hash: str) -> Credential | None:
    now = outside.now()
    trusted = outside.trusted.get(token_hash, now)
    if trusted is not None:
        return trusted
    finders = {
        CallerKind.API_KEY: find_api_key,
        CallerKind.AGENT: find_agent,
        CallerKind.SESSION: find_session,
    }
    credential = await finders[kind](outside.database, token_hash)
    if credential is not None:
        outside.trusted.put(token_hash, credential, now)
    return credential


async def _note_use(
    outside: Outside, kind: CallerKind, credential: Credential, now: int, version: str | None
) -> None:
    every = HEARD_EVERY_MS if kind is CallerKind.AGENT else _USED_EVERY_MS
    if not outside.heard.is_due(credential.id, now, every):
        return
    match kind:
        case CallerKind.API_KEY:
            await note_key_used(outside.database, credential.id, now)
        case CallerKind.AGENT:
            await note_agent_heard(outside.database, credential.id, now, version)
        case CallerKind.SESSION:
            await note_session_used(outside.database, credential.id, now)


def _caller(outside: Outside, kind: CallerKind, credential: Credential, now: int) -> Caller:
    return Caller(
        kind=kind,
        workspace_id=credential.workspace_id,
        credential_id=credential.id,
        user_id=credential.user_id,
        subscription_is_active=not outside.settings.checks_subscriptions
        or is_active(credential.subscription_status, credential.subscription_ends_at, now),
    )
