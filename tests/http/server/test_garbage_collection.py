"""A request leaves nothing for the garbage collector: what it made goes with its last reference.

Reference cycles stay until the collector looks for them, which stops the whole process. What
graphql-core executes without a plan is not here: its executor refers to itself.
"""

import asyncio
import gc
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.rest.product import Product, running_product, settings_for

_REQUESTS = 20
_TASK = {
    "action_type": "connect",
    "payload": {"profile_url": "https://linkedin.com/in/jane-doe", "message": "Hello"},
}
_GRAPHQL = "query Some($first: Int) { tasks(first: $first) { nodes { id status account { id } } } }"
_WRONG = "query Some($id: ID!) { node(id: $id) { id nothing } }"


@pytest.fixture
async def product(
    database_url: str, redis_url: str, tmp_path: Path
) -> AsyncIterator[tuple[Product, str]]:
    """The whole web process, and the id of a task in it."""
    settings = settings_for(database_url, redis_url, tmp_path, RATE_LIMIT_PER_MINUTE="100000")
    async with running_product(settings) as running:
        task = await running.create_task()
        yield running, task["id"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/tasks/{task}", None),
        ("GET", "/api/v1/tasks/task_none", None),
        ("GET", "/api/v1/tasks?limit=50", None),
        ("GET", "/api/v1/nothing", None),
        ("POST", "/api/v1/tasks", _TASK),
        ("POST", "/api/v1/tasks", {"action_type": "shout"}),
        ("POST", "/graphql", {"query": _GRAPHQL, "variables": {"first": 50}}),
        ("POST", "/graphql", {"query": _WRONG, "variables": {"id": "x"}}),
        ("POST", "/graphql", {"query": "{ tasks { nodes { id } }"}),
        ("DELETE", "/api/v1/tasks/{task}", None),
        ("GET", "/healthz", None),
        ("GET", "/readyz", None),
        ("GET", "/metrics", None),
        ("GET", "/docs", None),
        ("GET", "/no/such/page", None),
    ],
)
async def test_a_request_leaves_no_garbage(
    product: tuple[Product, str], method: str, path: str, body: dict[str, object] | None
) -> None:
    running, task = product
    request = _request(running, method, path.format(task=task), body)
    parts = urlsplit(running.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    for _ in range(5):
        await _answered(reader, writer, request)
    with _garbage_kept():
        for _ in range(_REQUESTS):
            await _answered(reader, writer, request)
        gc.collect()
        left = Counter(type(one).__name__ for one in gc.garbage)
    writer.close()
    # What tasks in the background have left meanwhile is not counted.
    assert sum(left.values()) < _REQUESTS, left


@contextmanager
def _garbage_kept() -> Iterator[None]:
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield
    finally:
        gc.set_debug(0)
        gc.enable()
        gc.garbage.clear()


def _request(running: Product, method: str, path: str, body: dict[str, object] | None) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    headers = {
        "Host": "localhost",
        "Authorization": f"Bearer {running.owner.api_key}",
        **({} if body is None else {"Content-Type": "application/json"}),
        **({} if body is None else {"Content-Length": str(len(content))}),
    }
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {one}" for name, one in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + content


async def _answered(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> None:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    (length,) = [
        int(line.partition(b":")[2])
        for line in head.lower().splitlines()
        if line.startswith(b"content-length:")
    ]
    await reader.readexactly(length)
