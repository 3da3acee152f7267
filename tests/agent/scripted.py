"""A server that answers as it is sent to, for what the real one cannot be brought to say."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve

Scene = Callable[[ServerConnection], Any]


@dataclass
class ScriptedHttp:
    """Answers each operation with what `answers` holds for its name, in turn; the last one stays.

    An answer is (status, headers, body); None cuts the connection.
    """

    url: str = ""
    answers: dict[str, list[tuple[int, Mapping[str, str], bytes] | None]] = field(
        default_factory=lambda: defaultdict(list)
    )
    requests: list[tuple[Mapping[str, str], dict[str, Any]]] = field(default_factory=list)

    def variables_of(self, operation: str) -> list[dict[str, Any]]:
        return [body["variables"] for _, body in self.requests if operation in body["query"]]

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection; a WebSocket is not to be had here."""
        headers, body = await _read(reader)
        if "upgrade" in headers:
            writer.write(_written(404, {}, b""))
            return
        self.requests.append((headers, body))
        answer = self._answer_to(body["query"])
        if answer is not None:
            writer.write(_written(*answer))
            await writer.drain()

    def _answer_to(self, query: str) -> tuple[int, Mapping[str, str], bytes] | None:
        operation = query.split()[1].partition("(")[0]
        answers = self.answers[operation]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def data(**fields: object) -> tuple[int, Mapping[str, str], bytes]:
    return 200, {}, json.dumps({"data": fields}).encode()


def error(
    code: str, status: int = 200, **extensions: object
) -> tuple[int, Mapping[str, str], bytes]:
    sent = {"message": "a sentence", "extensions": {"code": code, **extensions}}
    return status, {}, json.dumps({"data": None, "errors": [sent]}).encode()


@asynccontextmanager
async def scripted_http() -> AsyncIterator[ScriptedHttp]:
    script = ScriptedHttp()
    async with listening(script.converse) as port:
        script.url = f"http://127.0.0.1:{port}"
        yield script


@asynccontextmanager
async def listening(
    converse: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[int]:
    """Has each connection to the port that it yields served, and leaves none behind."""
    serving: set[asyncio.Task[None] | None] = set()

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        try:
            await converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side has gone, as it may
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in filter(None, serving):
            task.cancel()
        await asyncio.gather(*filter(None, serving), return_exceptions=True)


@asynccontextmanager
async def scripted_socket(*scenes: Scene) -> AsyncIterator[str]:
    """Plays one scene for each connection, the last one for all that come after; yields its URL."""
    waiting = list(scenes)

    async def play(socket: ServerConnection) -> None:
        scene = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        await scene(socket)

    server: Server = await serve(play, "127.0.0.1", 0, subprotocols=["graphql-transport-ws"])
    try:
        yield f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


async def _read(reader: asyncio.StreamReader) -> tuple[Mapping[str, str], dict[str, Any]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = head.strip().split("\r\n")[1:]
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return headers, json.loads(body or "{}")


def _written(status: int, headers: Mapping[str, str], body: bytes) -> bytes:
    fields = {"Content-Length": str(len(body)), "Connection": "close", **headers}
    lines = [f"HTTP/1.1 {status} Scripted", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
