"""Claiming a task from the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zenmode_agent.server.documents import CLAIM_TASKS
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.retrying import now
from zenmode_agent.tasks.lease import Lease


@dataclass(frozen=True)
class Claim:
    """A lease on a task, and the LinkedIn account that it is for."""

    account_id: str
    lease: Lease


async def claim_one(
    client: GraphQLClient, account_ids: Sequence[str], lease_seconds: int
) -> Claim | None:
    """A task of these accounts, or of any account when none is named; None if there is none.

    Raises what `GraphQLClient.execute` raises.
    """
    ends_at = now() + lease_seconds
    variables = {"input": {"linkedinAccountIds": list(account_ids), "leaseSeconds": lease_seconds}}
    granted = await client.ask(CLAIM_TASKS, variables, _granted)
    if granted is None:
        return None
    account_id, task_id, token = granted
    return Claim(account_id, Lease(task_id, token, lease_seconds, ends_at))


def _granted(data: dict[str, Any]) -> tuple[str, str, str] | None:
    for one in data["claimTasks"]["leases"]:
        return one["task"]["linkedinAccountId"], one["task"]["id"], one["leaseToken"]
    return None
