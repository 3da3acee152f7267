"""The LinkedIn accounts that options name, connected to the workspace."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from zenmode_agent.errors import WrongOption
from zenmode_agent.server.documents import CONNECT_ACCOUNT
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.retrying import retry_until_answered

log = logging.getLogger("zenmode.agent")


@dataclass(frozen=True)
class Account:
    """A LinkedIn account of the workspace."""

    id: str
    name: str


def check_profile_urls(profile_urls: Iterable[str]) -> None:
    """Raises WrongOption for what is certainly not a profile's URL."""
    for url in profile_urls:
        example = "give the profile's URL, https://www.linkedin.com/in/NAME"
        if url.startswith("acc_"):
            raise WrongOption(f"--account {url} is an account's id: {example}, or leave it out")
        if "/" not in url:
            raise WrongOption(f"--account {url!r} is not a profile's URL: {example}")


async def connect_accounts(client: GraphQLClient, profile_urls: Iterable[str]) -> list[Account]:
    """Connects those profiles; each is connected once, however often it is named."""
    found = [await _connect(client, url) for url in profile_urls]
    accounts = {account.id: account for account in found}
    for account in accounts.values():
        log.info("serving the LinkedIn account %s (%s)", account.id, account.name)
    return list(accounts.values())


async def _connect(client: GraphQLClient, profile_url: str) -> Account:
    slug = urlsplit(profile_url).path.rstrip("/").rpartition("/")[2]
    variables = {"input": {"name": unquote(slug) or profile_url, "profileUrl": profile_url}}
    purpose = f"connecting the account {profile_url}"
    return await retry_until_answered(
        lambda: client.ask(CONNECT_ACCOUNT, variables, _account), purpose
    )


def _account(data: dict[str, Any]) -> Account:
    fields = data["connectLinkedinAccount"]["linkedinAccount"]
    return Account(fields["id"], fields["name"])
