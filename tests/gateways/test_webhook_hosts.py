from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from app.domain.webhooks.webhook_address import Address, Network
from app.gateways.receivers.resolver import SystemResolver
from app.gateways.receivers.webhook_hosts import WebhookHosts
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


_RESERVED = """
localhost LOCALHOST localhost. foo.localhost foo.localhost. local printer.local a.b.LOCAL.
invalid x.invalid test x.test. onion abc.onion internal metadata.google.internal home.arpa
router.home.arpa. 10.in-addr.arpa localhost。 foo.ｌｏｃａｌｈｏｓｔ
"""


@pytest.mark.parametrize("host", _RESERVED.split())
async def test_a_reserved_name_is_refused_whether_it_resolves_or_not(host: str) -> None:
    for names in (Names(), Names(foo=[["8.8.8.8"]]), _Everything("8.8.8.8")):
        for opened in ([], [LOOPBACK]):
            hosts = WebhookHosts(names, opened)
            assert await hosts.leads_to_refused_address(f"https://{host}:8443/hook")


@pytest.mark.parametrize("host", _RESERVED.split())
async def test_a_reserved_name_is_taken_when_the_network_it_leads_into_is_opened(
    host: str,
) -> None:
    hosts = WebhookHosts(_Everything("127.0.0.1"), [LOOPBACK])
    assert not await hosts.leads_to_refused_address(f"https://{host}:8443/hook")
    mixed = WebhookHosts(_Everything("127.0.0.1", "8.8.8.8"), [LOOPBACK])
    assert await mixed.leads_to_refused_address(f"https://{host}:8443/hook")


@pytest.mark.parametrize(
    "host", ["localhost.com", "test.example.com", "local.host", "my-internal", "latest", "carpa"]
)
async def test_a_name_that_only_looks_like_a_reserved_one_is_no_such(host: str) -> None:
    assert not await WebhookHosts(Names(), []).leads_to_refused_address(f"https://{host}/")


class _Everything:
    """Every name stands for these."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = [ip_address(one) for one in addresses]

    async def resolve(self, _host: str, _port: int) -> list[Address]:
        return self._addresses
