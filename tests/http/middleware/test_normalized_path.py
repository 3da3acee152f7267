"""A slash at the end or a doubled one makes no other address."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.http.server.test_upgrade import request, talk
from tests.http.socket_client import connected
from tests.rest.product import Product, running_product, settings_for


@pytest.fixture
async def product(sqlite_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    """The whole web process."""
    async with running_product(settings_for(sqlite_url, redis_url, tmp_path)) as running:
        yield running


def spellings(path: str) -> list[str]:
    """The same path with needless slashes."""
    doubled = path.replace("/", "//")
    return [f"{path}/", f"/{path}", f"{path}//", doubled, f"{doubled}///"]


PATHS = [
    "/healthz",
    "/readyz",
    "/metrics",
    "/docs",
    "/tasks",
    "/sign-in",
    "/explorer",
    "/favicon.ico",
    "/assets/style.css",
    "/api/v1/tasks",
    "/api/v1/webhooks",
    "/api/v1/openapi.json",
    "/api/v1/openapi.yaml",
    "/graphql",
]


async def get(product: Product, path: str) -> httpx.Response:
    # httpx would take //host for a host.
    url = httpx.URL(product.url).copy_with(raw_path=path.encode())
    headers = {"Authorization": f"Bearer {product.owner.api_key}"}
    return await product.client.get(url, headers=headers)


@pytest.mark.parametrize("path", PATHS)
async def test_needless_slashes_change_nothing(product: Product, path: str) -> None:
    expected = await get(product, path)
    assert expected.status_code == (400 if path == "/graphql" else 200)
    for spelling in spellings(path):
        answer = await get(product, spelling)
        assert answer.status_code == expected.status_code, spelling
        assert answer.headers["content-type"] == expected.headers["content-type"], spelling


async def test_what_is_sent_to_a_path_with_needless_slashes_arrives(product: Product) -> None:
    for number, path in enumerate(spellings("/tasks")):
        profile_url = f"https://linkedin.com/in/jane-{number}"
        order = {"action_type": "follow", "payload": {"profile_url": profile_url}}
        answer = await product.ask("POST", path, json=order)
        assert answer.status_code == 201
    for path in spellings("/graphql"):
        url = httpx.URL(product.url).copy_with(raw_path=path.encode())
        answer = await product.client.post(url, json={"query": "{ __typename }"})
        assert answer.json() == {"data": {"__typename": "Query"}}


async def test_a_websocket_is_taken_at_each_spelling(product: Product) -> None:
    for path in spellings("/graphql"):
        async with connected(f"{product.url}{path}") as client:
            await client.init(product.owner.api_key)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/dashboard",
        "/dashboard/",
        "/assets",
        "/assets/x%00y",
        "/tasks%2F",
        "/%2Fdocs",
        "/dashboard/" + "x" * 5_000,
        "/healthz/x",
        "/docs/%2e%2e/healthz",
        "/*",
        "/%",
    ],
)
async def test_an_unknown_path_answers_an_error_of_the_api(product: Product, path: str) -> None:
    answer = await get(product, path)
    assert answer.status_code == 404
    assert set(answer.json()) >= {"error", "code", "request_id"}
    assert answer.json()["code"] == "not_found"
    page = await product.client.get(f"{product.url}/nowhere", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"][:9]) == (404, "text/html")


async def test_a_method_that_a_page_does_not_take_is_reported_as_the_api_does(
    product: Product,
) -> None:
    for path in ("/healthz", "/docs", "/tasks/"):
        answer = await product.client.post(f"{product.url}{path}")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Proto", "Via", "X-Real-IP"]
)
async def test_metrics_are_not_there_for_who_comes_through_a_proxy(
    product: Product, header: str
) -> None:
    answer = await product.client.get(f"{product.url}/metrics", headers={header: "192.0.2.1"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


SPACES = [b"%b", b" %b", b"%b ", b"\t%b \t", b"%b\t\t"]


async def test_white_space_around_a_value_is_no_part_of_it(product: Product) -> None:
    order = {"action_type": "follow", "payload": {"profile_url": "https://linkedin.com/in/jane"}}
    body = json.dumps(order).encode()
    ids = set()
    for spaced in SPACES:
        headers = {
            b"Idempotency-Key": b"abc",
            b"X-Request-Id": b"abc",
            b"Authorization": b"Bearer " + product.owner.api_key.encode(),
            b"Content-Type": b"application/json",
            b"Content-Length": b"%d" % len(body),
            b"Connection": b"close",
        }
        lines = [b"%b:%b" % (name, spaced % value) for name, value in headers.items()]
        answer = await talk(product.url, request("POST", "/api/v1/tasks", lines, body))
        head, _, said = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 201"), answer
        assert b"x-request-id: abc\r\n" in head + b"\r\n"
        ids.add(json.loads(said)["task"]["id"])
    assert len(ids) == 1
