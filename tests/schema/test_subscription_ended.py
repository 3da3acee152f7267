"""What a workspace may do when its subscription (billing) has ended, and where none is checked."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.actions.access.set_subscription import set_subscription
from app.actions.access.sign_in import sign_in
from tests.rest.product import Product, running_product, settings_for

ENDED = [("trialing", "2020-01-01T00:00:00Z"), ("past_due", None), ("cancelled", None)]
READ = "{ viewer { workspace { id subscriptionStatus subscriptionEndsAt } } attention { code } }"
TASKS = "{ tasks { nodes { id } } }"
WRITE = 'mutation { createAgent(input: {name: "Mac"}) { agent { id } } }'
CLAIM = """
mutation { claimTasks(input: {linkedinAccountIds: ["acc_1"]}) { leases { leaseToken } } }
"""


@pytest.fixture
async def unchecked(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    """Where nobody is billed."""
    settings = settings_for(database_url, redis_url, tmp_path, SUBSCRIPTIONS="off")
    async with running_product(settings) as running:
        yield running


async def as_person(product: Product, query: str) -> dict[str, Any]:
    owner = product.owner
    session = await sign_in(
        product.services, email=owner.email, password=owner.password, address=None
    )
    answer = await product.client.post(
        f"{product.url}/graphql",
        json={"query": query},
        headers={"Cookie": f"zenmode_session={session.token}", "Origin": product.url},
    )
    body: dict[str, Any] = answer.json()
    return body


def codes(body: dict[str, Any]) -> list[str]:
    return [one["extensions"]["code"] for one in body.get("errors", [])]


@pytest.mark.parametrize(("status", "ends_at"), ENDED)
async def test_programs_are_refused_and_people_may_read(
    product: Product, status: str, ends_at: str | None
) -> None:
    await set_subscription(product.services, product.owner.workspace_id, status, ends_at)

    assert (await product.ask("GET", "/tasks")).json()["code"] == "no_active_subscription"
    assert codes(await product.graphql(TASKS)) == ["NO_ACTIVE_SUBSCRIPTION"]
    assert codes(await product.graphql(CLAIM, product.owner.agent_token)) == [
        "NO_ACTIVE_SUBSCRIPTION"
    ]
    assert codes(await as_person(product, TASKS)) == []
    assert codes(await as_person(product, WRITE)) == ["NO_ACTIVE_SUBSCRIPTION"]
    seen = (await as_person(product, READ))["data"]
    assert seen["viewer"]["workspace"] == {
        "id": product.owner.workspace_id,
        "subscriptionStatus": status.upper(),
        "subscriptionEndsAt": ends_at and ends_at.replace("Z", ".000Z"),
    }
    assert seen["attention"][0]["code"] == "SUBSCRIPTION_ENDED"


@pytest.mark.parametrize(("status", "ends_at"), ENDED)
async def test_where_none_is_checked_everything_goes_on(
    unchecked: Product, status: str, ends_at: str | None
) -> None:
    await set_subscription(unchecked.services, unchecked.owner.workspace_id, status, ends_at)

    assert (await unchecked.ask("GET", "/tasks")).status_code == 200
    assert codes(await unchecked.graphql(CLAIM, unchecked.owner.agent_token)) == []
    assert codes(await as_person(unchecked, WRITE)) == []
    seen = (await as_person(unchecked, READ))["data"]
    assert seen["viewer"]["workspace"] == {
        "id": unchecked.owner.workspace_id,
        "subscriptionStatus": "ACTIVE",
        "subscriptionEndsAt": None,
    }
    assert "SUBSCRIPTION_ENDED" not in {one["code"] for one in seen["attention"]}
