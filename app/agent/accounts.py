"""The LinkedIn accounts that the agent serves, one task at a time each."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from app.agent.documents import CLAIM_TASKS, CONNECT_ACCOUNT, LIST_ACCOUNTS
from app.agent.journal import JournalUnusable
from app.agent.lease import Lease
from app.agent.session import Refused, Session, TokenRefused, Unreachable
from app.agent.waiting import backoff, now, persist
from app.agent.work import Workplace

log = logging.getLogger("zenmode.agent")


class NoAccounts(Exception):
    """There is nobody to act for."""


@dataclass(frozen=True)
class Account:
    """A LinkedIn account of the workspace."""

    id: str
    name: str


async def find_accounts(session: Session, profile_urls: Iterable[str]) -> list[Account]:
    """Connects those profiles; without any, takes the accounts that the workspace has."""
    found = [await _connect(session, url) for url in profile_urls] or await _connected(session)
    if not found:
        raise NoAccounts("the workspace has no LinkedIn account: name one with --account URL")
    accounts = {fields["id"]: Account(fields["id"], fields["name"]) for fields in found}
    for account in accounts.values():
        log.info("serving the LinkedIn account %s (%s)", account.id, account.name)
    return list(accounts.values())


async def _connect(session: Session, profile_url: str) -> dict[str, Any]:
    slug = urlsplit(profile_url).path.rstrip("/").rpartition("/")[2]
    wish = {"input": {"name": unquote(slug) or profile_url, "profileUrl": profile_url}}
    purpose = f"connecting the account {profile_url}"
    data = await persist(lambda: session.execute(CONNECT_ACCOUNT, wish), purpose)
    account: dict[str, Any] = data["connectLinkedinAccount"]["linkedinAccount"]
    return account


async def _connected(session: Session) -> list[dict[str, Any]]:
    purpose = "asking for the workspace's accounts"
    data = await persist(lambda: session.execute(LIST_ACCOUNTS, {}), purpose)
    return [fields for fields in data["linkedinAccounts"] if fields["status"] != "DISCONNECTED"]


@dataclass(frozen=True)
class AccountDesk:
    """Claims one task after the other for one account, when the bell rings and now and then."""

    account: Account
    ring: asyncio.Event
    workplace: Workplace
    lease_seconds: int

    async def serve(self, poll_seconds: float) -> None:
        """Serves until a stop is asked for, or something happens that asks for one."""
        stop = self.workplace.stop
        waits = backoff()
        while not stop.asked.is_set():
            self.ring.clear()
            try:
                if lease := await self._claim():
                    await self.workplace.carry_out(lease)
                else:
                    await stop.pause(poll_seconds, self.ring)
                waits = backoff()
            except Unreachable as error:
                seconds = max(next(waits), error.retry_after_seconds)
                log.warning("no task could be claimed: %s; again in %.1f s", error, seconds)
                await stop.pause(seconds)
            except (TokenRefused, JournalUnusable) as failure:
                stop.because_of(failure)

    async def _claim(self) -> Lease | None:
        ends_at = now() + self.lease_seconds
        wish = {"linkedinAccountIds": [self.account.id], "leaseSeconds": self.lease_seconds}
        try:
            data = await self.workplace.session.execute(CLAIM_TASKS, {"input": wish})
        except TokenRefused:
            raise
        except Refused as refusal:
            log.warning("account %s: nothing can be claimed: %s", self.account.id, refusal)
            return None
        for granted in data["claimTasks"]["leases"]:
            task_id, token = granted["task"]["id"], granted["leaseToken"]
            return Lease(task_id, token, self.lease_seconds, ends_at)
        return None
