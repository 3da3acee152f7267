"""What an answer is written in, and what leaves."""

import asyncio

import pytest

from app.http.server.joined_writes import JoinedWrites


class NotingTransport(asyncio.Transport):
    """Notes what is done to it."""

    def __init__(self) -> None:
        super().__init__({"peername": ("192.0.2.1", 5)})
        self.done: list[bytes | str] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.done.append(bytes(data))

    def close(self) -> None:
        self.done.append("closed")

    def abort(self) -> None:
        self.done.append("aborted")

    def is_closing(self) -> bool:
        return "closed" in self.done or "aborted" in self.done


@pytest.fixture
def plain() -> NotingTransport:
    return NotingTransport()


@pytest.fixture
async def transport(plain: NotingTransport) -> JoinedWrites:
    return JoinedWrites(plain, asyncio.get_running_loop())


async def a_turn() -> None:
    await asyncio.sleep(0)


async def test_a_head_and_its_body_leave_in_one_piece(
    transport: JoinedWrites, plain: NotingTransport
) -> None:
    transport.write(b"head ")
    transport.write(b"body")
    assert plain.done == []
    await a_turn()
    assert plain.done == [b"head body"]


async def test_a_head_does_not_wait_for_a_body_that_comes_later(
    transport: JoinedWrites, plain: NotingTransport
) -> None:
    transport.write(b"head ")
    await a_turn()
    transport.write(b"body")
    await a_turn()
    assert plain.done == [b"head ", b"body"]


async def test_what_is_held_leaves_before_the_connection_is_closed(
    transport: JoinedWrites, plain: NotingTransport
) -> None:
    transport.write(b"last words")
    transport.close()
    await a_turn()
    assert plain.done == [b"last words", "closed"]


async def test_nothing_is_written_once_the_connection_was_cut(
    transport: JoinedWrites, plain: NotingTransport
) -> None:
    transport.write(b"too late")
    transport.abort()
    await a_turn()
    assert plain.done == ["aborted"]


async def test_not_much_is_held(transport: JoinedWrites, plain: NotingTransport) -> None:
    for _ in range(10):
        transport.write(b"x" * 10_000)
    assert sum(len(one) for one in plain.done) > 60_000
    await a_turn()
    assert sum(len(one) for one in plain.done) == 100_000


async def test_all_else_is_the_transport_s_own(transport: JoinedWrites) -> None:
    assert transport.get_extra_info("peername") == ("192.0.2.1", 5)
