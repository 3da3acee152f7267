"""The caller that a token or a session cookie belongs to.

A credential is cached for at most four seconds, so that a revocation takes effect everywhere within
five, even without Redis, which only makes it faster.
"""

from app.domain.access.api_key import LAST_USED_EVERY_MS
from app.domain.access.caller import Caller, CallerKind
from app.domain.access.subscription import is_active
from app.domain.access.tokens import API_KEY_PREFIX, hash_of, prefix_of
from app.domain.access.user import SESSION_IDLE_MS
from app.domain.errors import Unauthenticated
from app.domain.times import MS_PER_MINUTE
from app.models.access.credential_queries import (
    Credential,
    find_agent,
    find_api_key,
    find_session,
    note_agent_used,
    note_key_used,
    note_session_used,
)
from app.services.services import Services

_SEND_A_TOKEN = "send a valid token as Authorization: Bearer zm_… (an agent's: zma_…)"
_USED_EVERY_MS = MS_PER_MINUTE


async def authenticate(
    services: Services,
    *,
    bearer: str | None = None,
    session_token: str | None = None,
    version: str | None = None,
) -> Caller | None:
    """Returns the caller of a Bearer token, or else of a session cookie, or None.

    An invalid token raises Unauthenticated; a session that has ended returns None. `version` is the
    version that an agent's program sends.
    """
    if bearer is not None:
        return await _by_token(services, bearer, version)
    if session_token is not None:
        return await _by_session(services, session_token)
    return None


async def _by_token(services: Services, token: str, version: str | None) -> Caller:
    prefix = prefix_of(token)
    if prefix is None:
        raise Unauthenticated(_SEND_A_TOKEN)
    kind = CallerKind.API_KEY if prefix == API_KEY_PREFIX else CallerKind.AGENT
    credential = await _credential(services, kind, hash_of(token))
    now = services.now()
    if credential is None or credential.has_ended(now):
        raise Unauthenticated("this token is not valid, or no longer")
    await _note_use(services, kind, credential, now, version)
    return _caller(services, kind, credential, now)


async def _by_session(services: Services, token: str) -> Caller | None:
    credential = await _credential(services, CallerKind.SESSION, hash_of(token))
    now = services.now()
    if credential is None or credential.has_ended(now):
        return None
    if credential.last_used_at is not None and now - credential.last_used_at > SESSION_IDLE_MS:
        return None
    await _note_use(services, CallerKind.SESSION, credential, now, None)
    return _caller(services, CallerKind.SESSION, credential, now)


async def _credential(services: Services, kind: CallerKind, token_hash: str) -> Credential | None:
    now = services.now()
    cached = services.credential_cache.get(token_hash, now)
    if cached is not None:
        return cached
    finders = {
        CallerKind.API_KEY: find_api_key,
        CallerKind.AGENT: find_agent,
        CallerKind.SESSION: find_session,
    }
    credential = await finders[kind](services.database, token_hash)
    if credential is not None:
        services.credential_cache.put(token_hash, credential, now)
    return credential


async def _note_use(
    services: Services, kind: CallerKind, credential: Credential, now: int, version: str | None
) -> None:
    every = LAST_USED_EVERY_MS if kind is CallerKind.AGENT else _USED_EVERY_MS
    if not services.last_used.is_due(credential.id, now, every):
        return
    match kind:
        case CallerKind.API_KEY:
            await note_key_used(services.database, credential.id, now)
        case CallerKind.AGENT:
            await note_agent_used(services.database, credential.id, now, version)
        case CallerKind.SESSION:
            await note_session_used(services.database, credential.id, now)


def _caller(services: Services, kind: CallerKind, credential: Credential, now: int) -> Caller:
    return Caller(
        kind=kind,
        workspace_id=credential.workspace_id,
        credential_id=credential.id,
        user_id=credential.user_id,
        subscription_is_active=not services.settings.checks_subscriptions
        or is_active(credential.subscription_status, credential.subscription_ends_at, now),
    )
