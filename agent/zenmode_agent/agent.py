"""The agent as a whole: its start, its work, its exit code."""

import asyncio
import logging
from contextlib import closing

from zenmode_agent.accounts import check_profile_urls
from zenmode_agent.drivers.installed_drivers import load_driver
from zenmode_agent.errors import Refused, WrongOption
from zenmode_agent.options import AgentOptions
from zenmode_agent.presence import identify
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.serving import report_earlier_results, serve
from zenmode_agent.shutdown import Shutdown, Stopped
from zenmode_agent.tasks.journal import Journal, JournalUnusable
from zenmode_agent.tasks.task_runner import TaskRunner
from zenmode_agent.token import read_token

log = logging.getLogger("zenmode.agent")


async def run_agent(options: AgentOptions) -> int:
    """Runs until SIGTERM or SIGINT; a second one aborts running actions.

    Returns the exit code: 0 after a requested stop, 1 when the server refuses the token or the data
    folder cannot be used, 2 for wrong options. Each is one line in the log.
    """
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)
    stop = Shutdown()
    try:
        with stop.on_signals():
            await _run(options, stop)
        log.info("stopped")
    except Stopped:
        log.info("stopped before a task was claimed")
    except WrongOption as error:
        stop.fail(error)
        return 2
    except (Refused, JournalUnusable) as error:
        stop.fail(error)
    except asyncio.CancelledError:
        if not stop.is_immediate:
            raise
        stop.fail(Stopped("stopped at once; the leases of running tasks expire"))
    return 1 if stop.failure else 0


async def _run(options: AgentOptions, stop: Shutdown) -> None:
    token = read_token(options.token)
    check_profile_urls(options.accounts)
    driver = load_driver(options.driver, options.pace_seconds)
    limit_seconds = options.action_limit_seconds + options.pace_seconds
    async with GraphQLClient(options.url, token) as client:
        await stop.run_until(identify(client))
        with closing(Journal.open(options.data_dir)) as journal:
            task_runner = TaskRunner(client, journal, driver, stop, limit_seconds)
            await report_earlier_results(task_runner)
            await serve(options, token, task_runner)
