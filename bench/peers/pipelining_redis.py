"""Redis as fast as Python asks it: one connection, requests written together, answers in order."""

import asyncio
from collections import deque
from typing import Any

import hiredis


class PipeliningRedis(asyncio.Protocol):
    """A connection on which many requests are under way at once."""

    def __init__(self) -> None:
        self._reader = hiredis.Reader()
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._unsent: list[bytes] = []
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def call(self, *words: str | bytes | int) -> "asyncio.Future[Any]":
        """Ask; requests of one turn of the loop go out in one write."""
        if not self._unsent:
            self._loop.call_soon(self._flush)
        self._unsent.append(hiredis.pack_command(words))
        answer = self._loop.create_future()
        self._waiting.append(answer)
        return answer

    def _flush(self) -> None:
        assert self._transport is not None
        self._transport.write(b"".join(self._unsent))
        self._unsent.clear()

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (found := self._reader.gets()) is not False:
            answer = self._waiting.popleft()
            if not answer.done():
                answer.set_result(found)
