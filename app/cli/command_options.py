"""The options of each command but the agent's, whose options are its own."""

import argparse
from pathlib import Path

from app.cli.arguments import whole


def add_web(command: argparse.ArgumentParser) -> None:
    """The options of `zenmode web`."""
    add_address(command)
    command.add_argument(
        "--workers", type=whole(1, 256), default=1, help="number of processes (default: 1)"
    )
    command.add_argument(
        "--wait-for-migrations",
        action="store_true",
        help="wait until zenmode migrate has run, instead of exiting with code 1",
    )


def add_worker(command: argparse.ArgumentParser) -> None:
    """The options of `zenmode worker`."""
    command.add_argument(
        "--host", default="127.0.0.1", help="IP address of --metrics-port (default: 127.0.0.1)"
    )
    command.add_argument(
        "--metrics-port", type=whole(1, 65_535), help="port of /metrics (default: not served)"
    )


def add_address(command: argparse.ArgumentParser) -> None:
    """Where a web server listens."""
    command.add_argument(
        "--host", default="127.0.0.1", help="IP address to listen on (default: 127.0.0.1)"
    )
    command.add_argument(
        "--port", type=whole(1, 65_535), default=8000, help="port to listen on (default: 8000)"
    )


def add_data_dir(command: argparse.ArgumentParser) -> None:
    """The data folder."""
    command.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help="the data folder (default: ZENMODE_DATA_DIR or ./var)",
    )


def add_bootstrap(command: argparse.ArgumentParser) -> None:
    """The options of `zenmode bootstrap`."""
    command.add_argument(
        "--email",
        default="owner@example.com",
        help="email of the owner (default: owner@example.com)",
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument(
        "--shell",
        action="store_true",
        help="print API_KEY, AGENT_TOKEN, ACCOUNT and WORKSPACE as lines for eval",
    )


def add_subscription(command: argparse.ArgumentParser) -> None:
    """The options of `zenmode subscription set`."""
    command.add_argument("workspace_id", metavar="WORKSPACE_ID", help="see zenmode workspaces")
    command.add_argument("status", metavar="STATUS", help="trialing, active, past_due or cancelled")
    command.add_argument(
        "--ends-at", metavar="TIME", help="such as 2026-12-31T00:00:00Z (default: never)"
    )


def add_check(command: argparse.ArgumentParser) -> None:
    """The options of `zenmode check`."""
    add_data_dir(command)
    command.add_argument("--json", action="store_true", help="print one JSON object")
