"""GraphQL over HTTP, answer by answer."""

from typing import Any

import httpx
import pytest

from tests.http.toy import AGENT, GOOD, SESSION, Toy

URL = "/graphql"
KEY = {"Authorization": f"Bearer {GOOD}"}
GRAPHQL_TYPE = {"Accept": "application/graphql-response+json"}
OWN = {"Origin": "http://testserver"}
COOKIE = {"Cookie": f"zenmode_session={SESSION}"}


async def post(client: httpx.AsyncClient, query: str, **headers: str) -> httpx.Response:
    return await client.post(URL, json={"query": query}, headers=KEY | headers)


def only_error(response: httpx.Response) -> dict[str, Any]:
    (error,) = response.json()["errors"]
    assert isinstance(error, dict)
    return error


async def test_a_query_is_answered(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        URL,
        json={"query": "query A($n: String!) { hello(name: $n) }", "variables": {"n": "Ada"}},
        headers=KEY,
    )
    assert (answer.status_code, answer.json()) == (200, {"data": {"hello": "hello Ada"}})
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


async def test_each_kind_of_caller_is_known(client: httpx.AsyncClient) -> None:
    for headers, kind in [
        (KEY, "api_key"),
        ({"authorization": f"bEARER   {AGENT}"}, "agent"),
        (COOKIE | OWN, "session"),
        (COOKIE | {"Sec-Fetch-Site": "same-origin"}, "session"),
    ]:
        answer = await client.post(URL, json={"query": "{ who }"}, headers=headers)
        assert answer.json() == {"data": {"who": f"{kind} True"}}


async def test_a_stranger_is_asked_to_sign_in_only_by_what_needs_it(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post(URL, json={"query": "{ hello }"})
    assert answer.json() == {"data": {"hello": "hello you"}}
    answer = await client.post(URL, json={"query": "{ who }"})
    assert (answer.status_code, only_error(answer)["extensions"]) == (
        200,
        {"code": "UNAUTHENTICATED", "docUrl": "/docs/errors#UNAUTHENTICATED"},
    )


@pytest.mark.parametrize(
    "field", ["Bearer zm_wrong", "Bearer", "Basic YTpi", "Bearer a b", "zm_good", ""]
)
async def test_a_bad_token_is_a_401(client: httpx.AsyncClient, field: str) -> None:
    answer = await client.post(
        URL, json={"query": "{ hello }"}, headers={"Authorization": field} | COOKIE | OWN
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert only_error(answer)["extensions"]["code"] == "UNAUTHENTICATED"
    assert "data" not in answer.json()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        OWN | {"Sec-Fetch-Site": "cross-site"},
        OWN | {"Content-Type": "text/plain"},
        OWN | {"Content-Type": "application/x-www-form-urlencoded"},
        OWN | {"Content-Type": "multipart/form-data; boundary=x"},
    ],
)
async def test_a_cookie_counts_only_for_what_our_own_pages_send(
    client: httpx.AsyncClient, toy: Toy, headers: dict[str, str]
) -> None:
    headers = {"Content-Type": "application/json"} | headers | COOKIE
    answer = await client.post(URL, content=b'{"query": "{ who }"}', headers=headers)
    assert (answer.status_code, only_error(answer)["extensions"]["code"]) == (403, "FORBIDDEN")
    assert toy.access_control.admitted == []


async def test_a_get_carries_out_queries_for_tokens_alone(client: httpx.AsyncClient) -> None:
    answer = await client.get(URL, params={"query": "{ who }"}, headers=KEY)
    assert answer.json() == {"data": {"who": "api_key True"}}
    answer = await client.get(URL, params={"query": "{ who }"}, headers=COOKIE | OWN)
    assert answer.status_code == 403
    answer = await client.get(URL, params={"query": "{ hello }"})
    assert answer.status_code == 401
    answer = await client.get(URL, params={"query": "mutation { signIn }"}, headers=KEY)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
    assert "set-cookie" not in answer.headers


async def test_a_get_reads_its_variables_strictly(client: httpx.AsyncClient) -> None:
    query = {"query": "query ($n: String) { hello(name: $n) }"}
    answer = await client.get(URL, params=query | {"variables": '{"n": "Ada"}'}, headers=KEY)
    assert answer.json() == {"data": {"hello": "hello Ada"}}
    for nothing in ["", "null", "{}"]:
        answer = await client.get(URL, params=query | {"variables": nothing}, headers=KEY)
        assert answer.json() == {"data": {"hello": "hello you"}}
    for variables in ["[]", "{", '{"n": 1, "n": 2}', '{"n": NaN}', '"x"']:
        answer = await client.get(URL, params=query | {"variables": variables}, headers=KEY)
        assert answer.status_code == 400
    answer = await client.get(f"{URL}?query=%7Bhello%7D&query=%7Bwho%7D", headers=KEY)
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_other_methods_are_refused(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, URL, headers=KEY)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'[{"query": "{ hello }"}]',
        b'{"query": 5}',
        b'{"query": null}',
        b"{}",
        b'{"query": "{ hello }", "query": "{ who }"}',
        b'{"query": "{ hello }", "variables": []}',
        b'{"query": "{ hello }", "variables": {"a": NaN}}',
        b'{"query": "{ hello }", "operationName": 5}',
        b'{"query": "{ hello }", "extensions": "x"}',
        b'{"query": "\xff"}',
        b'{"query": "\\ud800"}',
        b'{"query": ' + b"[" * 100_000,
        b'{"query": "{ hello }", "variables": {"a": '
        + b"[" * 90
        + b"]" * 90
        + b"}}"
        + b" " * 5
        + b"x",
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_an_odd_body_is_a_400(client: httpx.AsyncClient, body: bytes, accept: str) -> None:
    headers = KEY | {"Content-Type": "application/json", "Accept": accept}
    answer = await client.post(URL, content=body, headers=headers)
    assert (answer.status_code, only_error(answer)["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/json; charset=utf-16", "multipart/form-data"]
)
async def test_only_json_is_read(client: httpx.AsyncClient, content_type: str | None) -> None:
    headers = KEY | ({"Content-Type": content_type} if content_type else {})
    answer = await client.post(URL, content=b'{"query": "{ hello }"}', headers=headers)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "query",
    ["{", "{ nope }", "query A { hello } query B { who }", 'mutation { take(first: "x") }'],
)
async def test_a_document_that_may_not_run_is_reported_by_the_media_type(
    client: httpx.AsyncClient, query: str
) -> None:
    answer = await post(client, query)
    assert answer.status_code == 200
    assert list(answer.json()) == ["errors"]
    answer = await post(client, query, **GRAPHQL_TYPE)
    assert answer.status_code == 400
    assert list(answer.json()) == ["errors"]
    assert only_error(answer)["extensions"]["code"] == "BAD_USER_INPUT"


async def test_what_failed_after_it_began_is_a_200(client: httpx.AsyncClient) -> None:
    answer = await post(client, "{ conflict }", **GRAPHQL_TYPE)
    assert answer.status_code == 200
    assert answer.json() == {
        "data": {"conflict": None},
        "errors": [
            {
                "message": "it is already done",
                "locations": [{"line": 1, "column": 3}],
                "path": ["conflict"],
                "extensions": {"code": "CONFLICT", "docUrl": "/docs/errors#CONFLICT"},
            }
        ],
    }


async def test_bad_fields_are_named_from_the_argument_down(client: httpx.AsyncClient) -> None:
    for query, details in [
        (
            'mutation { order(input: {name: "x"}) }',
            [
                {"path": ["input", "name"], "message": "must be nice"},
                {"path": ["input", "howMany"], "message": "must be few"},
            ],
        ),
        (
            'mutation { a: orderAll(inputs: [{name: "x"}]) }',
            [{"path": ["inputs", 3, "howMany"], "message": "must be few"}],
        ),
        (
            "mutation { take(first: 0) }",
            [{"path": ["first"], "message": "must be between 1 and 100"}],
        ),
    ]:
        extensions = only_error(await post(client, query))["extensions"]
        assert extensions == {
            "code": "BAD_USER_INPUT",
            "docUrl": "/docs/errors#BAD_USER_INPUT",
            "details": details,
        }


async def test_a_bad_variable_is_named_and_not_repeated(client: httpx.AsyncClient) -> None:
    body = {
        "query": "mutation ($order: OrderInput!) { order(input: $order) }",
        "variables": {"order": {"name": "hunter2", "howMany": "hunter2"}},
    }
    answer = await client.post(URL, json=body, headers=KEY)
    assert only_error(answer)["extensions"]["details"] == [
        {"path": ["input", "howMany"], "message": "must be an integer of at most 32 bits"}
    ]
    assert "hunter2" not in answer.text


async def test_a_null_where_nothing_may_be_null_is_named(client: httpx.AsyncClient) -> None:
    for query, path in [
        ('query ($n: String = "x") { hello(name: $n) }', ["name"]),
        ('mutation ($n: Int = 1) { order(input: {name: "x", howMany: $n}) }', ["input", "howMany"]),
        (
            'mutation ($n: Int = 1) { orderAll(inputs: [{name: "x", howMany: $n}]) }',
            ["inputs", 0, "howMany"],
        ),
        ('query ($n: String = "x") { __type(name: $n) { name } }', ["name"]),
    ]:
        body = {"query": query, "variables": {"n": None}}
        answer = await client.post(URL, json=body, headers=KEY)
        assert only_error(answer)["extensions"]["details"] == [
            {"path": path, "message": "must not be null"}
        ]


@pytest.mark.parametrize("query", ["{ broken }", "{ wrongType }"])
async def test_an_unexpected_error_is_masked(client: httpx.AsyncClient, query: str) -> None:
    answer = await post(client, query, **{"X-Request-Id": "mine-1"})
    assert answer.status_code == 200
    assert only_error(answer)["extensions"] == {
        "code": "INTERNAL",
        "docUrl": "/docs/errors#INTERNAL",
        "requestId": "mine-1",
    }
    assert "hunter2" not in answer.text
    assert answer.headers["x-request-id"] == "mine-1"


async def test_what_others_have_cancelled_is_reported_in_a_body(client: httpx.AsyncClient) -> None:
    for _ in range(3):
        answer = await post(client, "{ abandoned }", **{"X-Request-Id": "mine-3"})
        assert answer.status_code == 500
        assert only_error(answer)["extensions"] == {
            "code": "INTERNAL",
            "docUrl": "/docs/errors#INTERNAL",
            "requestId": "mine-3",
        }


async def test_a_refusal_says_when_to_come_back(client: httpx.AsyncClient) -> None:
    answer = await post(client, "{ limited }")
    assert only_error(answer)["extensions"] == {
        "code": "RATE_LIMITED",
        "docUrl": "/docs/errors#RATE_LIMITED",
        "retryAfter": 42,
    }
    assert answer.status_code == 200


async def test_every_mutation_counts_against_the_budget(
    client: httpx.AsyncClient, toy: Toy
) -> None:
    answer = await post(client, "mutation { a: signOut b: signOut c: signOut }")
    assert answer.headers["ratelimit"] == '"requests";r=997;t=60'
    assert answer.headers["ratelimit-policy"] == '"requests";q=100;w=60'
    assert answer.headers["x-ratelimit-remaining"] == "997"
    await post(client, "{")
    await client.post(URL, json={"query": "{ hello }"})
    assert toy.access_control.spent == [3, 1]


async def test_an_empty_budget_is_a_429(client: httpx.AsyncClient, toy: Toy) -> None:
    toy.access_control.remaining = 2
    answer = await post(client, "mutation { a: signIn b: signIn c: signIn }")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "17")
    assert only_error(answer)["extensions"] == {
        "code": "RATE_LIMITED",
        "docUrl": "/docs/errors#RATE_LIMITED",
        "retryAfter": 17,
    }
    assert answer.headers["x-ratelimit-limit"] == "100"
    assert "set-cookie" not in answer.headers
    assert (await post(client, "mutation { a: signIn b: signIn }")).status_code == 200


async def test_a_database_that_is_away_is_a_503(client: httpx.AsyncClient, toy: Toy) -> None:
    answer = await post(client, "{ away hello }")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["data"] == {"away": None, "hello": "hello you"}
    toy.access_control.is_away = True
    answer = await post(client, "{ hello }")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert only_error(answer)["extensions"]["code"] == "UNAVAILABLE"


async def test_introspection_is_closed_to_strangers(client: httpx.AsyncClient) -> None:
    query = "{ ...s } fragment s on Query { __schema { queryType { name } } }"
    assert "data" in (await post(client, query)).json()
    answer = await client.post(URL, json={"query": query})
    assert only_error(answer)["extensions"]["code"] == "UNAUTHENTICATED"
    assert "data" not in answer.json()


async def test_a_session_begins_and_ends_with_its_cookie(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json={"query": "mutation { signIn }"})
    assert answer.headers["set-cookie"] == (
        "zenmode_session=new-token; Max-Age=7776000; Path=/; HttpOnly; SameSite=Lax"
    )
    answer = await client.post(URL, json={"query": "mutation { signOut }"}, headers=OWN)
    assert answer.headers["set-cookie"] == (
        "zenmode_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
    )


async def test_a_browser_gets_the_explorer(client: httpx.AsyncClient) -> None:
    page = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = await client.get(URL, headers=page | COOKIE)
    assert (answer.status_code, answer.text) == (200, "<title>Explorer</title>")
    answer = await client.get(URL, params={"query": "{ hello }"}, headers=page | KEY)
    assert answer.json() == {"data": {"hello": "hello you"}}


async def test_the_caller_s_address_is_known(client: httpx.AsyncClient) -> None:
    assert (await post(client, "{ address }")).json() == {"data": {"address": "192.0.2.1"}}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/html", "application/json"),
        ("application/graphql-response+json", "application/graphql-response+json"),
        (
            "application/graphql-response+json, application/json;q=0.9",
            "application/graphql-response+json",
        ),
        (
            "application/json;q=0.9, application/graphql-response+json",
            "application/graphql-response+json",
        ),
        ("application/json, application/graphql-response+json", "application/json"),
        ("*/*, application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json;q=0, */*", "application/json"),
        ("application/graphql-response+json;q=x", "application/json"),
    ],
)
async def test_the_media_type_is_the_caller_s_choice(
    client: httpx.AsyncClient, accept: str | None, media_type: str
) -> None:
    if accept is None:
        del client.headers["accept"]
    headers = {"Accept": accept} if accept else {}
    answer = await client.post(URL, json={"query": "{ hello }"}, headers=KEY | headers)
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
