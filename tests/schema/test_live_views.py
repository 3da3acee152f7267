"""What subscribers of one process share, and what they do not."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from app.actions.deliveries import watch_deliveries
from app.actions.linkedin_accounts import read_linkedin_accounts as read_accounts
from app.domain.access.caller import Caller, CallerKind
from app.domain.shared_change import SharedChange
from app.domain.tasks.task import TaskAction
from app.domain.tasks.task_filter import TaskFilter
from app.models.tasks.task_queries import list_tasks
from app.models.tasks.task_rows import TaskRow
from app.schema.context import Context
from app.schema.subscriptions import shown_to_caller
from app.schema.tasks import Task, task_of
from tests.http.socket_client import SocketClient, connected
from tests.rest.product import Product
from tests.waiting import until

_UPDATES = """
subscription($filter: TaskFilter) {
  taskUpdates(filter: $filter) { id status payload linkedinAccount { id name } }
}
"""


async def _subscribed(
    stack: AsyncExitStack, product: Product, count: int = 1, query: str = _UPDATES, **variables: Any
) -> list[SocketClient]:
    """That many subscribers, all listening."""
    before = product.services.events.listener_count
    clients = []
    for _ in range(count):
        client = await stack.enter_async_context(connected(f"{product.url}/graphql"))
        await client.init(product.owner.api_key)
        await client.subscribe("1", query, **variables)
        clients.append(client)
    await until(lambda: product.services.events.listener_count == before + count)
    return clients


async def _next(client: SocketClient) -> dict[str, Any]:
    message = await client.receive()
    assert message["type"] == "next", message
    data: dict[str, Any] = message["payload"]["data"]
    return data


async def test_two_workspaces_with_the_same_document_see_each_its_own(product: Product) -> None:
    neighbour = await product.neighbour()
    async with AsyncExitStack() as stack:
        (ours,) = await _subscribed(stack, product, filter={"actionType": "CONNECT"})
        (theirs,) = await _subscribed(stack, neighbour, filter={"actionType": "CONNECT"})
        for who, client in ((product, ours), (neighbour, theirs), (product, ours)):
            task = await who.create_task()
            seen = (await _next(client))["taskUpdates"]
            assert seen["id"] == task["id"]
            assert seen["linkedinAccount"]["id"] == who.owner.linkedin_account_id
            assert seen["payload"] == task["payload"]


async def test_what_a_change_stands_for_is_read_once_for_all_its_subscribers(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    real = read_accounts.accounts_with_ids

    async def counted(*asking: Any) -> Any:
        reads.append("accounts_with_ids")
        return await real(*asking)

    monkeypatch.setattr(read_accounts, "accounts_with_ids", counted)
    async with AsyncExitStack() as stack:
        clients = await _subscribed(stack, product, 10)
        task = await product.create_task()
        seen = [await _next(client) for client in clients]
    assert [one["taskUpdates"]["id"] for one in seen] == [task["id"]] * 10
    assert reads == ["accounts_with_ids"]


async def test_a_delivery_is_read_once_for_all_its_subscribers(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = {"url": "https://example.com/", "events": ["task.completed"]}
    webhook = (await product.ask("POST", "/webhooks", json=order)).json()["webhook"]
    reads: list[str] = []
    real = watch_deliveries.find_delivery

    async def counted(database: Any, workspace_id: str, delivery_id: str) -> Any:
        reads.append(delivery_id)
        return await real(database, workspace_id, delivery_id)

    monkeypatch.setattr(watch_deliveries, "find_delivery", counted)
    query = "subscription { deliveryUpdates { id webhookId event webhook { id } } }"
    async with AsyncExitStack() as stack:
        clients = await _subscribed(stack, product, 5, query)
        await product.graphql(
            "mutation($id: Int!) { sendTestEvent(webhookId: $id) { delivery { id } } }",
            id=webhook["id"],
        )
        seen = [(await _next(client))["deliveryUpdates"] for client in clients]
    assert len({str(one) for one in seen}) == 1
    assert seen[0]["webhookId"] == seen[0]["webhook"]["id"] == webhook["id"]
    assert reads == [seen[0]["id"]]


async def test_subscribers_with_other_documents_or_variables_get_what_they_asked_for(
    product: Product,
) -> None:
    query = "subscription($wanted: Boolean!) { taskUpdates { id status @include(if: $wanted) } }"
    other = "subscription { taskUpdates { status } }"
    async with AsyncExitStack() as stack:
        (with_status,) = await _subscribed(stack, product, 1, query, wanted=True)
        (without,) = await _subscribed(stack, product, 1, query, wanted=False)
        (status_only,) = await _subscribed(stack, product, 1, other)
        task = await product.create_task()
        both = {"id": task["id"], "status": "PENDING"}
        assert await _next(with_status) == {"taskUpdates": both}
        assert await _next(without) == {"taskUpdates": {"id": task["id"]}}
        assert await _next(status_only) == {"taskUpdates": {"status": "PENDING"}}


async def test_a_subscriber_who_leaves_takes_nothing_from_the_others(product: Product) -> None:
    async with AsyncExitStack() as stack:
        clients = await _subscribed(stack, product, 3)
        async with AsyncExitStack() as leaving:
            await _subscribed(leaving, product, 5)
            order = asyncio.create_task(product.create_task())
        task = await order
        seen = [await _next(client) for client in clients]
    assert [one["taskUpdates"]["id"] for one in seen] == [task["id"]] * 3


async def test_nobody_is_shown_what_was_worked_out_for_another_caller(product: Product) -> None:
    await product.create_task()
    (row,) = await _rows(product)
    change = SharedChange(row)
    person = Caller(CallerKind.SESSION, product.owner.workspace_id, "ses_1", "user_1", True)
    callers = [
        person,
        replace(person, subscription_is_active=False),
        replace(person, credential_id="ses_2"),
        replace(person, user_id="user_2"),
        replace(person, kind=CallerKind.API_KEY),
        replace(person, workspace_id="ws_other"),
        None,
    ]
    shown = [_shown(product, change, caller) for caller in callers]
    assert len({id(one) for one in shown}) == len(callers)
    assert shown == [_shown(product, change, caller) for caller in callers]
    first, ended = [(await one.siblings.actions.get())[row.id] for one in shown[:2]]
    assert (first, ended) == ([TaskAction.CANCEL], [])


async def _rows(product: Product) -> list[TaskRow]:
    workspace_id = product.owner.workspace_id
    return (await list_tasks(product.services.database, workspace_id, TaskFilter(), limit=9)).tasks


def _shown(product: Product, change: SharedChange[TaskRow], caller: Caller | None) -> Task:
    info: Any = SimpleNamespace(context=Context(product.services, caller, "req_1"))
    shown = shown_to_caller(info, change, task_of)
    assert shown is not None
    return shown
