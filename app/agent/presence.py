"""Telling the server what this agent is, and that it goes."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.agent.documents import ANNOUNCE, GO_OFFLINE, GREET
from app.agent.drivers import DriverFacts
from app.agent.graphql_client import GraphQLClient, Refused, TokenRefused, Unreachable
from app.agent.retrying import retry_until_answered

log = logging.getLogger("zenmode.agent")

_GOODBYE_SECONDS = 3.0
_LEAST_POLL_SECONDS = 1
_LEASE_BOUNDS_SECONDS = (10, 900)


@dataclass(frozen=True)
class Wishes:
    """How often the server wishes to be asked for work, and how long it wishes leases to be."""

    poll_seconds: int
    lease_seconds: int


async def greet(session: GraphQLClient) -> None:
    """Learns whom the token belongs to. Raises TokenRefused when that is no agent."""
    agent, workspace = await retry_until_answered(
        lambda: session.ask(GREET, {}, _names), "signing in"
    )
    if agent is None:
        raise TokenRefused("FORBIDDEN", "it is not an agent's")
    log.info("agent %s of workspace %s", agent, workspace)


def _names(data: dict[str, Any]) -> tuple[str | None, str]:
    viewer = data["viewer"]
    agent = viewer["agent"]
    return agent and agent["name"], viewer["workspace"]["name"]


async def announce(
    session: GraphQLClient, driver: DriverFacts, account_ids: Sequence[str]
) -> Wishes:
    """Says what this agent is until the server has heard it. Raises Refused or TokenRefused."""
    said = {
        "features": [],
        "driver": driver.name[:100],
        "driverVersion": driver.version and driver.version[:64],
        "isAttended": driver.is_attended,
        "isDryRun": driver.is_dry_run,
        "linkedinAccountIds": list(account_ids),
    }
    return await retry_until_answered(
        lambda: session.ask(ANNOUNCE, {"input": said}, _wishes), "signing in"
    )


async def go_offline(session: GraphQLClient) -> None:
    """Says that this agent goes, if that can be said soon; it is offline in a minute anyway."""
    try:
        async with asyncio.timeout(_GOODBYE_SECONDS):
            await session.execute(GO_OFFLINE, {})
    except (TimeoutError, Unreachable, Refused) as error:
        log.info("could not report to the server that this agent stops: %s", error)


def _wishes(data: dict[str, Any]) -> Wishes:
    said = data["announceAgent"]
    least, most = _LEASE_BOUNDS_SECONDS
    return Wishes(
        poll_seconds=max(_LEAST_POLL_SECONDS, int(said["pollSeconds"])),
        lease_seconds=min(most, max(least, int(said["leaseSeconds"]))),
    )
