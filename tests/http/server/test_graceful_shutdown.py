"""A process that is told to go says so to what it has open."""

import asyncio
import signal

import pytest

from app.http.server.graceful_shutdown import closing_event
from tests.waiting import until


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_reaches_us_and_the_server(number: signal.Signals) -> None:
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


async def test_behind_a_proxy_the_server_hears_of_it_later_unless_signalled_twice() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
    try:
        with closing_event(drain_seconds=0.2) as closing:
            signal.raise_signal(signal.SIGTERM)
            async with asyncio.timeout(5):
                await closing.wait()
            assert heard == []
            signal.raise_signal(signal.SIGTERM)
            assert heard == [signal.SIGTERM]
            await until(lambda: len(heard) == 2)
    finally:
        signal.signal(signal.SIGTERM, before)
