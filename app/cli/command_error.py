"""Why a command ends without having done what it was asked."""

from app.domain.errors import Unavailable


class CommandError(Exception):
    """The message is the one line that people see."""


def on_one_line(error: Unavailable) -> str:
    """What is out of reach, with what the driver said of it."""
    sentence = f"{error.message} ({error.__cause__})" if error.__cause__ else error.message
    return " ".join(sentence.split())
