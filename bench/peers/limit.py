"""The limit: Starlette, held asyncpg connections, pipelined Redis, everything by hand.

What a product could reach in Python if nobody had to read its code: no schema, no layers, fixed
SQL, prepared once, on connections that are never given back.
"""

import asyncio
import hashlib
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.domain.ids import new_id
from app.domain.times import iso_from_ms
from app.gateways.redis.rate_limiter import _SCRIPT
from app.models.tasks.new_task_queries import CREATE_TASK
from bench.peers.pipelining_redis import PipeliningRedis

_CONNECTIONS = 10
_LIMIT = int(os.environ["BENCH_RATE_LIMIT"])
_DAILY = int(os.environ["BENCH_DAILY_LIMIT"])
_COLUMNS = (
    "id, action_type, status, linkedin_account_id, payload, priority, max_retries, "
    "attempt_count AS attempts, result, scheduled_at, created_at, updated_at, started_at, "
    "completed_at"
)
_GET = f"SELECT {_COLUMNS} FROM tasks WHERE id = $1 AND workspace_id = $2"
_LIST = f"SELECT {_COLUMNS} FROM tasks WHERE workspace_id = $1 ORDER BY seq DESC LIMIT $2 OFFSET $3"
_KEY = (
    "SELECT workspace_id FROM api_keys JOIN workspaces ON workspaces.id = workspace_id "
    "WHERE token_hash = $1 AND revoked_at IS NULL"
)
_PROFILE = re.compile(r"https?://(?:(?:www|[a-z]{2})\.)?linkedin\.com/in/[^/?#\s]+/?(?:\?\S*)?")
_ACTIONS = {"connect", "message", "follow", "view_profile", "withdraw_connection"}


class _Held:
    """Connections that stay open, each with its prepared statements."""

    def __init__(self) -> None:
        self.free: asyncio.LifoQueue[dict[str, Any]] = asyncio.LifoQueue()

    async def open(self, url: str) -> None:
        for _ in range(_CONNECTIONS):
            connection = await asyncpg.connect(url)
            texts = (CREATE_TASK, _GET, _LIST, _KEY)
            self.free.put_nowait({text: await connection.prepare(text) for text in texts})

    async def fetch(self, text: str, *values: object) -> list[Any]:
        statements = await self.free.get()
        try:
            rows: list[Any] = await statements[text].fetch(*values)
            return rows
        finally:
            self.free.put_nowait(statements)


_held = _Held()
_keys: dict[bytes, tuple[str, float]] = {}
_redis: list[Any] = []


async def _workspace(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    digest = hashlib.sha256(token.encode()).hexdigest()
    known = _keys.get(digest.encode())
    if known and time.monotonic() - known[1] < 4:
        return known[0]
    rows = await _held.fetch(_KEY, digest)
    if not rows:
        return None
    _keys[digest.encode()] = (rows[0]["workspace_id"], time.monotonic())
    return str(rows[0]["workspace_id"])


async def _let_in(request: Request) -> tuple[str, dict[str, str]] | Response:
    workspace = await _workspace(request)
    if workspace is None:
        return Response(b'{"error":{"code":"unauthorized"}}', 401)
    fits, left, wait = await _redis[0].call(
        "EVALSHA", _redis[1], 1, f"zenmode:limit:{workspace}", _LIMIT, 1, 60_000
    )
    seconds = max(1, -(-wait // 1_000))
    fields = {
        "Content-Type": "application/json; charset=utf-8",
        "RateLimit-Policy": f'"requests";q={_LIMIT};w=60',
        "RateLimit": f'"requests";r={left};t={seconds}',
        "X-RateLimit-Limit": str(_LIMIT),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset": str(seconds),
    }
    if not fits:
        return Response(b'{"error":{"code":"rate_limited"}}', 429, fields)
    return workspace, fields


def _shown(row: Any) -> dict[str, Any]:
    task = dict(row)
    task["payload"] = orjson.Fragment(task["payload"])
    if task["result"] is not None:
        task["result"] = orjson.Fragment(task["result"])
    for name in ("scheduled_at", "created_at", "updated_at", "started_at", "completed_at"):
        if task[name] is not None:
            task[name] = iso_from_ms(task[name])
    return task


def _problem(order: Any) -> str | None:
    if type(order) is not dict or order.get("action_type") not in _ACTIONS:
        return "action_type"
    payload = order.get("payload")
    if type(payload) is not dict:
        return "payload"
    url = payload.get("profile_url")
    if type(url) is not str or len(url) > 2_048 or not _PROFILE.fullmatch(url):
        return "profile_url"
    message = payload.get("message", "")
    if type(message) is not str or len(message) > 8_000:
        return "message"
    for name in ("priority", "max_retries"):
        if type(order.get(name, 0)) is not int or not 0 <= order.get(name, 0) <= 10:
            return name
    return None


async def _create(request: Request) -> Response:
    let_in = await _let_in(request)
    if isinstance(let_in, Response):
        return let_in
    workspace, fields = let_in
    order = orjson.loads(await request.body())
    if problem := _problem(order):
        return Response(orjson.dumps({"error": {"field": problem}}), 400, fields)
    now = time.time_ns() // 1_000_000
    rows = await _held.fetch(
        CREATE_TASK,
        new_id("task", now),
        workspace,
        order.get("linkedin_account_id"),
        datetime.now(UTC).date().isoformat(),
        _DAILY,
        order["action_type"],
        orjson.dumps(order["payload"]).decode(),
        order.get("priority", 0),
        order.get("max_retries", 3),
        None,
        None,
        now,
    )
    if not rows:
        return Response(b'{"error":{"code":"daily_task_limit"}}', 429, fields)
    row = dict(rows[0])
    _redis[0].call("PUBLISH", "bench:events", orjson.dumps({"kind": "task", "task": row}))
    row["attempts"] = row["attempt_count"]
    names = [name.rpartition(" ")[2] for name in _COLUMNS.split(", ")]
    return Response(
        orjson.dumps({"task": _shown({name: row[name] for name in names})}), 201, fields
    )


async def _get(request: Request) -> Response:
    let_in = await _let_in(request)
    if isinstance(let_in, Response):
        return let_in
    workspace, fields = let_in
    rows = await _held.fetch(_GET, request.path_params["id"], workspace)
    if not rows:
        return Response(b'{"error":{"code":"not_found"}}', 404, fields)
    return Response(orjson.dumps({"task": _shown(rows[0])}), 200, fields)


async def _list(request: Request) -> Response:
    let_in = await _let_in(request)
    if isinstance(let_in, Response):
        return let_in
    workspace, fields = let_in
    limit = int(request.query_params.get("limit", "50"))
    offset = int(request.query_params.get("offset", "0"))
    rows = await _held.fetch(_LIST, workspace, limit + 1, offset)
    body = {
        "tasks": [_shown(row) for row in rows[:limit]],
        "limit": limit,
        "offset": offset,
        "has_more": len(rows) > limit,
    }
    return Response(orjson.dumps(body), 200, fields)


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    await _held.open(os.environ["BENCH_DATABASE_URL"])
    path = os.environ["BENCH_REDIS_URL"].removeprefix("unix://")
    _, redis = await asyncio.get_running_loop().create_unix_connection(PipeliningRedis, path)
    sha = await redis.call("SCRIPT", "LOAD", _SCRIPT)
    _redis.extend([redis, sha])
    yield


app = Starlette(
    routes=[
        Route("/api/v1/tasks", _create, methods=["POST"]),
        Route("/api/v1/tasks/{id}", _get),
        Route("/api/v1/tasks", _list),
    ],
    lifespan=_lifespan,
)
