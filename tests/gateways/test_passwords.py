"""The queue before Argon2."""

import asyncio
from collections import Counter

import pytest

from app.domain.errors import Unavailable
from app.gateways.passwords import MOST_WAITING, Argon2Passwords
from tests.waiting import until

RUNNING = 2


async def test_sixteen_wait_and_the_next_learns_when_to_come_back() -> None:
    passwords = Argon2Passwords()

    asked = await asyncio.gather(
        *(passwords.verify(None, "guess") for _ in range(40)), return_exceptions=True
    )

    refused = [one for one in asked if isinstance(one, Unavailable)]
    assert Counter(map(type, asked)) == {bool: RUNNING + MOST_WAITING, Unavailable: len(refused)}
    assert all((one.retry_after or 0) > 0 for one in refused)
    assert passwords.waiting == 0
    assert not await passwords.verify(None, "guess")


async def test_who_stops_waiting_leaves_the_place_to_the_next() -> None:
    passwords = Argon2Passwords(most_waiting=1)
    running = [asyncio.create_task(passwords.hash("one")) for _ in range(RUNNING)]
    left = asyncio.create_task(passwords.hash("two"))
    await until(lambda: passwords.waiting == 1)
    with pytest.raises(Unavailable):
        await passwords.hash("three")

    left.cancel()
    await asyncio.gather(left, return_exceptions=True)

    assert await passwords.verify(await passwords.hash("four"), "four")
    await asyncio.gather(*running)


async def test_who_leaves_while_the_work_goes_on_keeps_the_place_until_it_is_over() -> None:
    passwords = Argon2Passwords(most_waiting=0)
    running = [asyncio.create_task(passwords.hash("one")) for _ in range(RUNNING)]
    await asyncio.sleep(0)
    for one in running:
        one.cancel()
    await asyncio.gather(*running, return_exceptions=True)

    with pytest.raises(Unavailable):
        await passwords.hash("two")

    async def is_free() -> bool:
        try:
            return bool(await passwords.hash("three"))
        except Unavailable:
            return False

    await until(is_free)


async def test_the_right_password_is_distinguished_from_a_wrong_one_and_from_none() -> None:
    passwords = Argon2Passwords()
    stored = await passwords.hash("the right one")

    assert await passwords.verify(stored, "the right one")
    assert not await passwords.verify(stored, "a wrong one")
    assert not await passwords.verify(None, "nobody's")
    assert not await passwords.verify("not a hash", "the right one")
