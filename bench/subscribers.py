"""Messages a second to all subscribers that a workspace may have on one web process.

They are held against raw sends.

Raw is a server written by hand that passes on, unread, what comes from Redis. Both servers have one
core, the clients the other; they take turns; figures are medians.
"""

import asyncio
import base64
import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import orjson
from redis.asyncio import Redis

from app.gateways.redis.events import CHANNEL
from bench.serving import free_port, served
from bench.web import LOAD_CORE, SERVER_CORE, environ_for, prepared
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

# The share of one workspace.
SUBSCRIBERS = 200
EVENTS = 40
ROUNDS = 7
QUERY = "subscription { taskUpdates { id actionType status payload priority createdAt updatedAt } }"
_DEADLINE_SECONDS = 30
# A ping of four bytes, which is what uvicorn sends.
_PING = b"\x89\x04"


class Subscriber(asyncio.Protocol):
    """A WebSocket client that counts the answers it gets and looks at nothing else."""

    def __init__(self, greeting: bytes, marker: bytes, count: Callable[[int], None]) -> None:
        self._greeting = greeting
        self._marker = marker
        self._count = count
        self.is_ready = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(self._greeting)

    def say(self, message: object) -> None:
        """One frame, masked with zeros (RFC 6455, section 5.3)."""
        text = json.dumps(message).encode()
        size = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2)
        self._transport.write(b"\x81" + size + b"\0\0\0\0" + text)

    def data_received(self, data: bytes) -> None:
        if b'"connection_ack"' in data:
            self.is_ready.set()
        elif b"101 Switching" in data:
            self.say({"type": "connection_init", "payload": {"authorization": self.bearer}})
        if (at := data.find(_PING)) >= 0:
            ping = data[at + len(_PING) : at + len(_PING) + 4]
            self._transport.write(b"\x8a\x84\0\0\0\0" + ping)
        # No marker is cut in two often enough to matter: frames are small, and sent whole.
        self._count(data.count(self._marker))

    bearer = ""


def run() -> None:
    """Measure, and print a table."""
    os.sched_setaffinity(0, {LOAD_CORE})
    with ExitStack() as stack:
        postgres, redis = PostgresServer(), RedisServer()
        stack.callback(postgres.close)
        stack.callback(redis.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environ = environ_for(postgres.create_database(), redis.url, folder)
        owner = prepared(environ)
        web = [sys.executable, "-m", "app.cli", "web", "--host", "127.0.0.1", "--port"]
        raw = [sys.executable, "-m", "uvicorn", "--log-level", "warning", "--ws",
               "websockets-sansio", "--ws-per-message-deflate", "false",
               "bench.peers.raw_socket:app", "--port"]  # fmt: skip
        urls = []
        for command in (raw, web):
            port = free_port()
            server = served([*command, str(port)], port, environ, core=SERVER_CORE)
            urls.append(stack.enter_context(server).url)
        rates = asyncio.run(_measure(urls[0], urls[1], redis.url, owner))
        _print(*rates)


async def _measure(
    raw_url: str, web_url: str, redis_url: str, owner: dict[str, str]
) -> tuple[list[float], list[float]]:
    redis = Redis.from_url(redis_url)
    raw = await _Audience.gathered(raw_url, owner, subscribes=False)
    ours = await _Audience.gathered(web_url, owner, subscribes=True)
    rates: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        rates[0].append(await raw.rate(redis, "bench:raw", _answers(number)))
        rates[1].append(await ours.rate(redis, CHANNEL, _events(owner, number)))
    await redis.aclose()
    return rates


class _Audience:
    """All subscribers of one server."""

    def __init__(self) -> None:
        self._received = 0
        self._wanted = 0
        self._is_complete = asyncio.Event()
        self._members: list[Subscriber] = []

    @classmethod
    async def gathered(cls, url: str, owner: dict[str, str], *, subscribes: bool) -> "_Audience":
        audience = cls()
        where = urlsplit(url)
        loop = asyncio.get_running_loop()
        for _ in range(SUBSCRIBERS):
            greeting = _greeting(where.netloc)
            _, member = await loop.create_connection(
                lambda greeting=greeting: audience._member(greeting, owner),
                where.hostname,
                where.port,
            )
            await asyncio.wait_for(member.is_ready.wait(), _DEADLINE_SECONDS)
            if subscribes:
                member.say({"id": "1", "type": "subscribe", "payload": {"query": QUERY}})
            audience._members.append(member)
        # Nothing says that a subscription listens; the first round, which is for warming up, does.
        await asyncio.sleep(2)
        return audience

    def _member(self, greeting: bytes, owner: dict[str, str]) -> Subscriber:
        member = Subscriber(greeting, b'"type":"next"', self._count)
        member.bearer = f"Bearer {owner['api_key']}"
        return member

    def _count(self, number: int) -> None:
        self._received += number
        if self._received >= self._wanted:
            self._is_complete.set()

    async def rate(self, redis: Redis, channel: str, messages: list[bytes]) -> float:
        """Messages a second that reached all together."""
        self._received, self._wanted = 0, len(messages) * SUBSCRIBERS
        self._is_complete.clear()
        began = perf_counter()
        pipeline = redis.pipeline(transaction=False)
        for message in messages:
            pipeline.publish(channel, message)
        await pipeline.execute()
        await asyncio.wait_for(self._is_complete.wait(), _DEADLINE_SECONDS)
        return self._wanted / (perf_counter() - began)


def _greeting(host: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET /graphql HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
    ).encode()


def _events(owner: dict[str, str], number: int) -> list[bytes]:
    return [orjson.dumps([_event(owner, f"task_{number}_{one}")]) for one in range(EVENTS)]


def _event(owner: dict[str, str], task_id: str) -> dict[str, object]:
    task = _snapshot(owner, task_id)
    return {"kind": "task", "workspace_id": owner["workspace_id"], "task": task}


def _snapshot(owner: dict[str, str], task_id: str) -> dict[str, object]:
    nothing = (
        "result retry_of scheduled_at not_before agent_id lease_token lease_expires_at started_at "
        "completed_at"
    )
    return {
        "seq": 1,
        "id": task_id,
        "workspace_id": owner["workspace_id"],
        "linkedin_account_id": owner["linkedin_account_id"],
        "action_type": "connect",
        "status": "pending",
        "payload": '{"profile_url":"https://www.linkedin.com/in/jane-doe"}',
        "priority": 0,
        "max_retries": 3,
        "attempt_count": 0,
        "claim_count": 0,
        "created_at": 1_790_000_000_000,
        "updated_at": 1_790_000_000_000,
        "version": 1,
        **dict.fromkeys(nothing.split()),
    }


def _answers(number: int) -> list[bytes]:
    """What our own server sends for such an event."""
    task = {
        "id": f"task_{number}_1",
        "actionType": "CONNECT",
        "status": "PENDING",
        "payload": {"profile_url": "https://www.linkedin.com/in/jane-doe"},
        "priority": 0,
        "createdAt": "2026-09-21T14:13:20.000Z",
        "updatedAt": "2026-09-21T14:13:20.000Z",
    }
    body = {"id": "1", "type": "next", "payload": {"data": {"taskUpdates": task}}}
    return [orjson.dumps(body)] * EVENTS


def _print(raw: list[float], ours: list[float]) -> None:
    limit, reached = median(raw[1:]), median(ours[1:])
    sys.stdout.write("| to 200 subscribers | messages/s | against raw sends |\n")
    sys.stdout.write("| --- | --- | --- |\n")
    sys.stdout.write(f"| raw sends | {limit:,.0f} | 1.00 |\n")
    sys.stdout.write(f"| ZenMode | {reached:,.0f} | {reached / limit:.2f} |\n")
