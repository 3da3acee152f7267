"""From words to commands. Errors are one line on stderr and exit code 1, or 2 for wrong usage."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

_DESCRIPTION = (
    "ZenMode: queue LinkedIn actions, hand them to desktop agents, tell what came of them."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = _parser().parse_args(argv)
    module, _, name = arguments.command.partition(":")
    # Imported when it is run, so that `--help` does not wait for what it does not need.
    command: Callable[[argparse.Namespace], int] = getattr(import_module(module), name)
    return _carefully(command, arguments)


def _carefully(command: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    from app.domain.errors import ZenModeError
    from app.settings import SettingsError

    try:
        return command(arguments)
    except KeyboardInterrupt:
        return 130
    except (SettingsError, ZenModeError) as error:
        return _fail(str(error))
    except BrokenPipeError:
        return 1
    except Exception as error:
        return _fail(f"{type(error).__name__}: {error}".splitlines()[0])


def _fail(sentence: str) -> int:
    sys.stderr.write(f"zenmode: {sentence}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zenmode", description=_DESCRIPTION)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_servers(commands)
    _add_agent(commands)
    _add_administration(commands)
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    function: str,
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(command=function)
    return command


def _add_servers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    up = _add(commands, "up", "app.cli.up:up", "everything on this machine, in this terminal")
    _add_address(up)
    up.add_argument("--data-dir", type=Path, help="where data is kept (default: ./var)")
    web = _add(commands, "web", "app.cli.web:web", "the web processes alone")
    _add_address(web)
    web.add_argument("--workers", type=_positive, default=1, help="how many processes (default: 1)")
    _add(commands, "worker", "app.cli.worker:worker", "one worker: webhooks and scheduled jobs")


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="(default: 127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="(default: 8000)")


def _add_agent(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
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


def _add_administration(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
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


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError("must be between 0 and 65535")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 <= number < 86_400:
        raise argparse.ArgumentTypeError("must be a number of seconds, 0 or more")
    return number
