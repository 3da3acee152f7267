"""`zenmode agent`."""

import argparse
import asyncio
import logging
import sys
import time
from pathlib import Path

from app.agent import AgentOptions, run_agent
from app.agent.errors import WrongOption
from app.agent.folder import data_folder
from app.agent.token import read_token
from app.settings import keep_new_files_private, load_agent_settings


def agent(arguments: argparse.Namespace) -> int:
    """A desktop agent, until it is told to stop."""
    keep_new_files_private()
    given = load_agent_settings()
    if not (arguments.token or given.token):
        sys.stderr.write("zenmode: give --token, or set ZENMODE_AGENT_TOKEN\n")
        return 2
    try:
        token = read_token(arguments.token or given.token or "")
    except WrongOption as error:
        sys.stderr.write(f"zenmode: {error}\n")
        return 2
    _log_to_stderr()
    options = AgentOptions(
        url=arguments.url,
        token=token,
        accounts=tuple(arguments.account),
        driver=arguments.driver,
        pace_seconds=arguments.pace,
        data_dir=arguments.data_dir or data_folder(token, given.state_dir, Path("var")),
    )
    return asyncio.run(run_agent(options))


def _log_to_stderr() -> None:
    """A line for each thing that happens, with UTC times as the other processes write them."""
    handler = logging.StreamHandler(sys.stderr)
    form = logging.Formatter("%(asctime)s.%(msecs)03dZ %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    logging.basicConfig(level=logging.INFO, handlers=[handler])
