"""What holds for every request: credentials, limits, ids, bodies, routes."""

import asyncio
import json
import re
from pathlib import Path

import pytest
import yaml

from app.actions.access.set_subscription import set_subscription
from tests.rest.product import Product, running_product, settings_for
from tests.waiting import until

PROFILE = "https://linkedin.com/in/jane-doe"
NEW_TASK = '{"action_type":"follow","payload":{"profile_url":"https://linkedin.com/in/x"}%s}'
JSON = {"Content-Type": "application/json"}


async def test_without_a_good_key_nothing_is_answered(product: Product) -> None:
    missing = await product.ask("GET", "/tasks", key="")
    key = product.owner.api_key
    for authorization in (
        "",
        "Bearer",
        "Basic abc",
        "Bearer zm_short",
        "Bearer zm_" + "a" * 36,
        "zm_x",
        key,
        f"Token {key}",
        f"token={key}",
        f'Bearer "{key}"',
        f"Bearer '{key}'",
        f'"Bearer {key}"',
        f"Bearer: {key}",
        f"Bearer:{key}",
        f"Bearer={key}",
        f"Bearer <{key}>",
        f"Bearer Bearer {key}",
        f"Bearer {key},",
        "Bearer {{api_key}}",
        "Bearer undefined",
    ):
        answer = await product.ask(
            "GET", "/tasks", key="", headers={"Authorization": authorization}
        )

        assert answer.status_code == 401, authorization
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["code"] == "invalid_api_key"
        assert answer.json()["error"] == missing.json()["error"]
        assert "ratelimit" not in answer.headers
    assert missing.json()["error"] == "send a valid API key as Authorization: Bearer zm_…"


async def test_the_scheme_may_be_written_in_any_case(product: Product) -> None:
    headers = {"Authorization": f"bEARER {product.owner.api_key}"}

    assert (await product.ask("GET", "/tasks", key="", headers=headers)).status_code == 200


async def test_agents_speak_graphql_only(product: Product) -> None:
    assert (await product.ask("GET", "/tasks", key=product.owner.agent_token)).status_code == 401


async def test_without_a_subscription_every_route_is_closed(product: Product) -> None:
    await set_subscription(product.services, product.owner.workspace_id, "CANCELLED")

    async def is_closed() -> bool:
        return (await product.ask("GET", "/tasks")).status_code == 403

    await until(is_closed)
    for method, path in (("POST", "/tasks"), ("GET", "/webhooks"), ("DELETE", "/tasks/task_x")):
        answer = await product.ask(method, path)
        assert (answer.status_code, answer.json()["code"]) == (403, "no_active_subscription")
        assert "ratelimit" in answer.headers


async def test_a_hundred_requests_a_minute_are_let_through_and_counted_down(
    limited_product: Product,
) -> None:
    first = await limited_product.ask("GET", "/tasks")
    answers = await asyncio.gather(*(limited_product.ask("GET", "/tasks") for _ in range(110)))

    assert first.headers["ratelimit-policy"] == '"requests";q=100;w=60'
    assert first.headers["ratelimit"] == '"requests";r=99;t=60'
    assert first.headers["x-ratelimit-limit"] == "100"
    assert first.headers["x-ratelimit-remaining"] == "99"
    assert sorted(one.status_code for one in answers) == [200] * 99 + [429] * 11
    refused = next(one for one in answers if one.status_code == 429)
    assert refused.json()["code"] == "rate_limited"
    assert 1 <= int(refused.headers["retry-after"]) <= 61
    assert refused.headers["ratelimit"].startswith('"requests";r=0;t=')


async def test_refusals_count_too_and_a_bad_key_costs_nobody_anything(
    limited_product: Product,
) -> None:
    for _ in range(5):
        await limited_product.ask("GET", "/tasks", key="zm_" + "a" * 36)
        await limited_product.ask("GET", "/nowhere")

    answer = await limited_product.ask("POST", "/tasks", json={})

    assert answer.status_code == 400
    assert answer.headers["x-ratelimit-remaining"] == "94"


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [("abc-123_x.Y", True), ("a" * 128, True), ("a" * 129, False), ("with space", False)],
)
async def test_a_fit_request_id_is_kept_and_any_other_replaced(
    product: Product, sent: str, is_kept: bool
) -> None:
    answer = await product.ask("GET", "/nowhere", headers={"X-Request-Id": sent})

    assert (answer.headers["x-request-id"] == sent) is is_kept
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe{}",
        NEW_TASK.encode() % b',"priority":NaN',
        NEW_TASK.encode() % b',"priority":1,"priority":2',
        NEW_TASK.encode() % b',"priority":1.0',
        NEW_TASK.encode() % b',"priority":true',
        NEW_TASK.encode() % b',"priority":"3"',
        NEW_TASK.encode() % b',"mesage":null',
        NEW_TASK.encode() % b',"mesage":"hi"',
        NEW_TASK.encode() % b',"linkedin_account_id":"\\u0000"',
        NEW_TASK.encode() % b',"linkedin_account_id":"\\ud800"',
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        NEW_TASK.encode() % b',"priority":1e400',
        NEW_TASK.encode() % (b',"priority":' + b"9" * 5_000),
    ],
)
async def test_what_is_not_one_clean_object_is_400(product: Product, body: bytes) -> None:
    answer = await product.ask("POST", "/tasks", content=body, headers=JSON)

    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] == "invalid_request"
    assert (await product.ask("GET", "/tasks")).json()["tasks"] == []


async def test_a_body_over_128_kib_is_413(product: Product) -> None:
    body = NEW_TASK % (',"x":"' + "a" * 128 * 1024 + '"')

    answer = await product.ask("POST", "/tasks", content=body, headers=JSON)

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_8000_emoji_written_as_escapes_fit(product: Product) -> None:
    message = "\\ud83d\\ude00" * 8_000
    body = '{"action_type":"message","payload":{"profile_url":"%s","message":"%s"}}'

    answer = await product.ask("POST", "/tasks", content=body % (PROFILE, message), headers=JSON)

    assert answer.status_code == 201
    assert answer.json()["task"]["payload"]["message"] == "😀" * 8_000


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data"])
async def test_another_media_type_is_415(product: Product, content_type: str) -> None:
    headers = {"Content-Type": content_type}

    answer = await product.ask("POST", "/tasks", content=NEW_TASK % "", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


async def test_a_charset_is_fine(product: Product) -> None:
    headers = {"Content-Type": "application/json; charset=UTF-8"}

    answer = await product.ask("POST", "/tasks", content=NEW_TASK % "", headers=headers)

    assert answer.status_code == 201


async def test_every_bad_field_is_named_at_once(product: Product) -> None:
    body = {
        "action_type": "connect",
        "payload": {"profile_url": "https://example.com/in/x", "message": "x" * 301},
        "priority": 101,
        "max_retries": -1,
        "mesage": "hi",
        "scheduled_at": "tomorrow",
    }

    answer = await product.ask("POST", "/tasks", json=body)

    assert answer.status_code == 400
    assert {one["field"] for one in answer.json()["details"]} == {
        "mesage",
        "payload.profile_url",
        "payload.message",
        "priority",
        "max_retries",
        "scheduled_at",
    }
    assert "payload.profile_url must be a LinkedIn profile address" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/", "/tasks/a/b", "/webhooks/x", "/", ""])
@pytest.mark.parametrize("key", [None, ""])
async def test_an_unknown_route_is_404_with_or_without_a_key(
    product: Product, path: str, key: str | None
) -> None:
    answer = await product.ask("DELETE", path, key=key)

    if path == "/webhooks/x" and key == "":
        assert answer.status_code == 401
        return
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/tasks", "GET, POST"),
        ("/tasks/", "GET, POST"),
        ("/tasks/task_x", "DELETE, GET"),
        ("/webhooks", "DELETE, GET, POST"),
        ("/webhooks/1", "DELETE, PATCH"),
        ("/linkedin-accounts", "GET"),
        ("/openapi.json", "GET"),
        ("/openapi.yaml", "GET"),
    ],
)
async def test_another_method_is_405_and_names_those_there_are(
    product: Product, path: str, allowed: str
) -> None:
    answer = await product.ask("PUT", path)

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=ten",
        "limit=1.0",
        "offset=-1",
        "status=unknown",
        "status=completed,",
        "status=completed&status=unknown",
        "linkedin_account_id=%00",
        "linkedin_account_id=" + "a" * 201,
        "action_type=dance",
        "include_total=yes",
        "page=2",
        "limit=1&limit=2",
        "offset=99999999999999999999",
    ],
)
async def test_a_bad_parameter_is_400_and_named(product: Product, query: str) -> None:
    answer = await product.ask("GET", f"/tasks?{query}")

    assert answer.status_code == 400, answer.text
    (detail,) = answer.json()["details"]
    assert detail["field"] == query.partition("=")[0]
    assert answer.json()["error"] == f"{detail['field']} {detail['message']}"


async def test_filters_are_read_as_clients_write_them(product: Product) -> None:
    task = await product.create_task()
    cancelled = (await product.create_task(priority=1))["id"]
    await product.ask("DELETE", f"/tasks/{cancelled}")
    both = {task["id"], cancelled}
    for query, ids in (
        ("status=pending, cancelled", both),
        ("status=pending&status=cancelled", both),
        ("status[]=pending&status[]=cancelled", both),
        ("status%5B%5D=pending&status=cancelled", both),
        ("status[0]=pending&status[1]=cancelled", both),
        ("status=pending,pending", {task["id"]}),
        ("status=%20pending%20", {task["id"]}),
        ("status=", both),
        ("status=&status=pending", {task["id"]}),
        ("limit=", both),
        ("limit=&offset=&action_type=&linkedin_account_id=&include_total=", both),
        ("limit=%20", both),
        ("limit=&limit=1", {cancelled}),
        ("linkedin_account_id=acc_x", set()),
    ):
        answer = await product.ask("GET", f"/tasks?{query}")
        assert answer.status_code == 200, (query, answer.text)
        assert {one["id"] for one in answer.json()["tasks"]} == ids, query
    for value, has_total in (
        *((one, True) for one in ("true", "True", "TRUE", "1")),
        *((one, False) for one in ("false", "False", "FALSE", "0", "")),
    ):
        page = (await product.ask("GET", f"/tasks?include_total={value}")).json()
        assert ("total" in page) is has_total, value


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/webhooks", 400),
        ("/webhooks?id=", 400),
        ("/webhooks?id=0", 400),
        ("/webhooks?id=-1", 400),
        ("/webhooks?id=x", 400),
        ("/webhooks?id=1.5", 400),
        ("/webhooks?id=4294967296", 404),
        ("/webhooks?id=1", 404),
        ("/webhooks/1", 404),
        ("/webhooks/99999999999999999999999", 404),
    ],
)
async def test_an_odd_webhook_id_is_400_and_an_unknown_one_404(
    product: Product, path: str, status: int
) -> None:
    assert (await product.ask("DELETE", path)).status_code == status


@pytest.mark.parametrize("task_id", ["x", "%00", "%F0%9F%98%80", "task_" + "a" * 500, "a%20b"])
async def test_an_id_of_any_shape_that_is_not_there_is_404(product: Product, task_id: str) -> None:
    assert (await product.ask("GET", f"/tasks/{task_id}")).status_code == 404


async def test_responses_are_json_that_no_cache_stores(product: Product) -> None:
    for answer in (await product.ask("GET", "/tasks"), await product.ask("GET", "/nowhere")):
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"


async def test_an_idempotency_key_answers_the_same_task_again(product: Product) -> None:
    headers = {"Idempotency-Key": '"order-1"'}
    body = {"action_type": "follow", "payload": {"profile_url": PROFILE}}

    first = await product.ask("POST", "/tasks", json=body, headers=headers)
    again = await product.ask("POST", "/tasks", json=body, headers={"Idempotency-Key": "order-1"})
    other = await product.ask("POST", "/tasks", json={**body, "priority": 1}, headers=headers)
    spaced = await product.ask("POST", "/tasks", json=body, headers={"Idempotency-Key": "a b"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (400, "idempotency_key_reused")
    assert spaced.json()["details"][0]["field"] == "Idempotency-Key"


async def test_linkedin_accounts_can_be_learnt(product: Product) -> None:
    await product.create_task()

    (account,) = (await product.ask("GET", "/linkedin-accounts")).json()["linkedin_accounts"]

    assert account["id"] == product.owner.linkedin_account_id
    assert account["is_default"] is True
    assert (account["daily_task_limit"], account["tasks_created_today"]) == (500, 1)
    assert (account["status"], set(account)) == (
        "active",
        {
            "id",
            "name",
            "profile_url",
            "status",
            "is_default",
            "daily_task_limit",
            "tasks_created_today",
            "created_at",
        },
    )


async def test_the_501st_task_of_a_day_is_429_until_midnight(product: Product) -> None:
    await asyncio.gather(*(product.create_task() for _ in range(500)))

    answer = await product.ask(
        "POST", "/tasks", json={"action_type": "follow", "payload": {"profile_url": PROFILE}}
    )

    assert (answer.status_code, answer.json()["code"]) == (429, "daily_task_limit")
    assert 1 <= int(answer.headers["retry-after"]) <= 86_400


async def test_a_neighbours_things_are_not_there(product: Product) -> None:
    task = await product.create_task()
    other = await product.neighbour()

    assert (await other.ask("GET", f"/tasks/{task['id']}")).status_code == 404
    assert (await other.ask("DELETE", f"/tasks/{task['id']}")).status_code == 404
    assert (await other.ask("GET", "/tasks")).json()["tasks"] == []
    body = {
        "action_type": "follow",
        "payload": {"profile_url": PROFILE},
        "linkedin_account_id": product.owner.linkedin_account_id,
    }
    refused = await other.ask("POST", "/tasks", json=body)
    assert refused.status_code == 400
    assert refused.json()["details"][0]["field"] == "linkedin_account_id"
    page = await other.ask("GET", f"/tasks?linkedin_account_id={product.owner.linkedin_account_id}")
    assert page.json()["tasks"] == []


async def test_pages_of_tasks_go_on_and_come_newest_first(product: Product) -> None:
    memo = [(await product.create_task())["id"] for _ in range(5)]

    first = (await product.ask("GET", "/tasks?limit=2&include_total=true")).json()
    last = (await product.ask("GET", "/tasks?limit=2&offset=4")).json()

    assert [one["id"] for one in first["tasks"]] == memo[:-3:-1]
    assert (first["has_more"], first["total"]) == (True, 5)
    assert [one["id"] for one in last["tasks"]] == memo[:1]
    assert (last["has_more"], last["offset"]) == (False, 4)
    assert "total" not in last


async def test_the_openapi_document_needs_no_key(product: Product) -> None:
    answer = await product.ask("GET", "/openapi.json", key="")

    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"
    assert answer.json()["servers"] == [{"url": product.url}]
    assert answer.json()["externalDocs"] == {"url": f"{product.url}/docs/api"}
    assert set(answer.json()["webhooks"]) == {"task.completed", "task.failed"}


@pytest.mark.parametrize("host", ['h"x', "h:x", "h\\x", "h}x"])
async def test_an_odd_host_leaves_the_openapi_document_readable(
    product: Product, host: str
) -> None:
    headers = {"Host": host}
    for name, parse in (("openapi.json", json.loads), ("openapi.yaml", yaml.safe_load)):
        answer = await product.ask("GET", f"/{name}", key="", headers=headers)
        assert answer.status_code == 400 or parse(answer.text)["openapi"] == "3.1.0"


async def test_the_openapi_document_is_there_as_yaml_too(product: Product) -> None:
    answer = await product.ask("GET", "/openapi.yaml", key="")

    assert answer.headers["content-type"] == "application/yaml; charset=utf-8"
    as_json = await product.ask("GET", "/openapi.json", key="")
    assert yaml.safe_load(answer.text) == as_json.json()


async def test_the_openapi_document_names_the_installations_address_where_it_is_known(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    address = "https://zenmode.example"
    settings = settings_for(database_url, redis_url, tmp_path, PUBLIC_URL=address)
    async with running_product(settings) as product:
        answer = await product.ask("GET", "/openapi.json", key="")

    assert answer.json()["servers"] == [{"url": address}]
    assert answer.json()["externalDocs"] == {"url": f"{address}/docs/api"}


async def test_the_reference_page_loads_nothing_from_elsewhere(product: Product) -> None:
    answer = await product.client.get(f"{product.url}/docs")

    assert answer.status_code == 200
    assert re.findall(r'(?:src|href)="(?:https?:)?//', answer.text) == []
    policy = answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]
    assert answer.headers["x-content-type-options"] == "nosniff"
