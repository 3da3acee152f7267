"""One task in the agent: started, performed, reported."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zenmode_agent.drivers.driver import AgentTask, Driver
from zenmode_agent.errors import Refused, TokenRefused, Unreachable
from zenmode_agent.server.documents import RELEASE_TASK, START_TASK
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.retrying import backoff, retry_until_answered
from zenmode_agent.shutdown import Shutdown, Stopped
from zenmode_agent.tasks.action import perform_action
from zenmode_agent.tasks.journal import Journal, JournalUnusable, Report
from zenmode_agent.tasks.lease import Lease, renewed
from zenmode_agent.tasks.reporting import send_report

log = logging.getLogger("zenmode.agent")

REPORT_GRACE_SECONDS = 20.0


@dataclass(frozen=True)
class TaskRunner:
    """What running a task takes; `action_limit_seconds` is the longest an action may take."""

    client: GraphQLClient
    journal: Journal
    driver: Driver
    stop: Shutdown
    action_limit_seconds: float

    async def run(self, lease: Lease) -> None:
        """Runs a claimed task and reports it. Raises TokenRefused and JournalUnusable."""
        if self.stop.requested.is_set():
            await self.release(lease)
            return
        try:
            self.journal.begin(lease.task_id, lease.token)
        except JournalUnusable:
            await self.release(lease)
            raise
        async with renewed(lease, self.client):
            task = await self._start_or_forget(lease)
            if task and (report := await self._perform(task, lease)):
                await self.report(report)

    async def report(self, report: Report) -> None:
        """Reports how a task ended; after a stop was requested, for at most 20 seconds."""
        sending = send_report(report, self.client, self.journal)
        try:
            await self.stop.run_until(sending, REPORT_GRACE_SECONDS)
        except Stopped:
            log.warning("task %s: it will be reported at the next start", report.task_id)

    async def _perform(self, task: AgentTask, lease: Lease) -> Report | None:
        log.info("task %s: started (%s, attempt %d)", task.id, task.action_type, task.attempt)
        report = await perform_action(self.driver, task, lease, self.action_limit_seconds)
        if report is None:
            self.journal.forget(lease.token)
            return None
        try:
            self.journal.finish(report)
        except JournalUnusable as error:
            log.warning("task %s: %s; reporting it all the same", task.id, error)
        return report

    async def _start_or_forget(self, lease: Lease) -> AgentTask | None:
        task = None
        try:
            task = await self._start(lease)
        finally:
            if task is None:
                self.journal.forget(lease.token)
        return task

    async def _start(self, lease: Lease) -> AgentTask | None:
        """The task once it is processing under our lease; None if it must not be performed."""
        waits = backoff(longest_seconds=lease.seconds / 4)
        while lease.holds():
            try:
                return await self._ask_to_start(lease)
            except TokenRefused:
                raise
            except Refused as refusal:
                log.info("task %s: it cannot be started: %s", lease.task_id, refusal)
                if refusal.code != "ACCOUNT_BUSY":
                    return None
            await self.stop.pause(next(waits))
            if self.stop.requested.is_set():
                await self.release(lease)
                return None
        return None

    async def _ask_to_start(self, lease: Lease) -> AgentTask | None:
        """Asks until the lease ends: a task that may have begun must not be released."""
        purpose = f"task {lease.task_id}: it could not be started"
        variables = {"input": lease.as_input()}
        try:
            async with asyncio.timeout(lease.seconds_left()):
                task = await retry_until_answered(lambda: self._ask_once(variables, lease), purpose)
        except TimeoutError:
            log.warning("task %s: its lease ended before it could be started", lease.task_id)
            return None
        lease.is_begun = True
        return task

    async def _ask_once(self, variables: Mapping[str, object], lease: Lease) -> AgentTask:
        task = await self.client.ask(START_TASK, variables, _task)
        if task.id != lease.task_id:
            raise Unreachable("the response is about another task")
        return task

    async def release(self, lease: Lease) -> None:
        """Returns a task that was not started; if that fails, its lease expires."""
        try:
            await self.client.execute(RELEASE_TASK, {"input": lease.as_input()})
            log.info("task %s: released", lease.task_id)
        except TokenRefused:
            raise
        except (Unreachable, Refused) as error:
            log.warning("task %s: it could not be released: %s", lease.task_id, error)


def _task(data: dict[str, Any]) -> AgentTask:
    fields = data["startTask"]["lease"]["task"]
    return AgentTask(
        id=fields["id"],
        action_type=fields["actionType"],
        linkedin_account_id=fields["linkedinAccountId"],
        profile_url=fields["payload"]["profile_url"],
        message=fields["payload"].get("message"),
        attempt=fields["attemptCount"],
    )
