"""One web process on PostgreSQL, and one on SQLite: the same requests in turn.

The server has one core, wrk, PostgreSQL and Redis the other. Both begin with 200 tasks.
"""

import json
import os
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from bench.serving import Served, free_port, served
from bench.web import (
    LOAD_CORE,
    ROUNDS,
    SECONDS,
    SERVER_CORE,
    Contender,
    Work,
    environ_for,
    load,
    owner_of_new,
    print_table,
    works_of,
)
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

_TASKS = 200
_ORDER = {
    "action_type": "connect",
    "payload": {"profile_url": "https://www.linkedin.com/in/jane-doe", "message": "Hello Jane!"},
}


def run() -> None:
    """Measure, and print a table."""
    os.sched_setaffinity(0, {LOAD_CORE})
    with ExitStack() as stack:
        postgres, redis = PostgresServer(), RedisServer()
        stack.callback(postgres.close)
        stack.callback(redis.close)
        sqlite = stack.enter_context(tempfile.TemporaryDirectory())
        urls = {
            "PostgreSQL": postgres.create_database(),
            "SQLite": f"sqlite:///{sqlite}/zenmode.db",
        }
        opened = [_open(stack, name, url, redis.url) for name, url in urls.items()]
        for works in zip(*(works for _, works in opened), strict=True):
            _measure_in_turn([one for one, _ in opened], works)
        print_table(opened[0][1], [one for one, _ in opened])


def _open(stack: ExitStack, name: str, url: str, redis_url: str) -> tuple[Contender, list[Work]]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    environ = environ_for(url, redis_url, folder)
    owner = owner_of_new(environ)
    port = free_port()
    command = [sys.executable, "-m", "app.cli", "web", "--port", str(port)]
    server = stack.enter_context(served(command, port, environ, SERVER_CORE))
    ids = [_ordered(server, owner["api_key"]) for _ in range(_TASKS)]
    return Contender(name, server), works_of(owner, folder, ids[0])


def _ordered(server: Served, key: str) -> str:
    request = urllib.request.Request(
        f"{server.url}/api/v1/tasks",
        data=json.dumps(_ORDER).encode(),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        made: str = json.load(answer)["task"]["id"]
        return made


def _measure_in_turn(contenders: list[Contender], works: tuple[Work, ...]) -> None:
    for contender, work in zip(contenders, works, strict=True):
        load(contender.server, work, 1)
    for _ in range(ROUNDS):
        for contender, work in zip(contenders, works, strict=True):
            reached = load(contender.server, work, SECONDS)
            contender.rounds.setdefault(work.name, []).append(reached)
