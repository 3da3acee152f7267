"""PATCH /webhooks/:id: what a program can change, above all that it is on again."""

from typing import Any

import pytest

from app.models.tables.webhook import Webhook
from tests.rest.product import Product

_URL = "https://your-server.example/hook"


async def _made(product: Product) -> dict[str, Any]:
    body = {"url": _URL, "events": ["task.completed"]}
    memo = (await product.ask("POST", "/webhooks", json=body)).json()["webhook"]
    del memo["secret"]
    assert isinstance(memo, dict)
    return memo


async def test_a_webhook_that_was_switched_off_says_why_and_is_switched_on_again(
    product: Product,
) -> None:
    memo = await _made(product)
    assert (memo["enabled"], memo["disabled_reason"]) == (True, None)
    await Webhook.filter(id=memo["id"]).update(enabled=False, disabled_reason="it was gone")
    listed = (await product.ask("GET", "/webhooks")).json()["webhooks"]
    assert listed == [{**memo, "enabled": False, "disabled_reason": "it was gone"}]

    answer = await product.ask("PATCH", f"/webhooks/{memo['id']}", json={"enabled": True})

    assert (answer.status_code, answer.json()) == (200, {"webhook": memo})


@pytest.mark.parametrize(
    ("sent", "changed"),
    [
        ({"url": "https://elsewhere.example/"}, {"url": "https://elsewhere.example/"}),
        ({"events": ["task.failed", "task.completed"]}, {}),
        ({"enabled": False}, {"disabled_reason": "switched off by hand"}),
        ({}, {}),
        ({"url": None, "events": None, "enabled": None}, {}),
    ],
)
async def test_what_is_left_out_stays_as_it_is(
    product: Product, sent: dict[str, object], changed: dict[str, object]
) -> None:
    memo = await _made(product)
    expected = memo | {name: one for name, one in sent.items() if one is not None} | changed

    answer = await product.ask("PATCH", f"/webhooks/{memo['id']}", json=sent)

    assert (answer.status_code, answer.json()) == (200, {"webhook": expected})
    assert (await product.ask("GET", "/webhooks")).json() == {"webhooks": [expected]}


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        (
            {"url": "http://x.example/", "events": [], "enabled": "yes"},
            ["url", "events", "enabled"],
        ),
        ({"url": 1, "events": "task.failed", "enabled": 1}, ["url", "events", "enabled"]),
        ({"enable": True}, ["enable"]),
        ({"secret": "whsec_x", "id": 5}, ["secret", "id"]),
        ({"url": "https://127.0.0.1/"}, ["url"]),
        ({"url": "https://foo.localhost./"}, ["url"]),
    ],
)
async def test_every_bad_field_is_named_and_nothing_is_changed(
    product: Product, sent: dict[str, object], fields: list[str]
) -> None:
    memo = await _made(product)

    answer = await product.ask("PATCH", f"/webhooks/{memo['id']}", json=sent)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert sorted(one["field"] for one in answer.json()["details"]) == sorted(fields)
    assert (await product.ask("GET", "/webhooks")).json() == {"webhooks": [memo]}


async def test_what_is_not_there_is_404_and_another_workspaces_is_not_there(
    product: Product,
) -> None:
    memo = await _made(product)
    neighbour = await product.neighbour()
    for asking, path in (
        (neighbour, f"/webhooks/{memo['id']}"),
        (product, "/webhooks/0"),
        (product, "/webhooks/x"),
        (product, "/webhooks/99999999999999999999"),
    ):
        answer = await asking.ask("PATCH", path, json={"enabled": False})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await product.ask("GET", "/webhooks")).json() == {"webhooks": [memo]}


async def test_a_patch_of_all_webhooks_is_405(product: Product) -> None:
    answer = await product.ask("PATCH", "/webhooks", json={"enabled": True})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET, POST")
