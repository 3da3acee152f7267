"""Named queries that find keys, agents and sessions by the hash of a token."""

from dataclasses import dataclass

from app.models.engine.database import Queries, Row


@dataclass(frozen=True, slots=True)
class Credential:
    """The credential of a token, and the subscription of its workspace."""

    id: str
    workspace_id: str
    user_id: str | None
    expires_at: int | None
    revoked_at: int | None
    last_used_at: int | None
    subscription_status: str
    subscription_ends_at: int | None

    def has_ended(self, now: int) -> bool:
        """Revoked, or past its end."""
        return self.revoked_at is not None or (
            self.expires_at is not None and self.expires_at <= now
        )


def _finder(table: str, *, user: str, expires: str, revoked: str, used: str) -> str:
    return f"""
    SELECT it.id, it.workspace_id, {user} AS user_id, {expires} AS expires_at,
           {revoked} AS revoked_at, {used} AS last_used_at,
           workspaces.subscription_status, workspaces.subscription_ends_at
    FROM {table} it JOIN workspaces ON workspaces.id = it.workspace_id
    WHERE it.token_hash = $1
    """


_API_KEY = _finder(
    "api_keys",
    user="CAST(NULL AS TEXT)",
    expires="it.expires_at",
    revoked="it.revoked_at",
    used="it.last_used_at",
)
_AGENT = _finder(
    "agents",
    user="CAST(NULL AS TEXT)",
    expires="CAST(NULL AS BIGINT)",
    revoked="it.revoked_at",
    used="it.last_seen_at",
)
_SESSION = _finder(
    "sessions",
    user="it.user_id",
    expires="it.expires_at",
    revoked="CAST(NULL AS BIGINT)",
    used="it.last_used_at",
)


async def find_api_key(queries: Queries, token_hash: str) -> Credential | None:
    """Returns the key with this token, or None."""
    return _credential(await queries.row(_API_KEY, token_hash))


async def find_agent(queries: Queries, token_hash: str) -> Credential | None:
    """Returns the agent with this token, or None."""
    return _credential(await queries.row(_AGENT, token_hash))


async def find_session(queries: Queries, token_hash: str) -> Credential | None:
    """Returns the session with this token, or None."""
    return _credential(await queries.row(_SESSION, token_hash))


async def note_key_used(queries: Queries, key_id: str, now: int) -> None:
    """Stores when a key was used."""
    await queries.change("UPDATE api_keys SET last_used_at = $2 WHERE id = $1", key_id, now)


async def note_session_used(queries: Queries, session_id: str, now: int) -> None:
    """Stores when a session was used."""
    await queries.change("UPDATE sessions SET last_used_at = $2 WHERE id = $1", session_id, now)


async def note_agent_used(queries: Queries, agent_id: str, now: int, version: str | None) -> None:
    """Stores when an agent sent a request, and the version that it sent."""
    await queries.change(
        "UPDATE agents SET last_seen_at = $2, version = COALESCE($3, version) WHERE id = $1",
        agent_id,
        now,
        version,
    )


def _credential(row: Row | None) -> Credential | None:
    if row is None:
        return None
    return Credential(
        id=row["id"],
        workspace_id=row["workspace_id"],
        user_id=row["user_id"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        last_used_at=row["last_used_at"],
        subscription_status=row["subscription_status"],
        subscription_ends_at=row["subscription_ends_at"],
    )
