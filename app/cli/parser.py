"""Every command with its arguments, as `--help` shows them."""

import argparse
from importlib.metadata import version
from typing import Any

from app.cli.command_options import (
    add_address,
    add_bootstrap,
    add_check,
    add_data_dir,
    add_subscription,
    add_web,
    add_worker,
)
from zenmode_agent.arguments import Parser
from zenmode_agent.command import EPILOG, SUMMARY, AgentParser, add_options

_DESCRIPTION = "ZenMode: queue LinkedIn actions, run them with agents, report results by webhook."
_FIRST_STEPS = """\
First steps:
  zenmode up                 start everything on this machine
  zenmode bootstrap          in another terminal: create a workspace, an API key, an agent token
  zenmode COMMAND --help     the options of a command
"""
_DATA = """\
  ZENMODE_DATA_DIR           the data folder (default: ./var)
  ZENMODE_DATABASE_URL       sqlite:///… or postgres://… (default: SQLite in the data folder)"""
_KEY = """\
  ZENMODE_SECRET_KEY         required with PostgreSQL, the same for every process"""
_REDIS = """\
  ZENMODE_REDIS_URL          redis://… (default: the Redis of zenmode up)"""
_MORE = """\

Variables can also be in a file .env in this folder. All settings: /docs/settings of your ZenMode,
or docs/settings.md in its folder."""
_SERVER = "\n".join(["Environment:", _DATA, _KEY, _REDIS, _MORE])
_DATABASE = "\n".join(["Environment:", _DATA, _KEY, _MORE])

Commands = argparse._SubParsersAction  # the type of what `add_subparsers` gives


class _Help(argparse.Action):
    """`zenmode help` and `zenmode help COMMAND`."""

    def __call__(
        self, parser: argparse.ArgumentParser, _given: object, name: Any, _option: object = None
    ) -> None:
        whole_parser = make_parser()
        whole_parser.parse_args([name, "--help"] if name else ["--help"])


def make_parser() -> Parser:
    """The parser of `zenmode`."""
    parser = Parser(prog="zenmode", description=_DESCRIPTION, epilog=f"{_FIRST_STEPS}\n{_SERVER}")
    parser.add_argument("--version", action="version", version=f"zenmode {version('zenmode')}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_servers(commands)
    _add_agent(commands)
    _add_administration(commands)
    _add_operation(commands)
    helper = commands.add_parser("help", help="show this help, or the help of a command")
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
    environment: str = _SERVER,
    examples: str = "",
) -> Parser:
    epilog = f"Examples:\n{examples}\n\n{environment}" if examples else environment
    command = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", epilog=epilog
    )
    command.set_defaults(command=function, parser=command)
    return command


def _add_servers(commands: "Commands[Parser]") -> None:
    up = _add(
        commands,
        "up",
        "app.cli.up.up:up",
        "run everything on this machine: database, Redis, web server, worker",
        examples="  zenmode up\n  zenmode up --port 8080 --data-dir /srv/zenmode",
    )
    add_address(up)
    add_data_dir(up)
    web = _add(
        commands,
        "web",
        "app.cli.web:web",
        "run web processes only: REST, GraphQL, dashboard, documentation",
        examples="  zenmode web --host 0.0.0.0 --workers 4 --wait-for-migrations",
    )
    add_web(web)
    worker = _add(
        commands,
        "worker",
        "app.cli.worker:worker",
        "run one worker: sends webhooks, runs scheduled jobs",
        examples="  zenmode worker --metrics-port 9100",
    )
    add_worker(worker)


def _add_agent(commands: "Commands[Parser]") -> None:
    agent = commands.add_parser(
        "agent",
        help=f"run {SUMMARY}",
        description=f"Run {SUMMARY}.",
        epilog=EPILOG.format(program="zenmode agent"),
    )
    # The factory is one for all commands; only this one lists drivers.
    agent.__class__ = AgentParser
    agent.set_defaults(command="app.cli.agent:agent", parser=agent)
    add_options(agent)


def _add_administration(commands: "Commands[Parser]") -> None:
    where = "app.cli.administration"
    _add(
        commands,
        "migrate",
        f"{where}:migrate",
        "bring the database up to date; several at once are safe",
        _DATABASE,
    )
    bootstrap = _add(
        commands,
        "bootstrap",
        f"{where}:bootstrap",
        "create a workspace with an owner, an API key, an agent and a LinkedIn account",
        _DATABASE,
        '  zenmode bootstrap --email ann@example.com\n  eval "$(zenmode bootstrap --shell)"',
    )
    add_bootstrap(bootstrap)
    _add(
        commands,
        "workspaces",
        f"{where}:workspaces",
        "list the workspaces: id, subscription, its end, first person, name",
        _DATABASE,
    )
    subscription = commands.add_parser("subscription", help="change a workspace's subscription")
    kinds = subscription.add_subparsers(required=True, metavar="set")
    change = _add(
        kinds,
        "set",
        f"{where}:set_subscription",
        "set the subscription of a workspace",
        _DATABASE,
        "  zenmode subscription set ws_… active\n"
        "  zenmode subscription set ws_… trialing --ends-at 2026-12-31T00:00:00Z",
    )
    add_subscription(change)


def _add_operation(commands: "Commands[Parser]") -> None:
    where = "app.cli.documents"
    _add(commands, "schema", f"{where}:schema", "print the GraphQL schema", "")
    _add(commands, "openapi", f"{where}:openapi", "print the OpenAPI document", "")
    check = _add(
        commands,
        "check",
        "app.cli.check:check",
        "check database, migrations, Redis, worker, web, agents and webhooks; exit 1 on a failure",
        examples="  zenmode check\n  zenmode check --json --data-dir /srv/zenmode",
    )
    add_check(check)
    completion = _add(
        commands,
        "completion",
        "app.cli.completion:completion",
        "print a script that completes commands and options in your shell",
        "",
        '  eval "$(zenmode completion bash)"           # in ~/.bashrc\n'
        '  eval "$(zenmode completion zsh)"            # in ~/.zshrc, after compinit\n'
        "  zenmode completion fish | source            # in ~/.config/fish/config.fish",
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish", "powershell"))
