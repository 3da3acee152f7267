"""What those may do who show no good credential: how often, and how much at once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.domain.access.tokens import new_token
from tests.http.product import Product, running_product
from tests.http.socket_client import connected
from tests.servers.redis import RedisServer
from tests.waiting import until
from tests.workspaces import bootstrap

SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { viewer { user { email } } } }"
SIGN_UP = "mutation ($input: SignUpInput!) { signUp(input: $input) { viewer { user { email } } } }"
NOTHING = "{ __typename }"
STRANGERS, SIGN_INS = 60, 10


@pytest.fixture
async def product(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    async with running_product(database_url, redis_url, tmp_path) as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        yield client


async def ask(
    product: Product, client: httpx.AsyncClient, query: str, token: str = "", **variables: Any
) -> httpx.Response:
    return await client.post(
        product.url,
        json={"query": query, "variables": variables},
        headers={"Authorization": f"Bearer {token}"} if token else {},
    )


def guess(product: Product, number: int = 0) -> dict[str, str]:
    return {"email": f"{number}@example.com", "password": "a wrong password"}


def codes(answer: httpx.Response) -> list[str]:
    return [one["extensions"]["code"] for one in answer.json().get("errors", [])]


async def test_of_100_requests_at_once_an_address_gets_60(
    product: Product, client: httpx.AsyncClient
) -> None:
    answers = await asyncio.gather(*(ask(product, client, NOTHING) for _ in range(100)))

    assert Counter(one.status_code for one in answers) == {200: STRANGERS, 429: 40}
    refused = next(one for one in answers if one.status_code == 429)
    assert codes(refused) == ["RATE_LIMITED"]
    assert 0 < int(refused.headers["retry-after"]) <= 61
    assert 0 < refused.json()["errors"][0]["extensions"]["retryAfter"] <= 61


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"json": {"query": NOTHING}, "headers": {"Authorization": "Bearer nonsense"}}, 401),
        ({"json": {"query": NOTHING}, "headers": {"Authorization": "Basic eDp5"}}, 401),
        ({"json": {"query": "{"}}, 200),
        ({"json": {"query": NOTHING}, "headers": {"Cookie": "zenmode_session=x"}}, 200),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ({"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
    ],
    ids=["a bad token", "no token", "bad syntax", "a dead session", "bad JSON", "no JSON"],
)
async def test_a_request_counts_whatever_is_wrong_with_it(
    product: Product, client: httpx.AsyncClient, options: dict[str, Any], status: int
) -> None:
    options = dict(options)
    headers = {"Origin": product.url.removesuffix("/graphql")} | options.pop("headers", {})
    seen = [
        (await client.post(product.url, headers=headers, **options)).status_code
        for _ in range(STRANGERS + 2)
    ]

    assert seen == [status] * STRANGERS + [429] * 2


async def test_a_get_without_a_token_counts(product: Product, client: httpx.AsyncClient) -> None:
    asked = [await client.get(product.url, params={"query": NOTHING}) for _ in range(61)]

    assert Counter(one.status_code for one in asked) == {401: STRANGERS, 429: 1}


async def test_who_shows_a_good_credential_is_no_stranger(
    product: Product, client: httpx.AsyncClient
) -> None:
    for token in (product.owner.api_key, product.owner.agent_token):
        for _ in range(STRANGERS):
            await ask(product, client, NOTHING, token)
    for _ in range(STRANGERS):
        assert (await ask(product, client, NOTHING)).status_code == 200

    assert (await ask(product, client, NOTHING)).status_code == 429
    assert (await ask(product, client, NOTHING, product.owner.agent_token)).status_code == 200
    assert (await ask(product, client, NOTHING, new_token("zm_"))).status_code == 429


async def test_of_the_requests_ten_sign_in_or_up_exactly_however_many_at_once(
    product: Product, client: httpx.AsyncClient
) -> None:
    ups = [
        {"email": f"new-{number}@example.com", "password": "rare passphrase", "workspaceName": "W"}
        for number in range(6)
    ]

    answers = await asyncio.gather(
        *(ask(product, client, SIGN_IN, input=guess(product, one)) for one in range(14)),
        *(ask(product, client, SIGN_UP, input=one) for one in ups),
    )

    done = [one for one in answers if codes(one) != ["RATE_LIMITED"]]
    assert len(done) == SIGN_INS
    assert Counter(one.status_code for one in answers) == {200: SIGN_INS, 429: 10}
    assert all("retry-after" in one.headers for one in answers if one.status_code == 429)
    assert (await ask(product, client, NOTHING)).status_code == 200


async def test_a_credential_buys_no_further_sign_ins(
    product: Product, client: httpx.AsyncClient
) -> None:
    agent = product.owner.agent_token
    for number in range(SIGN_INS):
        await ask(product, client, SIGN_IN, agent, input=guess(product, number))

    assert codes(await ask(product, client, SIGN_IN, agent, input=guess(product))) == [
        "RATE_LIMITED"
    ]
    async with connected(product.url) as socket:
        await socket.init(agent)
        await socket.subscribe("1", SIGN_IN, input=guess(product))
        answer = await socket.receive()
    assert answer["payload"][0]["extensions"]["code"] == "RATE_LIMITED"


async def test_both_budgets_follow_the_setting(
    sqlite_url: str, redis_url: str, tmp_path: Path, client: httpx.AsyncClient
) -> None:
    async with running_product(
        sqlite_url, redis_url, tmp_path, RATE_LIMIT_PER_MINUTE="20"
    ) as small:
        signed = [
            codes(await ask(small, client, SIGN_IN, input=guess(small, number)))
            for number in range(3)
        ]
        asked = [(await ask(small, client, NOTHING)).status_code for _ in range(10)]

    assert signed == [["UNAUTHENTICATED"], ["UNAUTHENTICATED"], ["RATE_LIMITED"]]
    assert asked == [200] * 9 + [429]


IN = 'signIn(input: {email: "a@example.com", password: "x"}) { viewer { user { id } } }'
UP = (
    'signUp(input: {email: "a@example.com", password: "a rare passphrase", workspaceName: "W"})'
    " { viewer { user { id } } }"
)


@pytest.mark.parametrize(
    "document",
    [
        f"mutation {{ a: {IN} b: {IN} }}",
        f"mutation {{ a: {UP} b: {UP} }}",
        f"mutation {{ {IN} {UP} }}",
        f"mutation {{ {IN} ... on Mutation {{ b: {IN} }} }}",
        f"mutation {{ a: {IN} ...more }} fragment more on Mutation {{ b: {UP} }}",
        f"mutation {{ ...one ...two }} fragment one on Mutation {{ a: {IN} }} "
        f"fragment two on Mutation {{ b: {IN} }}",
        f"mutation {{ {IN} b: {IN.replace(') {', ') @skip(if: true) {')} }}",
    ],
    ids=["in twice", "up twice", "in and up", "inline", "fragment", "fragments", "skipped"],
)
async def test_a_document_signs_in_or_up_once(
    product: Product, client: httpx.AsyncClient, document: str
) -> None:
    for token in ("", product.owner.agent_token):
        answer = await ask(product, client, document, token)
        assert codes(answer) == ["BAD_USER_INPUT"], answer.text
        assert "data" not in answer.json()


async def test_what_is_refused_for_its_second_sign_in_uses_no_sign_in_up(
    product: Product, client: httpx.AsyncClient
) -> None:
    for _ in range(SIGN_INS + 1):
        await ask(product, client, f"mutation {{ a: {IN} b: {IN} }}")

    assert codes(await ask(product, client, f"mutation {{ {IN} }}")) == ["UNAUTHENTICATED"]


@pytest.fixture
async def generous(sqlite_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    """With a limit so high that what a process can do at once is what stops one."""
    async with running_product(
        sqlite_url, redis_url, tmp_path, RATE_LIMIT_PER_MINUTE="100000"
    ) as running:
        yield running


async def test_sixteen_passwords_wait_and_the_next_is_unavailable(
    generous: Product, client: httpx.AsyncClient
) -> None:
    answers = await asyncio.gather(
        *(ask(generous, client, SIGN_IN, input=guess(generous, one)) for one in range(40))
    )

    found = Counter(codes(one)[0] for one in answers)
    assert found["UNAVAILABLE"] >= 1
    assert found["UNAUTHENTICATED"] >= 18
    assert sum(found.values()) == 40
    for one in answers:
        if codes(one) == ["UNAVAILABLE"]:
            assert one.status_code == 503
            assert one.json()["errors"][0]["extensions"]["retryAfter"] > 0
            assert int(one.headers["retry-after"]) > 0


async def test_who_hangs_up_leaves_the_queue(generous: Product) -> None:
    passwords: Any = generous.services.passwords
    # Nobody's turn comes: who leaves the queue has left it for no other reason.
    for _ in range(2):
        await passwords._places.acquire()
    async with httpx.AsyncClient(timeout=60) as impatient:
        asking = [
            asyncio.create_task(ask(generous, impatient, SIGN_IN, input=guess(generous, number)))
            for number in range(16)
        ]
        await until(lambda: passwords.waiting == 16, within_seconds=20)
        assert codes(await ask(generous, impatient, SIGN_IN, input=guess(generous, 17))) == [
            "UNAVAILABLE"
        ]
        for one in asking:
            one.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    await until(lambda: passwords.waiting == 0, within_seconds=20)


async def test_without_redis_nothing_is_counted_but_failed_sign_ins(
    database_url: str, fragile_redis: RedisServer, tmp_path: Path, client: httpx.AsyncClient
) -> None:
    async with running_product(database_url, fragile_redis.url, tmp_path) as product:
        fragile_redis.kill()
        wrong = {"email": product.owner.email, "password": "a wrong password"}
        asked = [(await ask(product, client, NOTHING)).status_code for _ in range(STRANGERS + 5)]
        signed = [codes(await ask(product, client, SIGN_IN, input=wrong)) for _ in range(11)]

    assert asked == [200] * (STRANGERS + 5)
    assert signed == [["UNAUTHENTICATED"]] * 10 + [["RATE_LIMITED"]]


async def test_a_taken_email_costs_a_sign_up_and_takes_as_long_as_a_free_one(
    product: Product, client: httpx.AsyncClient
) -> None:
    await bootstrap(product.services, "taken@example.com")
    passwords: Any = product.services.passwords
    hashed: list[str] = []
    plain = passwords.hash

    async def noting(password: str) -> str:
        hashed.append(password)
        result: str = await plain(password)
        return result

    passwords.hash = noting
    taken = {"email": "taken@example.com", "password": "rare passphrase", "workspaceName": "W"}
    seen = [codes(await ask(product, client, SIGN_UP, input=taken)) for _ in range(SIGN_INS + 1)]

    assert seen == [["BAD_USER_INPUT"]] * SIGN_INS + [["RATE_LIMITED"]]
    assert len(hashed) == SIGN_INS
