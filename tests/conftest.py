"""The real things that tests stand on: databases, Redis, a webhook's receiver."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import structlog

from app.gateways.receivers import webhook_sender
from app.models.engine.migrate import migrate
from app.settings import load_settings
from tests.servers.postgres import PostgresServer
from tests.servers.receiver import Receiver
from tests.servers.redis import RedisServer
from tests.servers.reused_database import ReusedDatabase


def pytest_configure() -> None:
    """What the developer has set for a server of their own is not for the tests."""
    for name in list(os.environ):
        if name.startswith("ZENMODE_") and not name.startswith("ZENMODE_TEST_"):
            del os.environ[name]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What an upgrade has taken away is named before whatever fails of it."""
    items.sort(key=lambda item: item.path.name != "test_borrowed_internals.py")


@pytest.fixture(autouse=True)
def _plain_logs() -> None:
    """Tracebacks as Python prints them: the library's pictures of them take a second each."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.stdlib.add_log_level, plain])


@pytest.fixture(scope="session", autouse=True)
def _authorities_read_once() -> Iterator[None]:
    """A process opens its services once, the tests thousands of times: 60 ms of a core each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(webhook_sender, "_trusting", cache(webhook_sender._trusting))
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One for each worker of the test run. A test that stops it asks for `fragile_postgres`."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture
def fragile_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test alone, to be stopped and restarted. Its databases are empty."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One for each worker of the test run. A test that stops it asks for `fragile_redis`."""
    server = RedisServer()
    yield server
    server.close()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """An empty Redis."""
    redis_server.flush()
    return redis_server.url


@pytest.fixture
def fragile_redis() -> Iterator[RedisServer]:
    """A Redis of this test alone, to be frozen, killed and restarted."""
    server = RedisServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def _receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.close()


@pytest.fixture
def receiver(_receiver: Receiver) -> Receiver:
    """A webhook's receiver without any request or answer from before."""
    _receiver.clear()
    return _receiver


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "zenmode.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def _migrated_postgres(postgres_server: PostgresServer) -> Iterator[str]:
    url = postgres_server.create_database()
    _migrate(url)
    yield url
    postgres_server.drop_database(url)


def _migrate(url: str) -> None:
    settings = load_settings(
        {"ZENMODE_DATABASE_URL": url, "ZENMODE_SECRET_KEY": "k" * 32}, env_file=None
    )
    asyncio.run(migrate(settings.database))


@pytest.fixture
def sqlite_url(_migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database of this test alone."""
    file = tmp_path / "zenmode.db"
    shutil.copyfile(_migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def _reused_postgres(
    postgres_server: PostgresServer, _migrated_postgres: str
) -> Iterator[ReusedDatabase]:
    reused = ReusedDatabase(postgres_server, _migrated_postgres)
    yield reused
    reused.close()


@pytest.fixture
def postgres_url(_reused_postgres: ReusedDatabase) -> Iterator[str]:
    """A migrated, empty PostgreSQL database of this test alone."""
    url = _reused_postgres.lend()
    yield url
    _reused_postgres.take_back(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of this test alone; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
