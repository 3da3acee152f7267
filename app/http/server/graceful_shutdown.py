"""An event that is set at SIGTERM, before the server closes its connections."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

# The look of a proxy every half second, and time for it to act on what it saw.
DRAIN_SECONDS = 2.0


@contextmanager
def closing_event(drain_seconds: float = 0.0) -> Iterator[asyncio.Event]:
    """Yields an event that is set at SIGTERM or SIGINT; the server gets the signal as before.

    The server's own shutdown waits for streams of events to end, so the event is set first. The
    server gets a first SIGTERM `drain_seconds` later: until then, a load balancer goes on sending
    requests to this process, and each has to be answered.
    Must be entered on the main thread, in the running loop, once the server has taken the signals.
    """
    closing, loop = asyncio.Event(), asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def pass_on(number: int, frame: FrameType | None) -> None:
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    def on_signal(number: int, frame: FrameType | None) -> None:
        is_first = not closing.is_set()
        loop.call_soon_threadsafe(closing.set)
        if is_first and drain_seconds and number == signal.SIGTERM:
            loop.call_soon_threadsafe(loop.call_later, drain_seconds, pass_on, number, frame)
        else:
            pass_on(number, frame)

    for number in before:
        signal.signal(number, on_signal)
    try:
        yield closing
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def with_connection_close(send: Send) -> Send:
    """Answers after which the connection is not used again.

    A connection that is closed while nothing goes on may be in use the very next moment; one that
    ends with an answer is never mistaken for open.
    """

    async def send_last(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Connection"] = "close"
        await send(message)

    return send_last
