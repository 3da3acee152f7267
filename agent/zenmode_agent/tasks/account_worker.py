"""Runs the tasks of one LinkedIn account, one after the other."""

import asyncio
import logging
from dataclasses import dataclass, field

from zenmode_agent.errors import Refused, TokenRefused, Unreachable
from zenmode_agent.server.retrying import backoff
from zenmode_agent.tasks.claim import claim_one
from zenmode_agent.tasks.journal import JournalUnusable
from zenmode_agent.tasks.lease import Lease
from zenmode_agent.tasks.task_runner import TaskRunner

log = logging.getLogger("zenmode.agent")


@dataclass
class AccountWorker:
    """Claims and runs tasks of one account, when it is woken or given a claimed task.

    It claims nothing while `claim_lock` is held: what is being claimed may be given to it.
    """

    account_id: str
    task_runner: TaskRunner
    lease_seconds: int
    claim_lock: asyncio.Lock
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    is_free: bool = True
    is_backing_off: bool = False
    lease: Lease | None = None

    @property
    def is_about_to_begin(self) -> bool:
        """Whether the server may yet give more tasks of the account, as none has begun."""
        return not self.is_free and not (self.lease and self.lease.is_begun)

    def take(self, lease: Lease) -> bool:
        """Runs this task next; False when the worker is busy or backs off."""
        if not self.is_free or self.is_backing_off:
            return False
        self.is_free, self.lease = False, lease
        self.wake.set()
        return True

    async def run(self) -> None:
        """Runs tasks until a stop is requested or a failure requests one."""
        stop = self.task_runner.stop
        waits = backoff()
        while self.lease or not stop.requested.is_set():
            try:
                if not await self._run_next():
                    await stop.pause(None, self.wake)
                waits = backoff()
            except Unreachable as error:
                seconds = max(next(waits), error.retry_after_seconds)
                log.warning("no task could be claimed: %s; again in %.1f s", error, seconds)
                self.is_backing_off = True
                await stop.pause(seconds)
                self.is_backing_off = False
            except (TokenRefused, JournalUnusable) as failure:
                stop.fail(failure)

    async def _run_next(self) -> bool:
        """Runs one task; False when there is none."""
        self.wake.clear()
        async with self.claim_lock:
            self.is_free = False
        try:
            self.lease = self.lease or await self._claim()
            if self.lease:
                await self.task_runner.run(self.lease)
            return self.lease is not None
        finally:
            self.is_free, self.lease = True, None

    async def _claim(self) -> Lease | None:
        client = self.task_runner.client
        try:
            claim = await claim_one(client, [self.account_id], self.lease_seconds)
        except TokenRefused:
            raise
        except Refused as refusal:
            log.warning("account %s: nothing can be claimed: %s", self.account_id, refusal)
            return None
        return claim.lease if claim else None
