"""Secrets that must be readable again, encrypted at rest."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.webhooks.webhook_signature import UnreadableSecretError

_MOST_OPENED = 1_000
_PURPOSE = b"zenmode webhook secrets v1"


class SealedBox:
    """Fernet (AES-128-CBC with HMAC-SHA256) under keys derived from ZENMODE_SECRET_KEY.

    The first key seals, all of them open: a new key goes to the front, and old ones stay in the
    list until nothing is sealed with them any more.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(_derived(key)) for key in keys])
        # A webhook's secret is used at every delivery; a reader of this process's memory
        # has the key to all of them besides.
        self._opened = lru_cache(maxsize=_MOST_OPENED)(self._decrypt)

    def seal(self, secret: str) -> str:
        """Text to store."""
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises UnreadableSecretError."""
        return self._opened(sealed)

    def _decrypt(self, sealed: str) -> str:
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise UnreadableSecretError(
                "sealed with a key that is not in ZENMODE_SECRET_KEY"
            ) from error


def _derived(key: str) -> bytes:
    """HKDF (RFC 5869): a key for this purpose alone."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
