"""REST requests a second on one web process, against the same work done in other ways.

The server has one core, wrk, PostgreSQL and Redis the other. All contenders stand on one database
and take turns; figures are medians of the rounds, ratios against the limit, which is written by
hand. What cannot be fetched is left out with a word.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from app.gateways.redis.rate_limiter import _SCRIPT
from app.models.tasks.new_task_queries import CREATE_TASK
from bench.serving import Served, free_port, served
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

SERVER_CORE, LOAD_CORE = 0, 1
ROUNDS = 3
SECONDS = 4
CONNECTIONS = 32
TASKS = 20_000
# Far above what any contender does: the limits are counted, not met.
RATE_LIMIT, DAILY_LIMIT = 1_000_000, 1_000_000

_PEERS = Path(__file__).parent / "peers"
_FETCHED = Path(".bench")
_BODY = {
    "action_type": "connect",
    "payload": {"profile_url": "https://www.linkedin.com/in/jane-doe", "message": "Hello Jane!"},
    "priority": 5,
}
_TASKS = """
INSERT INTO tasks
    (id, workspace_id, linkedin_account_id, action_type, status, payload, priority, max_retries,
     attempt_count, claim_count, created_at, updated_at, version)
SELECT 'task_' || n || '_12345678', $1, $2, 'connect', 'pending', $3, 5, 3, 0, 0,
       1790000000000 + n, 1790000000000 + n, 1
FROM generate_series(1, $4::int) n
"""


@dataclass
class Contender:
    """One way to do the work, and what it reached in each round by the name of the work."""

    name: str
    server: Served
    rounds: dict[str, list["Reached"]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reached:
    """Requests a second, milliseconds at the median and at 99 %, CPU microseconds a request."""

    rate: float
    p50_ms: float
    p99_ms: float
    cpu_us: float


@dataclass(frozen=True)
class Work:
    """What is asked for, as a script for wrk."""

    name: str
    path: str
    script: str


def run() -> None:
    """Measure, and print a table."""
    if shutil.which("wrk") is None:
        sys.exit("bench web: install wrk (Debian has it), which makes the load")
    with stage() as on:
        contenders = list(_contenders(on.stack, on.environ, on.folder))
        works = works_of(on.owner, on.folder)
        for work in works:
            measure(work, contenders)
        print_table(works, contenders)


@dataclass(frozen=True)
class Stage:
    """PostgreSQL with a workspace and its tasks, and Redis; `stack` ends what is begun on it."""

    stack: ExitStack
    environ: dict[str, str]
    owner: dict[str, str]
    folder: Path

    def contender(self, name: str, *module: str) -> Contender:
        """A Python module that serves on the port which it is given."""
        port = free_port()
        command = [sys.executable, "-m", *module, "--port", str(port)]
        server = served(command, port, self.environ, SERVER_CORE)
        return Contender(name, self.stack.enter_context(server))


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage, with all but the servers on the load's core."""
    os.sched_setaffinity(0, {LOAD_CORE})
    with ExitStack() as stack:
        postgres, redis = PostgresServer(), RedisServer()
        stack.callback(postgres.close)
        stack.callback(redis.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environ = environ_for(postgres.create_database(), redis.url, folder)
        yield Stage(stack, environ, prepared(environ), folder)


def measure(work: Work, contenders: list[Contender]) -> None:
    for contender in contenders:
        load(contender.server, work, 1)
    for _ in range(ROUNDS):
        for contender in contenders:
            reached = load(contender.server, work, SECONDS)
            contender.rounds.setdefault(work.name, []).append(reached)


def load(server: Served, work: Work, seconds: int) -> Reached:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", work.script]
    before = server.cpu_seconds()
    told = subprocess.run(
        [*command, f"{server.url}{work.path}"], capture_output=True, text=True, check=True
    ).stdout
    spent = server.cpu_seconds() - before
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"bench web: {work.name} went wrong:\n{told}")
    requests = int(_found(r"(\d+) requests in", told))
    return Reached(
        rate=float(_found(r"Requests/sec:\s+([\d.]+)", told)),
        p50_ms=_milliseconds(_found(r"\n\s+50%\s+(\S+)", told)),
        p99_ms=_milliseconds(_found(r"\n\s+99%\s+(\S+)", told)),
        cpu_us=spent / requests * 1e6,
    )


def _found(pattern: str, told: str) -> str:
    found = re.search(pattern, told)
    if found is None:
        raise SystemExit(f"bench web: wrk said something else:\n{told}")
    return found[1]


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1_000.0}[unit]


def environ_for(database_url: str, redis_url: str, folder: Path) -> dict[str, str]:
    (folder / "place.sql").write_text(CREATE_TASK)
    (folder / "limit.lua").write_text(_SCRIPT)
    return {
        "ZENMODE_DATABASE_URL": database_url,
        "ZENMODE_REDIS_URL": redis_url,
        "ZENMODE_SECRET_KEY": "k" * 32,
        "ZENMODE_DATA_DIR": str(folder),
        "ZENMODE_RATE_LIMIT_PER_MINUTE": str(RATE_LIMIT),
        "ZENMODE_DAILY_TASK_LIMIT": str(DAILY_LIMIT),
        "BENCH_DATABASE_URL": database_url,
        "BENCH_REDIS_URL": redis_url,
        "BENCH_RATE_LIMIT": str(RATE_LIMIT),
        "BENCH_DAILY_LIMIT": str(DAILY_LIMIT),
        "BENCH_PLACE_SQL": str(folder / "place.sql"),
        "BENCH_LIMIT_LUA": str(folder / "limit.lua"),
    }


def prepared(environ: dict[str, str]) -> dict[str, str]:
    """A database with one workspace and its tasks; what `zenmode bootstrap` tells of it."""
    owner = owner_of_new(environ)
    subprocess.run(
        [sys.executable, "-c", _FILL, json.dumps(owner), environ["ZENMODE_DATABASE_URL"]],
        check=True,
    )
    return owner


def owner_of_new(environ: dict[str, str]) -> dict[str, str]:
    """A database with one workspace; what `zenmode bootstrap` tells of it."""

    def zenmode(*words: str) -> str:
        command = [sys.executable, "-m", "app.cli", *words]
        return subprocess.run(
            command, env=os.environ | environ, check=True, capture_output=True, text=True
        ).stdout

    zenmode("migrate")
    owner: dict[str, str] = json.loads(zenmode("bootstrap", "--json"))
    return owner


_FILL = f"""
import asyncio, json, sys, asyncpg
async def fill(owner, url):
    connection = await asyncpg.connect(url)
    await connection.execute(
        '''{_TASKS}''', owner["workspace_id"], owner["linkedin_account_id"],
        '{json.dumps(_BODY["payload"], separators=(",", ":"))}', {TASKS})
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
asyncio.run(fill(json.loads(sys.argv[1]), sys.argv[2]))
"""


def works_of(owner: dict[str, str], folder: Path, task_id: str = "task_777_12345678") -> list[Work]:
    """What is measured, as the owner of the workspace."""
    headers = f'wrk.headers["Authorization"] = "Bearer {owner["api_key"]}"\n'
    reading, ordering = folder / "get.lua", folder / "post.lua"
    reading.write_text(headers)
    ordering.write_text(
        f'{headers}wrk.method = "POST"\nwrk.body = [[{json.dumps(_BODY)}]]\n'
        'wrk.headers["Content-Type"] = "application/json"\n'
    )
    return [
        Work("POST a task", "/api/v1/tasks", str(ordering)),
        Work("GET a task", f"/api/v1/tasks/{task_id}", str(reading)),
        Work("GET 50 tasks", "/api/v1/tasks?limit=50", str(reading)),
    ]


def _contenders(stack: ExitStack, environ: dict[str, str], folder: Path) -> Iterator[Contender]:
    uvicorn = [sys.executable, "-m", "uvicorn", "--log-level", "warning", "--no-access-log"]

    def contender(name: str, command: list[str], **more: str) -> Contender:
        port = free_port()
        words = [word.replace("PORT", str(port)) for word in command]
        variables = environ | {"BENCH_PORT": str(port)} | more
        return Contender(
            name, stack.enter_context(served(words, port, variables, core=SERVER_CORE))
        )

    web = [sys.executable, "-m", "app.cli", "web", "--port", "PORT", "--host", "127.0.0.1"]
    yield contender("the limit", [*uvicorn, "--port", "PORT", "bench.peers.limit:app"])
    yield contender("ZenMode", web, ZENMODE_LOG_FORMAT="json")
    with _left_out("FastAPI with SQLAlchemy"):
        python = _fetched_python()
        yield contender(
            "FastAPI with SQLAlchemy",
            [*uvicorn, "--port", "PORT", "bench.peers.fastapi_app:app"],
            PYTHONPATH=str(python),
        )
    with _left_out("Fastify with pg"):
        node = _fetched_node()
        shutil.copy(_PEERS / "fastify.mjs", node)
        yield contender(
            "Fastify with pg",
            [shutil.which("node") or "node", str(node / "fastify.mjs")],
            NODE_ENV="production",
        )


@contextmanager
def _left_out(name: str) -> Iterator[None]:
    try:
        yield
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        sys.stderr.write(f"bench web: without {name}, which cannot be fetched: {error}\n")


def _fetched_python() -> Path:
    folder = (_FETCHED / "python").absolute()
    if not (folder / "fastapi").exists():
        packages = ["fastapi==0.139.0", "sqlalchemy[asyncio]==2.0.48"]
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
        subprocess.run([*command, *packages], check=True)
    return folder


def _fetched_node() -> Path:
    folder = (_FETCHED / "node").absolute()
    if not (folder / "node_modules" / "fastify").exists():
        folder.mkdir(parents=True, exist_ok=True)
        packages = ["fastify@5", "pg@8", "ioredis@5"]
        npm = shutil.which("npm") or "npm"
        subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--no-fund", *packages],
            cwd=folder,
            check=True,
        )
    return folder


def print_table(works: list[Work], contenders: list[Contender]) -> None:
    out = sys.stdout
    first = contenders[0].name
    out.write(f"| work | contender | requests/s | against {first} | p50 ms | p99 ms | CPU µs |\n")
    out.write("| --- | --- | --- | --- | --- | --- | --- |\n")
    for work in works:
        limit = median(one.rate for one in contenders[0].rounds[work.name])
        for contender in contenders:
            rounds = contender.rounds[work.name]
            rate = median(one.rate for one in rounds)
            out.write(
                f"| {work.name} | {contender.name} | {rate:,.0f} | {rate / limit:.2f} "
                f"| {median(one.p50_ms for one in rounds):.1f} "
                f"| {median(one.p99_ms for one in rounds):.1f} "
                f"| {median(one.cpu_us for one in rounds):.0f} |\n"
            )
