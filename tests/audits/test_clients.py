"""Clients that others wrote find a server that they understand."""

import asyncio

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
