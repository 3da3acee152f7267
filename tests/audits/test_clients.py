"""Clients that others wrote find a server that they understand."""

import asyncio
from typing import Any

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

from tests.audits.node import run_suite
from tests.http.serving import serving
from tests.http.toy import GOOD, toy


async def test_the_reference_client_of_websockets_is_at_home() -> None:
    async with serving(toy().app) as url:
        address = f"{url.replace('http', 'ws')}/graphql"
        found = await asyncio.to_thread(run_suite, "graphql_ws.mjs", address, GOOD)
    counted = [{"answers": [{"data": {"count": n}} for n in range(1, to + 1)]} for to in (1, 2, 3)]
    assert found["subscription"] == counted[2]
    assert found["query"] == {"answers": [{"data": {"hello": "hello you"}}]}
    assert found["together"] == counted
    assert found["invalid"]["error"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert found["refused"]["error"] == 4403
    assert found["pongs"] == 2


async def test_the_reference_client_of_events_is_at_home() -> None:
    async with serving(toy().app) as url:
        found = await asyncio.to_thread(run_suite, "graphql_sse.mjs", f"{url}/graphql", GOOD)
    assert found["subscription"] == {"answers": [{"data": {"count": n}} for n in (1, 2, 3)]}
    assert found["query"] == {"answers": [{"data": {"hello": "hello you"}}]}
    assert found["invalid"]["answers"][0]["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert found["refused"]["status"] == 401


async def test_the_client_of_python_is_at_home() -> None:
    async with serving(toy().app) as url:
        transport = WebsocketsTransport(
            url=f"{url.replace('http', 'ws')}/graphql",
            init_payload={"authorization": f"Bearer {GOOD}"},
            subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
        )
        async with Client(transport=transport) as session:
            counted = [
                one["count"] async for one in session.subscribe(gql("subscription { count }"))
            ]
            assert counted == [1, 2, 3]
            assert await session.execute(gql("{ hello }")) == {"hello": "hello you"}
            with pytest.raises(TransportQueryError):
                await session.execute(gql("{ nope }"))


async def test_urql_hears_subscriptions_over_events_by_itself() -> None:
    async with serving(toy().app) as url:
        found = await asyncio.to_thread(run_suite, "urql.mjs", f"{url}/graphql", GOOD)
    assert [one["data"] for one in found["subscription"]] == [{"count": n} for n in (1, 2, 3)]
    assert found["unfinished"] == [{"data": {"forever": 1}}]
    assert "nope" in found["invalid"][0]["error"]
    assert found["query"] == {"hello": "hello you"}


async def test_apollo_hears_subscriptions_over_multipart_and_does_without_persisted_queries() -> (
    None
):
    async with serving(toy().app) as url:
        found = await asyncio.to_thread(run_suite, "apollo.mjs", f"{url}/graphql", GOOD)
    counted = [{"data": {"count": n}} for n in (1, 2, 3)]
    assert found["subscription"] == {"answers": counted}
    assert "it is already done" in str(found["refused"])
    assert found["first"] == found["second"] == found["byGet"] == {"hello": "hello you"}
    # The first hash is refused; from then on the client sends its documents.
    assert found["requests"] == ["hash", "text", "text"]
    assert found["requestsByGet"] == ["hash", "text"]


@pytest.mark.parametrize(
    "credentials",
    [
        {"headers": {"Authorization": f"Bearer {GOOD}"}},
        {"init_payload": {"Authorization": f"Bearer {GOOD}"}},
        {"init_payload": {"headers": {"Authorization": f"Bearer {GOOD}"}}},
    ],
)
async def test_the_client_of_python_may_show_its_credentials_in_any_place(
    credentials: dict[str, Any],
) -> None:
    async with serving(toy().app) as url:
        transport = WebsocketsTransport(
            url=f"{url.replace('http', 'ws')}/graphql",
            subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
            **credentials,
        )
        async with Client(transport=transport) as session:
            assert await session.execute(gql("{ hello }")) == {"hello": "hello you"}
