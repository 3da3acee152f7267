"""The product under load: web, worker and agent as processes, two webhooks, customers who order.

A fault is injected into it, then `recovered` waits until a new task has gone the whole way. At the
end `settle` waits for everything that was promised, and `audit` says whether it was kept.
"""

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.models.engine.database import Database
from app.settings import load_settings
from tests.agent.agent_process import AgentProcess
from tests.faults.customers import Customers
from tests.faults.wire import Wire, wire_to
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver
from tests.servers.redis import RedisServer
from tests.waiting import until

_ACCOUNTS = 8
_PATHS = ("/one", "/other")
_RECOVER_SECONDS = 90.0
_SETTLE_SECONDS = 180.0
_UNFORESEEN = "[error "
_FINAL = "status IN ('completed', 'failed', 'cancelled')"


@dataclass
class House:
    """Everything that can be hurt."""

    fleet: Fleet
    agent: AgentProcess
    wire: Wire
    customers: Customers
    receiver: Receiver
    redis: RedisServer
    folder: Path
    hooks: list[int] = field(default_factory=list)
    starts: Counter[str] = field(default_factory=Counter)

    def kill(self, name: str) -> None:
        """Web or worker, as the kernel does it."""
        self.fleet.processes[name].kill()

    def start(self, name: str) -> None:
        """Web or worker, as whoever supervises it does."""
        self.starts[name] += 1
        if name == "web":
            self.fleet.start_web()
        else:
            self.fleet.start_worker()

    def pids(self) -> dict[str, int]:
        """Of web and worker: what was not killed must not have died."""
        return {name: process.pid for name, process in self.fleet.processes.items()}

    def all_run(self) -> bool:
        return all(process.is_running for process in self.fleet.processes.values())

    async def recovered(self) -> float:
        """Seconds until a task created now is performed and delivered to both webhooks."""
        began = time.monotonic()
        # Ahead of what has piled up meanwhile: that is a question of load.
        task_id = await self.customers.create_task(priority=100)

        def is_delivered() -> bool:
            paths = {path for path, body in self._received() if task_id in body}
            return paths == set(_PATHS)

        await until(is_delivered, _RECOVER_SECONDS)
        return time.monotonic() - began

    def _received(self) -> list[tuple[str, str]]:
        return [(one.path, one.body.decode()) for one in list(self.receiver.requests)]

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """A connection of the test's own."""
        settings = load_settings(dict(self.fleet.settings), env_file=None)
        database = await Database.open(settings.database)
        try:
            yield database
        finally:
            await database.close()

    async def settle(self) -> None:
        """Wait until every task is final and every delivery made."""
        async with self.database() as database:

            async def all_is_done() -> bool:
                task = await database.row(f"SELECT id FROM tasks WHERE NOT {_FINAL} LIMIT 1")
                waits = "SELECT id FROM deliveries WHERE status = 'pending' LIMIT 1"
                return task is None and await database.row(waits) is None

            await until(all_is_done, _SETTLE_SECONDS)

    async def audit(self) -> "Audit":
        """What was promised, beside what is there."""
        async with self.database() as database:
            tasks = await database.rows("SELECT id, status FROM tasks")
            deliveries = await database.rows("SELECT id, webhook_id, body, status FROM deliveries")
        delivery_counts = Counter(
            (json.loads(row["body"])["data"]["task_id"], row["webhook_id"]) for row in deliveries
        )
        began = Counter(one.task_id for one in self.agent.trace if one.what == "began")
        messages = [id for id, action in self.customers.acknowledged.items() if action == "message"]
        return Audit(
            acknowledged=set(self.customers.acknowledged),
            tasks={row["id"] for row in tasks},
            without_delivery={
                (row["id"], hook)
                for row in tasks
                for hook in self.hooks
                if row["status"] != "cancelled" and delivery_counts[row["id"], hook] != 1
            },
            undelivered={row["id"] for row in deliveries if row["status"] != "delivered"},
            unreceived={row["id"] for row in deliveries}
            - {one.headers["webhook-id"] for one in self.receiver.requests},
            sent_twice={id for id in messages if began[id] > 1},
            unforeseen=self._unforeseen(),
            repeats=sum(count - 1 for count in began.values()),
        )

    def _unforeseen(self) -> list[str]:
        """What web and worker did not expect: lines of their logs, with some of what follows."""
        found = []
        for log in self.folder.glob("w*-*/log"):
            lines = log.read_text(errors="replace").splitlines()
            marks = [at for at, line in enumerate(lines) if _UNFORESEEN in line]
            found += ["\n".join(lines[at : at + 60]) for at in marks]
        return found

    def use(self) -> dict[str, "Use"]:
        """What web and worker use of the machine."""
        return {name: Use.of(process.pid) for name, process in self.fleet.processes.items()}


@dataclass(frozen=True)
class Audit:
    """What was found at the end; of all but the first two and the last there should be none."""

    acknowledged: set[str]
    tasks: set[str]
    without_delivery: set[tuple[str, int]]
    undelivered: set[str]
    unreceived: set[str]
    sent_twice: set[str]
    unforeseen: list[str]
    repeats: int

    def assert_kept(self) -> None:
        """Every promise."""
        assert self.acknowledged == self.tasks
        assert self.without_delivery == set()
        assert self.undelivered == set()
        assert self.unreceived == set()
        assert self.sent_twice == set()
        assert self.unforeseen == []


@dataclass(frozen=True)
class Use:
    """Of one process."""

    descriptors: int
    memory_mb: float

    @classmethod
    def of(cls, pid: int) -> "Use":
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        descriptors = len(os.listdir(f"/proc/{pid}/fd"))
        return cls(descriptors, pages * os.sysconf("SC_PAGE_SIZE") / 1024**2)


@asynccontextmanager
async def open_house(
    database_url: str, redis: RedisServer, receiver: Receiver, folder: Path
) -> AsyncIterator[House]:
    """Running, with customers who order."""
    many_tries = ",".join(["1"] * 60)
    async with (
        running_fleet(
            database_url,
            redis.url,
            receiver,
            folder,
            WEBHOOK_RETRY_SECONDS=many_tries,
            RATE_LIMIT_PER_MINUTE="1000000",
            DAILY_TASK_LIMIT="1000000",
        ) as fleet,
        wire_to(fleet.url) as wire,
    ):
        hooks = [(await fleet.register(receiver.url(path)))["id"] for path in _PATHS]
        profiles = [f"https://linkedin.com/in/account-{number}" for number in range(_ACCOUNTS)]
        agent = AgentProcess(
            folder / "recorder",
            wire.url,
            fleet.keys["agent_token"],
            profiles,
            lease_seconds=10,
            poll_seconds=2,
        )
        agent.start()
        try:
            accounts = await until(lambda: _accounts(fleet), 20)
            async with Customers(fleet.url, fleet.keys["api_key"], accounts) as customers:
                yield House(fleet, agent, wire, customers, receiver, redis, folder, hooks)
        finally:
            agent.close()


async def _accounts(fleet: Fleet) -> list[str]:
    """The agent's accounts, once all are there."""
    answer = (await fleet.rest("GET", "/linkedin-accounts")).json()["linkedin_accounts"]
    ids = [one["id"] for one in answer if "account-" in one["profile_url"]]
    await asyncio.sleep(0)
    return ids if len(ids) == _ACCOUNTS else []
