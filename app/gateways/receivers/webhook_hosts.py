"""Asking, when a webhook is registered, where its host leads."""

import asyncio
from collections.abc import Sequence

from app.domain.webhooks.webhook_address import Network, host_of, is_reserved, port_of
from app.gateways.receivers.resolver import (
    RefusedAddressError,
    Resolver,
    UnresolvedError,
    checked_addresses,
)

_DEADLINE_SECONDS = 5.0


class WebhookHosts:
    """Checks the host of a URL against the networks that webhooks may reach."""

    def __init__(self, resolver: Resolver, allowed_networks: Sequence[Network]) -> None:
        self._resolver = resolver
        self._allowed_networks = allowed_networks

    async def leads_to_refused_address(self, url: str) -> bool:
        """True for even one refused address; a name that does not resolve may come to life.

        Unless the name is reserved: that would be none of the Internet's then either.
        """
        host = host_of(url)
        if host is None:
            return True
        try:
            async with asyncio.timeout(_DEADLINE_SECONDS):
                await checked_addresses(self._resolver, host, port_of(url), self._allowed_networks)
        except RefusedAddressError:
            return True
        except (UnresolvedError, TimeoutError):
            return is_reserved(host)
        return False
