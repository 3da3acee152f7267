"""Knowing that the process was told to go, before its connections are taken away."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def closing_event() -> Iterator[asyncio.Event]:
    """An event that is set at SIGTERM or SIGINT; the server below hears of the signal as before.

    The server's own shutdown waits for streams of events to end, so they must learn of it first.
    Must be entered on the main thread, in the running loop, once the server has taken the signals.
    """
    closing, loop = asyncio.Event(), asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def tell(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(closing.set)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, tell)
    try:
        yield closing
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
