"""One answer for all who ask the same of the same event."""

import asyncio

import orjson
from graphql import ExecutionResult, GraphQLError

from app.graphql_engine.last_answers import LastAnswers


class Work:
    """Answers when it is told to, and counts how often it was asked."""

    def __init__(self, result: ExecutionResult | None = None) -> None:
        self.count = 0
        self.may_end = asyncio.Event()
        self._result = result or ExecutionResult({"a": 1}, None)

    async def __call__(self) -> ExecutionResult:
        self.count += 1
        await self.may_end.wait()
        return self._result


async def test_the_same_question_about_the_same_event_is_answered_once() -> None:
    answers, work, event = LastAnswers(), Work(), object()
    asking = [asyncio.create_task(answers.get(event, "q", work)) for _ in range(3)]
    work.may_end.set()
    found = await asyncio.gather(*asking)
    assert work.count == 1
    assert [orjson.dumps(one.data) for one in found] == [b'{"a":1}'] * 3


async def test_another_question_or_another_event_has_an_answer_of_its_own() -> None:
    answers, work = LastAnswers(), Work()
    work.may_end.set()
    first, second = object(), object()
    for event, question in ((first, "q"), (first, "r"), (second, "q"), (first, "q")):
        await answers.get(event, question, work)
    assert work.count == 3


async def test_the_one_who_asked_first_may_leave() -> None:
    answers, work, event = LastAnswers(), Work(), object()
    first = asyncio.create_task(answers.get(event, "q", work))
    second = asyncio.create_task(answers.get(event, "q", work))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    work.may_end.set()
    assert orjson.dumps((await second).data) == b'{"a":1}'
    assert work.count == 1


async def test_errors_stay_as_they_are_and_are_formatted_for_each() -> None:
    error = GraphQLError("no")
    answers, work = LastAnswers(), Work(ExecutionResult(None, [error]))
    work.may_end.set()
    assert (await answers.get(object(), "q", work)).errors == [error]


async def test_events_of_long_ago_are_forgotten() -> None:
    answers, work, first = LastAnswers(), Work(), object()
    work.may_end.set()
    await answers.get(first, "q", work)
    later = [object() for _ in range(300)]
    for event in later:
        await answers.get(event, "q", work)
    await answers.get(first, "q", work)
    assert work.count == 302
