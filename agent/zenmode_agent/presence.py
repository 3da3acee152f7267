"""Telling the server what this agent is, and that it stops."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zenmode_agent.drivers.installed_drivers import DriverFacts
from zenmode_agent.errors import Refused, TokenRefused, Unreachable
from zenmode_agent.server.documents import ANNOUNCE, GO_OFFLINE, IDENTIFY
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.retrying import retry_until_answered

log = logging.getLogger("zenmode.agent")

_GO_OFFLINE_SECONDS = 3.0
_LEAST_POLL_SECONDS = 1
_LEASE_BOUNDS_SECONDS = (10, 900)


@dataclass(frozen=True)
class ServerDefaults:
    """How often the server wants to be polled, and how long leases should be."""

    poll_seconds: int
    lease_seconds: int


async def identify(client: GraphQLClient) -> None:
    """Asks which agent the token belongs to. Raises TokenRefused when it is not an agent's."""
    agent, workspace = await retry_until_answered(
        lambda: client.ask(IDENTIFY, {}, _names), "signing in"
    )
    if agent is None:
        raise TokenRefused("FORBIDDEN", "it is not an agent's")
    log.info("agent %s of workspace %s", agent, workspace)


def _names(data: dict[str, Any]) -> tuple[str | None, str]:
    viewer = data["viewer"]
    agent = viewer["agent"]
    return agent and agent["name"], viewer["workspace"]["name"]


async def announce(
    client: GraphQLClient, driver: DriverFacts, account_ids: Sequence[str]
) -> ServerDefaults:
    """Describes this agent to the server, and returns its defaults. Raises Refused."""
    description = {
        "features": [],
        "driver": driver.name[:100],
        "driverVersion": driver.version and driver.version[:64],
        "isAttended": driver.is_attended,
        "isDryRun": driver.is_dry_run,
        "linkedinAccountIds": list(account_ids),
    }
    return await retry_until_answered(
        lambda: client.ask(ANNOUNCE, {"input": description}, _defaults), "signing in"
    )


async def go_offline(client: GraphQLClient) -> None:
    """Reports that this agent stops, if that takes seconds; it is offline in a minute anyway."""
    try:
        async with asyncio.timeout(_GO_OFFLINE_SECONDS):
            await client.execute(GO_OFFLINE, {})
    except (TimeoutError, Unreachable, Refused) as error:
        log.info("could not report to the server that this agent stops: %s", error)


def _defaults(data: dict[str, Any]) -> ServerDefaults:
    given = data["announceAgent"]
    least, most = _LEASE_BOUNDS_SECONDS
    return ServerDefaults(
        poll_seconds=max(_LEAST_POLL_SECONDS, int(given["pollSeconds"])),
        lease_seconds=min(most, max(least, int(given["leaseSeconds"]))),
    )
