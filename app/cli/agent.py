"""`zenmode agent`."""

import argparse
import asyncio
import logging
import sys

from app.agent import AgentOptions, run_agent
from app.settings import load_agent_settings


def agent(arguments: argparse.Namespace) -> int:
    """A desktop agent, until it is told to stop."""
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO, stream=sys.stdout)
    given = load_agent_settings()
    token = arguments.token or given.token
    if not token:
        sys.stderr.write("zenmode: give --token, or set ZENMODE_AGENT_TOKEN\n")
        return 2
    options = AgentOptions(
        url=arguments.url,
        token=token,
        accounts=tuple(arguments.account),
        driver=arguments.driver,
        pace_seconds=arguments.pace,
        data_dir=arguments.data_dir,
    )
    return asyncio.run(run_agent(options))
