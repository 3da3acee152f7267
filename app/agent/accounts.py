"""The LinkedIn accounts that people name, connected to the workspace."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from app.agent.documents import CONNECT_ACCOUNT
from app.agent.errors import WrongOption
from app.agent.graphql_client import GraphQLClient
from app.agent.retrying import retry_until_answered

log = logging.getLogger("zenmode.agent")


@dataclass(frozen=True)
class Account:
    """A LinkedIn account of the workspace."""

    id: str
    name: str


def check_profile_urls(profile_urls: Iterable[str]) -> None:
    """Raises WrongOption for what is certainly no profile's address."""
    for url in profile_urls:
        example = "give the profile's address, https://www.linkedin.com/in/NAME"
        if url.startswith("acc_"):
            raise WrongOption(f"--account {url} is an account's id: {example}, or leave it out")
        if "/" not in url:
            raise WrongOption(f"--account {url!r} is not a profile's address: {example}")


async def connect_accounts(session: GraphQLClient, profile_urls: Iterable[str]) -> list[Account]:
    """Connects those profiles; each is connected once, however often it is named."""
    found = [await _connect(session, url) for url in profile_urls]
    accounts = {account.id: account for account in found}
    for account in accounts.values():
        log.info("serving the LinkedIn account %s (%s)", account.id, account.name)
    return list(accounts.values())


async def _connect(session: GraphQLClient, profile_url: str) -> Account:
    slug = urlsplit(profile_url).path.rstrip("/").rpartition("/")[2]
    wish = {"input": {"name": unquote(slug) or profile_url, "profileUrl": profile_url}}
    purpose = f"connecting the account {profile_url}"
    return await retry_until_answered(lambda: session.ask(CONNECT_ACCOUNT, wish, _account), purpose)


def _account(data: dict[str, Any]) -> Account:
    fields = data["connectLinkedinAccount"]["linkedinAccount"]
    return Account(fields["id"], fields["name"])
