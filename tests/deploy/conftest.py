"""The stack of docker-compose.yml, once for all tests that look at it."""

from collections.abc import Iterator

import pytest

from tests.deploy.container import missing_programs
from tests.deploy.stack import Stack, running_stack
from tests.servers.postgres import PostgresServer
from tests.servers.receiver import Receiver


@pytest.fixture(scope="module")
def stack(postgres_server: PostgresServer, _receiver: Receiver) -> Iterator[Stack]:
    """Running, with a receiver of this machine allowed."""
    if missing := missing_programs():
        pytest.skip(f"docker-compose.yml WAS NOT RUN: install {', '.join(missing)} (see .ci/run)")
    settings = {
        "ZENMODE_TRUSTED_PROXIES": "127.0.0.0/8",
        "ZENMODE_RATE_LIMIT_PER_MINUTE": "100000",
        "ZENMODE_DAILY_TASK_LIMIT": "100000",
        "ZENMODE_WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8",
    }
    with running_stack(postgres_server, settings, _receiver.ca_bundle) as running:
        yield running


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> str:
    """A database with nothing in it."""
    return postgres_server.create_database()
