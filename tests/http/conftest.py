"""The toy doors, by direct call and behind a real server."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.http.toy import Toy
from tests.http.toy import toy as make_toy


@pytest.fixture
async def toy() -> Toy:
    return make_toy()


@pytest.fixture
async def client(toy: Toy) -> AsyncIterator[httpx.AsyncClient]:
    """Talks to the toy without a network, as a stranger."""
    transport = httpx.ASGITransport(toy.app, client=("192.0.2.1", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client
