"""The filter of tasks over GraphQL: the list, its count and live updates."""

from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.http.socket_client import connected
from tests.rest.product import Product
from tests.waiting import until

_LIST = "query($filter: TaskFilter) { tasks(filter: $filter) { totalCount nodes { id } } }"
_UPDATES = "subscription($filter: TaskFilter) { taskUpdates(filter: $filter) { id } }"


def _order(slug: str) -> dict[str, Any]:
    url = f"https://www.linkedin.com/in/{slug}"
    return {"action_type": "follow", "payload": {"profile_url": url}}


async def _found(product: Product, wanted: dict[str, Any] | None) -> list[str]:
    data = (await product.graphql(_LIST, filter=wanted))["data"]
    assert data["tasks"]["totalCount"] == len(data["tasks"]["nodes"])
    return [task["id"] for task in data["tasks"]["nodes"]]


async def test_tasks_are_found_by_profile_and_by_time(product: Product) -> None:
    jane = await product.create_task(**_order("jane-doe"))
    amir = await product.create_task(**_order("amir"))
    for wanted, found in (
        ({"profileUrl": "JANE-DOE"}, [jane]),
        ({"profileUrl": "https://linkedin.com/in/amir/"}, [amir]),
        ({"profileUrl": "nobody-of-that-name"}, []),
        ({"profileUrl": None, "createdAfter": None, "createdBefore": None}, [amir, jane]),
        (
            {"createdAfter": jane["created_at"], "createdBefore": "9999-01-01T00:00:00Z"},
            [amir, jane],
        ),
        ({"createdBefore": "2000-01-01T00:00:00+02:00"}, []),
        ({"scheduledAfter": "2000-01-01T00:00:00Z"}, []),
    ):
        assert await _found(product, wanted) == [task["id"] for task in found]


@pytest.mark.parametrize("wanted", ["a b", "https://example.com/in/jane", "linkedin.com/company/x"])
async def test_a_search_that_can_find_nobody_is_refused_by_field(
    product: Product, wanted: str
) -> None:
    errors = (await product.graphql(_LIST, filter={"profileUrl": wanted}))["errors"]
    assert errors[0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert errors[0]["extensions"]["details"][0]["path"] == ["filter", "profileUrl"]


async def test_live_updates_obey_the_same_filter(product: Product) -> None:
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(connected(f"{product.url}/graphql"))
        await client.init(product.owner.api_key)
        before = product.services.events.listener_count
        await client.subscribe("1", _UPDATES, filter={"profileUrl": "jane-doe"})
        await until(lambda: product.services.events.listener_count == before + 1)
        await product.create_task(**_order("amir"))
        jane = await product.create_task(**_order("jane-doe"))
        message = await client.receive()
    assert message["payload"]["data"]["taskUpdates"]["id"] == jane["id"]
