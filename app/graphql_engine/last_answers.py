"""What was answered to the events that came last, for all who ask the same."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Final

import orjson
from graphql import ExecutionResult

from app.graphql_engine.availability import is_unavailable

_REMEMBERED: Final = 256


class LastAnswers:
    """Executes once for each event and question, and gives all subscribers the encoded result.

    An event is one object that many subscribers get: see `app.schema.subscriptions`. Who comes
    long after the others, having been slow to read, has the answer worked out anew.
    """

    def __init__(self) -> None:
        # The event is kept with its answers, so that its place in memory is not another's.
        self._events: OrderedDict[int, tuple[object, _Answers]] = OrderedDict()

    def known(self, event: object, question: Hashable) -> ExecutionResult | None:
        """The answer, if it was worked out before."""
        known = self._of(event).get(question)
        if isinstance(known, asyncio.Future):
            return known.result() if known.done() else None
        return known

    def keep(self, event: object, question: Hashable, data: object) -> ExecutionResult:
        """The answer that this data makes."""
        answer = self._of(event)[question] = _encoded(ExecutionResult(data, None))  # type: ignore[arg-type]
        return answer

    async def get(
        self, event: object, question: Hashable, answer: Callable[[], Awaitable[ExecutionResult]]
    ) -> ExecutionResult:
        """Returns the result. A caller may be cancelled: the work goes on for the others."""
        answers = self._of(event)
        known = answers.get(question)
        if known is None:
            known = answers[question] = asyncio.ensure_future(_worked_out(answer))
        if not isinstance(known, asyncio.Future):
            return known
        result = await asyncio.shield(known)
        if is_unavailable(result) and answers.get(question) is known:
            del answers[question]
        return result

    def _of(self, event: object) -> "_Answers":
        if (known := self._events.get(id(event))) is not None and known[0] is event:
            return known[1]
        answers: _Answers = {}
        self._events[id(event)] = (event, answers)
        if len(self._events) > _REMEMBERED:
            self._events.popitem(last=False)
        return answers


_Answers = dict[Hashable, "asyncio.Future[ExecutionResult] | ExecutionResult"]


async def _worked_out(answer: Callable[[], Awaitable[ExecutionResult]]) -> ExecutionResult:
    return _encoded(await answer())


def _encoded(result: ExecutionResult) -> ExecutionResult:
    if result.errors:
        return result
    data: Any = orjson.Fragment(orjson.dumps(result.data))
    return ExecutionResult(data, None)
