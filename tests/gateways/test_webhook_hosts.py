from collections.abc import Sequence

import pytest

from app.domain.webhook_address import Network
from app.gateways.resolver import SystemResolver
from app.gateways.webhook_hosts import WebhookHosts
from tests.gateways.conftest import LOOPBACK
from tests.gateways.hostile import Names


@pytest.mark.parametrize(
    ("addresses", "opened", "is_refused"),
    [
        (["8.8.8.8"], [], False),
        (["8.8.8.8", "2606:4700::1111"], [], False),
        (["203.0.113.7"], [], True),
        (["8.8.8.8", "10.0.0.1"], [], True),
        (["127.0.0.1"], [], True),
        (["127.0.0.1"], [LOOPBACK], False),
        (["::1", "127.0.0.1"], [LOOPBACK], True),
    ],
)
async def test_even_one_refused_address_is_too_many(
    addresses: list[str], opened: Sequence[Network], is_refused: bool
) -> None:
    hosts = WebhookHosts(Names(hooks=[addresses]), opened)
    assert await hosts.leads_to_refused_address("https://hooks.example.com/") is is_refused


async def test_a_name_that_stands_for_nothing_yet_is_let_through() -> None:
    assert not await WebhookHosts(Names(), []).leads_to_refused_address("https://hooks.example.com")


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "017700000001", "[::1]", "[::]"],
)
async def test_this_machine_is_refused_by_every_name(host: str) -> None:
    hosts = WebhookHosts(SystemResolver(), [])
    assert await hosts.leads_to_refused_address(f"https://{host}:8443/hook")
