"""Watching over what stays open: it ends when its credentials do, or when the process does."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from typing import Any, Final, TypeVar

from app.domain.caller import Caller
from app.domain.errors import Unauthenticated, ZenModeError
from app.http.credentials import Credentials
from app.http.gate import Gate

# A credential that was read is trusted for four seconds; with this, its end is felt within five.
LOOK_AGAIN_SECONDS: Final = 0.5

_END: Final = object()

Item = TypeVar("Item")


class Vigil:
    """Knows the caller behind an open connection as it is now."""

    def __init__(self, gate: Gate, credentials: Credentials, caller: Caller) -> None:
        self.caller = caller
        self._gate = gate
        self._credentials = credentials

    async def until_revoked(self) -> None:
        """Comes back when the credentials are no longer good, or the subscription has ended."""
        # A revocation may come without any event to wait for: Redis may be away.
        while await self._is_still_good():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _is_still_good(self) -> bool:
        try:
            caller = await self._gate.admit(self._credentials)
        except Unauthenticated:
            return False
        except ZenModeError:
            # Nobody can tell at the moment, and nobody could have revoked anything.
            return True
        if caller is None:
            return False
        has_lapsed = self.caller.subscription_is_active and not caller.subscription_is_active
        self.caller = caller
        return not has_lapsed


async def ending_with(
    items: AsyncGenerator[Item, None],
    vigil: Vigil,
    closing: asyncio.Event,
    last_words: Callable[[], Item],
) -> AsyncGenerator[Item, None]:
    """The items, until the credentials are revoked, which `last_words` tell, or we close."""
    revoked = asyncio.create_task(vigil.until_revoked())
    closed = asyncio.create_task(closing.wait())
    async with aclosing(items):
        try:
            while (item := await _next(items, revoked, closed)) is not _END:
                yield item  # type: ignore[misc]
            if revoked.done():
                yield last_words()
        finally:
            await _end(revoked)
            await _end(closed)


async def _next(
    items: AsyncGenerator[Item, None], *ends: "asyncio.Task[None] | asyncio.Task[bool]"
) -> Item | object:
    async def following() -> Item | object:
        return await anext(items, _END)

    task = asyncio.create_task(following())
    try:
        await asyncio.wait((task, *ends), return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else _END
    finally:
        await _end(task)


async def _end(task: "asyncio.Task[Any]") -> None:
    """What was begun is over before anybody goes on; its outcome no longer matters."""
    task.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await task
