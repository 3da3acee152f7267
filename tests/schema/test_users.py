"""People: signing up, in and out; keys and agents that they make and revoke."""

import re
from typing import Any

import httpx
import pytest

from app.domain.access.tokens import prefix_of
from tests.rest.product import Product, running_product, settings_for
from tests.waiting import until

SIGN_UP = """
mutation($input: SignUpInput!) {
  signUp(input: $input) { viewer { user { email } workspace { name subscriptionStatus } } }
}
"""
SIGN_IN = "mutation($input: SignInInput!) { signIn(input: $input) { viewer { user { email } } } }"
PERSON = {
    "email": "Ada@Example.com",
    "password": "a long and rare passphrase",
    "workspaceName": "Analytical Engines",
}


class Browser:
    """Keeps the cookie, and sends what a page of ours would."""

    def __init__(self, product: Product) -> None:
        self._url = product.url
        self.client = httpx.AsyncClient(timeout=20)

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        answer = await self.client.post(
            f"{self._url}/graphql",
            json={"query": query, "variables": variables},
            headers={"Origin": self._url},
        )
        body: dict[str, Any] = answer.json()
        return body

    async def must(self, query: str, **variables: Any) -> dict[str, Any]:
        body = await self.ask(query, **variables)
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data


@pytest.fixture
async def browser(product: Product) -> Any:
    """Somebody who has just signed up."""
    browser = Browser(product)
    await browser.must(SIGN_UP, input=PERSON)
    yield browser
    await browser.client.aclose()


def code_of(body: dict[str, Any]) -> str:
    """The code of the only error."""
    (error,) = body["errors"]
    code: str = error["extensions"]["code"]
    return code


async def test_a_person_who_signs_up_is_signed_in_and_on_trial(product: Product) -> None:
    browser = Browser(product)
    data = await browser.must(SIGN_UP, input=PERSON)
    viewer = (await browser.must("{ viewer { user { email } apiKey { id } agent { id } } }"))[
        "viewer"
    ]
    cookie = next(iter(browser.client.cookies.jar))
    await browser.client.aclose()

    assert data["signUp"]["viewer"] == {
        "user": {"email": "ada@example.com"},
        "workspace": {"name": "Analytical Engines", "subscriptionStatus": "TRIALING"},
    }
    assert viewer == {"user": {"email": "ada@example.com"}, "apiKey": None, "agent": None}
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"password": "x" * 257}, "password"),
        ({"email": "nobody"}, "email"),
        ({"workspaceName": " "}, "workspaceName"),
    ],
)
async def test_a_bad_field_of_a_sign_up_is_named(
    product: Product, change: dict[str, str], field: str
) -> None:
    browser = Browser(product)
    body = await browser.ask(SIGN_UP, input=PERSON | change)
    await browser.client.aclose()

    (error,) = body["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["details"][0]["path"] == ["input", field]


async def test_an_email_has_one_account(product: Product, browser: Browser) -> None:
    again = PERSON | {"email": "ADA@example.com"}

    assert code_of(await browser.ask(SIGN_UP, input=again)) == "BAD_USER_INPUT"


async def test_a_wrong_password_and_an_unknown_email_read_alike(
    product: Product, browser: Browser
) -> None:
    wrong = await browser.ask(SIGN_IN, input={"email": PERSON["email"], "password": "wrong"})
    unknown = await browser.ask(SIGN_IN, input={"email": "no@example.com", "password": "wrong"})

    assert code_of(wrong) == "UNAUTHENTICATED"
    assert wrong["errors"][0]["message"] == unknown["errors"][0]["message"]


async def test_ten_failures_lock_an_email_for_a_while(product: Product, browser: Browser) -> None:
    for _ in range(10):
        await browser.ask(SIGN_IN, input={"email": PERSON["email"], "password": "wrong"})

    right = {"email": PERSON["email"], "password": PERSON["password"]}
    refused = await browser.ask(SIGN_IN, input=right)

    assert code_of(refused) == "RATE_LIMITED"
    assert 0 < refused["errors"][0]["extensions"]["retryAfter"] <= 900


async def test_a_session_is_new_at_every_sign_in_and_dead_at_sign_out(
    product: Product, browser: Browser
) -> None:
    first = dict(browser.client.cookies)
    await browser.must(SIGN_IN, input={"email": PERSON["email"], "password": PERSON["password"]})
    second = dict(browser.client.cookies)
    assert first != second

    await browser.must("mutation { signOut { ok } }")
    browser.client.cookies.update(second)

    assert code_of(await browser.ask("{ viewer { user { id } } }")) == "UNAUTHENTICATED"


async def test_a_session_s_secret_is_no_key_even_while_the_session_is_known(
    product: Product, browser: Browser
) -> None:
    await browser.must("{ viewer { user { id } } }")
    (secret,) = dict(browser.client.cookies).values()
    assert (await product.ask("GET", "/tasks", key=secret)).status_code == 401


async def test_a_key_is_shown_once_works_and_stops_working(
    product: Product, browser: Browser
) -> None:
    memo = (
        await browser.must(
            'mutation { createApiKey(input: {name: "CI"}) { token apiKey { id name hint } } }'
        )
    )["createApiKey"]
    token, key = memo["token"], memo["apiKey"]
    listed = (await browser.must("{ apiKeys { id hint revokedAt lastUsedAt } }"))["apiKeys"]

    assert prefix_of(token) == "zm_"
    assert key["hint"] == f"{token[:7]}…{token[-4:]}"
    assert [one["id"] for one in listed] == [key["id"]]
    assert (await product.ask("GET", "/tasks", key=token)).status_code == 200

    await browser.must("mutation($id: ID!) { revokeApiKey(id: $id) { apiKey { revokedAt } } }",
                       id=key["id"])  # fmt: skip

    async def is_refused() -> bool:
        return (await product.ask("GET", "/tasks", key=token)).status_code == 401

    await until(is_refused)


async def test_an_agent_is_online_after_it_was_seen(product: Product, browser: Browser) -> None:
    memo = await browser.must(
        'mutation { createAgent(input: {name: "Mac"}) { token agent { id online } } }'
    )
    token = memo["createAgent"]["token"]
    assert memo["createAgent"]["agent"]["online"] is False

    await product.client.post(
        f"{product.url}/graphql",
        json={"query": "{ viewer { agent { id } } }"},
        headers={"Authorization": f"Bearer {token}", "User-Agent": "zenmode-agent/1.2.3"},
    )

    (agent,) = (await browser.must("{ agents { name online version lastSeenAt hint } }"))["agents"]
    assert (agent["online"], agent["version"]) == (True, "1.2.3")
    assert re.fullmatch(r"zma_\w{4}…\w{4}", agent["hint"])


async def test_the_first_account_is_the_default_and_reconnecting_finds_it_again(
    product: Product, browser: Browser
) -> None:
    connect = """
    mutation($url: String!) {
      connectLinkedinAccount(input: {name: "Ada", profileUrl: $url}) {
        linkedinAccount { id isDefault status }
      }
    }
    """
    first = await browser.must(connect, url="https://www.linkedin.com/in/ada")
    again = await browser.must(connect, url="https://linkedin.com/in/Ada/?x=1")
    other = await browser.must(connect, url="https://linkedin.com/in/bob")

    account = first["connectLinkedinAccount"]["linkedinAccount"]
    assert account["isDefault"] is True
    assert again["connectLinkedinAccount"]["linkedinAccount"]["id"] == account["id"]
    assert other["connectLinkedinAccount"]["linkedinAccount"]["isDefault"] is False

    await browser.must(
        "mutation($id: ID!) { disconnectLinkedinAccount(id: $id) { linkedinAccount { id } } }",
        id=account["id"],
    )
    accounts = (await browser.must("{ linkedinAccounts { isDefault status } }"))["linkedinAccounts"]
    assert accounts == [
        {"isDefault": False, "status": "DISCONNECTED"},
        {"isDefault": False, "status": "ACTIVE"},
    ]


async def test_closed_sign_up_is_forbidden(
    database_url: str, redis_url: str, tmp_path: Any
) -> None:
    settings = settings_for(database_url, redis_url, tmp_path, SIGN_UP="closed")
    async with running_product(settings) as closed:
        browser = Browser(closed)
        assert code_of(await browser.ask(SIGN_UP, input=PERSON)) == "FORBIDDEN"
        await browser.client.aclose()
