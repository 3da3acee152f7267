"""A client's list of 50 tasks over GraphQL: our way through the schema against Strawberry's own.

One web process each, on one core; wrk, PostgreSQL and Redis on the other.
"""

import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.serving import free_port, served
from bench.web import (
    LOAD_CORE,
    SERVER_CORE,
    Contender,
    Work,
    environ_for,
    measure,
    prepared,
    print_table,
)
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

_LIST = """
query Tasks($first: Int!) {
  tasks(first: $first) {
    nodes {
      id actionType status linkedinAccountId payload priority maxRetries attemptCount result
      scheduledAt createdAt updatedAt startedAt completedAt
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""


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

        def contender(name: str, *words: str) -> Contender:
            port = free_port()
            command = [sys.executable, "-m", *words, "--port", str(port)]
            server = stack.enter_context(served(command, port, environ, SERVER_CORE))
            return Contender(name, server)

        uvicorn = ("uvicorn", "--log-level", "warning", "--no-access-log")
        contenders = [
            contender("Strawberry as it comes", *uvicorn, "bench.peers.strawberry_view:app"),
            contender("ZenMode", "app.cli", "web", "--host", "127.0.0.1"),
        ]
        work = Work("GraphQL, 50 tasks", "/graphql", str(_script(owner["api_key"], folder)))
        measure(work, contenders)
        print_table([work], contenders)


def _script(key: str, folder: Path) -> Path:
    script = folder / "list.lua"
    body = json.dumps({"query": _LIST, "variables": {"first": 50}})
    script.write_text(
        f'wrk.headers["Authorization"] = "Bearer {key}"\nwrk.method = "POST"\n'
        f'wrk.headers["Content-Type"] = "application/json"\nwrk.body = [=[{body}]=]\n'
    )
    return script
