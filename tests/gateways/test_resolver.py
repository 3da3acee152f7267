"""The system's resolver, which may hang for longer than anybody waits."""

import asyncio
import socket
import subprocess
import sys
from ipaddress import ip_address
from threading import Event

import pytest

from app.gateways.receivers import resolver
from app.gateways.receivers.resolver import NotAskedError, SystemResolver, UnresolvedError
from tests.waiting import until

_LEAVES_A_LOOKUP_BEHIND = """
import asyncio, socket, time
from app.gateways.receivers.resolver import SystemResolver

def hang(*_args, **_kwargs):
    time.sleep(60)

async def main():
    try:
        async with asyncio.timeout(0.05):
            await SystemResolver().resolve("hooks.example.com", 443)
    except TimeoutError:
        print("left it")

socket.getaddrinfo = hang
asyncio.run(main())
"""


async def test_a_name_stands_for_all_its_addresses() -> None:
    assert ip_address("127.0.0.1") in await SystemResolver().resolve("localhost", 443)


async def test_an_address_stands_for_itself_and_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", None)
    for address in ("203.0.113.7", "2001:db8::1"):
        assert await SystemResolver().resolve(address, 443) == [ip_address(address)]


@pytest.mark.parametrize("problem", [socket.gaierror(-2, "unknown"), UnicodeError("odd")])
async def test_a_name_that_cannot_be_looked_up_is_unresolved(
    monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise problem

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(UnresolvedError):
        await SystemResolver().resolve("hooks.example.com", 443)


async def test_a_lookup_that_hangs_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = Event()

    def look_up(host: str, *_args: object, **_options: object) -> list[object]:
        if host.startswith("slow"):
            goes_on.wait(10)
        return [(None, None, None, "", ("203.0.113.7", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    resolver = SystemResolver()
    slow = [asyncio.create_task(resolver.resolve(f"slow-{number}", 443)) for number in range(100)]
    assert await asyncio.wait_for(resolver.resolve("quick", 443), 5) == [ip_address("203.0.113.7")]
    slow[0].cancel()
    goes_on.set()
    found = await asyncio.gather(*slow, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert found[1:] == [[ip_address("203.0.113.7")]] * 99


def test_a_process_ends_at_once_although_a_lookup_hangs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LEAVES_A_LOOKUP_BEHIND],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("left it\n", "")


async def test_attempts_at_one_name_at_the_same_time_share_a_lookup_but_not_one_that_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    goes_on = Event()
    asked = 0

    def look_up(*_args: object, **_options: object) -> list[object]:
        nonlocal asked
        asked += 1
        goes_on.wait(10)
        return [(None, None, None, "", ("203.0.113.7", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    system = SystemResolver()

    async def look(count: int) -> list[asyncio.Task[object]]:
        tasks = [asyncio.create_task(system.resolve("hooks", 443)) for _ in range(count)]
        await asyncio.sleep(0)
        return tasks

    tasks = await look(10)
    await until(lambda: asked == 1)
    monkeypatch.setattr(resolver, "_SHARED_SECONDS", 0)
    tasks += await look(1)
    await until(lambda: asked == 2)
    tasks[0].cancel()
    goes_on.set()
    cancelled, *found = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(cancelled, asyncio.CancelledError)
    assert found == [[ip_address("203.0.113.7")]] * 10


async def test_every_attempt_asks_anew_once_the_others_have_their_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter(["203.0.113.7", "203.0.113.8"])

    def look_up(*_args: object, **_options: object) -> list[object]:
        return [(None, None, None, "", (next(answers), 443))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    system = SystemResolver()
    found = [await system.resolve("hooks", 443) for _ in range(2)]
    assert found == [[ip_address("203.0.113.7")], [ip_address("203.0.113.8")]]


async def test_a_thread_that_cannot_be_started_takes_no_place_and_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Refused:
        def __init__(self, **_options: object) -> None:
            pass

        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr(resolver, "_MOST_LOOKUPS", 2)
    system = SystemResolver()
    with monkeypatch.context() as patch:
        patch.setattr(resolver, "Thread", Refused)
        for _ in range(5):
            with pytest.raises(NotAskedError):
                await asyncio.wait_for(system.resolve("localhost", 443), 5)
    assert await asyncio.wait_for(system.resolve("localhost", 443), 5)
