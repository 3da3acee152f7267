"""Credentials that this process has just read, so that not every request reads them again."""

from collections import OrderedDict
from dataclasses import dataclass

from app.domain.access.api_key import CREDENTIAL_CACHE_TTL_MS
from app.models.access.credential_queries import Credential

_CACHE_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class _Seen:
    credential: Credential
    read_at: int


class CredentialCache:
    """What this process read of credentials a moment ago."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        self._hashes: dict[str, str] = {}

    def get(self, token_hash: str, now: int) -> Credential | None:
        """A credential that was read within the last four seconds."""
        seen = self._seen.get(token_hash)
        if seen is None or not 0 <= now - seen.read_at < CREDENTIAL_CACHE_TTL_MS:
            return None
        return seen.credential

    def put(self, token_hash: str, credential: Credential, now: int) -> None:
        """Trust a credential from now on."""
        self._seen[token_hash] = _Seen(credential, now)
        self._seen.move_to_end(token_hash)
        self._hashes[credential.id] = token_hash
        if len(self._seen) > _CACHE_SIZE:
            _, oldest = self._seen.popitem(last=False)
            self._hashes.pop(oldest.credential.id, None)

    def forget(self, credential_id: str) -> None:
        """Read a credential again the next time; the id of a workspace forgets everything of it."""
        token_hash = self._hashes.pop(credential_id, None)
        if token_hash is not None:
            self._seen.pop(token_hash, None)
            return
        for known_hash, seen in list(self._seen.items()):
            if seen.credential.workspace_id == credential_id:
                del self._seen[known_hash]
