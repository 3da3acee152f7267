"""From words to commands. Errors are one line on stderr and exit code 1, or 2 for wrong usage."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from app.cli.command_error import CommandError, in_one_line

_DESCRIPTION = (
    "ZenMode: queue LinkedIn actions, hand them to desktop agents, tell what came of them."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code = _carefully(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has gone, as `head` does; the interpreter must not try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _carefully(arguments: argparse.Namespace) -> int:
    # Imported when it is run, so that `--help` does not wait for what it does not need.
    from app.cli.logs import keep_logs_quiet
    from app.domain.errors import Unavailable, ZenModeError
    from app.settings import SettingsError

    keep_logs_quiet()
    try:
        module, _, name = arguments.command.partition(":")
        command: Callable[[argparse.Namespace], int] = getattr(import_module(module), name)
        return command(arguments)
    except Unavailable as error:
        return _fail(in_one_line(error))
    except (SettingsError, ZenModeError, CommandError) as error:
        return _fail(str(error))
    except BrokenPipeError:
        raise
    except Exception as error:
        return _fail(f"{type(error).__name__}: {error}")


def _fail(sentence: str) -> int:
    sys.stderr.write(f"zenmode: {' '.join(sentence.split())}\n")
    return 1


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line too, and a name is never guessed from its beginning."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="zenmode", description=_DESCRIPTION)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_servers(commands)
    _add_agent(commands)
    _add_administration(commands)
    return parser


def _add(
    commands: "argparse._SubParsersAction[_Parser]",
    name: str,
    function: str,
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(command=function)
    return command


def _add_servers(commands: "argparse._SubParsersAction[_Parser]") -> None:
    up = _add(commands, "up", "app.cli.up:up", "everything on this machine, in this terminal")
    _add_address(up)
    up.add_argument("--data-dir", type=Path, help="where data is kept (default: ./var)")
    web = _add(commands, "web", "app.cli.web:web", "the web processes alone")
    _add_address(web)
    web.add_argument(
        "--workers", type=_whole(1, 256), default=1, help="how many processes (default: 1)"
    )
    worker = _add(
        commands, "worker", "app.cli.worker:worker", "one worker: webhooks and scheduled jobs"
    )
    worker.add_argument("--host", default="127.0.0.1", help="of --metrics-port")
    worker.add_argument(
        "--metrics-port", type=_whole(1, 65_535), help="where /metrics is served (default: nowhere)"
    )


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="(default: 127.0.0.1)")
    command.add_argument("--port", type=_whole(1, 65_535), default=8000, help="(default: 8000)")


def _add_agent(commands: "argparse._SubParsersAction[_Parser]") -> None:
    agent = _add(commands, "agent", "app.cli.agent:agent", "a desktop agent")
    agent.add_argument("--url", required=True, help="where ZenMode is, http://127.0.0.1:8000")
    agent.add_argument("--token", help="zma_…; or ZENMODE_AGENT_TOKEN")
    agent.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="URL",
        help="a LinkedIn profile to serve; may be repeated (default: the workspace's accounts)",
    )
    agent.add_argument("--driver", default="dry-run", help="what carries out actions")
    agent.add_argument("--pace", type=_seconds, default=1.0, help="seconds an action takes")
    agent.add_argument("--data-dir", type=Path, help="(default: ./var/agent-<hint>)")


def _add_administration(commands: "argparse._SubParsersAction[_Parser]") -> None:
    where = "app.cli.administration"
    _add(commands, "migrate", f"{where}:migrate", "bring the database up to date")
    bootstrap = _add(
        commands, "bootstrap", f"{where}:bootstrap", "a workspace with all that is needed to begin"
    )
    bootstrap.add_argument("--email", default="owner@example.com", help="the owner's")
    bootstrap.add_argument("--json", action="store_true", help="one object on stdout")
    subscription = commands.add_parser("subscription", help="what billing would do")
    kinds = subscription.add_subparsers(required=True, metavar="set")
    change = _add(kinds, "set", f"{where}:set_subscription", "set a workspace's subscription")
    change.add_argument("workspace_id", metavar="WORKSPACE_ID")
    change.add_argument("status", metavar="STATUS", help="trialing, active, past_due, cancelled")
    change.add_argument("--ends-at", metavar="TIME", help="RFC 3339, 2026-12-31T00:00:00Z")
    _add(commands, "schema", "app.cli.documents:schema", "print the GraphQL schema")
    _add(commands, "openapi", "app.cli.documents:openapi", "print the OpenAPI document")
    _add(commands, "check", "app.cli.check:check", "is everything well? exit 1 if not")


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text[:10]) <= most):
            raise argparse.ArgumentTypeError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number < 86_400:
        raise argparse.ArgumentTypeError("must be a number of seconds, 0 or more")
    return number
