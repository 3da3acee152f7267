"""What may still go on after a stop was asked for."""

import asyncio
import logging

import pytest

from zenmode_agent.shutdown import Shutdown, Stopped


async def test_work_goes_on_undisturbed_without_a_stop() -> None:
    assert await Shutdown().run_until(asyncio.sleep(0, "done")) == "done"


async def test_work_is_given_up_at_once_without_grace() -> None:
    stop = Shutdown()
    stop.requested.set()
    with pytest.raises(Stopped):
        await stop.run_until(asyncio.Event().wait())


async def test_work_may_end_within_the_grace() -> None:
    stop = Shutdown()
    stop.requested.set()
    assert await stop.run_until(asyncio.sleep(0.01, "done"), grace_seconds=5) == "done"


async def test_work_that_was_given_up_is_cancelled_before_anybody_goes_on() -> None:
    stop, traces = Shutdown(), []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            traces.append("cleaned up")

    asyncio.get_running_loop().call_soon(stop.requested.set)
    with pytest.raises(Stopped):
        await stop.run_until(work())
    assert traces == ["cleaned up"]


async def test_a_pause_ends_at_an_event_and_at_a_stop() -> None:
    stop, event = Shutdown(), asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.call_soon(event.set)
    await asyncio.wait_for(stop.pause(60, event), timeout=5)
    loop.call_soon(stop.requested.set)
    await asyncio.wait_for(stop.pause(60), timeout=5)


async def test_only_the_first_failure_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    stop = Shutdown()
    stop.fail(ValueError("the first"))
    stop.fail(ValueError("the second"))
    assert stop.requested.is_set()
    assert [(entry.levelno, entry.message) for entry in caplog.records] == [
        (logging.ERROR, "the first")
    ]
