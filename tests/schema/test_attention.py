"""How webhooks, deliveries and a workspace's worries look over GraphQL."""

from typing import Any

from app.models.tables.webhook import Delivery, Webhook
from tests.rest.product import Product

_LOOK = """
query Look($id: Int!) {
  webhook(id: $id) { health { state failingSince lastAttemptAt lastError } }
  deliveries(webhookId: $id) { nodes { isTest lastError lastStatusCode status } }
  attention { code message subjectId since }
}
"""


async def _look(product: Product, webhook_id: int) -> dict[str, Any]:
    answer = await product.graphql(_LOOK, id=webhook_id)
    assert "errors" not in answer, answer
    found: dict[str, Any] = answer["data"]
    return found


async def test_a_webhook_and_its_deliveries_say_how_they_fare_and_the_workspace_what_to_look_at(
    product: Product,
) -> None:
    body = {"url": "https://your-server.example/", "events": ["task.failed"]}
    memo = await product.ask("POST", "/webhooks", json=body)
    webhook_id = memo.json()["webhook"]["id"]
    await product.graphql(
        "mutation Try($id: Int!) { sendTestEvent(webhookId: $id) { delivery { id } } }",
        id=webhook_id,
    )
    found = await _look(product, webhook_id)
    assert found == {
        "webhook": {
            "health": {
                "state": "UNUSED",
                "failingSince": None,
                "lastAttemptAt": None,
                "lastError": None,
            }
        },
        "deliveries": {
            "nodes": [
                {"isTest": True, "lastError": None, "lastStatusCode": None, "status": "PENDING"}
            ]
        },
        "attention": [],
    }
    refused = "connection refused"
    await Webhook.filter(id=webhook_id).update(
        last_attempt_at=2_000, first_failure_at=1_000, failures_in_a_row=3, last_error=refused
    )
    await Delivery.filter(webhook_id=webhook_id).update(last_error=refused, last_status_code=None)
    found = await _look(product, webhook_id)
    assert found["webhook"]["health"] == {
        "state": "FAILING",
        "failingSince": "1970-01-01T00:00:01.000Z",
        "lastAttemptAt": "1970-01-01T00:00:02.000Z",
        "lastError": refused,
    }
    assert found["deliveries"]["nodes"][0]["lastError"] == refused
    (item,) = found["attention"]
    assert (item["code"], item["subjectId"], item["since"]) == (
        "WEBHOOK_FAILING",
        str(webhook_id),
        "1970-01-01T00:00:01.000Z",
    )


async def test_what_a_customers_own_result_says_makes_no_test_event(product: Product) -> None:
    await Delivery.create(
        id="dlv_real",
        workspace_id=product.owner.workspace_id,
        webhook_id=7,
        event="task.completed",
        body='{"event":"task.completed","data":{"result":{"test":true}},"timestamp":"x"}',
        status="delivered",
        created_at=1,
        updated_at=1,
    )
    answer = await product.graphql('{ delivery(id: "dlv_real") { isTest } }')
    assert answer["data"] == {"delivery": {"isTest": False}}
