"""Loops of the background go on after whatever befalls them, and end when they are told to."""

import asyncio

import pytest

from app.gateways import background
from app.gateways.background import end, start_loop
from tests.waiting import until


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(background, "_LONGEST_PAUSE_SECONDS", 0.02)


class Loop:
    """Breaks as often as there are errors, and then goes on for ever."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = list(errors)
        self.rounds = 0

    async def run(self) -> None:
        self.rounds += 1
        if self.errors:
            raise self.errors.pop(0)
        await asyncio.Event().wait()


@pytest.mark.parametrize(
    "error",
    [KeyError("kind"), RuntimeError("odd"), AssertionError(), asyncio.CancelledError()],
    ids=lambda error: type(error).__name__,
)
async def test_a_loop_that_breaks_is_started_again_and_again(
    error: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    loop = Loop(*[error] * 5)
    task = start_loop("count sheep", loop.run)

    await until(lambda: loop.rounds == 6)

    assert not task.done()
    assert "count sheep" in capsys.readouterr().out
    await end(task)


async def test_a_loop_that_returns_has_ended() -> None:
    rounds = []

    async def once() -> None:
        rounds.append(1)

    await start_loop("once", once)

    assert rounds == [1]


async def test_a_loop_that_is_cancelled_has_ended() -> None:
    loop = Loop()
    task = start_loop("go on", loop.run)
    await until(lambda: loop.rounds)

    await end(task)

    assert task.cancelled()
    assert loop.rounds == 1


async def test_a_loop_that_is_cancelled_between_its_rounds_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "_FIRST_PAUSE_SECONDS", 60)
    loop = Loop(RuntimeError("odd"))
    task = start_loop("go on", loop.run)
    await until(lambda: not loop.errors)

    await end(task)

    assert loop.rounds == 1
