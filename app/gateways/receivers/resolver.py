"""What a host's name stands for, asked once and checked whole."""

import asyncio
import contextlib
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from threading import Thread
from time import monotonic
from typing import Protocol

from app.domain.webhooks.webhook_address import Address, Network, is_reserved, may_lead_to

# Twice as many as a worker has attempts in flight: a look-up that hangs may outlast its attempt.
_MOST_LOOKUPS = 1_200
_SHARED_SECONDS = 1.0


class UnresolvedError(Exception):
    """The name stands for nothing at the moment."""


class NotAskedError(UnresolvedError):
    """The name could not be looked up: this process has no thread left."""


class RefusedAddressError(Exception):
    """The name stands for at least one address that webhooks may not reach."""


class Resolver(Protocol):
    """Asks for a host's addresses."""

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Raises UnresolvedError."""


@dataclass(frozen=True, slots=True)
class _LookUp:
    began: float
    answer: asyncio.Future[list[Address] | Exception]


class SystemResolver:
    """The system's own, each look-up in a thread of its own.

    A name server that hangs holds up no other look-up, and not the end of the process either: that
    is why these are no threads of a pool, which the interpreter would wait for. Who asks for a name
    while somebody else's look-up of it is under way gets that one's answer, which is as new as an
    answer of its own; unless it hangs, for then a new one may be luckier.
    """

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(_MOST_LOOKUPS)
        self._under_way: dict[tuple[str, int], _LookUp] = {}

    async def resolve(self, host: str, port: int) -> list[Address]:
        """All addresses; an address stands for itself and is not looked up."""
        literal = _literal(host)
        if literal is not None:
            return [literal]
        look_up = self._under_way.get((host, port))
        if look_up is None or monotonic() - look_up.began > _SHARED_SECONDS:
            await self._free.acquire()
            look_up = self._begin(host, port)
        # Who stops waiting leaves the answer to the others.
        found = await asyncio.shield(look_up.answer)
        if isinstance(found, NotAskedError):
            raise NotAskedError(host) from found
        if isinstance(found, Exception):
            raise UnresolvedError(host) from found
        return found

    def _begin(self, host: str, port: int) -> "_LookUp":
        loop = asyncio.get_running_loop()
        look_up = _LookUp(monotonic(), loop.create_future())
        self._under_way[host, port] = look_up

        def arrived(found: list[Address] | Exception) -> None:
            self._free.release()
            if self._under_way.get((host, port)) is look_up:
                del self._under_way[host, port]
            look_up.answer.set_result(found)

        def ask() -> None:
            found = _look_up(host, port)
            # The process may be about to end: then no one waits for this any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(arrived, found)

        try:
            Thread(target=ask, name="resolver", daemon=True).start()
        except RuntimeError:
            # The system gives no more threads. The next look-up may succeed.
            arrived(NotAskedError(host))
        return look_up


async def checked_addresses(
    resolver: Resolver, host: str, port: int, allowed_networks: Sequence[Network]
) -> list[Address]:
    """The addresses of a host, in the order of preference, when all of them are allowed.

    Raises UnresolvedError or RefusedAddressError.
    """
    if is_reserved(host) and not allowed_networks:
        raise RefusedAddressError(host)
    addresses = await resolver.resolve(host, port)
    if not addresses:
        raise UnresolvedError(host)
    if not all(may_lead_to(host, one, allowed_networks) for one in addresses):
        raise RefusedAddressError(host)
    return addresses


@lru_cache(maxsize=1_000)
def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _look_up(host: str, port: int) -> list[Address] | Exception:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [ip_address(str(sockaddr[0]).partition("%")[0]) for *_, sockaddr in found]
    except (OSError, ValueError) as error:
        return error
