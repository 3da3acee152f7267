"""Agents as GraphQL shows them, and what they say of themselves over it."""

from app.models.tables.credential import Agent
from tests.rest.product import Product

_ANNOUNCE = """
mutation($input: AnnounceAgentInput!) {
  announceAgent(input: $input) {
    agent { kind features driver isAttended isDryRun online } pollSeconds leaseSeconds serverTime
  }
}
"""
_WHO = "{ viewer { agent { kind features driver isAttended isDryRun online } } }"
_GO = "mutation { goOffline { agent { id online } } }"


async def test_an_agent_announces_itself_and_learns_what_the_server_wishes(
    product: Product,
) -> None:
    said = {"features": ["MARKS"], "driver": "my-browser", "isAttended": True, "isDryRun": True}
    body = await product.graphql(_ANNOUNCE, product.owner.agent_token, input=said)

    payload = body["data"]["announceAgent"]
    assert payload["agent"] == {**said, "kind": "DESKTOP", "online": True}
    assert (payload["pollSeconds"], payload["leaseSeconds"]) == (30, 60)
    assert payload["serverTime"].endswith("Z")


async def test_an_agent_that_announced_nothing_is_shown_as_such(product: Product) -> None:
    body = await product.graphql(_WHO, product.owner.agent_token)

    nothing = {"features": [], "driver": None, "isAttended": False, "isDryRun": False}
    assert body["data"]["viewer"]["agent"] == {**nothing, "kind": "DESKTOP", "online": True}


async def test_an_account_of_another_workspace_is_not_found(product: Product) -> None:
    neighbour = await product.neighbour()
    said = {"features": [], "linkedinAccountIds": [neighbour.owner.linkedin_account_id]}

    body = await product.graphql(_ANNOUNCE, product.owner.agent_token, input=said)

    assert [one["extensions"]["code"] for one in body["errors"]] == ["NOT_FOUND"]
    assert await Agent.filter(announced_at=None).count() == 2


async def test_an_agent_that_goes_is_shown_offline(product: Product) -> None:
    token = product.owner.agent_token
    await product.graphql(_ANNOUNCE, token, input={"features": []})

    body = await product.graphql(_GO, token)

    assert body["data"]["goOffline"]["agent"]["online"] is False
