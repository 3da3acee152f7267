"""Through the front door, everything real: REST in, agent, worker, HTTPS receiver, live view."""

import hashlib
import hmac
import json

from tests.journeys.fleet import Fleet
from tests.servers.receiver import ReceivedRequest, Receiver, reply
from tests.waiting import until


def signature_is_right(request: ReceivedRequest, secret: str) -> bool:
    """As the documentation's own function computes it."""
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(request.headers["x-zenmode-signature"], expected)


async def test_a_task_is_created_performed_reported_and_shown_live(
    fleet: Fleet, receiver: Receiver
) -> None:
    webhook = await fleet.register(receiver.url("/hook"))
    task = await fleet.create_task()
    async with fleet.watching(task["id"]) as watcher:
        fleet.start_agent()
        done = await fleet.until_status(task["id"], "completed")
        statuses = await watcher

    assert done["result"] == {"success": True, "dry_run": True}
    assert done["attempts"] == 1
    assert (statuses[0], statuses[-1]) == ("PENDING", "COMPLETED")
    (request,) = await receiver.wait_for(1)
    assert signature_is_right(request, webhook["secret"])
    assert request.headers["x-zenmode-event"] == "task.completed"
    event = json.loads(request.body)
    assert list(event) == ["event", "data", "timestamp"]
    assert event["data"] == {
        "task_id": task["id"],
        "action_type": "connect",
        "status": "completed",
        "result": {"success": True, "dry_run": True},
        "linkedin_account_id": fleet.keys["linkedin_account_id"],
    }


async def test_a_task_that_fails_once_is_tried_again(fleet: Fleet, receiver: Receiver) -> None:
    await fleet.register(receiver.url("/hook"))
    task = await fleet.create_task("fail-once")
    async with fleet.watching(task["id"]) as watcher:
        fleet.start_agent()
        done = await fleet.until_status(task["id"], "completed", within_seconds=25)
        statuses = await watcher

    assert done["attempts"] == 2
    assert statuses[-1] == "COMPLETED"
    requests = await receiver.wait_for(1)
    assert [json.loads(one.body)["event"] for one in requests] == ["task.completed"]


async def test_a_task_that_always_fails_ends_failed_and_is_reported(
    fleet: Fleet, receiver: Receiver
) -> None:
    await fleet.register(receiver.url("/hook"))
    task = await fleet.create_task("fail-always", max_retries=1)
    fleet.start_agent()
    done = await fleet.until_status(task["id"], "failed", within_seconds=25)

    assert done["attempts"] == 2
    assert done["result"]["success"] is False
    assert set(done["result"]["error"]) == {"code", "message"}
    (request,) = await receiver.wait_for(1)
    assert json.loads(request.body)["event"] == "task.failed"


async def test_a_cancelled_task_is_never_carried_out(fleet: Fleet, receiver: Receiver) -> None:
    await fleet.register(receiver.url("/hook"))
    task = await fleet.create_task()
    async with fleet.watching(task["id"]) as watcher:
        cancelled = await fleet.rest("DELETE", f"/tasks/{task['id']}")
        statuses = await watcher
    other = await fleet.create_task()
    fleet.start_agent()
    await fleet.until_status(other["id"], "completed")

    assert cancelled.json()["task"]["status"] == "cancelled"
    assert statuses[-1] == "CANCELLED"
    assert (await fleet.rest("DELETE", f"/tasks/{task['id']}")).status_code == 400
    now = (await fleet.rest("GET", f"/tasks/{task['id']}")).json()["task"]
    assert (now["status"], now["attempts"], now["result"]) == ("cancelled", 0, None)


async def test_a_webhook_that_refuses_at_first_gets_the_event_in_the_end(
    fleet: Fleet, receiver: Receiver
) -> None:
    await fleet.register(receiver.url("/hook"))
    receiver.answer("/hook", reply(500, b"not now"), reply(503), reply(204))
    task = await fleet.create_task()
    fleet.start_agent()
    await fleet.until_status(task["id"], "completed")

    requests = await receiver.wait_for(3, within_seconds=20)

    assert len({one.body for one in requests}) == 1
    assert len({one.headers["webhook-id"] for one in requests}) == 1
    assert [one.headers["x-zenmode-attempt"] for one in requests] == ["1", "2", "3"]

    async def log() -> list[dict[str, object]] | None:
        data = await fleet.graphql(
            "query($id: ID!) { task(id: $id) { deliveries { status "
            "attempts { number statusCode responseExcerpt succeeded } } } }",
            id=task["id"],
        )
        (delivery,) = data["task"]["deliveries"]
        attempts: list[dict[str, object]] = delivery["attempts"]
        return attempts if delivery["status"] == "DELIVERED" else None

    attempts = await until(log)
    assert [one["statusCode"] for one in attempts or []] == [500, 503, 204]
    assert [one["succeeded"] for one in attempts or []] == [False, False, True]
    assert attempts is not None
    assert attempts[0]["responseExcerpt"] == "not now"
