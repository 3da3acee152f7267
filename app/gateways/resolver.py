"""What a host's name stands for, asked once and checked whole."""

import asyncio
import contextlib
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Protocol

from app.domain.webhook_address import Address, Network, is_allowed

# Twice as many attempts as a worker has in flight: a lookup that hangs may outlast its attempt.
_THREADS = 600


class UnresolvedError(Exception):
    """The name stands for nothing at the moment."""


class RefusedAddressError(Exception):
    """The name stands for at least one address that webhooks may not reach."""


class Resolver(Protocol):
    """Asks for a host's addresses."""

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Raises UnresolvedError."""


class SystemResolver:
    """The system's own, in threads of its own: a name server that hangs holds up nobody else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="resolver")

    async def resolve(self, host: str, port: int) -> list[Address]:
        """All addresses; an address stands for itself and asks nobody."""
        with contextlib.suppress(ValueError):
            return [ip_address(host)]
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, _look_up, host, port)
        except (OSError, UnicodeError) as error:
            raise UnresolvedError(host) from error
        return [ip_address(one.partition("%")[0]) for one in found]

    def close(self) -> None:
        """Wait for nobody."""
        self._threads.shutdown(wait=False, cancel_futures=True)


async def checked_addresses(
    resolver: Resolver, host: str, port: int, allowed_networks: Sequence[Network]
) -> list[Address]:
    """The addresses of a host, in the order of preference, when all of them are allowed.

    Raises UnresolvedError or RefusedAddressError.
    """
    addresses = await resolver.resolve(host, port)
    if not addresses:
        raise UnresolvedError(host)
    if not all(is_allowed(one, allowed_networks) for one in addresses):
        raise RefusedAddressError(host)
    return addresses


def _look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]
