"""One desk for each LinkedIn account: it carries out one of its tasks after the other."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.agent.claiming import Claim, claim_one
from app.agent.graphql_client import Refused, SubscriptionEnded, TokenRefused, Unreachable
from app.agent.journal import JournalUnusable
from app.agent.lease import Lease
from app.agent.retrying import backoff
from app.agent.task_runner import TaskRunner

log = logging.getLogger("zenmode.agent")

_LOOK_AGAIN_SECONDS = 1.0


@dataclass
class Desk:
    """Claims one task after the other for one account, whenever it is rung or given one.

    It claims nothing while `looking` is held: what is found then may be given to it.
    """

    account_id: str
    task_runner: TaskRunner
    lease_seconds: int
    looking: asyncio.Lock
    ring: asyncio.Event = field(default_factory=asyncio.Event)
    is_free: bool = True
    is_resting: bool = False
    lease: Lease | None = None

    @property
    def is_about_to_begin(self) -> bool:
        """Whether the server may yet give more tasks of the account, as none has begun."""
        return not self.is_free and not (self.lease and self.lease.is_begun)

    def take(self, lease: Lease) -> bool:
        """Carry this one out next; False when there is one already."""
        if not self.is_free or self.is_resting:
            return False
        self.is_free, self.lease = False, lease
        self.ring.set()
        return True

    async def serve(self) -> None:
        """Serves until a stop is asked for, or something happens that asks for one."""
        stop = self.task_runner.stop
        waits = backoff()
        while self.lease or not stop.asked.is_set():
            try:
                if not await self._work():
                    await stop.pause(None, self.ring)
                waits = backoff()
            except Unreachable as error:
                seconds = max(next(waits), error.retry_after_seconds)
                log.warning("no task could be claimed: %s; again in %.1f s", error, seconds)
                self.is_resting = True
                await stop.pause(seconds)
                self.is_resting = False
            except (TokenRefused, JournalUnusable) as failure:
                stop.because_of(failure)

    async def _work(self) -> bool:
        """One task; False when there is none."""
        self.ring.clear()
        async with self.looking:
            self.is_free = False
        try:
            self.lease = self.lease or await self._claim()
            if self.lease:
                await self.task_runner.carry_out(self.lease)
            return self.lease is not None
        finally:
            self.is_free, self.lease = True, None

    async def _claim(self) -> Lease | None:
        session = self.task_runner.session
        try:
            claim = await claim_one(session, [self.account_id], self.lease_seconds)
        except TokenRefused:
            raise
        except Refused as refusal:
            log.warning("account %s: nothing can be claimed: %s", self.account_id, refusal)
            return None
        return claim.lease if claim else None


class Desks:
    """The desks of the named accounts, or of all that turn out to have work."""

    def __init__(
        self,
        task_runner: TaskRunner,
        account_ids: Sequence[str],
        lease_seconds: int,
        poll_seconds: float,
    ) -> None:
        self._workplace = task_runner
        self._account_ids = tuple(account_ids)
        self._lease_seconds = lease_seconds
        self._poll_seconds = poll_seconds
        self._desks: dict[str, Desk] = {}
        self._group = asyncio.TaskGroup()
        self._look_now = asyncio.Event()
        self._looking = asyncio.Lock()

    async def serve(self) -> None:
        """Looks for work now and then, until a stop is asked for and what was begun is over."""
        async with self._group:
            await self._look_for_work()

    def ring(self, account_ids: Iterable[str]) -> None:
        """There is work for these accounts."""
        for account_id in account_ids:
            if desk := self._desk(account_id):
                desk.ring.set()

    def look_now(self) -> None:
        """Look without waiting for the next time."""
        self._look_now.set()

    def _desk(self, account_id: str) -> Desk | None:
        """The account's desk, made if there is none; None for an account that is not ours."""
        if self._account_ids and account_id not in self._account_ids:
            return None
        if account_id not in self._desks:
            if self._workplace.stop.asked.is_set():
                return None
            desk = Desk(account_id, self._workplace, self._lease_seconds, self._looking)
            self._desks[account_id] = desk
            self._group.create_task(desk.serve())
        return self._desks[account_id]

    async def _look_for_work(self) -> None:
        stop = self._workplace.stop
        waits = backoff()
        while not stop.asked.is_set():
            self._look_now.clear()
            seconds = self._poll_seconds
            try:
                if await self._look():
                    seconds = _LOOK_AGAIN_SECONDS
                waits = backoff()
            except SubscriptionEnded as error:
                seconds = error.retry_after_seconds
                log.warning("%s; looking again in %.0f s", error, seconds)
            except Unreachable as error:
                seconds = max(next(waits), error.retry_after_seconds)
                log.warning("no task could be claimed: %s; again in %.1f s", error, seconds)
            except TokenRefused as failure:
                stop.because_of(failure)
            except Refused as refusal:
                log.warning("nothing can be claimed: %s", refusal)
            await stop.pause(seconds, self._look_now)

    async def _look(self) -> bool:
        """Whether to look again soon: a task was there, or one is about to begin."""
        if any(desk.is_about_to_begin for desk in self._desks.values()):
            return True
        session = self._workplace.session
        async with self._looking:
            claim = await claim_one(session, self._account_ids, self._lease_seconds)
            is_taken = claim is not None and self._hand_over(claim)
        if claim is not None and not is_taken:
            await self._workplace.release(claim.lease)
        return claim is not None

    def _hand_over(self, claim: Claim) -> bool:
        desk = self._desk(claim.account_id)
        return desk is not None and desk.take(claim.lease)
