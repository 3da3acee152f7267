"""One worker for each LinkedIn account that has tasks."""

import asyncio
import logging
from collections.abc import Iterable, Sequence

from zenmode_agent.errors import Refused, SubscriptionEnded, TokenRefused, Unreachable
from zenmode_agent.server.retrying import backoff
from zenmode_agent.tasks.account_worker import AccountWorker
from zenmode_agent.tasks.claim import Claim, claim_one
from zenmode_agent.tasks.task_runner import TaskRunner

log = logging.getLogger("zenmode.agent")

_CLAIM_AGAIN_SECONDS = 1.0


class AccountWorkers:
    """The workers of the named accounts, or of all accounts that turn out to have tasks.

    `poll_seconds` is how often to claim when no notification arrives.
    """

    def __init__(
        self,
        task_runner: TaskRunner,
        account_ids: Sequence[str],
        lease_seconds: int,
        poll_seconds: float,
    ) -> None:
        self._task_runner = task_runner
        self._account_ids = tuple(account_ids)
        self._lease_seconds = lease_seconds
        self._poll_seconds = poll_seconds
        self._workers: dict[str, AccountWorker] = {}
        self._group = asyncio.TaskGroup()
        self._claim_now = asyncio.Event()
        self._claim_lock = asyncio.Lock()

    async def run(self) -> None:
        """Claims tasks until a stop is requested; returns when the running tasks have ended."""
        async with self._group:
            await self._poll()

    def wake(self, account_ids: Iterable[str]) -> None:
        """These accounts have tasks."""
        for account_id in account_ids:
            if worker := self._worker(account_id):
                worker.wake.set()

    def claim_now(self) -> None:
        """Claims without waiting for the next poll."""
        self._claim_now.set()

    def _worker(self, account_id: str) -> AccountWorker | None:
        """The account's worker, started if there is none; None for an account of another agent."""
        if self._account_ids and account_id not in self._account_ids:
            return None
        if account_id not in self._workers:
            if self._task_runner.stop.requested.is_set():
                return None
            worker = AccountWorker(
                account_id, self._task_runner, self._lease_seconds, self._claim_lock
            )
            self._workers[account_id] = worker
            self._group.create_task(worker.run())
        return self._workers[account_id]

    async def _poll(self) -> None:
        stop = self._task_runner.stop
        waits = backoff()
        while not stop.requested.is_set():
            self._claim_now.clear()
            seconds = self._poll_seconds
            try:
                if await self._claim():
                    seconds = _CLAIM_AGAIN_SECONDS
                waits = backoff()
            except SubscriptionEnded as error:
                seconds = error.retry_after_seconds
                log.warning("%s; checking again in %.0f s", error, seconds)
            except Unreachable as error:
                seconds = max(next(waits), error.retry_after_seconds)
                log.warning("no task could be claimed: %s; again in %.1f s", error, seconds)
            except TokenRefused as failure:
                stop.fail(failure)
            except Refused as refusal:
                log.warning("nothing can be claimed: %s", refusal)
            await stop.pause(seconds, self._claim_now)

    async def _claim(self) -> bool:
        """Whether to claim again soon: a task was claimed, or one is about to begin."""
        if any(worker.is_about_to_begin for worker in self._workers.values()):
            return True
        client = self._task_runner.client
        async with self._claim_lock:
            claim = await claim_one(client, self._account_ids, self._lease_seconds)
            is_taken = claim is not None and self._hand_over(claim)
        if claim is not None and not is_taken:
            await self._task_runner.release(claim.lease)
        return claim is not None

    def _hand_over(self, claim: Claim) -> bool:
        worker = self._worker(claim.account_id)
        return worker is not None and worker.take(claim.lease)
