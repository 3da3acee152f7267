"""Signing in: what counts as a failure, and how many there may be, however many try at once."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from app.actions.access.sign_in import sign_in
from app.domain.access.user import (
    FAILURE_WINDOW_MS,
    MAX_FAILURES_PER_ADDRESS,
    MAX_FAILURES_PER_EMAIL,
)
from app.domain.errors import RateLimited, Unauthenticated, Unavailable, ZenModeError
from app.models.tables.workspace import SignInFailure, User, Workspace
from tests.actions.calls import sign_up
from tests.actions.room import Room
from tests.waiting import until

EMAIL, PASSWORD = "ada@example.com", "a long and rare passphrase"
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"


class QuickPasswords:
    """Passwords as they are, quick to try hundreds; `refuses` as if the queue was full."""

    def __init__(self) -> None:
        self.checked = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.refuses = False

    async def hash(self, password: str) -> str:
        return password

    async def verify(self, password_hash: str | None, password: str) -> bool:
        if self.refuses:
            raise Unavailable("too many wait", retry_after=5)
        self.checked += 1
        await self.may_answer.wait()
        return password_hash == password


@pytest.fixture
async def home(room: Room) -> Room:
    """A room in which Ada has an account."""
    quick = replace(room, services=replace(room.services, passwords=QuickPasswords()))
    raw = {"email": EMAIL, "password": PASSWORD, "workspace_name": "Engines"}
    await sign_up(quick.services, raw)
    return quick


def checked(room: Room) -> int:
    passwords: Any = room.services.passwords
    count: int = passwords.checked
    return count


async def outcome(
    room: Room, password: str, *, email: str = EMAIL, address: str | None = HOME
) -> str:
    """How one try ends: the name of what came of it."""
    try:
        found = await sign_in(room.services, email=email, password=password, address=address)
    except ZenModeError as error:
        return type(error).__name__
    return type(found).__name__


async def test_of_45_guesses_at_once_ten_are_looked_at(home: Room) -> None:
    guesses = [f"guess {number}" for number in range(44)] + [PASSWORD]

    outcomes = Counter(await asyncio.gather(*(outcome(home, guess) for guess in guesses)))

    assert outcomes["Unauthenticated"] + outcomes["OpenSession"] == MAX_FAILURES_PER_EMAIL
    assert outcomes["RateLimited"] == 45 - MAX_FAILURES_PER_EMAIL
    assert checked(home) == MAX_FAILURES_PER_EMAIL


async def test_of_120_guesses_at_once_from_one_address_50_are_looked_at(home: Room) -> None:
    outcomes = Counter(
        await asyncio.gather(
            *(outcome(home, "wrong", email=f"{one}@example.com") for one in range(120))
        )
    )

    assert outcomes == {"Unauthenticated": MAX_FAILURES_PER_ADDRESS, "RateLimited": 70}
    assert checked(home) == MAX_FAILURES_PER_ADDRESS


@pytest.mark.parametrize(
    ("addresses", "most"),
    [
        ([f"2001:db8:0:1::{number:x}" for number in range(60)], MAX_FAILURES_PER_ADDRESS),
        ([f"2001:db8:0:{number:x}::1" for number in range(60)], 60),
        ([HOME, f"::ffff:{HOME}"] * 30, MAX_FAILURES_PER_ADDRESS),
        ([None] * 60, MAX_FAILURES_PER_ADDRESS),
    ],
    ids=["one /64", "sixty /64", "an IPv4 address in IPv6", "no address"],
)
async def test_an_address_is_counted_as_one_network(
    home: Room, addresses: list[str | None], most: int
) -> None:
    outcomes = Counter(
        await asyncio.gather(
            *(
                outcome(home, "wrong", email=f"{number}@example.com", address=address)
                for number, address in enumerate(addresses)
            )
        )
    )

    assert outcomes["Unauthenticated"] == most


async def test_a_right_password_is_no_failure(home: Room) -> None:
    for _ in range(2 * MAX_FAILURES_PER_EMAIL):
        assert await outcome(home, PASSWORD) == "OpenSession"

    assert await SignInFailure.all().count() == 0


async def test_the_owner_signing_in_gives_nobody_further_guesses(home: Room) -> None:
    for _ in range(MAX_FAILURES_PER_EMAIL - 1):
        await outcome(home, "wrong", address=ELSEWHERE)
    assert await outcome(home, PASSWORD) == "OpenSession"

    assert await outcome(home, "wrong", address=ELSEWHERE) == "Unauthenticated"
    assert await outcome(home, "wrong", address=ELSEWHERE) == "RateLimited"


async def test_a_refused_try_is_counted_nowhere(home: Room) -> None:
    for _ in range(MAX_FAILURES_PER_EMAIL):
        await outcome(home, "wrong", address=ELSEWHERE)
    for _ in range(MAX_FAILURES_PER_ADDRESS + 5):
        assert await outcome(home, "wrong") == "RateLimited"

    assert await outcome(home, "wrong", email="bob@example.com") == "Unauthenticated"


async def test_failures_are_forgotten_after_15_minutes(home: Room) -> None:
    for _ in range(MAX_FAILURES_PER_EMAIL):
        await outcome(home, "wrong")
    with pytest.raises(RateLimited) as refused:
        await sign_in(home.services, email=EMAIL, password=PASSWORD, address=HOME)
    wait = refused.value.retry_after or 0
    assert 0 < wait <= FAILURE_WINDOW_MS / 1_000

    home.clock.advance(seconds=wait)

    assert await outcome(home, PASSWORD) == "OpenSession"


async def test_a_try_that_found_the_queue_full_is_no_failure(home: Room) -> None:
    passwords: Any = home.services.passwords
    passwords.refuses = True
    for _ in range(MAX_FAILURES_PER_EMAIL + 5):
        assert await outcome(home, "wrong") == "Unavailable"
    passwords.refuses = False

    assert await outcome(home, PASSWORD) == "OpenSession"


async def test_a_try_whose_caller_has_gone_stays_counted(home: Room) -> None:
    passwords: Any = home.services.passwords
    passwords.may_answer.clear()
    for _ in range(MAX_FAILURES_PER_EMAIL):
        before = checked(home)
        trying = asyncio.create_task(outcome(home, "wrong"))
        await until(lambda seen=before: checked(home) > seen)  # type: ignore[misc]
        trying.cancel()
        await asyncio.gather(trying, return_exceptions=True)
    passwords.may_answer.set()

    assert await outcome(home, PASSWORD) == "RateLimited"


@pytest.mark.parametrize("email", ["x" * 3_000, "a\0b@example.com", "\ud800@example.com", ""])
async def test_an_email_that_nobody_can_have_is_a_failure_like_any(home: Room, email: str) -> None:
    with pytest.raises(Unauthenticated):
        await sign_in(home.services, email=email, password="\ud800", address=HOME)

    assert checked(home) == 1


async def test_of_20_sign_ups_with_one_email_at_once_one_makes_an_account(home: Room) -> None:
    raw = {"email": "bob@example.com", "password": PASSWORD, "workspace_name": "Bob's"}
    before = await Workspace.all().count()

    memo = await asyncio.gather(
        *(sign_up(home.services, raw) for _ in range(20)), return_exceptions=True
    )

    assert Counter(type(one).__name__ for one in memo) == {"OpenSession": 1, "BadInput": 19}
    assert await User.filter(email="bob@example.com").count() == 1
    assert await Workspace.all().count() == before + 1
