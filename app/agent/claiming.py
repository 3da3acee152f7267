"""Asking the server for a task."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.agent.documents import CLAIM_TASKS
from app.agent.graphql_client import GraphQLClient
from app.agent.lease import Lease
from app.agent.retrying import now


@dataclass(frozen=True)
class Claim:
    """A lease on a task, and the LinkedIn account that it is for."""

    account_id: str
    lease: Lease


async def claim_one(
    session: GraphQLClient, account_ids: Sequence[str], lease_seconds: int
) -> Claim | None:
    """A task of these accounts, or of all the workspace's when none is named; None without work.

    Raises what `Session.execute` raises.
    """
    ends_at = now() + lease_seconds
    wish = {"linkedinAccountIds": list(account_ids), "leaseSeconds": lease_seconds}
    granted = await session.ask(CLAIM_TASKS, {"input": wish}, _granted)
    if granted is None:
        return None
    account_id, task_id, token = granted
    return Claim(account_id, Lease(task_id, token, lease_seconds, ends_at))


def _granted(data: dict[str, Any]) -> tuple[str, str, str] | None:
    for one in data["claimTasks"]["leases"]:
        return one["task"]["linkedinAccountId"], one["task"]["id"], one["leaseToken"]
    return None
