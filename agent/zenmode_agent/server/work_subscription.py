"""The subscription `tasksAvailable` over `graphql-transport-ws`, while the agent runs."""

import asyncio
import json
import logging
import ssl
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol

from zenmode_agent.errors import SubscriptionEnded, TokenRefused
from zenmode_agent.server.connection_errors import connection_error
from zenmode_agent.server.documents import TASKS_AVAILABLE
from zenmode_agent.server.graphql_client import user_agent
from zenmode_agent.server.response import failure_of
from zenmode_agent.server.retrying import backoff, now
from zenmode_agent.server.server_url import endpoint

log = logging.getLogger("zenmode.agent")

PROTOCOL = Subprotocol("graphql-transport-ws")
_RESPONSE_SECONDS = 10.0
_STEADY_SECONDS = 30.0
_CLOSED_FORBIDDEN = 4403
_CLOSED_ABNORMALLY = 1006
# The library writes whole frames to its debug log, and so the token.
_silent = logging.getLogger("zenmode.agent.frames")
_silent.setLevel(logging.WARNING)


class UnexpectedMessage(Exception):
    """The server violated the protocol, or ended the subscription."""


class WorkSubscription:
    """Calls `wake` with the accounts that have tasks: of those named, or of all.

    The server sends them at once after each subscribing, so nothing that happens while there is no
    connection is missed.
    """

    def __init__(
        self,
        url: str,
        token: str,
        account_ids: Sequence[str],
        wake: Callable[[list[str]], None],
    ) -> None:
        self._url = "ws" + endpoint(url).removeprefix("http")
        self._token = token
        self._account_ids = list(account_ids)
        self._wake = wake

    async def listen(self) -> None:
        """Listens until cancelled, and reconnects with back-off.

        Raises TokenRefused or SubscriptionEnded when the connection is closed so. A proxy can do
        that too: ask the server.
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
        """Listens until the connection ends, and returns the reason."""
        try:
            await self._subscribe()
        except ConnectionClosed as closed:
            return _reason(closed)
        except UnexpectedMessage as error:
            return str(error)
        except (OSError, WebSocketException) as error:
            return connection_error(error, self._url)

    async def _subscribe(self) -> NoReturn:
        async with connect(
            self._url,
            ssl=_ssl_context(self._url),
            subprotocols=[PROTOCOL],
            user_agent_header=user_agent(),
            open_timeout=_RESPONSE_SECONDS,
            close_timeout=1,
            logger=_silent,
        ) as socket:
            async with asyncio.timeout(_RESPONSE_SECONDS):
                await self._sign_in(socket)
            variables = {"linkedinAccountIds": self._account_ids}
            payload = {"query": TASKS_AVAILABLE, "variables": variables}
            await _send(socket, {"id": "tasks", "type": "subscribe", "payload": payload})
            log.info("live updates: connected")
            while True:
                self._receive(await _next(socket))

    async def _sign_in(self, socket: ClientConnection) -> None:
        payload = {"authorization": f"Bearer {self._token}"}
        await _send(socket, {"type": "connection_init", "payload": payload})
        while (message := await _next(socket))["type"] != "connection_ack":
            log.debug("live updates: %s before the acknowledgement", message["type"])

    def _receive(self, message: Mapping[str, Any]) -> None:
        match message:
            case {
                "type": "next",
                "payload": {"data": {"tasksAvailable": {"linkedinAccountIds": [*account_ids]}}},
            }:
                self._wake([one for one in account_ids if isinstance(one, str)])
            case {"type": "ping" | "pong"}:
                pass
            case {"type": "error", "payload": [error, *_]} | {
                "type": "next",
                "payload": {"errors": [error, *_]},
            }:
                raise _refusal(error)
            case _:
                raise UnexpectedMessage(f"the server sent {message['type']}")


def _ssl_context(url: str) -> ssl.SSLContext | None:
    """The certificates that HTTP requests trust, so that both connections work or neither."""
    return httpx.create_ssl_context() if url.startswith("wss:") else None


async def _send(socket: ClientConnection, message: Mapping[str, object]) -> None:
    await socket.send(json.dumps(message))


async def _next(socket: ClientConnection) -> Mapping[str, Any]:
    """The next message; a ping is answered."""
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


def _reason(closed: ConnectionClosed) -> str:
    code = closed.rcvd.code if closed.rcvd else _CLOSED_ABNORMALLY
    reason = closed.rcvd.reason if closed.rcvd else "the connection broke"
    if code == _CLOSED_FORBIDDEN:
        raise TokenRefused("UNAUTHENTICATED", reason or "Forbidden")
    return f"closed with {code} {reason}".rstrip()
