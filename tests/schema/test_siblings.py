"""A field that is refused takes nothing from those beside it, however often it is asked for."""

from typing import Any

import pytest

from tests.rest.product import Product
from tests.schema.conftest import product as product

_SHARED = ("linkedinAccount { name }", "availableActions", "linkedinAccount { tasksCreatedToday }")


async def _answer(product: Product, query: str, **variables: Any) -> Any:
    answer = await product.client.post(
        f"{product.url}/graphql",
        headers={"Authorization": f"Bearer {product.owner.agent_token}"},
        json={"query": query, "variables": variables},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("shared", _SHARED)
async def test_a_refused_field_beside_a_shared_one_is_reported_every_time(
    product: Product, shared: str
) -> None:
    task = await product.create_task()
    query = f"query X($id: ID!) {{ task(id: $id) {{ {shared} deliveries {{ id }} }} }}"
    answers = [await _answer(product, query, id=task["id"]) for _ in range(4)]
    assert answers[0]["data"] == {"task": None}
    assert [one["path"] for one in answers[0]["errors"]] == [["task", "deliveries"]]
    assert answers[0]["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert answers[1:] == answers[:1] * 3


async def test_a_refused_field_beside_a_count_is_reported_every_time(product: Product) -> None:
    await product.create_task()
    query = "{ tasks { totalCount nodes { deliveries { id } availableActions } } }"
    answers = [await _answer(product, query) for _ in range(4)]
    assert answers[0]["data"] is None
    assert answers[1:] == answers[:1] * 3
