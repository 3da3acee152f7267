"""An authority, and senders that trust it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from ipaddress import ip_network
from pathlib import Path

import pytest
import trustme
import uvloop

from app.gateways.receivers.resolver import Resolver, SystemResolver
from app.gateways.receivers.webhook_sender import WebhookSender

MakeSender = Callable[..., WebhookSender]
LOOPBACK = ip_network("127.0.0.0/8")


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop of production: a transport of asyncio's is another one than uvloop's."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Signs the receivers' certificates."""
    return trustme.CA()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """What a client needs to believe in what the authority has signed."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
async def make_sender(authority: trustme.CA, tmp_path: Path) -> AsyncIterator[MakeSender]:
    """Makes senders that trust the authority, or the bundle that they are given."""
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    async with AsyncExitStack() as stack:

        def make(
            resolver: Resolver | None = None,
            *,
            ca_bundle: Path | None = bundle,
            timeout_seconds: float = 5,
        ) -> WebhookSender:
            sender = WebhookSender(
                resolver or SystemResolver(),
                allowed_networks=[LOOPBACK],
                ca_bundle=ca_bundle,
                timeout_seconds=timeout_seconds,
            )
            stack.push_async_callback(sender.aclose)
            return sender

        yield make
