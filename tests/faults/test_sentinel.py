"""Redis with a replica and a sentinel: the master dies, and the product goes on with the other."""

import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tests.journeys.fleet import running_fleet
from tests.servers.process import ServerProcess
from tests.servers.receiver import Receiver
from tests.servers.redis import find_redis
from tests.waiting import until

_FAIL_OVER_SECONDS = 30


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Guarded:
    """A master, its replica, and a sentinel that watches both."""

    master: ServerProcess
    master_port: int
    sentinel_port: int

    @property
    def url(self) -> str:
        return f"redis+sentinel://127.0.0.1:{self.sentinel_port}/guarded/0"

    async def replica_is_known(self) -> bool:
        """Before that, a fail-over has nobody to turn to."""
        return await self._told("num-slaves") == 1

    async def has_failed_over(self) -> bool:
        return await self._told("port") not in (-1, self.master_port)

    async def _told(self, name: str) -> int:
        async with Redis(port=self.sentinel_port, decode_responses=True) as sentinel:
            try:
                masters = await sentinel.sentinel_masters()
            except (RedisError, OSError):
                return -1
        return int(masters["guarded"][name])


@pytest.fixture
def guarded() -> Iterator[Guarded]:
    """Running, all three."""
    folders = [Path(tempfile.mkdtemp(prefix="zenmode-redis-")) for _ in range(3)]
    master, replica, sentinel = (free_port() for _ in range(3))
    plain = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"]
    settings = folders[2] / "sentinel.conf"
    settings.write_text(
        f"port {sentinel}\nbind 127.0.0.1\n"
        f"sentinel monitor guarded 127.0.0.1 {master} 1\n"
        "sentinel down-after-milliseconds guarded 500\n"
        "sentinel failover-timeout guarded 3000\n"
    )
    server = find_redis()
    processes = [
        ServerProcess([server, *plain, str(master)], folders[0]),
        ServerProcess(
            [server, *plain, str(replica), "--replicaof", "127.0.0.1", str(master)], folders[1]
        ),
        ServerProcess([server, str(settings), "--sentinel"], folders[2]),
    ]
    yield Guarded(processes[0], master, sentinel)
    for process in processes:
        process.kill()


@pytest.mark.timeout(120)
async def test_another_redis_takes_over_and_everything_goes_on(
    guarded: Guarded, sqlite_url: str, receiver: Receiver, tmp_path: Path
) -> None:
    await until(guarded.replica_is_known, 20)
    async with running_fleet(sqlite_url, guarded.url, receiver, tmp_path) as fleet:
        await fleet.register(receiver.url("/hook"))
        fleet.start_agent()
        before = await fleet.create_task()
        await fleet.until_status(before["id"], "completed")

        guarded.master.kill()

        meanwhile = await fleet.create_task()
        await until(guarded.has_failed_over, _FAIL_OVER_SECONDS)

        async def is_counted_again() -> bool:
            return "ratelimit" in (await fleet.rest("GET", "/tasks")).headers

        await until(is_counted_again, 20)
        after = await fleet.create_task()
        async with fleet.watching(after["id"]) as watcher:
            await fleet.until_status(after["id"], "completed", within_seconds=40)
            statuses = await watcher
        await fleet.until_status(meanwhile["id"], "completed", within_seconds=40)
        await receiver.wait_for(3, within_seconds=20)
    assert statuses[-1] == "COMPLETED"
