"""The command `zenmode-agent`; `zenmode agent` takes the same options."""

import argparse
import asyncio
import logging
import os
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from zenmode_agent.arguments import Parser, seconds
from zenmode_agent.errors import WrongOption
from zenmode_agent.settings import is_completing, state_dir, token_of

SUMMARY = "an agent, which claims tasks and runs them with a driver"
EPILOG = """\
Environment:
  ZENMODE_AGENT_TOKEN        the token; not visible in the list of processes
  ZENMODE_AGENT_TOKEN_FILE   a file that contains the token

Exit codes:
  0  it was asked to stop        2   an option or the token is malformed
  1  the token was refused       70  an action did not stop in time

Examples:
  ZENMODE_AGENT_TOKEN=zma_… {program} --url https://zenmode.example.com
  {program} --url http://127.0.0.1:8000 --account https://www.linkedin.com/in/NAME

Documentation: /docs/agent of your ZenMode"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs `zenmode-agent`; returns its exit code."""
    parser = make_parser()
    if is_completing():
        from argcomplete import autocomplete

        autocomplete(parser)
    arguments = parser.parse_args(argv)
    try:
        token = arguments.token or token_of()
    except WrongOption as error:
        return refuse(parser.prog, error)
    try:
        return run(arguments, token, parser.prog)
    except KeyboardInterrupt:
        return 130


def make_parser() -> Parser:
    """The parser of `zenmode-agent`."""
    program = "zenmode-agent"
    epilog = EPILOG.format(program=program)
    parser = AgentParser(prog=program, description=f"ZenMode: {SUMMARY}.", epilog=epilog)
    parser.add_argument("--version", action="version", version=f"{program} {version(program)}")
    add_options(parser)
    return parser


class AgentParser(Parser):
    """Looks for installed drivers when it prints its help, and not before."""

    def format_help(self) -> str:
        """The help, with the names of the drivers."""
        from zenmode_agent.drivers.installed_drivers import installed_drivers

        return super().format_help().replace("INSTALLED", ", ".join(installed_drivers()))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of an agent."""
    parser.add_argument(
        "--url", required=True, help="the URL of ZenMode, such as http://127.0.0.1:8000"
    )
    parser.add_argument("--token", help="zma_… (default: ZENMODE_AGENT_TOKEN, which is safer)")
    parser.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="URL",
        help="a LinkedIn profile to serve; may be repeated "
        "(default: every account of the workspace, those connected later too)",
    )
    parser.add_argument(
        "--driver",
        default="dry-run",
        metavar="NAME",
        help="what performs actions (installed: INSTALLED; default: dry-run, which does nothing "
        "on LinkedIn)",
    )
    parser.add_argument(
        "--pace",
        type=seconds,
        default=1.0,
        metavar="SECONDS",
        help="how long an action takes (default: 1)",
    )
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help="folder of the journal (default: in your state folder)",
    )


def run(
    arguments: argparse.Namespace,
    token: str | None,
    program: str,
    old_data_dir: Path | None = None,
) -> int:
    """Runs an agent until it is asked to stop; returns its exit code.

    A journal in `old_data_dir`, an earlier place, is used.
    """
    from zenmode_agent.agent import run_agent
    from zenmode_agent.data_folder import data_folder
    from zenmode_agent.options import AgentOptions
    from zenmode_agent.token import read_token

    os.umask(0o077)
    if not token:
        return refuse(program, "give --token, or set ZENMODE_AGENT_TOKEN")
    try:
        token = read_token(token)
    except WrongOption as error:
        return refuse(program, error)
    _log_to_stderr()
    options = AgentOptions(
        url=arguments.url,
        token=token,
        accounts=tuple(arguments.account),
        driver=arguments.driver,
        pace_seconds=arguments.pace,
        data_dir=arguments.data_dir or data_folder(token, state_dir(), old_data_dir),
    )
    return asyncio.run(run_agent(options))


def refuse(program: str, reason: object) -> int:
    """Prints why nothing was started; returns the exit code of wrong usage."""
    sys.stderr.write(f"{program}: {reason}\n")
    return 2


def _log_to_stderr() -> None:
    """One line for each event, with UTC times."""
    handler = logging.StreamHandler(sys.stderr)
    form = logging.Formatter("%(asctime)s.%(msecs)03dZ %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    logging.basicConfig(level=logging.INFO, handlers=[handler])
