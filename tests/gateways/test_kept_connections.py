"""Connections that are kept: few, not for long, and each for its own endpoint alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address

import pytest
import trustme

from app.gateways.receivers import kept_connections
from app.gateways.receivers.kept_connections import KeptConnections
from app.gateways.receivers.receiver_connection import Endpoint, ReceiverConnection, connect
from tests.gateways.conftest import trusting
from tests.gateways.hostile import Listening, certified, listening
from tests.waiting import until

_ONE, _TWO = "one.example.com", "two.example.com"


async def _waiting(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    while await reader.read(1_000):
        pass


@asynccontextmanager
async def keeping(authority: trustme.CA) -> AsyncIterator[tuple[KeptConnections, Listening]]:
    """A keeper, and a receiver that waits for requests."""
    kept = KeptConnections()
    async with listening(_waiting, certified(authority, _ONE, _TWO)) as there:
        yield kept, there
        kept.close()
        await asyncio.sleep(0)


async def _connected(
    authority: trustme.CA, there: Listening, host: str = _ONE
) -> ReceiverConnection:
    endpoint = Endpoint(host, there.port, ip_address("127.0.0.1"))
    return await connect(endpoint, trusting(authority), None)


async def test_a_connection_leads_to_the_address_at_which_it_was_kept(
    authority: trustme.CA,
) -> None:
    async with keeping(authority) as (kept, there):
        connection = await _connected(authority, there)
        kept.keep(connection)
        endpoint = connection.endpoint
        for other in (
            Endpoint(_TWO, endpoint.port, endpoint.address),
            Endpoint(endpoint.host, endpoint.port + 1, endpoint.address),
            Endpoint(endpoint.host, endpoint.port, ip_address("127.0.0.2")),
        ):
            assert kept.take([other]) is None
        another = Endpoint(endpoint.host, endpoint.port, ip_address("127.0.0.3"))
        assert kept.take([another, endpoint]) is connection
        assert kept.take([endpoint]) is None
        kept.keep(connection)


async def test_no_more_are_kept_than_may_be_for_one_endpoint_and_for_all(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_connections, "_MOST_PER_ENDPOINT", 2)
    monkeypatch.setattr(kept_connections, "_MOST", 3)
    async with keeping(authority) as (kept, there):
        memo = []
        for host in (_ONE, _ONE, _ONE, _TWO, _TWO):
            memo.append(await _connected(authority, there, host))
            kept.keep(memo[-1])
        assert [one.is_open for one in memo] == [False, True, False, True, True]
        assert len(kept) == 3


async def test_a_connection_that_nobody_needs_is_ended(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_connections, "_KEPT_SECONDS", 0.05)
    async with keeping(authority) as (kept, there):
        for _ in range(2):
            kept.keep(await _connected(authority, there))
        await until(lambda: len(kept) == 0)


async def test_a_connection_that_the_receiver_ends_is_kept_no_longer(
    authority: trustme.CA,
) -> None:
    async def leaving(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    kept = KeptConnections()
    async with listening(leaving, certified(authority, _ONE, _TWO)) as there:
        connection = await _connected(authority, there)
        kept.keep(connection)
        await until(lambda: len(kept) == 0)
        assert not connection.is_open
        kept.keep(connection)
        assert len(kept) == 0
    kept.close()
