"""Everything in docker-compose.yml, run by hand on this machine."""

import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from tests.deploy.container import Container, Surroundings
from tests.deploy.names import NameServer
from tests.servers.postgres import PostgresServer

ROOT = Path(__file__).parent.parent.parent
_HEALTHY_SECONDS = 40.0


def read_compose() -> dict[str, Any]:
    """The file, with its merges carried out."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return read


class Stack:
    """PostgreSQL, Redis, two web processes, two workers and the proxy, all healthy once made.

    PostgreSQL is the tests' own, as its image's first start cannot be had without the image.
    """

    def __init__(
        self, folder: Path, postgres: PostgresServer, settings: dict[str, str], ca_bundle: Path
    ) -> None:
        self.services: dict[str, Any] = read_compose()["services"]
        self._folder = folder
        self._postgres = postgres
        self._network = f"127.{random.randint(16, 250)}.{random.randint(1, 250)}"
        web = [f"{self._network}.{number}" for number in (11, 12)]
        self._names = NameServer(f"{self._network}.53", web)
        self._around = Surroundings(
            hosts=folder / "hosts",
            secrets=self._make_secrets(),
            volumes=self._make_volumes(),
            settings=settings,
            ca_bundle=ca_bundle,
        )
        self._around.hosts.write_text(
            f"127.0.0.1 localhost\n127.0.0.1 postgres\n{self._network}.2 redis\n"
        )
        self.redis = self._container("redis", 2)
        self.migrate = self._container("migrate", 3)
        self.web = [self._container("web", number) for number in (11, 12)]
        self.workers = [self._container("worker", number) for number in (21, 22)]
        self.proxy = self._container("proxy", 31)
        self.url = f"http://{self.proxy.address}:8000"

    def up(self) -> None:
        """Start each as soon as what it depends on is healthy, or has done its work."""
        self._until_healthy(lambda: "postgres", self._postgres_is_healthy)
        self.start(self.redis)
        done = self.migrate.run(self.services["migrate"]["command"])
        assert done.returncode == 0, done.stderr
        self.start(*self.web, *self.workers)
        self.start(self.proxy)

    def bootstrap(self) -> dict[str, str]:
        """A workspace, made as an operator makes it: `docker compose run web zenmode bootstrap`."""
        done = self.web[0].run(["zenmode", "bootstrap", "--json"])
        assert done.returncode == 0, done.stderr
        memo: dict[str, str] = json.loads(done.stdout)
        return memo

    def replace(self, container: Container) -> None:
        """As `docker compose up` does it with a new image: stop, then start at the same address."""
        container.send(signal.SIGTERM)
        patience_seconds = int(self.services["web"]["stop_grace_period"].rstrip("s"))
        deadline = time.monotonic() + patience_seconds
        while container.is_running:
            assert time.monotonic() < deadline, f"it still runs:\n{container.log}"
            time.sleep(0.02)
        self.start(container)

    def close(self) -> None:
        for container in (self.proxy, *self.web, *self.workers, self.redis):
            container.close()
        self._names.close()
        self._postgres.drop_database(self._database)
        self._postgres.execute(f'DROP ROLE "{self._role}"')

    def start(self, *containers: Container) -> None:
        """Start these, and wait until each is healthy."""
        for container in containers:
            container.start()
        for container in containers:
            self._until_healthy(lambda one=container: one.log, container.is_healthy)

    def _until_healthy(self, what: Callable[[], str], is_healthy: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _HEALTHY_SECONDS
        while not is_healthy():
            assert time.monotonic() < deadline, f"never healthy:\n{what()}"
            time.sleep(0.1)

    def _postgres_is_healthy(self) -> bool:
        kind, *words = self.services["postgres"]["healthcheck"]["test"]
        assert kind == "CMD"
        parts = urlsplit(self._database)
        where = {"PGHOST": str(parts.hostname), "PGPORT": str(parts.port)}
        path = f"{self._postgres.programs}:{os.environ['PATH']}"
        program = str(shutil.which(words[0], path=path))
        return subprocess.run([program, *words[1:]], env=where, check=False).returncode == 0

    def _container(self, name: str, number: int) -> Container:
        folder = self._folder / f"{name}-{number}"
        address = f"{self._network}.{number}"
        return Container(self.services[name], address, folder, self._around)

    def _make_secrets(self) -> dict[str, Path]:
        password = secrets.token_urlsafe(24)
        self._role = f"zenmode_{secrets.token_hex(4)}"
        self._database = self._postgres.create_database()
        name = urlsplit(self._database).path.lstrip("/")
        self._postgres.execute(f"CREATE ROLE \"{self._role}\" LOGIN PASSWORD '{password}'")
        self._postgres.execute(f'ALTER DATABASE "{name}" OWNER TO "{self._role}"')
        port = urlsplit(self._database).port
        values = {
            "database_password": password,
            "database_url": f"postgres://{self._role}:{password}@postgres:{port}/{name}",
            "secret_key": secrets.token_urlsafe(32),
        }
        folder = self._folder / "secrets"
        folder.mkdir()
        for name, value in values.items():
            (folder / name).write_text(f"{value}\n")
        return {name: folder / name for name in values}

    def _make_volumes(self) -> dict[str, Path]:
        redis = self._folder / "redis-volume"
        redis.mkdir()
        settings = (ROOT / "deploy" / "haproxy.cfg").read_text()
        # The file names Docker's name server and every address; here are others.
        settings = settings.replace("127.0.0.11:53", self._names.address)
        settings = settings.replace("bind :8000", f"bind {self._network}.31:8000")
        proxy = self._folder / "haproxy.cfg"
        proxy.write_text(settings)
        return {"redis": redis, "./deploy/haproxy.cfg": proxy}


@contextmanager
def running_stack(
    postgres: PostgresServer, settings: dict[str, str], ca_bundle: Path
) -> Iterator[Stack]:
    """The whole stack, for as long as a module of tests needs it."""
    folder = Path(tempfile.mkdtemp(prefix="zenmode-stack-"))
    stack = Stack(folder, postgres, settings, ca_bundle)
    try:
        stack.up()
        yield stack
    finally:
        stack.close()
        shutil.rmtree(folder, ignore_errors=True)
