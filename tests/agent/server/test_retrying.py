"""Back-off and asking again."""

from itertools import islice, pairwise

import pytest

from zenmode_agent.errors import Refused, Unreachable
from zenmode_agent.server.retrying import backoff, now, retry_until_answered


def test_back_off_doubles_up_to_the_longest() -> None:
    longest = [1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0, 20.0]
    for wait, most in zip(backoff(1.0, 20.0), longest, strict=False):
        assert most / 2 <= wait <= most


def test_back_off_of_two_agents_differs() -> None:
    assert list(islice(backoff(), 8)) != list(islice(backoff(), 8))


def test_the_clock_never_goes_back() -> None:
    readings = [now() for _ in range(100)]
    assert all(earlier <= later for earlier, later in pairwise(readings))


async def test_an_unreachable_server_is_asked_again_not_before_it_said_so() -> None:
    answers = iter([Unreachable("busy", retry_after_seconds=1.2), "done"])

    async def call() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    began_at = now()
    assert await retry_until_answered(call, "a test") == "done"
    assert now() - began_at >= 1.2


async def test_a_refusal_is_not_asked_again() -> None:
    calls = 0

    async def call() -> None:
        nonlocal calls
        calls += 1
        raise Refused("CONFLICT", "no")

    with pytest.raises(Refused):
        await retry_until_answered(call, "a test")
    assert calls == 1
