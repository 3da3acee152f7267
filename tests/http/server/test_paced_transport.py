"""How what was read at once reaches its protocol."""

import asyncio
import time

import pytest

from app.http.server.paced_transport import PacedTransport
from tests.http.server.test_joined_writes import NotingTransport, a_turn


class MetricReading(NotingTransport):
    """Notes whether the loop may read on."""

    is_read = True

    def pause_reading(self) -> None:
        self.is_read = False

    def resume_reading(self) -> None:
        self.is_read = True


class Reader:
    """Takes pieces, and lets each last as long as a turn may."""

    def __init__(self) -> None:
        self.plain = MetricReading()
        self.transport = PacedTransport(self.plain, asyncio.get_running_loop())
        self.transport.deliver_to(self.take, 4)
        self.taken: list[bytes] = []

    def take(self, data: bytes) -> None:
        self.taken.append(data)
        if len(self.taken) == 2:
            ends_at = time.monotonic() + 0.003
            while time.monotonic() < ends_at:
                pass


@pytest.fixture
async def reader() -> Reader:
    return Reader()


async def test_little_is_taken_at_once(reader: Reader) -> None:
    reader.transport.received(b"1234")
    assert reader.taken == [b"1234"]
    assert reader.plain.is_read


async def test_much_is_taken_in_pieces_and_others_have_their_turn(reader: Reader) -> None:
    reader.transport.received(b"123456789")
    assert not reader.plain.is_read
    await a_turn()
    assert reader.taken == [b"1234", b"5678"]
    await a_turn()
    assert reader.taken == [b"1234", b"5678", b"9"]
    assert reader.plain.is_read


async def test_what_comes_later_stays_behind(reader: Reader) -> None:
    reader.transport.received(b"12345")
    reader.transport.received(b"6")
    await a_turn()
    await a_turn()
    assert b"".join(reader.taken) == b"123456"


async def test_nothing_is_taken_while_reading_is_paused(reader: Reader) -> None:
    reader.transport.pause_reading()
    reader.transport.received(b"12345")
    await a_turn()
    assert reader.taken == []
    reader.transport.resume_reading()
    await a_turn()
    assert reader.taken == [b"1234", b"5"]


async def test_nothing_is_taken_during_a_rest_whoever_resumes_reading(reader: Reader) -> None:
    reader.transport.rest(3600)
    reader.transport.resume_reading()
    reader.transport.received(b"1")
    await a_turn()
    assert reader.taken == []


async def test_what_was_pushed_back_comes_first(reader: Reader) -> None:
    reader.transport.pause_reading()
    reader.transport.received(b"34")
    reader.transport.push_back(b"12")
    reader.transport.resume_reading()
    await a_turn()
    assert reader.taken == [b"1234"]
