"""What is answered while the database is out of reach."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from app.actions.access.sign_in import sign_in
from app.models.engine.migrate import migrate
from tests.rest.product import Product, running_product, settings_for
from tests.schema.test_who_may_call_what import ANYBODY, MAY_CALL, operation
from tests.servers.postgres import PostgresServer

FOLLOW = {"action_type": "follow", "payload": {"profile_url": "https://linkedin.com/in/x"}}
WEBHOOK = {"url": "https://x.example/", "events": ["task.failed"]}


@pytest.fixture
async def forsaken_product(
    fragile_postgres: PostgresServer, redis_url: str, tmp_path: Path
) -> AsyncIterator[Product]:
    """The whole web process, whose database has just gone; its key was seen before."""
    url = await asyncio.to_thread(fragile_postgres.create_database)
    settings = settings_for(url, redis_url, tmp_path)
    await migrate(settings.database)
    async with running_product(settings) as running:
        await running.ask("GET", "/tasks")
        await asyncio.to_thread(fragile_postgres.stop)
        yield running


async def test_every_route_says_503_and_when_to_come_back(forsaken_product: Product) -> None:
    requests = (
        ("GET", "/tasks", None),
        ("GET", "/tasks/task_x", None),
        ("DELETE", "/tasks/task_x", None),
        ("POST", "/tasks", FOLLOW),
        ("GET", "/webhooks", None),
        ("POST", "/webhooks", WEBHOOK),
        ("DELETE", "/webhooks/1", None),
        ("GET", "/linkedin-accounts", None),
    )
    for method, path, body in requests:
        answer = await forsaken_product.ask(method, path, json=body)

        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), (method, path)
        assert answer.headers["retry-after"] == "5"


@pytest.fixture
async def signed_in(
    fragile_postgres: PostgresServer, redis_url: str, tmp_path: Path
) -> AsyncIterator[dict[str, Callable[[str], Awaitable[httpx.Response]]]]:
    """Everybody's way to ask GraphQL, seen by the process before its database went."""
    url = await asyncio.to_thread(fragile_postgres.create_database)
    settings = settings_for(url, redis_url, tmp_path)
    await migrate(settings.database)
    async with running_product(settings) as running:
        owner = running.owner
        credentials = {"email": owner.email, "password": owner.password, "address": None}
        session = await sign_in(running.services, **credentials)  # type: ignore[arg-type]
        headers = {
            "session": {"Cookie": f"zenmode_session={session.token}", "Origin": running.url},
            "key": {"Authorization": f"Bearer {owner.api_key}"},
            "agent": {"Authorization": f"Bearer {owner.agent_token}"},
        }

        def way(who: str) -> Callable[[str], Awaitable[httpx.Response]]:
            async def ask(query: str) -> httpx.Response:
                return await running.client.post(
                    f"{running.url}/graphql", json={"query": query}, headers=headers.get(who, {})
                )

            return ask

        for who in headers:
            assert (await way(who)("{ viewer { workspace { id } } }")).status_code == 200
        await asyncio.to_thread(fragile_postgres.stop)
        yield {who: way(who) for who in (*headers, "stranger")}


def _who_asks(name: str) -> str:
    if name in ("signIn", "signUp"):
        return "stranger"
    return next(who for who in ("session", "key", "agent") if who in MAY_CALL[name])


# The shortest document that asks for one of these breaks a rule, for which nothing is read.
_REFUSED_UNREAD = {"claimTasks", "renewLeases", "reportManualActions", "signUp"}
_NEEDS_NOTHING = {"viewer"}


async def test_every_query_and_mutation_says_unavailable_with_a_503(
    signed_in: dict[str, Callable[[str], Awaitable[httpx.Response]]],
) -> None:
    found: dict[str, tuple[int, list[str]]] = {}
    for name in sorted({*MAY_CALL, *ANYBODY}):
        answer = await signed_in[_who_asks(name)](operation(name))
        errors = answer.json().get("errors", [])
        found[name] = (answer.status_code, [one["extensions"]["code"] for one in errors])

    for name in _REFUSED_UNREAD | _NEEDS_NOTHING:
        assert found.pop(name)[1] in ([], ["BAD_USER_INPUT"]), name
    assert {name: one for name, one in found.items() if one != (503, ["UNAVAILABLE"])} == {}


@pytest.mark.parametrize(
    "query", ["{ viewer { workspace { id } } }", "{ webhooks { id } }", "{ webhook(id: 1) { id } }"]
)
async def test_graphql_says_unavailable(forsaken_product: Product, query: str) -> None:
    answer = await forsaken_product.graphql(query)

    assert answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
