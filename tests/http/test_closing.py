"""A process that is told to go says so to what it has open."""

import asyncio
import signal

import pytest

from app.http.closing import closing_event


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_is_heard_by_us_and_by_the_server(number: signal.Signals) -> None:
    heard: list[int] = []
    before = signal.signal(number, lambda number, _: heard.append(number))
    try:
        with closing_event() as closing:
            signal.raise_signal(number)
            async with asyncio.timeout(5):
                await closing.wait()
        assert heard == [number]
        signal.raise_signal(number)
        assert heard == [number, number]
    finally:
        signal.signal(number, before)
