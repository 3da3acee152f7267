"""Reading arguments: numbers within bounds, and wrong usage in one line that helps."""

import argparse
import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NoReturn

_INVALID_CHOICE = re.compile(r"argument (\S+): invalid choice: '([^']*)' \(choose from (.*)\)")


class Parser(argparse.ArgumentParser):
    """Wrong usage is one line, names what may have been meant, and guesses no name itself."""

    def __init__(self, **options: Any) -> None:
        layout = argparse.RawDescriptionHelpFormatter
        super().__init__(allow_abbrev=False, formatter_class=layout, **options)

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        found = _INVALID_CHOICE.match(message)
        if found:
            known = re.findall(r"[\w-]+", found[3])
            close = get_close_matches(found[2], known, n=1)
            hint = f"; did you mean {close[0]}?" if close else f" (choose from {', '.join(known)})"
            message = f"argument {found[1]}: invalid choice: '{found[2]}'{hint}"
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within these bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text[:10]) <= most):
            raise argparse.ArgumentTypeError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def seconds(text: str) -> float:
    """Reads a number of seconds of less than a day."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number < 86_400:
        raise argparse.ArgumentTypeError("must be a number of seconds, 0 or more")
    return number
