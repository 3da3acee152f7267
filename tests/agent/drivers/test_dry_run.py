"""The driver that only pretends."""

import asyncio
import logging
import time

import pytest

from zenmode_agent.drivers.driver import ActionFailed, AgentTask
from zenmode_agent.drivers.dry_run import DryRunDriver


def _task(slug: str = "jane-doe", attempt: int = 1) -> AgentTask:
    url = f"https://www.linkedin.com/in/{slug}/?a=b"
    return AgentTask("task_1", "MESSAGE", "acc_1", url, "Hello Jane", attempt)


async def test_a_dry_run_says_so_in_its_result() -> None:
    assert await DryRunDriver(0).perform(_task()) == {"success": True, "dry_run": True}


async def test_a_dry_run_takes_its_pace() -> None:
    began = time.monotonic()
    await DryRunDriver(0.2).perform(_task())
    assert time.monotonic() - began >= 0.2


async def test_fail_once_fails_the_first_attempt_and_no_other() -> None:
    driver = DryRunDriver(0)
    with pytest.raises(ActionFailed) as failure:
        await driver.perform(_task("fail-once"))
    assert failure.value.retryable
    assert await driver.perform(_task("fail-once", attempt=2))


async def test_fail_always_fails_every_attempt() -> None:
    for attempt in (1, 2, 3):
        with pytest.raises(ActionFailed):
            await DryRunDriver(0).perform(_task("fail-always", attempt))


async def test_hang_hangs_until_it_is_cancelled() -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(DryRunDriver(0).perform(_task("hang")), timeout=0.2)


async def test_the_log_says_that_it_is_a_dry_run_and_nothing_of_the_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    await DryRunDriver(0).perform(_task())
    assert "dry run: nothing is performed" in caplog.text
    assert "Hello Jane" not in caplog.text


def test_a_task_does_not_show_its_message_when_printed() -> None:
    assert "Hello Jane" not in repr(_task())
