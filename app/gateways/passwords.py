"""Argon2id, off the event loop, a few at once: each takes a core and tens of megabytes."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.errors import Unavailable

_AT_ONCE: Final = 2
# Sixteen wait for about two seconds; no one should wait much longer to sign in.
MOST_WAITING: Final = 16
_RETRY_SECONDS: Final = 5

Result = TypeVar("Result")


class Argon2Passwords:
    """Hashes and verifies with the parameters of RFC 9106's second recommendation.

    Two are worked on, `most_waiting` wait, the next is refused with Unavailable.
    """

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._hasher = PasswordHasher()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._most_waiting = most_waiting
        self._dummy_hash = ""
        self.waiting = 0

    async def hash(self, password: str) -> str:
        """A salted hash to store. Raises Unavailable."""
        return await self._in_turn(lambda: self._hasher.hash(password))

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether they belong together. Without a hash it takes as long, and is False.

        Raises Unavailable.
        """
        matches = await self._in_turn(lambda: self._matches(password_hash, password))
        return matches and password_hash is not None

    async def _in_turn(self, work: Callable[[], Result]) -> Result:
        if self._places.locked() and self.waiting >= self._most_waiting:
            raise Unavailable(
                "too many passwords are being checked at the moment; try again",
                retry_after=_RETRY_SECONDS,
            )
        self.waiting += 1
        try:
            await self._places.acquire()
        finally:
            self.waiting -= 1
        # A caller that stops waiting for the result does not stop the thread: its place is free
        # when the work is over, and not before.
        running = asyncio.get_running_loop().run_in_executor(None, work)
        running.add_done_callback(self._give_back)
        return await asyncio.shield(running)

    def _give_back(self, done: "asyncio.Future[Result]") -> None:
        self._places.release()
        if not done.cancelled():
            done.exception()

    def _matches(self, password_hash: str | None, password: str) -> bool:
        if not self._dummy_hash:
            # The first caller waits for it, known or not: the wait reveals nothing.
            self._dummy_hash = self._hasher.hash("dummy")
        try:
            return self._hasher.verify(password_hash or self._dummy_hash, password)
        except (VerificationError, InvalidHashError):
            return False
