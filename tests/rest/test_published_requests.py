"""Every request that the public documentation prints works as printed."""

import re

from tests.rest.product import Product

TASK_KEYS = {
    "id",
    "action_type",
    "status",
    "linkedin_account_id",
    "payload",
    "priority",
    "max_retries",
    "attempts",
    "result",
    "scheduled_at",
    "created_at",
    "updated_at",
    "started_at",
    "completed_at",
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


async def test_the_list_of_tasks_with_nothing_but_a_key(product: Product) -> None:
    answer = await product.ask("GET", "/tasks")

    assert answer.status_code == 200
    assert answer.json() == {"tasks": [], "limit": 50, "offset": 0, "has_more": False}


async def test_the_request_body_of_the_reference(product: Product) -> None:
    body = {
        "action_type": "connect",
        "linkedin_account_id": product.owner.linkedin_account_id,
        "payload": {
            "profile_url": "https://linkedin.com/in/jane-doe",
            "message": "Hi Jane, I'd love to connect!",
        },
        "priority": 0,
        "max_retries": 3,
    }

    answer = await product.ask("POST", "/tasks", json=body)

    assert answer.status_code == 201
    task = answer.json()["task"]
    assert set(task) == TASK_KEYS
    assert re.fullmatch(r"task_[0-9a-z]{8}_[0-9a-z]{8}", task["id"])
    assert task["payload"] == body["payload"]
    assert task["status"] == "pending"
    assert task["linkedin_account_id"] == product.owner.linkedin_account_id
    assert TIME.fullmatch(task["created_at"])


async def test_the_javascript_example_which_sends_no_account(product: Product) -> None:
    body = {
        "action_type": "connect",
        "payload": {
            "profile_url": "https://linkedin.com/in/jane-doe",
            "message": "Hi Jane, would love to connect!",
        },
    }

    answer = await product.ask("POST", "/tasks", json=body)

    assert answer.status_code == 201
    assert answer.json()["task"]["linkedin_account_id"] == product.owner.linkedin_account_id


async def test_completed_tasks_with_a_limit(product: Product) -> None:
    answer = await product.ask("GET", "/tasks?status=completed&limit=10")

    assert answer.status_code == 200
    assert answer.json() == {"tasks": [], "limit": 10, "offset": 0, "has_more": False}


async def test_a_task_by_its_id(product: Product) -> None:
    task = await product.create_task()

    answer = await product.ask("GET", f"/tasks/{task['id']}")

    assert answer.status_code == 200
    assert answer.json() == {"task": task}


async def test_the_printed_id_is_one_that_is_not_there(product: Product) -> None:
    answer = await product.ask("GET", "/tasks/task_m1abc_x7k2p9qr")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


async def test_a_pending_task_is_cancelled_once(product: Product) -> None:
    task = await product.create_task()

    answer = await product.ask("DELETE", f"/tasks/{task['id']}")
    again = await product.ask("DELETE", f"/tasks/{task['id']}")

    assert answer.status_code == 200
    assert answer.json()["task"]["status"] == "cancelled"
    assert TIME.fullmatch(answer.json()["task"]["completed_at"])
    assert (again.status_code, again.json()["code"]) == (400, "task_not_cancellable")
    assert "cancelled" in again.json()["error"]


async def test_webhooks_are_registered_listed_and_deleted(product: Product) -> None:
    body = {
        "url": "https://your-server.example/zenmode-webhook",
        "events": ["task.completed", "task.failed"],
    }

    memo = await product.ask("POST", "/webhooks", json=body)
    listed = await product.ask("GET", "/webhooks")
    webhook = memo.json()["webhook"]
    deleted = await product.ask("DELETE", f"/webhooks?id={webhook['id']}")

    assert memo.status_code == 201
    assert set(webhook) == {
        "id", "url", "events", "enabled", "disabled_reason", "created_at", "secret",
    }  # fmt: skip
    assert webhook["secret"].startswith("whsec_")
    assert (webhook["url"], webhook["events"]) == (body["url"], body["events"])
    del webhook["secret"]
    assert listed.json() == {"webhooks": [webhook]}
    assert (deleted.status_code, deleted.json()) == (200, {"deleted": True, "id": webhook["id"]})
    assert (await product.ask("GET", "/webhooks")).json() == {"webhooks": []}


async def test_the_documented_error_statuses(product: Product) -> None:
    bad = await product.ask("POST", "/tasks", json={})
    stranger = await product.ask("GET", "/tasks", key="")
    unknown = await product.ask("DELETE", "/webhooks?id=123")

    assert (bad.status_code, stranger.status_code, unknown.status_code) == (400, 401, 404)
    for answer in (bad, stranger, unknown):
        assert {"error", "code", "request_id"} <= set(answer.json())
