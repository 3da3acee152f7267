"""Whatever is sent, the answer is a proper one: never a 5xx, always the documented shape."""

from typing import Any

import httpx

from tests.hostile.corpus import GRAPHQL_BODIES, REST_BODIES, REST_PATHS, WEBHOOK_BODIES
from tests.rest.product import Product

JSON = {"Content-Type": "application/json"}
REST_CODES = {"invalid_request", "not_found", "method_not_allowed", "body_too_large"}


def proper_rest(answer: httpx.Response) -> bool:
    """A task or a webhook, or the one shape of errors."""
    body: Any = answer.json()
    if answer.status_code in (200, 201):
        return "error" not in body
    return answer.status_code < 500 and (
        {"error", "code", "request_id"} <= set(body) and body["code"] in REST_CODES
    )


def proper_graphql(answer: httpx.Response) -> bool:
    """Data, or errors that each have a code and hide nothing of ours."""
    body: Any = answer.json()
    errors = body.get("errors", [])
    return answer.status_code < 500 and all(
        one["message"] and one["extensions"]["code"] not in ("INTERNAL", "UNAVAILABLE")
        for one in errors
    )


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    every = [*REST_BODIES, *REST_PATHS, *WEBHOOK_BODIES, *GRAPHQL_BODIES]

    assert len(every) >= 150


async def test_odd_bodies_over_rest(product: Product) -> None:
    improper = []
    for path, bodies in (("/tasks", REST_BODIES), ("/webhooks", WEBHOOK_BODIES)):
        for body in bodies:
            answer = await product.ask("POST", path, content=body, headers=JSON)
            if not proper_rest(answer):
                improper.append((body[:80], answer.status_code, answer.text[:200]))

    assert improper == []


async def test_odd_paths_over_rest(product: Product) -> None:
    improper = []
    for path in REST_PATHS:
        for method in ("GET", "DELETE", "PUT"):
            answer = await product.ask(method, path)
            if not proper_rest(answer):
                improper.append((method, path[:80], answer.status_code, answer.text[:200]))

    assert improper == []


async def test_odd_bodies_over_graphql(product: Product) -> None:
    improper = []
    for body in GRAPHQL_BODIES:
        answer = await product.client.post(
            f"{product.url}/graphql",
            content=body,
            headers={**JSON, "Authorization": f"Bearer {product.owner.api_key}"},
        )
        if not proper_graphql(answer):
            improper.append((body[:80], answer.status_code, answer.text[:200]))

    assert improper == []
