"""Every query and mutation by every kind of caller, and with another workspace's ids."""

from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLObjectType

from app.actions.steps.access.open_session import open_session
from app.models.engine.database import Queries
from app.schema import schema
from tests.rest.product import Product

S, K, A = "session", "key", "agent"
# As the published schema says beside each field.
MAY_CALL = {
    "node": {S, K, A}, "viewer": {S, K, A}, "task": {S, K, A}, "tasks": {S, K},
    "linkedinAccount": {S, K, A}, "linkedinAccounts": {S, K, A}, "webhook": {S, K},
    "webhooks": {S, K}, "delivery": {S, K}, "deliveries": {S, K}, "apiKeys": {S},
    "agents": {S}, "usage": {S, K}, "attention": {S, K},
    "signOut": {S}, "createTask": {S, K}, "createTasks": {S, K}, "cancelTask": {S, K},
    "retryTask": {S, K}, "claimTasks": {A}, "startTask": {A}, "renewLeases": {A},
    "completeTask": {A}, "failTask": {A}, "releaseTask": {A}, "connectLinkedinAccount": {S, A},
    "updateLinkedinAccount": {S}, "disconnectLinkedinAccount": {S, A}, "createWebhook": {S, K},
    "updateWebhook": {S, K}, "deleteWebhook": {S, K}, "rotateWebhookSecret": {S, K},
    "sendTestEvent": {S, K}, "redeliver": {S, K}, "recoverDeliveries": {S, K},
    "createApiKey": {S}, "revokeApiKey": {S}, "createAgent": {S}, "revokeAgent": {S},
    "announceAgent": {A}, "goOffline": {A}, "forecastTasks": {S, K}, "updatePacing": {S},
    "liftProviderLock": {S}, "reportManualActions": {S, A},
}  # fmt: skip
ANYBODY = {"signUp", "signIn"}
VALUES = {
    "ID": '"task_unknown"', "Int": "1", "Boolean": "true", "JSON": "{}",
    "DateTime": '"2026-01-01T00:00:00Z"', "String": '"https://linkedin.com/in/x"',
    "ActionType": "FOLLOW", "WebhookEvent": "TASK_FAILED", "TaskStatus": "PENDING",
    "DeliveryStatus": "PENDING", "AccountStatus": "PAUSED", "AgentFeature": "MARKS",
}  # fmt: skip


def literal(type_: Any) -> str:
    """Some value of a type, required fields alone."""
    if isinstance(type_, GraphQLNonNull):
        return literal(type_.of_type)
    if isinstance(type_, GraphQLList):
        return f"[{literal(type_.of_type)}]"
    if isinstance(type_, GraphQLInputObjectType):
        fields = [
            f"{name}: {literal(field.type)}"
            for name, field in type_.fields.items()
            if isinstance(field.type, GraphQLNonNull)
        ]
        return "{" + ", ".join(fields) + "}"
    return VALUES[type_.name]


def operation(name: str) -> str:
    """The shortest document that calls a field."""
    query, mutation = schema._schema.query_type, schema._schema.mutation_type
    assert query is not None
    assert mutation is not None
    root = query if name in query.fields else mutation
    field = root.fields[name]
    given = [
        f"{argument}: {literal(one.type)}"
        for argument, one in field.args.items()
        if isinstance(one.type, GraphQLNonNull) and one.default_value is not None
    ]
    arguments = f"({', '.join(given)})" if given else ""
    kind = "query" if root is query else "mutation"
    return f"{kind} {{ {name}{arguments} {{ __typename }} }}"


def test_the_table_names_every_field() -> None:
    roots = (schema._schema.query_type, schema._schema.mutation_type)
    names = {name for root in roots if isinstance(root, GraphQLObjectType) for name in root.fields}

    assert names == set(MAY_CALL) | ANYBODY


async def codes(product: Product, name: str, headers: dict[str, str]) -> set[str]:
    answer = await product.client.post(
        f"{product.url}/graphql", json={"query": operation(name)}, headers=headers
    )
    errors = answer.json().get("errors", [])
    assert "INTERNAL" not in {one["extensions"]["code"] for one in errors}, answer.text
    return {one["extensions"]["code"] for one in errors}


@pytest.mark.parametrize("name", MAY_CALL)
async def test_only_those_may_call_a_field_who_are_named_beside_it(
    product: Product, name: str
) -> None:
    async def unit(queries: Queries) -> Any:
        row = await queries.row("SELECT id, workspace_id FROM users")
        assert row is not None
        now = product.services.now()
        return await open_session(queries, row["id"], row["workspace_id"], now)

    session = await product.services.database.transaction(unit)
    callers = {
        K: {"Authorization": f"Bearer {product.owner.api_key}"},
        A: {"Authorization": f"Bearer {product.owner.agent_token}"},
        S: {"Cookie": f"zenmode_session={session.token}", "Origin": product.url},
    }

    assert await codes(product, name, {}) == {"UNAUTHENTICATED"}
    for kind, headers in callers.items():
        found = await codes(product, name, headers)
        if kind in MAY_CALL[name]:
            assert not found & {"FORBIDDEN", "UNAUTHENTICATED"}, (kind, found)
        else:
            assert found == {"FORBIDDEN"}, (kind, found)


async def test_another_workspaces_things_are_not_there(product: Product) -> None:
    task = await product.create_task()
    memo = await product.ask(
        "POST",
        "/webhooks",
        json={"url": "https://your-server.example/", "events": ["task.failed"]},
    )
    webhook = memo.json()["webhook"]["id"]
    sent = await product.graphql(
        f"mutation {{ sendTestEvent(webhookId: {webhook}) {{ delivery {{ id }} }} }}"
    )
    delivery = sent["data"]["sendTestEvent"]["delivery"]["id"]
    account = product.owner.linkedin_account_id
    stranger = (await product.neighbour()).owner.api_key

    reads = {
        f'{{ it: task(id: "{task["id"]}") {{ id }} }}': None,
        f'{{ it: node(id: "{task["id"]}") {{ id }} }}': None,
        f'{{ it: linkedinAccount(id: "{account}") {{ id }} }}': None,
        f"{{ it: webhook(id: {webhook}) {{ id }} }}": None,
        f'{{ it: delivery(id: "{delivery}") {{ id }} }}': None,
        "{ it: tasks { nodes { id } } }": {"nodes": []},
        f'{{ it: deliveries(taskId: "{task["id"]}") {{ nodes {{ id }} }} }}': {"nodes": []},
        "{ it: webhooks { id } }": [],
    }
    for query, nothing in reads.items():
        assert (await product.graphql(query, stranger))["data"] == {"it": nothing}
    refused = [
        f'cancelTask(id: "{task["id"]}") {{ task {{ id }} }}',
        f'retryTask(id: "{task["id"]}") {{ task {{ id }} }}',
        f"updateWebhook(input: {{id: {webhook}, enabled: false}}) {{ webhook {{ id }} }}",
        f"deleteWebhook(id: {webhook}) {{ id }}",
        f"rotateWebhookSecret(id: {webhook}) {{ secret }}",
        f"sendTestEvent(webhookId: {webhook}) {{ delivery {{ id }} }}",
        f'redeliver(deliveryId: "{delivery}") {{ delivery {{ id }} }}',
        f'recoverDeliveries(webhookId: {webhook}, since: "2026-01-01T00:00:00Z") {{ count }}',
    ]
    for mutation in refused:
        (error,) = (await product.graphql(f"mutation {{ {mutation} }}", stranger))["errors"]
        assert error["extensions"]["code"] == "NOT_FOUND", mutation
    assert (await product.ask("GET", f"/tasks/{task['id']}")).json() == {"task": task}
