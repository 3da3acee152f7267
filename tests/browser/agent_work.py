"""What an agent does, step by step, where a browser test wants to hold it in the middle."""

from typing import Any

from tests.journeys.fleet import Fleet

_CLAIM = (
    "mutation { claimTasks(input: {linkedinAccountIds: []}) { leases { leaseToken task { id } } } }"
)
_START = "mutation ($input: LeaseInput!) { startTask(input: $input) { lease { leaseToken } } }"
_COMPLETE = "mutation ($input: CompleteTaskInput!) { completeTask(input: $input) { task { id } } }"
_FAIL = "mutation ($input: FailTaskInput!) { failTask(input: $input) { task { id } } }"


async def begin(fleet: Fleet) -> dict[str, str]:
    """The lease of the next task, which has begun."""
    claimed = await fleet.graphql_by_agent(_CLAIM)
    (lease,) = claimed["claimTasks"]["leases"]
    held = {"taskId": lease["task"]["id"], "leaseToken": lease["leaseToken"]}
    await fleet.graphql_by_agent(_START, input=held)
    return held


async def complete(fleet: Fleet, held: dict[str, str]) -> None:
    """Report that a begun task was performed."""
    await fleet.graphql_by_agent(_COMPLETE, input=held)


async def fail(fleet: Fleet, code: str, **more: Any) -> None:
    """Begin the next task and report that it failed."""
    failure = {"code": code, "message": "the window closed", "retryable": False, **more}
    await fleet.graphql_by_agent(_FAIL, input={**await begin(fleet), **failure})
