"""The agent as a whole: greeting the server, serving accounts, stopping."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager

from app.agent.accounts import check_profile_urls
from app.agent.drivers import load_driver
from app.agent.errors import WrongOption
from app.agent.graphql_client import GraphQLClient, Refused
from app.agent.journal import Journal, JournalUnusable
from app.agent.options import AgentOptions
from app.agent.presence import greet
from app.agent.serving import serve, settle
from app.agent.shutdown import Shutdown, Stopped
from app.agent.task_runner import TaskRunner
from app.agent.token import read_token

log = logging.getLogger("zenmode.agent")


async def run_agent(options: AgentOptions) -> int:
    """Runs until SIGTERM or SIGINT; a second one does not wait for what was begun.

    Returns the exit code: 0 after a stop that was asked for, 1 when the server refuses the token
    or the data folder cannot be used, 2 for wrong options. Each is one line in the log.
    """
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)
    stop = Shutdown()
    try:
        with _signals(stop):
            await _run(options, stop)
        log.info("stopped")
    except Stopped:
        log.info("stopped before anything was begun")
    except WrongOption as error:
        stop.because_of(error)
        return 2
    except (Refused, JournalUnusable) as error:
        stop.because_of(error)
    except asyncio.CancelledError:
        if not stop.is_at_once:
            raise
        stop.because_of(Stopped("stopped at once; what was begun is left to its lease"))
    return 1 if stop.failure else 0


async def _run(options: AgentOptions, stop: Shutdown) -> None:
    token = read_token(options.token)
    check_profile_urls(options.accounts)
    driver = load_driver(options.driver, options.pace_seconds)
    limit_seconds = options.action_limit_seconds + options.pace_seconds
    async with GraphQLClient(options.url, token) as session:
        await stop.run_until(greet(session))
        with closing(Journal.open(options.data_dir)) as journal:
            task_runner = TaskRunner(session, journal, driver, stop, limit_seconds)
            await settle(task_runner)
            await serve(options, token, task_runner)


@contextmanager
def _signals(stop: Shutdown) -> Iterator[None]:
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
