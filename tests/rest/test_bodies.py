"""Bodies as programs send them: encodings, compression, null, and refusals that name each field."""

import gzip
from typing import Any

import pytest

from tests.rest.product import Product

PROFILE = "https://linkedin.com/in/jane-doe"
JSON = {"Content-Type": "application/json"}
NEW_TASK = {"action_type": "follow", "payload": {"profile_url": PROFILE}}
RAW = b'{"action_type":"follow","payload":{"profile_url":"https://linkedin.com/in/x"}%s}'
CREATE = "mutation($i: CreateTaskInput!) { createTask(input: $i) { task { id } } }"


async def headers_of(product: Product, body: bytes) -> dict[str, str]:
    """The bad fields that a refusal of a body names, with what is said of each."""
    answer = await product.ask("POST", "/tasks", content=body, headers=JSON)
    assert answer.status_code == 400, answer.text
    return {one["field"]: one["message"] for one in answer.json()["details"]}


@pytest.mark.parametrize("path", ["/api/v1/tasks", "/graphql"])
async def test_a_compressed_body_is_415_and_names_what_is_accepted(
    product: Product, path: str
) -> None:
    for coding in ("gzip", "br", "deflate", "zstd", "GZIP", "identity, gzip", "x"):
        answer = await product.client.post(
            f"{product.url}{path}",
            content=gzip.compress(RAW % b""),
            headers={
                "Authorization": f"Bearer {product.owner.api_key}",
                "Content-Encoding": coding,
                **JSON,
            },
        )

        assert answer.status_code == 415
        assert answer.headers["accept-encoding"] == "identity"
        assert "send it without Content-Encoding" in answer.text
    assert (await product.ask("GET", "/tasks")).json()["tasks"] == []


async def test_a_body_that_is_not_compressed_may_say_so(product: Product) -> None:
    for coding in ("identity", "Identity", ""):
        answer = await product.ask(
            "POST", "/tasks", json=NEW_TASK, headers={"Content-Encoding": coding}
        )
        assert answer.status_code == 201


async def test_a_charset_is_fine_for_both_apis_if_it_names_utf_8(product: Product) -> None:
    headers = {"Content-Type": "application/json; charset=utf8"}

    rest = await product.ask("POST", "/tasks", json=NEW_TASK, headers=headers)
    graphql = await product.client.post(
        f"{product.url}/graphql",
        json={"query": "{ viewer { workspace { id } } }"},
        headers={"Authorization": f"Bearer {product.owner.api_key}", **headers},
    )
    other = await product.ask(
        "POST",
        "/tasks",
        json=NEW_TASK,
        headers={"Content-Type": "application/json; charset=latin1"},
    )

    assert (rest.status_code, graphql.status_code) == (201, 200)
    assert (other.status_code, other.json()["code"]) == (415, "unsupported_media_type")
    assert other.json()["error"].startswith("send the body in UTF-8")


async def test_what_a_shell_makes_of_a_body_is_named(product: Product) -> None:
    for body, said in (
        (b"", "the body is empty"),
        (b"\xef\xbb\xbf", "the body is empty"),
        (b"'{}'", "double quotes, not single ones"),
        (b"{'action_type': 'follow'}", "double quotes, not single ones"),
        (b"{action_type:follow}", "names need double quotes"),
        ("{}".encode("utf-16"), "UTF-16"),
        ('{"action_type"'.encode("utf-16-le"), "UTF-16"),
    ):
        answer = await product.ask("POST", "/tasks", content=body, headers=JSON)

        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
        assert said in answer.json()["error"]


async def test_an_empty_body_of_no_type_is_reported_as_empty(product: Product) -> None:
    answer = await product.ask("POST", "/tasks")

    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "the body is empty; send a JSON object",
    )


async def test_a_byte_order_mark_is_ignored(product: Product) -> None:
    content = b"\xef\xbb\xbf" + RAW % b""

    assert (await product.ask("POST", "/tasks", content=content, headers=JSON)).status_code == 201


async def test_null_is_as_if_left_out(product: Product) -> None:
    nothing = dict.fromkeys(("linkedin_account_id", "priority", "max_retries", "scheduled_at"))
    body = {**NEW_TASK, "payload": {"profile_url": PROFILE, "message": None}, **nothing}
    key = {"Idempotency-Key": "one"}

    first = await product.ask("POST", "/tasks", json=body, headers=key)
    again = await product.ask("POST", "/tasks", json=NEW_TASK, headers=key)

    assert first.status_code == 201, first.text
    task = first.json()["task"]
    assert task["payload"] == {"profile_url": PROFILE}
    assert (task["priority"], task["max_retries"], task["scheduled_at"]) == (0, 3, None)
    assert (again.status_code, again.json()["task"]["id"]) == (201, task["id"])


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/tasks", {**NEW_TASK, "action_type": None}, "action_type"),
        ("/tasks", {**NEW_TASK, "payload": None}, "payload"),
        ("/tasks", {**NEW_TASK, "payload": {"profile_url": None}}, "payload.profile_url"),
        (
            "/tasks",
            {"action_type": "message", "payload": {"profile_url": PROFILE, "message": None}},
            "payload.message",
        ),
        ("/webhooks", {"url": None, "events": ["task.failed"]}, "url"),
        ("/webhooks", {"url": "https://example.com", "events": None}, "events"),
    ],
)
async def test_null_for_what_must_be_there_is_as_if_it_was_left_out(
    product: Product, path: str, body: dict[str, Any], field: str
) -> None:
    answer = await product.ask("POST", path, json=body)

    assert answer.status_code == 400
    assert answer.json()["details"] == [{"field": field, "message": "is required"}]


async def test_what_json_cannot_hold_is_named_as_every_other_bad_value(product: Product) -> None:
    for body, field, said in (
        (RAW % b',"priority":1000000000000000000000000000000', "priority", "64 bits"),
        (RAW % b',"priority":1e999', "priority", "too large"),
        (RAW % b',"priority":NaN', "priority", "must not be NaN"),
        (RAW % b',"priority":1,"priority":1', "priority", "given once"),
        (RAW % b',"linkedin_account_id":"\\u0000"', "linkedin_account_id", "NUL"),
        (RAW % b',"scheduled_at":"\\ud800"', "scheduled_at", "lone surrogate"),
        (RAW.replace(b"in/x", b"in/\\u0000") % b"", "payload.profile_url", "NUL"),
        (RAW.replace(b'"}', b'","message":"\\udfff"}', 1) % b"", "payload.message", "surrogate"),
    ):
        found = await headers_of(product, body)

        assert list(found) == [field]
        assert said in found[field]


async def test_it_is_named_together_with_the_other_bad_values(product: Product) -> None:
    body = (
        b'{"action_type":"x","payload":{"profile_url":"\\u0000"},"priority":1e999,"max_retries":11}'
    )

    assert list(await headers_of(product, body)) == [
        "priority",
        "payload.profile_url",
        "action_type",
        "max_retries",
    ]


@pytest.mark.parametrize(
    ("variables", "path", "said"),
    [
        ('"priority": 1000000000000000000000000000000', ["input", "priority"], "64 bits"),
        ('"idempotencyKey": "\\u0000"', ["input", "idempotencyKey"], "NUL"),
        ('"idempotencyKey": "\\ud800"', ["input", "idempotencyKey"], "surrogate"),
    ],
)
async def test_graphql_names_it_by_the_argument_that_takes_it(
    product: Product, variables: str, path: list[str], said: str
) -> None:
    body = f'{{"query": "{CREATE}", "variables": {{"i": {{{variables}}}}}}}'
    answer = await product.client.post(
        f"{product.url}/graphql",
        content=body,
        headers={"Authorization": f"Bearer {product.owner.api_key}", **JSON},
    )

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    (detail,) = error["extensions"]["details"]
    assert detail["path"] == path
    assert said in detail["message"]
    assert error["message"] == f"{path[1]} {detail['message']}"


async def test_graphql_names_it_in_the_query_of_a_get_too(product: Product) -> None:
    answer = await product.client.get(
        f"{product.url}/graphql",
        params={"query": "query($x: ID!) { task(id: $x) { id } }", "variables": '{"x": "\\u0000"}'},
        headers={"Authorization": f"Bearer {product.owner.api_key}"},
    )

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert [one["path"] for one in error["extensions"]["details"]] == [["id"]]


async def test_batching_is_off_and_says_so(product: Product) -> None:
    answer = await product.client.post(
        f"{product.url}/graphql",
        json=[{"query": "{ __typename }"}],
        headers={"Authorization": f"Bearer {product.owner.api_key}"},
    )

    assert answer.status_code == 400
    assert "batching is off" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "name", ["idempotency_key", "idempotencyKey", "Idempotency-Key", "idempotency-key"]
)
async def test_an_idempotency_key_in_the_body_is_refused_with_where_it_belongs(
    product: Product, name: str
) -> None:
    answer = await product.ask("POST", "/tasks", json={**NEW_TASK, name: "one"})

    assert answer.status_code == 400
    assert answer.json()["error"] == (
        f"{name} is not a known field; send the header Idempotency-Key"
    )


async def test_the_list_of_known_fields_names_none_that_is_refused(product: Product) -> None:
    found = await headers_of(product, RAW % b',"mesage":"hi"')

    known = found["mesage"].partition("known: ")[2].removesuffix(")").split(", ")
    for name in known:
        answer = await product.ask("POST", "/tasks", json={**NEW_TASK, name: NEW_TASK.get(name)})
        assert answer.status_code == 201, answer.text


async def test_a_refusal_names_at_most_a_hundred_fields(product: Product) -> None:
    body = {**NEW_TASK, **{f"x{number}": 1 for number in range(9_000)}}

    answer = await product.ask("POST", "/tasks", json=body)

    assert answer.status_code == 400
    assert len(answer.json()["details"]) == 100
    assert len(answer.content) < 32 * 1024
    assert answer.json()["error"].endswith("; and 90 more")


@pytest.mark.parametrize("action", ["message", "connect"])
@pytest.mark.parametrize(
    "text", [" ", " \n\t ", "\u00a0", "\u200b", "\u3000\u2028", "\ufeff \u2800"]
)
async def test_a_message_of_blanks_only_is_refused(
    product: Product, action: str, text: str
) -> None:
    body = {"action_type": action, "payload": {"profile_url": PROFILE, "message": text}}

    answer = await product.ask("POST", "/tasks", json=body)

    assert answer.status_code == 400
    assert answer.json()["error"] == "payload.message must not be blank"


async def test_every_error_links_to_its_explanation(product: Product) -> None:
    refused = await product.ask("POST", "/tasks", json={})
    unknown = await product.ask("GET", "/nowhere")
    stranger = await product.ask("GET", "/tasks", key="")
    graphql = await product.graphql("{ nothing }")

    assert refused.json()["doc_url"] == "/docs/errors#invalid_request"
    assert unknown.json()["doc_url"] == "/docs/errors#not_found"
    assert stranger.json()["doc_url"] == "/docs/errors#invalid_api_key"
    assert list(refused.json()) == ["error", "code", "details", "request_id", "doc_url"]
    assert graphql["errors"][0]["extensions"]["docUrl"] == "/docs/errors#BAD_USER_INPUT"
    page = await product.client.get(f"{product.url}/docs/errors")
    assert page.status_code == 200
    assert all(f'id="{code}"' in page.text for code in ("invalid_request", "BAD_USER_INPUT"))
