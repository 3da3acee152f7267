"""Every command with its arguments, as `--help` shows them."""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app.cli.arguments import Parser, seconds, whole

_DESCRIPTION = "ZenMode: queue LinkedIn actions, run them with agents, report results by webhook."
_SETTINGS = """\
Settings come from the environment or a file .env in this folder: ZENMODE_DATA_DIR (default: ./var),
ZENMODE_DATABASE_URL (default: SQLite in the data folder), ZENMODE_REDIS_URL, ZENMODE_SECRET_KEY.
All of them: docs/settings.md."""
_BEGIN = """\
To begin:
  zenmode up                 everything on this machine
  zenmode bootstrap          in another terminal: a workspace, a key, an agent's token
  zenmode COMMAND --help     what a command takes

"""
_AGENT = """\
Environment:
  ZENMODE_AGENT_TOKEN        the token; keeps it out of the list of processes

Example:
  ZENMODE_AGENT_TOKEN=zma_… zenmode agent --url https://zenmode.example.com"""

Commands = argparse._SubParsersAction  # the type of what `add_subparsers` gives


class _AgentParser(Parser):
    """Looks for drivers when somebody asks for help: no other command waits for that."""

    def format_help(self) -> str:
        from app.agent.drivers import installed_drivers

        return super().format_help().replace("INSTALLED", ", ".join(installed_drivers()))


class _Help(argparse.Action):
    """`zenmode help` and `zenmode help COMMAND`."""

    def __call__(
        self, parser: argparse.ArgumentParser, _given: object, name: Any, _option: object = None
    ) -> None:
        whole_parser = make_parser()
        whole_parser.parse_args([name, "--help"] if name else ["--help"])


def make_parser() -> Parser:
    """The parser of `zenmode`."""
    parser = Parser(prog="zenmode", description=_DESCRIPTION, epilog=_BEGIN + _SETTINGS)
    parser.add_argument("--version", action="version", version=f"zenmode {version('zenmode')}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_servers(commands)
    _add_agent(commands)
    _add_administration(commands)
    _add_operation(commands)
    helper = commands.add_parser("help", help="this list, or what a command takes")
    helper.add_argument("name", nargs="?", action=_Help, metavar="COMMAND")
    helper.set_defaults(command="app.cli.parser:print_help")
    return parser


def print_help(_arguments: argparse.Namespace) -> int:
    """`zenmode help` without a command."""
    make_parser().print_help()
    return 0


def _add(
    commands: "Commands[Parser]",
    name: str,
    function: str,
    summary: str,
    epilog: str = _SETTINGS,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary, epilog=epilog)
    command.set_defaults(command=function)
    return command


def _add_servers(commands: "Commands[Parser]") -> None:
    up = _add(commands, "up", "app.cli.up:up", "everything on this machine, in this terminal")
    _add_address(up)
    _add_data_dir(up)
    web = _add(commands, "web", "app.cli.web:web", "the web processes alone")
    _add_address(web)
    web.add_argument(
        "--workers", type=whole(1, 256), default=1, help="how many processes (default: 1)"
    )
    web.add_argument(
        "--wait-for-migrations",
        action="store_true",
        help="wait until zenmode migrate has run, instead of ending with exit code 1",
    )
    worker = _add(
        commands, "worker", "app.cli.worker:worker", "one worker: webhooks and scheduled jobs"
    )
    worker.add_argument(
        "--host", default="127.0.0.1", help="address of --metrics-port (default: 127.0.0.1)"
    )
    worker.add_argument(
        "--metrics-port", type=whole(1, 65_535), help="where /metrics is served (default: nowhere)"
    )


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)"
    )
    command.add_argument(
        "--port", type=whole(1, 65_535), default=8000, help="port to listen on (default: 8000)"
    )


def _add_data_dir(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data-dir", type=Path, help="where data is kept (default: ZENMODE_DATA_DIR or ./var)"
    )


def _add_agent(commands: "Commands[Parser]") -> None:
    summary = "a desktop agent: takes tasks and has a driver carry them out"
    agent = commands.add_parser("agent", help=summary, description=summary, epilog=_AGENT)
    # The factory is one for all commands; only this one looks for drivers.
    agent.__class__ = _AgentParser
    agent.set_defaults(command="app.cli.agent:agent")
    agent.add_argument(
        "--url", required=True, help="address of ZenMode itself, such as http://127.0.0.1:8000"
    )
    agent.add_argument("--token", help="zma_… (default: ZENMODE_AGENT_TOKEN, which is safer)")
    agent.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="URL",
        help="a LinkedIn profile to serve; may be repeated "
        "(default: every account of the workspace, those connected later too)",
    )
    agent.add_argument(
        "--driver",
        default="dry-run",
        help="what carries actions out (installed: INSTALLED; default: dry-run, which does nothing "
        "on LinkedIn)",
    )
    agent.add_argument(
        "--pace", type=seconds, default=1.0, help="seconds an action takes (default: 1)"
    )
    agent.add_argument(
        "--data-dir", type=Path, help="where its journal is (default: in your state folder)"
    )


def _add_administration(commands: "Commands[Parser]") -> None:
    where = "app.cli.administration"
    _add(commands, "migrate", f"{where}:migrate", "bring the database up to date")
    bootstrap = _add(
        commands, "bootstrap", f"{where}:bootstrap", "a workspace with all that is needed to begin"
    )
    bootstrap.add_argument(
        "--email", default="owner@example.com", help="the owner's (default: owner@example.com)"
    )
    form = bootstrap.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one object on stdout")
    form.add_argument(
        "--shell", action="store_true", help='lines for eval "$(zenmode bootstrap --shell)"'
    )
    _add(
        commands,
        "workspaces",
        f"{where}:workspaces",
        "list the workspaces: id, subscription, its end, first person, name",
    )
    subscription = commands.add_parser("subscription", help="a workspace's subscription, by hand")
    kinds = subscription.add_subparsers(required=True, metavar="set")
    change = _add(kinds, "set", f"{where}:set_subscription", "set a workspace's subscription")
    change.add_argument("workspace_id", metavar="WORKSPACE_ID", help="see zenmode workspaces")
    change.add_argument("status", metavar="STATUS", help="trialing, active, past_due, cancelled")
    change.add_argument(
        "--ends-at", metavar="TIME", help="RFC 3339, 2026-12-31T00:00:00Z (default: never)"
    )


def _add_operation(commands: "Commands[Parser]") -> None:
    _add(commands, "schema", "app.cli.documents:schema", "print the GraphQL schema")
    _add(commands, "openapi", "app.cli.documents:openapi", "print the OpenAPI document")
    check = _add(commands, "check", "app.cli.check:check", "is everything well? exit 1 if not")
    _add_data_dir(check)
    check.add_argument("--json", action="store_true", help="one object on stdout")
