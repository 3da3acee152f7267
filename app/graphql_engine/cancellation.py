"""The difference between a task that is cancelled and one that waited for something that was."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class DependencyCancelledError(Exception):
    """What this task waited for was cancelled; this task itself was not."""


@contextmanager
def cancellation_of_others_is_an_error() -> Iterator[None]:
    """Raises DependencyCancelledError in place of a CancelledError that is not meant for this task.

    CancelledError passes every `except Exception`: the caller of the operation would get no answer.
    """
    try:
        yield
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        raise DependencyCancelledError("cancelled from elsewhere") from error
