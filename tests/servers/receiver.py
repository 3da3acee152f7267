"""A real HTTPS server for webhooks, that keeps every request and misbehaves as it is told to."""

import asyncio
import ssl
import struct
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET

import trustme

from tests.waiting import until

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class ReceivedRequest:
    """One request as it came: `body` the very bytes, header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    received_at: float  # seconds since the epoch


def reply(
    status: int = 200,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    after_seconds: float = 0,
) -> Answer:
    """An ordinary answer."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(after_seconds)
        fields = {"Content-Length": str(len(body)), "Connection": "close", **(headers or {})}
        writer.write(_head(status, fields) + body)
        await writer.drain()

    return answer


def hang() -> Answer:
    """Takes the request and says nothing, until the other side goes."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await writer.wait_closed()

    return answer


def drip(byte: bytes = b".", every_seconds: float = 0.05, status: int = 200) -> Answer:
    """Begins an answer at once and adds a byte now and then, without end."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(_head(status, {"Connection": "close"}))
        while True:
            writer.write(byte)
            await writer.drain()
            await asyncio.sleep(every_seconds)

    return answer


def drip_head(every_seconds: float = 0.05) -> Answer:
    """Adds a byte to a header now and then, so that the head never ends."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(every_seconds)

    return answer


def endless_informational(every_seconds: float = 0.05) -> Answer:
    """Answers 103 again and again, and never anything final."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            await writer.drain()
            await asyncio.sleep(every_seconds)

    return answer


def reset() -> Answer:
    """Takes the request and tears the connection down."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        # A linger of 0 seconds makes the kernel send RST in place of an orderly end.
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, linger)
        writer.transport.abort()

    return answer


class Receiver:
    """Listening on 127.0.0.1 once made, in a thread of its own. Answers 200 unless told otherwise.

    Its certificate is for 127.0.0.1 and localhost, signed by the authority in `ca_bundle`,
    and runs out at `not_after`, if that is given.
    """

    def __init__(self, not_after: datetime | None = None) -> None:
        self.requests: list[ReceivedRequest] = []
        self._answers: dict[str, list[Answer]] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="zenmode-receiver-")
        self.ca_bundle = Path(self._folder.name) / "ca.pem"
        self._tls = self._make_certificate(not_after)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._call(
            asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls, limit=1 << 20)
        )
        self.port: int = self._server.sockets[0].getsockname()[1]

    def url(self, path: str = "/") -> str:
        return f"https://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, *answers: Answer) -> None:
        """Requests to `path` get these answers in turn; the last one then stays."""
        self._answers[path] = list(answers)

    def received_at(self, path: str) -> list[ReceivedRequest]:
        return [request for request in self.requests if request.path == path]

    async def wait_for(self, count: int, within_seconds: float = 5) -> list[ReceivedRequest]:
        """All requests so far, once there are at least `count`."""
        await until(lambda: len(self.requests) >= count, within_seconds)
        return list(self.requests)

    def clear(self) -> None:
        """Forgets requests and answers."""
        self.requests.clear()
        self._answers.clear()

    def close(self) -> None:
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._folder.cleanup()

    def _make_certificate(self, not_after: datetime | None) -> ssl.SSLContext:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_bundle)
        certificate = authority.issue_cert("127.0.0.1", "localhost", not_after=not_after)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        return context

    def _call(self, work: Awaitable[object]) -> object:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _close(self) -> None:
        self._server.close()
        serving = asyncio.all_tasks() - {asyncio.current_task()}
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read_request(reader)
            self.requests.append(request)
            await self._next_answer(request.path)(writer)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # the other side has gone, as it may
        except asyncio.CancelledError:
            pass  # we are closing; asyncio's streams log a task that ends cancelled as a fault
        finally:
            writer.close()

    def _next_answer(self, path: str) -> Answer:
        answers = self._answers.get(path) or [reply()]
        return answers.pop(0) if len(answers) > 1 else answers[0]


async def _read_request(reader: asyncio.StreamReader) -> ReceivedRequest:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    request_line, *fields = head.rstrip("\r\n").split("\r\n")
    method, path, _ = request_line.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (f.partition(":") for f in fields)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return ReceivedRequest(method, path, headers, body, time.time())


def _head(status: int, fields: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
