"""What a request asks for, over HTTP by GET and POST and over WebSocket."""

import json
from typing import Any

import httpx
import pytest

from app.http.graphql.graphql_request import parameters
from app.http.websocket.websocket_messages import Subscribe, read_message
from tests.http.serving import serving
from tests.http.socket_client import connected
from tests.http.toy import GOOD, Toy

URL = "/graphql"
KEY = {"Authorization": f"Bearer {GOOD}"}
GRAPHQL = {"Accept": "application/graphql-response+json"}
PERSISTED = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
NOT_SUPPORTED = {
    "message": "PersistedQueryNotSupported",
    "extensions": {
        "code": "PERSISTED_QUERY_NOT_SUPPORTED",
        "docUrl": "/docs/errors#PERSISTED_QUERY_NOT_SUPPORTED",
    },
}


@pytest.mark.parametrize("name", ["", None])
async def test_an_empty_operation_name_is_none(client: httpx.AsyncClient, name: str | None) -> None:
    sent: dict[str, Any] = {"query": "query A { hello }", "operationName": name}
    posted = await client.post(URL, json=sent, headers=KEY)
    gotten = await client.get(URL, params={**sent, "operationName": name or ""}, headers=KEY)
    assert posted.json() == gotten.json() == {"data": {"hello": "hello you"}}
    message = read_message(json.dumps({"id": "a", "type": "subscribe", "payload": sent}))
    assert isinstance(message, Subscribe)
    assert message.asked.operation_name is None


@pytest.mark.parametrize("accept", [{}, GRAPHQL])
@pytest.mark.parametrize("query", [{}, {"query": None}])
async def test_a_persisted_query_is_refused_since_there_are_none(
    client: httpx.AsyncClient, accept: dict[str, str], query: dict[str, None]
) -> None:
    posted = await client.post(
        URL, json={**query, "extensions": PERSISTED}, headers={**KEY, **accept}
    )
    gotten = await client.get(
        URL, params={"extensions": json.dumps(PERSISTED)}, headers={**KEY, **accept}
    )
    for answer in (posted, gotten):
        assert answer.status_code == 200
        assert answer.json() == {"errors": [NOT_SUPPORTED]}


async def test_a_persisted_query_with_its_text_is_carried_out(client: httpx.AsyncClient) -> None:
    sent = {"query": "{ hello }", "extensions": PERSISTED}
    answer = await client.post(URL, json=sent, headers=KEY)
    assert answer.json() == {"data": {"hello": "hello you"}}


async def test_a_persisted_query_over_a_websocket_ends_its_operation_alone(toy: Toy) -> None:
    async with serving(toy.app) as url, connected(f"{url}/graphql") as client:
        await client.init()
        await client.send({"id": "a", "type": "subscribe", "payload": {"extensions": PERSISTED}})
        assert await client.receive() == {"id": "a", "type": "error", "payload": [NOT_SUPPORTED]}
        await client.subscribe("a", "{ hello }")
        assert (await client.receive())["payload"] == {"data": {"hello": "hello you"}}


@pytest.mark.parametrize("body", [b"[]", b' \n[{"query": "{ hello }"}]', b"[1"])
async def test_a_batch_is_refused_since_batching_is_off(
    client: httpx.AsyncClient, body: bytes
) -> None:
    headers = {**KEY, "Content-Type": "application/json"}
    answer = await client.post(URL, content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"] == (
        "batching is off: send one operation a request, as a JSON object"
    )


def test_extensions_of_other_kinds_mean_nothing() -> None:
    asked = parameters({"query": "{ hello }", "extensions": {"tracing": True}})
    assert (asked.text, asked.is_persisted) == ("{ hello }", False)
