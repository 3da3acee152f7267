"""The agent as a whole: greeting the server, serving accounts, stopping."""

import asyncio
import logging
import re
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.agent.accounts import Account, AccountDesk, NoAccounts, find_accounts
from app.agent.bell import Bell
from app.agent.documents import GREET
from app.agent.drivers import UnknownDriver, load_driver
from app.agent.journal import Journal, JournalUnusable
from app.agent.session import BadAddress, Refused, Session, TokenRefused
from app.agent.stop import Stop, Stopped
from app.agent.waiting import persist
from app.agent.work import Workplace

log = logging.getLogger("zenmode.agent")


@dataclass(frozen=True)
class AgentOptions:
    """What `zenmode agent` is told.

    `accounts` are profile addresses; without any, the workspace's accounts are served.
    `pace_seconds` is handed to the driver; an action may take `action_limit_seconds` beyond it.
    """

    url: str
    token: str = field(repr=False)
    accounts: tuple[str, ...] = ()
    driver: str = "dry-run"
    pace_seconds: float = 1.0
    data_dir: Path | None = None
    poll_seconds: float = 30.0
    lease_seconds: int = 60
    action_limit_seconds: float = 300.0


def token_hint(token: str) -> str:
    """The token's beginning and end, enough to tell it from others, fit for a file name."""
    letters = re.sub(r"[^0-9A-Za-z_]", "", token)
    return f"{letters[:8]}-{letters[-4:]}"


async def run_agent(options: AgentOptions) -> int:
    """Runs until SIGTERM or SIGINT; a second one does not wait for what was begun.

    Returns the exit code: 0 after a stop that was asked for, 1 when the server refuses the token
    or the data folder cannot be used, 2 for wrong options. Each is one line in the log.
    """
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)
    stop = Stop()
    try:
        with _signals(stop):
            await _run(options, stop)
        log.info("stopped")
    except Stopped:
        log.info("stopped before anything was begun")
    except (BadAddress, UnknownDriver) as error:
        stop.because_of(error)
        return 2
    except (Refused, JournalUnusable, NoAccounts) as error:
        stop.because_of(error)
    except asyncio.CancelledError:
        if not stop.is_at_once:
            raise
        stop.because_of(Stopped("stopped at once; what was begun is left to its lease"))
    return 1 if stop.failure else 0


async def _run(options: AgentOptions, stop: Stop) -> None:
    driver = load_driver(options.driver, options.pace_seconds)
    folder = options.data_dir or Path("var") / f"agent-{token_hint(options.token)}"
    limit_seconds = options.action_limit_seconds + options.pace_seconds
    async with Session(options.url, options.token) as session:
        await stop.allow(_greet(session))
        with closing(Journal.open(folder)) as journal:
            workplace = Workplace(session, journal, driver, stop, limit_seconds)
            await _settle(workplace)
            accounts = await stop.allow(find_accounts(session, options.accounts))
            await _serve(accounts, workplace, options)


async def _greet(session: Session) -> None:
    answer = await persist(lambda: session.execute(GREET, {}), "greeting the server")
    viewer = answer["viewer"]
    if viewer["agent"] is None:
        raise TokenRefused("FORBIDDEN", "it is not an agent's")
    log.info("agent %s of workspace %s", viewer["agent"]["name"], viewer["workspace"]["name"])


async def _settle(workplace: Workplace) -> None:
    """Tells what an earlier run did and did not get to say; what it left open, stays open."""
    journal = workplace.journal
    for task_id, lease_token in journal.unfinished():
        log.warning("task %s: begun by an earlier run; its outcome is unknown", task_id)
        journal.forget(lease_token)
    for report in journal.unreported():
        if not workplace.stop.asked.is_set():
            await workplace.report(report)


async def _serve(accounts: list[Account], workplace: Workplace, options: AgentOptions) -> None:
    rings = {account.id: asyncio.Event() for account in accounts}
    bell = Bell(options.url, options.token, rings)
    async with asyncio.TaskGroup() as group:
        group.create_task(_listen(bell, workplace.stop))
        for account in accounts:
            desk = AccountDesk(account, rings[account.id], workplace, options.lease_seconds)
            group.create_task(desk.serve(options.poll_seconds))


async def _listen(bell: Bell, stop: Stop) -> None:
    try:
        await stop.allow(bell.listen())
    except Stopped:
        pass
    except TokenRefused as refusal:
        stop.because_of(refusal)


@contextmanager
def _signals(stop: Stop) -> Iterator[None]:
    """The first signal asks for a stop, the next breaks off whatever still goes on."""
    loop, running = asyncio.get_running_loop(), asyncio.current_task()

    def on_signal() -> None:
        if stop.asked.is_set() and running:
            stop.is_at_once = True
            running.cancel()
        else:
            log.info("stopping: what was begun is finished, the rest is released")
            stop.asked.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, on_signal)
    try:
        yield
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)
