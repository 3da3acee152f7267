"""Ends what stays open when its credentials end, or when the process does."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from typing import Any, Final, TypeVar

import structlog

from app.domain.access.caller import Caller
from app.domain.errors import NoActiveSubscription, Unauthenticated, Unavailable, ZenModeError
from app.http.auth.access_control import AccessControl
from app.http.auth.credentials import Credentials

# A credential that was read is trusted for four seconds; with this, its end is felt within five.
LOOK_AGAIN_SECONDS: Final = 0.5
NO_SUBSCRIPTION: Final = "no active subscription"
_log = structlog.get_logger(__name__)

_END: Final = object()

Item = TypeVar("Item")


class CredentialMonitor:
    """Knows the caller behind an open connection as it is now."""

    def __init__(
        self, access_control: AccessControl, credentials: Credentials, caller: Caller
    ) -> None:
        self.caller = caller
        self._access_control = access_control
        self._credentials = credentials

    async def until_over(self) -> ZenModeError:
        """Returns once the credentials or the subscription have ended, and says which."""
        # A revocation may come without any event to wait for: Redis may be away.
        while (reason := await self._reason()) is None:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return reason

    async def _reason(self) -> ZenModeError | None:
        try:
            caller = await self._access_control.authenticate(self._credentials)
        except Unauthenticated:
            return _revoked()
        except ZenModeError:
            # They cannot be looked up at the moment, and could not have been revoked either.
            return None
        except Exception:
            # Whether they are still good is unknown, possibly for long: they are not trusted.
            _log.exception("credentials could not be watched")
            return Unavailable("something went wrong on our side; come back")
        if caller is None:
            return _revoked()
        has_lapsed = self.caller.subscription_is_active and not caller.subscription_is_active
        self.caller = caller
        return NoActiveSubscription(NO_SUBSCRIPTION) if has_lapsed else None


async def until_revoked_or_closed(
    items: AsyncGenerator[Item, None],
    monitor: CredentialMonitor,
    closing: asyncio.Event,
    final_item: Callable[[ZenModeError], Item],
) -> AsyncGenerator[Item, None]:
    """Yields the items until the credentials have ended or `closing` is set.

    When the credentials have ended, `final_item` makes one more item of the reason.
    """
    over = asyncio.create_task(monitor.until_over())
    closed = asyncio.create_task(closing.wait())
    async with aclosing(items):
        try:
            while (item := await _next(items, over, closed)) is not _END:
                yield item  # type: ignore[misc]
            if over.done():
                yield final_item(over.result())
        finally:
            await _end(over)
            await _end(closed)


async def _next(items: AsyncGenerator[Item, None], *ends: "asyncio.Task[Any]") -> Item | object:
    async def following() -> Item | object:
        return await anext(items, _END)

    task = asyncio.create_task(following())
    try:
        await asyncio.wait((task, *ends), return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else _END
    finally:
        await _end(task)


def _revoked() -> Unauthenticated:
    return Unauthenticated("these credentials are no longer valid")


async def _end(task: "asyncio.Task[Any]") -> None:
    """Waits until what was started has ended; its outcome no longer matters."""
    task.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await task
