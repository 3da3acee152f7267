"""What an agent does between its start and its end."""

import asyncio
import logging

from app.agent.account_workers import Desks
from app.agent.accounts import connect_accounts
from app.agent.drivers import facts_of
from app.agent.errors import SUBSCRIPTION_SECONDS
from app.agent.graphql_client import SubscriptionEnded, TokenRefused
from app.agent.options import AgentOptions
from app.agent.presence import announce, go_offline, greet
from app.agent.shutdown import Stopped
from app.agent.task_runner import TaskRunner
from app.agent.work_subscription import WorkSubscription

log = logging.getLogger("zenmode.agent")


async def serve(options: AgentOptions, token: str, task_runner: TaskRunner) -> None:
    """Connects, announces, and carries tasks out until a stop is asked for."""
    session, stop = task_runner.session, task_runner.stop
    accounts = await stop.run_until(connect_accounts(session, options.accounts))
    account_ids = [account.id for account in accounts]
    if not account_ids:
        log.info("serving every LinkedIn account of the workspace, those connected later too")
    facts = facts_of(options.driver, task_runner.driver)
    wishes = await stop.run_until(announce(session, facts, account_ids))
    desks = Desks(
        task_runner,
        account_ids,
        options.lease_seconds or wishes.lease_seconds,
        options.poll_seconds or wishes.poll_seconds,
    )
    bell = WorkSubscription(options.url, token, account_ids, desks.ring)
    async with asyncio.TaskGroup() as group:
        group.create_task(_listen(bell, desks, task_runner))
        group.create_task(desks.serve())
    if stop.failure is None:
        await go_offline(session)


async def settle(task_runner: TaskRunner) -> None:
    """Tells what an earlier run did and did not get to say; what it left open, stays open."""
    journal = task_runner.journal
    for task_id, lease_token in journal.unfinished():
        log.warning("task %s: begun by an earlier run; its outcome is unknown", task_id)
        journal.forget(lease_token)
    for report in journal.unreported():
        if not task_runner.stop.asked.is_set():
            await task_runner.report(report)


async def _listen(bell: WorkSubscription, desks: Desks, task_runner: TaskRunner) -> None:
    stop = task_runner.stop
    while not stop.asked.is_set():
        try:
            await stop.run_until(bell.listen())
        except Stopped:
            return
        except (TokenRefused, SubscriptionEnded) as refusal:
            # Any gateway can close a WebSocket so; whether the token is good, the server says.
            log.warning("live updates: %s; looking again in %.0f s", refusal, SUBSCRIPTION_SECONDS)
            try:
                await stop.run_until(greet(task_runner.session))
            except Stopped:
                return
            except TokenRefused as failure:
                stop.because_of(failure)
                return
            desks.look_now()
            await stop.pause(SUBSCRIPTION_SECONDS)
