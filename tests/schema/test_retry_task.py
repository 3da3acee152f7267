"""Retrying a failed task, as callers of GraphQL see it."""

from typing import Any

from tests.rest.product import Product

CLAIM = """
mutation($account: ID!) {
  claimTasks(input: {linkedinAccountIds: [$account]}) { leases { leaseToken } }
}
"""
START = """
mutation($lease: LeaseInput!) { startTask(input: $lease) { lease { task { status } } } }
"""
FAIL = "mutation($input: FailTaskInput!) { failTask(input: $input) { task { status } } }"
RETRY = """
mutation($id: ID!, $confirm: Boolean! = false) {
  retryTask(id: $id, confirmUnknown: $confirm) { task { id retryOf retriedAs } }
}
"""
SHOWN = "{ tasks { nodes { id retriedAs availableActions } } }"


async def failed_task(product: Product, code: str) -> str:
    """The id of a task that its agent failed with this code."""
    task = await product.create_task()
    agent = product.owner.agent_token
    claimed = await product.graphql(CLAIM, agent, account=product.owner.linkedin_account_id)
    (held,) = claimed["data"]["claimTasks"]["leases"]
    lease = {"taskId": task["id"], "leaseToken": held["leaseToken"]}
    await product.graphql(START, agent, lease=lease)
    report = {**lease, "code": code, "message": "no", "retryable": False}
    failed = await product.graphql(FAIL, agent, input=report)
    assert failed["data"]["failTask"]["task"]["status"] == "FAILED"
    task_id: str = task["id"]
    return task_id


async def shown(product: Product) -> dict[str, tuple[str | None, list[str]]]:
    """What a list shows of each task: its latest retry, and what may be done with it."""
    nodes: list[dict[str, Any]] = (await product.graphql(SHOWN))["data"]["tasks"]["nodes"]
    return {one["id"]: (one["retriedAs"], one["availableActions"]) for one in nodes}


async def test_a_second_retry_is_refused_with_the_id_of_the_first(product: Product) -> None:
    task_id = await failed_task(product, "no_such_profile")
    assert await shown(product) == {task_id: (None, ["RETRY"])}

    memo = (await product.graphql(RETRY, id=task_id))["data"]["retryTask"]["task"]
    assert (memo["retryOf"], memo["retriedAs"]) == (task_id, None)
    assert await shown(product) == {task_id: (memo["id"], []), memo["id"]: (None, ["CANCEL"])}

    (error,) = (await product.graphql(RETRY, id=task_id))["errors"]
    assert error["extensions"] == {
        "code": "CONFLICT",
        "docUrl": "/docs/errors#CONFLICT",
        "taskId": memo["id"],
    }


async def test_an_unknown_outcome_is_retried_when_that_is_confirmed(product: Product) -> None:
    task_id = await failed_task(product, "outcome_unknown")

    (error,) = (await product.graphql(RETRY, id=task_id))["errors"]
    assert error["extensions"]["code"] == "CONFLICT"
    assert "confirmUnknown" in error["message"]

    confirmed = await product.graphql(RETRY, id=task_id, confirm=True)
    assert confirmed["data"]["retryTask"]["task"]["retryOf"] == task_id


async def test_a_refused_retry_names_its_field_without_a_position(product: Product) -> None:
    task_id = await failed_task(product, "no_such_profile")
    account = product.owner.linkedin_account_id
    await product.graphql(
        "mutation($id: ID!) { disconnectLinkedinAccount(id: $id) { linkedinAccount { id } } }",
        product.owner.agent_token,
        id=account,
    )
    assert await shown(product) == {task_id: (None, [])}

    (error,) = (await product.graphql(RETRY, id=task_id))["errors"]

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert not error["message"].startswith("0")
    (detail,) = error["extensions"]["details"]
    assert detail["path"] == ["linkedinAccountId"]
