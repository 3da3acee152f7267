"""GraphQL of the product itself, through the front door."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import get_introspection_query

from app.http.middleware.body_limit import GRAPHQL_BODY_BYTES
from app.models.engine.migrate import migrate
from app.settings.addresses import parse_database_address
from tests.audits.node import run_suite
from tests.http.product import Product, running_product
from tests.http.socket_client import connected
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
from tests.waiting import until

CREATE = """mutation ($input: CreateTaskInput!) {
  createTask(input: $input) { task { id status attempts { number } deliveries { id } } replayed }
}"""
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { viewer { user { email } } } }"


@pytest.fixture
async def product(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    async with running_product(database_url, redis_url, tmp_path) as running:
        yield running


async def ask(
    product: Product, query: str, token: str | None = None, **variables: Any
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient() as client:
        body = {"query": query, "variables": variables}
        return await client.post(product.url, json=body, headers=headers)


async def test_every_audit_passes(product: Product) -> None:
    results = await asyncio.to_thread(
        run_suite, "graphql_http.mjs", product.url, product.owner.api_key
    )
    assert [one for one in results if one["status"] != "ok"] == []
    assert len(results) == 61


async def test_a_task_is_created_and_a_bad_input_is_refused_field_by_field(
    product: Product,
) -> None:
    order = {"actionType": "CONNECT", "payload": {"profileUrl": "https://linkedin.com/in/jane"}}
    answer = await ask(product, CREATE, product.owner.api_key, input=order)
    assert answer.json()["data"]["createTask"]["task"]["status"] == "PENDING"
    assert answer.headers["x-ratelimit-remaining"] == "99"
    bad = {"actionType": "CONNECT", "payload": {"profileUrl": "nonsense"}, "priority": 101}
    answer = await ask(product, CREATE, product.owner.api_key, input=bad)
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert sorted(one["path"] for one in error["extensions"]["details"]) == [
        ["input", "payload", "profileUrl"],
        ["input", "priority"],
    ]


async def test_a_session_lives_in_its_cookie(product: Product) -> None:
    origin = {"Origin": product.url.removesuffix("/graphql")}
    credentials = {"email": product.owner.email, "password": product.owner.password}
    async with httpx.AsyncClient(headers=origin) as client:
        body = {"query": SIGN_IN, "variables": {"input": credentials}}
        answer = await client.post(product.url, json=body)
        assert answer.json()["data"]["signIn"]["viewer"]["user"]["email"] == product.owner.email
        answer = await client.post(product.url, json={"query": "{ viewer { user { email } } }"})
        assert answer.json()["data"]["viewer"]["user"]["email"] == product.owner.email
        answer = await client.post(product.url, json={"query": "mutation { signOut { ok } }"})
        assert "zenmode_session" not in client.cookies
        assert answer.json() == {"data": {"signOut": {"ok": True}}}


async def test_tools_may_read_the_schema(product: Product) -> None:
    query = get_introspection_query(
        descriptions=True,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    answer = await ask(product, query, product.owner.agent_token)
    assert len(answer.json()["data"]["__schema"]["types"]) > 50


async def test_a_body_that_is_too_large_is_a_413(product: Product) -> None:
    fits = "x" * (GRAPHQL_BODY_BYTES - 200)
    answer = await ask(product, "{ __typename }", product.owner.api_key, x=fits)
    assert answer.status_code == 200
    answer = await ask(product, "{ __typename }", product.owner.api_key, x=fits + "x" * 200)
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert answer.headers["x-request-id"].startswith("req_")


async def test_the_hundred_and_first_request_is_too_many(product: Product) -> None:
    for _ in range(99):
        await ask(product, "{ __typename }", product.owner.api_key)
    two = (
        'mutation { a: cancelTask(id: "x") { task { id } } b: cancelTask(id: "x") { task { id } } }'
    )
    assert (await ask(product, two, product.owner.api_key)).status_code == 429
    assert (await ask(product, "{ __typename }", product.owner.api_key)).status_code == 200
    answer = await ask(product, "{ __typename }", product.owner.api_key)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert (await ask(product, "{ __typename }", product.owner.agent_token)).status_code == 200


@pytest.mark.parametrize("how", ["with redis", "without redis"])
async def test_a_revoked_key_is_out_within_five_seconds(
    sqlite_url: str, fragile_redis: RedisServer, tmp_path: Path, how: str
) -> None:
    async with running_product(sqlite_url, fragile_redis.url, tmp_path) as product:
        if how == "without redis":
            fragile_redis.stop()
        await ask(product, "{ __typename }", product.owner.api_key)
        async with connected(product.url) as client:
            await client.init(product.owner.api_key)
            await _revoke_every_key(product)
            assert await client.close_code(within_seconds=5) == 4403
            assert (await ask(product, "{ __typename }", product.owner.api_key)).status_code == 401


async def _revoke_every_key(product: Product) -> None:
    credentials = {"email": product.owner.email, "password": product.owner.password}
    async with httpx.AsyncClient(
        headers={"Origin": product.url.removesuffix("/graphql")}, timeout=20
    ) as client:
        body: dict[str, Any] = {"query": SIGN_IN, "variables": {"input": credentials}}
        await client.post(product.url, json=body)
        answer = await client.post(product.url, json={"query": "{ apiKeys { id } }"})
        for key in answer.json()["data"]["apiKeys"]:
            revoke = f'mutation {{ revokeApiKey(id: "{key["id"]}") {{ apiKey {{ id }} }} }}'
            answer = await client.post(product.url, json={"query": revoke})
            assert "errors" not in answer.json()


async def test_without_its_database_it_says_so_and_comes_back(
    fragile_postgres: PostgresServer, redis_url: str, tmp_path: Path
) -> None:
    url = await asyncio.to_thread(fragile_postgres.create_database)
    await migrate(parse_database_address(url))
    async with running_product(url, redis_url, tmp_path) as product:
        query = "{ tasks { totalCount } }"
        assert (await ask(product, query, product.owner.api_key)).status_code == 200
        await asyncio.to_thread(fragile_postgres.stop)
        answer = await ask(product, query, product.owner.api_key)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
        await asyncio.to_thread(fragile_postgres.start)

        async def is_back() -> bool:
            return (await ask(product, query, product.owner.api_key)).status_code == 200

        await until(is_back, within_seconds=10)
