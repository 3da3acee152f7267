"""From words to commands. Errors are one line on stderr and exit code 1, or 2 for wrong usage."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from app.cli.command_error import CommandError, on_one_line
from app.cli.parser import make_parser
from zenmode_agent.settings import is_completing


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    try:
        parser = make_parser()
        if is_completing():
            from argcomplete import autocomplete

            autocomplete(parser)
        arguments = parser.parse_args(argv)
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
        return _fail(on_one_line(error))
    except (SettingsError, ZenModeError, CommandError) as error:
        return _fail(str(error))
    except BrokenPipeError:
        raise
    except Exception as error:
        return _fail(f"{type(error).__name__}: {error}")


def _fail(sentence: str) -> int:
    sys.stderr.write(f"zenmode: {' '.join(sentence.split())}\n")
    return 1
