"""Listening to `tasksAvailable` over `graphql-transport-ws`, for as long as the agent lives."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol

from app.agent.connection_words import connection_words
from app.agent.documents import HEAR_OF_TASKS
from app.agent.graphql_client import SubscriptionEnded, TokenRefused, endpoint, user_agent
from app.agent.response import failure_of
from app.agent.retrying import backoff, now

log = logging.getLogger("zenmode.agent")

PROTOCOL = Subprotocol("graphql-transport-ws")
_ANSWER_SECONDS = 10.0
_STEADY_SECONDS = 30.0
_CLOSED_FORBIDDEN = 4403
_CLOSED_ABNORMALLY = 1006
# The library writes whole frames to its debug log, the token among them.
_silent = logging.getLogger("zenmode.agent.frames")
_silent.setLevel(logging.WARNING)


class UnexpectedMessage(Exception):
    """The other side does not keep to the protocol, or ended the subscription."""


class WorkSubscription:
    """Rings for the accounts that the server says have work: of those named, or of all.

    The server rings at once after each subscribing if there is work, so nothing that happens
    while the connection is away is missed.
    """

    def __init__(
        self,
        url: str,
        token: str,
        account_ids: Sequence[str],
        ring: Callable[[list[str]], None],
    ) -> None:
        self._address = "ws" + endpoint(url).removeprefix("http")
        self._token = token
        self._account_ids = list(account_ids)
        self._ring = ring

    async def listen(self) -> None:
        """Listens until cancelled, connecting again with back-off.

        Raises TokenRefused or SubscriptionEnded when the other side says so, which over a
        WebSocket need not be the server: ask it.
        """
        waits = backoff()
        while True:
            began_at = now()
            reason = await self._listen_once()
            if now() - began_at > _STEADY_SECONDS:
                waits = backoff()
            seconds = next(waits)
            log.warning("live updates: %s; connecting again in %.1f s", reason, seconds)
            await asyncio.sleep(seconds)

    async def _listen_once(self) -> str:
        """Listens until the connection ends, and says why it did."""
        try:
            await self._talk()
        except ConnectionClosed as closed:
            return _why(closed)
        except UnexpectedMessage as error:
            return str(error)
        except (OSError, WebSocketException) as error:
            return connection_words(error, self._address)

    async def _talk(self) -> NoReturn:
        async with connect(
            self._address,
            subprotocols=[PROTOCOL],
            user_agent_header=user_agent(),
            open_timeout=_ANSWER_SECONDS,
            close_timeout=1,
            logger=_silent,
        ) as socket:
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self._sign_in(socket)
            variables = {"linkedinAccountIds": self._account_ids}
            wish = {"query": HEAR_OF_TASKS, "variables": variables}
            await _send(socket, {"id": "bell", "type": "subscribe", "payload": wish})
            log.info("live updates: connected")
            while True:
                self._hear(await _next(socket))

    async def _sign_in(self, socket: ClientConnection) -> None:
        payload = {"authorization": f"Bearer {self._token}"}
        await _send(socket, {"type": "connection_init", "payload": payload})
        while (message := await _next(socket))["type"] != "connection_ack":
            log.debug("live updates: %s before the acknowledgement", message["type"])

    def _hear(self, message: Mapping[str, Any]) -> None:
        match message:
            case {
                "type": "next",
                "payload": {"data": {"tasksAvailable": {"linkedinAccountIds": [*account_ids]}}},
            }:
                self._ring([one for one in account_ids if isinstance(one, str)])
            case {"type": "ping" | "pong"}:
                pass
            case {"type": "error", "payload": [error, *_]} | {
                "type": "next",
                "payload": {"errors": [error, *_]},
            }:
                raise _refusal(error)
            case _:
                raise UnexpectedMessage(f"the server sent {message['type']}")


async def _send(socket: ClientConnection, message: Mapping[str, object]) -> None:
    await socket.send(json.dumps(message))


async def _next(socket: ClientConnection) -> Mapping[str, Any]:
    """The next message, pings answered on the way."""
    try:
        message = json.loads(await socket.recv())
    except ValueError:
        raise UnexpectedMessage("the server sent something other than JSON") from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise UnexpectedMessage("the server sent something other than a message")
    if message["type"] == "ping":
        await _send(socket, {"type": "pong"})
    return message


def _refusal(error: object) -> Exception:
    failure = failure_of(error)
    if isinstance(failure, TokenRefused | SubscriptionEnded):
        return failure
    return UnexpectedMessage(str(failure) if failure else "the subscription was refused")


def _why(closed: ConnectionClosed) -> str:
    code = closed.rcvd.code if closed.rcvd else _CLOSED_ABNORMALLY
    words = closed.rcvd.reason if closed.rcvd else "the connection broke"
    if code == _CLOSED_FORBIDDEN:
        raise TokenRefused("UNAUTHENTICATED", words or "Forbidden")
    return f"closed with {code} {words}".rstrip()
