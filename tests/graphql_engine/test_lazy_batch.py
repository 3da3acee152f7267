"""One question for all siblings, whoever of them leaves."""

import asyncio

import pytest

from app.domain.errors import Unavailable
from app.graphql_engine.lazy_batch import LazyBatch


class Question:
    """Is answered when it is told to, and counts how often it was asked."""

    def __init__(self) -> None:
        self.count = 0
        self.may_end = asyncio.Event()

    async def __call__(self) -> str:
        self.count += 1
        await self.may_end.wait()
        return "yes"


async def test_a_question_is_asked_once() -> None:
    question = Question()
    once = LazyBatch(question)
    question.may_end.set()
    assert await asyncio.gather(once.get(), once.get(), once.get()) == ["yes"] * 3
    assert question.count == 1


async def test_who_leaves_takes_the_answer_from_nobody() -> None:
    question = Question()
    once = LazyBatch(question)
    first, second = (asyncio.create_task(once.get()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    question.may_end.set()
    assert await second == await once.get() == "yes"
    assert question.count == 1


async def test_an_error_reaches_every_waiter() -> None:
    async def ask() -> str:
        raise Unavailable("away")

    once = LazyBatch(ask)
    found = await asyncio.gather(once.get(), once.get(), return_exceptions=True)
    assert [type(one) for one in found] == [Unavailable, Unavailable]
