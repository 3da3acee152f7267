"""What an agent does between its start and its end."""

import asyncio
import logging

from app.agent.accounts import connect_accounts
from app.agent.bell import Bell
from app.agent.desks import Desks
from app.agent.drivers import facts_of
from app.agent.errors import SUBSCRIPTION_SECONDS
from app.agent.options import AgentOptions
from app.agent.presence import announce, go_offline, greet
from app.agent.session import SubscriptionEnded, TokenRefused
from app.agent.stop import Stopped
from app.agent.work import Workplace

log = logging.getLogger("zenmode.agent")


async def serve(options: AgentOptions, token: str, workplace: Workplace) -> None:
    """Connects, announces, and carries tasks out until a stop is asked for."""
    session, stop = workplace.session, workplace.stop
    accounts = await stop.allow(connect_accounts(session, options.accounts))
    account_ids = [account.id for account in accounts]
    if not account_ids:
        log.info("serving every LinkedIn account of the workspace, those connected later too")
    facts = facts_of(options.driver, workplace.driver)
    wishes = await stop.allow(announce(session, facts, account_ids))
    desks = Desks(
        workplace,
        account_ids,
        options.lease_seconds or wishes.lease_seconds,
        options.poll_seconds or wishes.poll_seconds,
    )
    bell = Bell(options.url, token, account_ids, desks.ring)
    async with asyncio.TaskGroup() as group:
        group.create_task(_listen(bell, desks, workplace))
        group.create_task(desks.serve())
    if stop.failure is None:
        await go_offline(session)


async def settle(workplace: Workplace) -> None:
    """Tells what an earlier run did and did not get to say; what it left open, stays open."""
    journal = workplace.journal
    for task_id, lease_token in journal.unfinished():
        log.warning("task %s: begun by an earlier run; its outcome is unknown", task_id)
        journal.forget(lease_token)
    for report in journal.unreported():
        if not workplace.stop.asked.is_set():
            await workplace.report(report)


async def _listen(bell: Bell, desks: Desks, workplace: Workplace) -> None:
    stop = workplace.stop
    while not stop.asked.is_set():
        try:
            await stop.allow(bell.listen())
        except Stopped:
            return
        except (TokenRefused, SubscriptionEnded) as refusal:
            # Any gateway can close a WebSocket so; whether the token is good, the server says.
            log.warning("live updates: %s; looking again in %.0f s", refusal, SUBSCRIPTION_SECONDS)
            try:
                await stop.allow(greet(workplace.session))
            except Stopped:
                return
            except TokenRefused as failure:
                stop.because_of(failure)
                return
            desks.look_now()
            await stop.pause(SUBSCRIPTION_SECONDS)
