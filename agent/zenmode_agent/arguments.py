"""Reading a command line: wrong usage is one line that helps, and numbers have bounds."""

import argparse
import re
from difflib import get_close_matches
from typing import Any, NoReturn

_INVALID_CHOICE = re.compile(r"argument (\S+): invalid choice: '([^']*)' \(choose from (.*)\)")


class Parser(argparse.ArgumentParser):
    """A parser that suggests what a misspelt name may mean, and accepts no abbreviations."""

    def __init__(self, **options: Any) -> None:
        layout = argparse.RawDescriptionHelpFormatter
        super().__init__(allow_abbrev=False, formatter_class=layout, **options)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Reads the arguments. Default `parser` of a command is the command's own parser."""
        arguments, rest = self.parse_known_args(args, namespace)
        if rest:
            command: Parser = getattr(arguments, "parser", self)
            hint = command.suggestion_for(rest[0])
            self.error(f"unrecognized arguments: {' '.join(rest)}{hint}")
        return arguments

    def suggestion_for(self, option: str) -> str:
        """What an unknown option may mean; empty when there is nothing like it."""
        options = [name for name in self._option_string_actions if name.startswith("--")]
        close = get_close_matches(option.partition("=")[0], options, n=1)
        return f"; did you mean {close[0]}?" if close else ""

    def error(self, message: str) -> NoReturn:
        """Exits with code 2."""
        sentence = self._with_suggestion(message)
        self.exit(2, f"{self.prog}: {sentence}; see {self.prog} --help\n")

    def _with_suggestion(self, message: str) -> str:
        if found := _INVALID_CHOICE.match(message):
            known = re.findall(r"[\w-]+", found[3])
            close = get_close_matches(found[2], known, n=1)
            hint = f"; did you mean {close[0]}?" if close else f" (choose from {', '.join(known)})"
            return f"argument {found[1]}: invalid choice: '{found[2]}'{hint}"
        return message


def seconds(text: str) -> float:
    """Reads a number of seconds of less than a day."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number < 86_400:
        raise argparse.ArgumentTypeError("must be a number of seconds, from 0 to less than 86400")
    return number
