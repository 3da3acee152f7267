"""A cache of credentials, so that not every request reads them from the database."""

from collections import OrderedDict
from dataclasses import dataclass

from app.domain.access.api_key import CREDENTIAL_CACHE_TTL_MS
from app.models.access.credential_queries import Credential

_CACHE_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class _Entry:
    credential: Credential
    read_at: int


class CredentialCache:
    """The credentials that this process has read in the last few seconds."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._hashes: dict[str, str] = {}

    def get(self, token_hash: str, now: int) -> Credential | None:
        """Returns a credential that was read within the last four seconds, or None."""
        entry = self._entries.get(token_hash)
        if entry is None or not 0 <= now - entry.read_at < CREDENTIAL_CACHE_TTL_MS:
            return None
        return entry.credential

    def put(self, token_hash: str, credential: Credential, now: int) -> None:
        """Caches a credential that was just read."""
        self._entries[token_hash] = _Entry(credential, now)
        self._entries.move_to_end(token_hash)
        self._hashes[credential.id] = token_hash
        if len(self._entries) > _CACHE_SIZE:
            _, oldest = self._entries.popitem(last=False)
            self._hashes.pop(oldest.credential.id, None)

    def forget(self, credential_id: str) -> None:
        """Drops a credential, or by the id of a workspace all of its credentials."""
        token_hash = self._hashes.pop(credential_id, None)
        if token_hash is not None:
            self._entries.pop(token_hash, None)
            return
        for known_hash, entry in list(self._entries.items()):
            if entry.credential.workspace_id == credential_id:
                del self._entries[known_hash]
