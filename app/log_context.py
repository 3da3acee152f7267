"""What each log line of a request says: its id, its caller, its operation.

structlog's own context does the same, with a variable and a look at all others for each fact.
"""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

_facts: Final[ContextVar[dict[str, str]]] = ContextVar("log_facts")


@contextmanager
def bind_log_context(**facts: str) -> Iterator[None]:
    """Lines written inside say these, and what is noted there; nothing of it is left afterwards."""
    before = _facts.set(facts)
    try:
        yield
    finally:
        _facts.reset(before)


def note(**facts: str) -> None:
    """Lines of this task, and of those that it starts from now on, say these too."""
    _facts.set({**_facts.get({}), **facts})


def with_log_context(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor: the line with all that was noted; what it says itself stands."""
    return {**_facts.get({}), **line}
