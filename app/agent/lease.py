"""A lease on one task: how long the agent may still act, and its renewal."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from app.agent.documents import RENEW_LEASES
from app.agent.graphql_client import GraphQLClient, Refused, TokenRefused, Unreachable
from app.agent.retrying import backoff, now

log = logging.getLogger("zenmode.agent")


@dataclass
class Lease:
    """The right to act on one task, for `seconds` at a time.

    `ends_at` is of `now()` and counted from before the asking: never later than the server's end.
    The last sixth is for stopping; when half of that is gone, nothing may be going on.
    """

    task_id: str
    token: str = field(repr=False)
    seconds: float
    ends_at: float
    is_let_go: bool = False
    is_begun: bool = False

    def seconds_left(self) -> float:
        """Seconds in which the agent may act; 0 when it may not."""
        return 0.0 if self.is_let_go else max(0.0, self.ends_at - self.seconds / 6 - now())

    def holds(self) -> bool:
        """Whether the agent may act."""
        return self.seconds_left() > 0

    def is_over(self) -> bool:
        """Whether acting now might be acting beside somebody else."""
        return now() >= self.ends_at - self.seconds / 12

    def let_go(self) -> None:
        """Renews no more: the server has taken it away, or what goes on is to stop."""
        self.is_let_go = True
        self.ends_at = min(self.ends_at, now() + self.seconds / 6)

    def named(self) -> dict[str, object]:
        """The lease as an argument (`LeaseInput`)."""
        return {"taskId": self.task_id, "leaseToken": self.token}


@asynccontextmanager
async def kept(lease: Lease, session: GraphQLClient) -> AsyncIterator[None]:
    """Renews the lease as long as the block runs and the server lets it."""
    renewing = asyncio.create_task(_renew_for_ever(lease, session))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)


async def _renew_for_ever(lease: Lease, session: GraphQLClient) -> None:
    waits = backoff(longest_seconds=lease.seconds / 6)
    wait_seconds = lease.seconds / 3
    while True:
        await asyncio.sleep(wait_seconds)
        if lease.is_let_go:
            return
        try:
            await _renew(lease, session)
        except TokenRefused:
            return
        except (Unreachable, Refused) as error:
            log.warning("task %s: its lease could not be renewed: %s", lease.task_id, error)
            wait_seconds = next(waits)
        else:
            waits = backoff(longest_seconds=lease.seconds / 6)
            wait_seconds = lease.seconds / 3


def _lost_tasks(data: dict[str, Any]) -> list[str]:
    return list(data["renewLeases"]["lost"])


async def _renew(lease: Lease, session: GraphQLClient) -> None:
    ends_at = now() + lease.seconds
    wish = {"leases": [lease.named()], "leaseSeconds": lease.seconds}
    lost = await session.ask(RENEW_LEASES, {"input": wish}, _lost_tasks)
    if lease.task_id in lost:
        log.warning("task %s: its lease is lost", lease.task_id)
        lease.let_go()
    elif not lease.is_let_go:
        lease.ends_at = ends_at
