"""Argon2id, off the event loop, a few at once: each takes a core and tens of megabytes."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_AT_ONCE = 2


class Argon2Passwords:
    """Hashes and verifies with the parameters of RFC 9106's second recommendation."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._nobodys_hash = ""

    async def hash(self, password: str) -> str:
        """A salted hash to store."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether they belong together. Without a hash it takes as long, and is False."""
        if not self._nobodys_hash:
            # Whoever asks first waits for it, known or not: the wait tells nothing.
            self._nobodys_hash = await self.hash("nobody's")
        async with self._turns:
            matches = await asyncio.to_thread(
                self._matches, password_hash or self._nobodys_hash, password
            )
        return matches and password_hash is not None

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
