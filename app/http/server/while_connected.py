"""Work that is given up when its caller hangs up."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from starlette.types import Receive, Scope

from app.domain.errors import Unavailable
from app.gateways.background import end

_NEEDS_CLIENT: Final = "needs_client"
_HAS_ENDED: Final = "client_has_ended"

Result = TypeVar("Result")


def ends_with_client(scope: Any) -> bool:
    """For the server, when a client has said all: whether that is the end of its request.

    A client that has gone looks at first like one that waits for an answer and says no more. Work
    that others queue for is given up for either.
    """
    state = scope.setdefault("state", {})
    state[_HAS_ENDED] = True
    return bool(state.get(_NEEDS_CLIENT))


async def while_connected(
    work: Coroutine[Any, Any, Result], scope: Scope, receive: Receive
) -> Result:
    """What the work gives; it is cancelled when the caller hangs up.

    `receive` has given the whole body already. Raises Unavailable, which no one reads, when the
    caller has gone.
    """
    state = scope.setdefault("state", {})
    state[_NEEDS_CLIENT] = True
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_until_gone(receive))
    try:
        if not state.get(_HAS_ENDED):
            await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise Unavailable("the caller has gone")
    finally:
        await end(leaving)
        await end(working)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
