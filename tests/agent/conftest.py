"""A running product, a workspace in it, and an agent at work behind a network that may fail."""

import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.agent.agent_process import AgentProcess
from tests.agent.product import Customer, Product
from tests.agent.proxy import Proxy, proxy_to

StartAgent = Callable[..., AgentProcess]


@pytest.fixture(scope="session")
def _product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(tmp_path_factory.mktemp("product"))
    product.start()
    yield product
    product.stop()


@pytest.fixture
async def customer(_product: Product) -> AsyncIterator[Customer]:
    """With a workspace of its own."""
    workspace = _product.bootstrap(f"{uuid.uuid4().hex}@example.com")
    customer = Customer(_product.url, workspace)
    yield customer
    await customer.close()


@pytest.fixture
async def proxy(_product: Product) -> AsyncIterator[Proxy]:
    async with proxy_to(_product.url) as proxy:
        yield proxy


@pytest.fixture
def start_agent(tmp_path: Path, customer: Customer, proxy: Proxy) -> Iterator[StartAgent]:
    """Starts an agent of the customer's behind the proxy; each name has its own data folder."""
    agents: list[AgentProcess] = []

    def start(name: str = "agent", **options: object) -> AgentProcess:
        token = customer.workspace["agent_token"]
        agent = AgentProcess(tmp_path / name, proxy.url, token, **options)  # type: ignore[arg-type]
        agents.append(agent)
        agent.start()
        return agent

    yield start
    for agent in agents:
        agent.close()
