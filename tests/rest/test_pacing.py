"""What REST says of an account's limits, of waiting tasks and of forecasts."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.rest.product import Product, running_product, settings_for

_BODY = {"action_type": "connect", "payload": {"profile_url": "https://linkedin.com/in/jane"}}
_UPDATE = """
mutation($input: UpdatePacingInput!) { updatePacing(input: $input) { linkedinAccount { id } } }
"""


@pytest.fixture
async def paced(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    """The product with pacing on."""
    settings = settings_for(database_url, redis_url, tmp_path, PACING="on")
    async with running_product(settings) as product:
        yield product


async def limits_of(product: Product) -> dict[str, Any]:
    answer = await product.ask(
        "GET", f"/linkedin-accounts/{product.owner.linkedin_account_id}/limits"
    )
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


async def test_the_limits_of_a_new_account(paced: Product) -> None:
    body = await limits_of(paced)
    assert list(body) == ["pacing", "is_open", "opens_at", "limits", "locks"]
    assert body["pacing"] is True
    assert len(body["limits"]) == 11
    # It grows with the next step of the ramp.
    assert body["limits"][0].pop("reset_at").endswith("Z")
    assert body["limits"][0] == {
        "action_type": "connect",
        "window": "day",
        "limit": 4,
        "used": 0,
        "remaining": 4,
        "next_allowed_at": None,
    }
    assert body["limits"][-1]["action_type"] is None
    assert body["locks"] == []


async def test_an_account_that_is_not_paced_has_none(product: Product) -> None:
    body = await limits_of(product)
    assert (body["pacing"], body["is_open"], body["limits"]) == (False, True, [])


async def test_an_unknown_account_is_not_found(paced: Product) -> None:
    answer = await paced.ask("GET", "/linkedin-accounts/acc_of_nobody/limits")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_waiting_is_there_only_when_it_is_requested(paced: Product) -> None:
    task = await paced.create_task()
    plain = (await paced.ask("GET", f"/tasks/{task['id']}")).json()["task"]
    assert set(plain) == set(task)
    more = (await paced.ask("GET", f"/tasks/{task['id']}?include=waiting")).json()["task"]
    assert set(more) - set(task) == {"waiting", "estimated_start_at"}
    assert more["waiting"] == [
        {"code": "no_agent", "message": "No agent serves this account.", "until": None}
    ]
    assert more["estimated_start_at"] is None


async def test_another_value_of_include_is_refused(paced: Product) -> None:
    task = await paced.create_task()
    for query in ("include=all", "include=waiting,all", "include="):
        answer = await paced.ask("GET", f"/tasks/{task['id']}?{query}")
        assert (answer.status_code, answer.json()["details"][0]["field"]) == (400, "include")


async def test_a_forecast_has_a_start_for_each_task_and_creates_none(paced: Product) -> None:
    bad = {**_BODY, "priority": 1_000}
    answer = await paced.ask("POST", "/forecasts", json={"tasks": [_BODY, _BODY, bad]})
    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == ["tasks", "days", "finishes_at", "problems"]
    assert [one["index"] for one in body["tasks"]] == [0, 1, 2]
    assert body["tasks"][0]["starts_at"].endswith("Z")
    assert body["tasks"][2]["starts_at"] is None
    assert sum(day["count"] for day in body["days"]) == 2
    assert body["days"][0]["action_type"] == "connect"
    assert body["problems"] == [
        {"index": 2, "field": "priority", "message": "must be between -100 and 100"}
    ]
    assert (await paced.ask("GET", "/tasks")).json()["tasks"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "tasks"),
        ({"tasks": []}, "tasks"),
        ({"tasks": [_BODY] * 101}, "tasks"),
        ({"tasks": ["x"]}, "tasks.0"),
        ({"tasks": [_BODY], "more": 1}, "more"),
    ],
)
async def test_a_body_that_is_no_list_of_tasks_is_refused(
    paced: Product, body: dict[str, Any], field: str
) -> None:
    answer = await paced.ask("POST", "/forecasts", json=body)
    assert answer.status_code == 400
    assert answer.json()["details"][0]["field"] == field


async def test_a_key_may_not_change_what_an_account_may_do(paced: Product) -> None:
    limits = [{"actionType": "CONNECT", "perDay": 0}]
    change = {"linkedinAccountId": paced.owner.linkedin_account_id, "limits": limits}
    refused = await paced.graphql(_UPDATE, input=change)
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
