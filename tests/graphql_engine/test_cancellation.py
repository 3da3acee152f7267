"""A cancellation ends the task that it is meant for, and is an error to every other."""

import asyncio

import pytest

from app.graphql_engine.cancellation import (
    DependencyCancelledError,
    cancellation_of_others_is_an_error,
)


async def _guarded(waited_for: "asyncio.Future[None]") -> None:
    with cancellation_of_others_is_an_error():
        await waited_for


async def test_what_was_waited_for_and_is_cancelled_is_an_error() -> None:
    waited_for: asyncio.Future[None] = asyncio.Future()
    task = asyncio.create_task(_guarded(waited_for))
    await asyncio.sleep(0)
    waited_for.cancel()
    with pytest.raises(DependencyCancelledError):
        await task


async def test_a_task_that_is_cancelled_ends_as_cancelled() -> None:
    task = asyncio.create_task(_guarded(asyncio.Future()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert task.cancelled()


async def test_a_deadline_is_still_a_deadline() -> None:
    with pytest.raises(TimeoutError):
        await _in_time()


async def _in_time() -> None:
    async with asyncio.timeout(0.001):
        await _guarded(asyncio.Future())
