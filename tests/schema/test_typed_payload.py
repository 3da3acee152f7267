"""What a task holds as JSON is there in typed fields too, for clients that are generated."""

from app.schema import print_schema
from tests.rest.product import Product

PROFILE = "https://linkedin.com/in/jane-doe"
TYPED = """
query($id: ID!) {
  task(id: $id) { status payload profileUrl message result error { code message } }
}
"""
CLAIM = """
mutation {
  claimTasks(input: {linkedinAccountIds: []}) { leases { leaseToken task { id } } }
}
"""
START = "mutation($i: LeaseInput!) { startTask(input: $i) { lease { leaseToken } } }"
FAIL = "mutation($i: FailTaskInput!) { failTask(input: $i) { task { id } } }"
COMPLETE = "mutation($i: CompleteTaskInput!) { completeTask(input: $i) { task { id } } }"


async def typed(product: Product, task_id: str) -> dict[str, object]:
    found: dict[str, object] = (await product.graphql(TYPED, id=task_id))["data"]["task"]
    return found


async def begun(product: Product) -> dict[str, str]:
    agent = product.owner.agent_token
    (lease,) = (await product.graphql(CLAIM, token=agent))["data"]["claimTasks"]["leases"]
    held = {"taskId": lease["task"]["id"], "leaseToken": lease["leaseToken"]}
    assert "errors" not in await product.graphql(START, token=agent, i=held)
    return held


async def test_profile_and_message_are_what_the_payload_holds(product: Product) -> None:
    with_text = await product.create_task(payload={"profile_url": PROFILE, "message": "Hi Jane"})
    without = await product.create_task(action_type="follow")

    first, second = await typed(product, with_text["id"]), await typed(product, without["id"])

    assert first["payload"] == {"profile_url": PROFILE, "message": "Hi Jane"}
    assert (first["profileUrl"], first["message"], first["error"]) == (PROFILE, "Hi Jane", None)
    assert (second["profileUrl"], second["message"]) == (PROFILE, None)


async def test_the_error_is_what_the_result_holds(product: Product) -> None:
    task = await product.create_task(action_type="follow")
    failure = {"code": "profile_not_found", "message": "There is none.", "retryable": False}
    held = await begun(product)
    await product.graphql(FAIL, token=product.owner.agent_token, i={**held, **failure})

    shown = await typed(product, task["id"])

    assert shown["status"] == "FAILED"
    assert shown["error"] == {"code": "profile_not_found", "message": "There is none."}


async def test_a_success_has_no_error(product: Product) -> None:
    task = await product.create_task(action_type="follow")
    held = await begun(product)
    sent = {**held, "result": {"success": True, "error": None}}
    await product.graphql(COMPLETE, token=product.owner.agent_token, i=sent)

    shown = await typed(product, task["id"])

    assert (shown["status"], shown["error"]) == ("COMPLETED", None)


def test_the_scalars_name_their_specifications() -> None:
    text = print_schema()
    assert 'scalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")' in text
    assert 'scalar JSON @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc8259")' in text
