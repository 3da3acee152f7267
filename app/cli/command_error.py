"""Why a command ends without having done what it was asked."""


class CommandError(Exception):
    """The message is the one line that people see."""
