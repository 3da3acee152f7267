"""What an agent does between its start and its end."""

import asyncio
import logging

from zenmode_agent.accounts import connect_accounts
from zenmode_agent.drivers.installed_drivers import facts_of
from zenmode_agent.errors import SUBSCRIPTION_SECONDS, SubscriptionEnded, TokenRefused
from zenmode_agent.options import AgentOptions
from zenmode_agent.presence import announce, go_offline, identify
from zenmode_agent.server.work_subscription import WorkSubscription
from zenmode_agent.shutdown import Stopped
from zenmode_agent.tasks.account_workers import AccountWorkers
from zenmode_agent.tasks.task_runner import TaskRunner

log = logging.getLogger("zenmode.agent")


async def serve(options: AgentOptions, token: str, task_runner: TaskRunner) -> None:
    """Connects the accounts, announces the agent and runs tasks until a stop is requested."""
    client, stop = task_runner.client, task_runner.stop
    accounts = await stop.run_until(connect_accounts(client, options.accounts))
    account_ids = [account.id for account in accounts]
    if not account_ids:
        log.info("serving every LinkedIn account of the workspace, those connected later too")
    facts = facts_of(options.driver, task_runner.driver)
    defaults = await stop.run_until(announce(client, facts, account_ids))
    workers = AccountWorkers(
        task_runner,
        account_ids,
        options.lease_seconds or defaults.lease_seconds,
        options.poll_seconds or defaults.poll_seconds,
    )
    subscription = WorkSubscription(options.url, token, account_ids, workers.wake)
    async with asyncio.TaskGroup() as group:
        group.create_task(_listen(subscription, workers, task_runner))
        group.create_task(workers.run())
    if stop.failure is None:
        await go_offline(client)


async def report_earlier_results(task_runner: TaskRunner) -> None:
    """Reports what an earlier run did and did not get to report.

    A task that it began and did not end is not reported: its outcome is unknown.
    """
    journal = task_runner.journal
    for task_id, lease_token in journal.unfinished():
        log.warning("task %s: started by an earlier run; its outcome is unknown", task_id)
        journal.forget(lease_token)
    for report in journal.unreported():
        if not task_runner.stop.requested.is_set():
            await task_runner.report(report)


async def _listen(
    subscription: WorkSubscription, workers: AccountWorkers, task_runner: TaskRunner
) -> None:
    stop = task_runner.stop
    while not stop.requested.is_set():
        try:
            await stop.run_until(subscription.listen())
        except Stopped:
            return
        except (TokenRefused, SubscriptionEnded) as refusal:
            # Any gateway can close a WebSocket so; whether the token is good, the server says.
            log.warning("live updates: %s; checking again in %.0f s", refusal, SUBSCRIPTION_SECONDS)
            try:
                await stop.run_until(identify(task_runner.client))
            except Stopped:
                return
            except TokenRefused as failure:
                stop.fail(failure)
                return
            workers.claim_now()
            await stop.pause(SUBSCRIPTION_SECONDS)
