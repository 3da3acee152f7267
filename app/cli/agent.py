"""`zenmode agent`."""

import argparse
from pathlib import Path

from app.settings import load_agent_token
from zenmode_agent.command import run

_OLD_DATA_DIR = Path("var")


def agent(arguments: argparse.Namespace) -> int:
    """An agent, until it is asked to stop."""
    set_token = load_agent_token()
    return run(arguments, arguments.token or set_token, "zenmode", _OLD_DATA_DIR)
