"""One function that puts a whole object together, written as text and compiled.

An answer is hundreds of small values, and a call for each takes longer than what is done in it.
`dataclasses` writes its functions in the same way. Nothing that a caller sent becomes part of the
text but the names of the answer's fields, which GraphQL's grammar keeps to letters and digits, and
which are quoted all the same.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Never

from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore


class SyncCompleter:
    """Completes values that hold every selected field.

    `expression` is Python about `{value}`, in which `{call}` is the function that is given with it
    and `refuse()` ends everything.
    """

    def __init__(self, expression: str, call: Callable[[Any], Any] | None = None) -> None:
        self.expression = expression
        self.call = call

    @cached_property
    def complete(self) -> Callable[[Any], Any]:
        """What is answered for a value. Raises anything for one that is not plainly of its type."""
        text = self.expression.format(value="value", call="call")
        return _compiled(["value"], text, {"call": self.call})


def calling(complete: Callable[[Any], Any]) -> SyncCompleter:
    """Completes by a call."""
    return SyncCompleter("{call}({value})", complete)


def or_null(plain: SyncCompleter) -> SyncCompleter:
    """The same, and null."""
    return SyncCompleter(f"None if {{value}} is None else {plain.expression}", plain.call)


def object_of(fields: Mapping[str, SyncCompleter]) -> Callable[..., dict[str, Any]]:
    """A function of the fields' values, in their order, that gives what is answered for all."""
    parameters = [f"value{number}" for number in range(len(fields))]
    calls = {f"call{number}": plain.call for number, plain in enumerate(fields.values())}
    parts = [
        f"{name!r}: " + plain.expression.format(value=f"value{number}", call=f"call{number}")
        for number, (name, plain) in enumerate(fields.items())
    ]
    return _compiled(parameters, f"{{{', '.join(parts)}}}", calls)


def _compiled(
    parameters: list[str], expression: str, names: Mapping[str, object]
) -> Callable[..., Any]:
    text = f"lambda {', '.join(parameters)}: {expression}"
    function: Callable[..., Any] = eval(text, {**names, "refuse": _refuse})  # nosec B307
    return function


def _refuse() -> Never:
    raise FallbackToGraphQLCore
