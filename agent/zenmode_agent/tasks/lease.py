"""A lease on one task: how long the agent may still act, and its renewal."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from zenmode_agent.errors import Refused, TokenRefused, Unreachable
from zenmode_agent.server.documents import RENEW_LEASES
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.retrying import backoff, now

log = logging.getLogger("zenmode.agent")


@dataclass
class Lease:
    """The right to act on one task, for `seconds` at a time.

    `ends_at` is a time of `now()`, counted from before the request: never later than the server's.
    The last sixth is for stopping; after half of it, the action must have stopped.
    """

    task_id: str
    token: str = field(repr=False)
    seconds: float
    ends_at: float
    is_abandoned: bool = False
    is_begun: bool = False

    def seconds_left(self) -> float:
        """Seconds in which the agent may act; 0 when it may not."""
        return 0.0 if self.is_abandoned else max(0.0, self.ends_at - self.seconds / 6 - now())

    def holds(self) -> bool:
        """Whether the agent may act."""
        return self.seconds_left() > 0

    def is_over(self) -> bool:
        """Whether another agent may soon hold the task."""
        return now() >= self.ends_at - self.seconds / 12

    def abandon(self) -> None:
        """Stops renewing: the server has taken it away, or the action is to stop."""
        self.is_abandoned = True
        self.ends_at = min(self.ends_at, now() + self.seconds / 6)

    def as_input(self) -> dict[str, object]:
        """The lease as an argument (`LeaseInput`)."""
        return {"taskId": self.task_id, "leaseToken": self.token}


@asynccontextmanager
async def renewed(lease: Lease, client: GraphQLClient) -> AsyncIterator[None]:
    """Renews the lease while the block runs and the server allows it."""
    renewing = asyncio.create_task(_renew_repeatedly(lease, client))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)


async def _renew_repeatedly(lease: Lease, client: GraphQLClient) -> None:
    waits = backoff(longest_seconds=lease.seconds / 6)
    wait_seconds = lease.seconds / 3
    while True:
        await asyncio.sleep(wait_seconds)
        if lease.is_abandoned:
            return
        try:
            await _renew(lease, client)
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


async def _renew(lease: Lease, client: GraphQLClient) -> None:
    ends_at = now() + lease.seconds
    variables = {"input": {"leases": [lease.as_input()], "leaseSeconds": lease.seconds}}
    lost = await client.ask(RENEW_LEASES, variables, _lost_tasks)
    if lease.task_id in lost:
        log.warning("task %s: its lease is lost", lease.task_id)
        lease.abandon()
    elif not lease.is_abandoned:
        lease.ends_at = ends_at
