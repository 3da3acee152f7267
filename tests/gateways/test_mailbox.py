"""What waits for a slow subscriber."""

from typing import Any

from app.domain.event import ResyncRequired, TaskChanged
from app.gateways.redis.mailbox import Mailbox


def changed(task_id: str, version: int) -> TaskChanged:
    snapshot: dict[str, Any] = {"id": task_id, "version": version}
    return TaskChanged("ws", snapshot)


async def test_waiting_events_of_one_task_are_merged_and_the_newest_wins() -> None:
    mailbox = Mailbox()
    for version in (1, 2, 3):
        mailbox.put(changed("a", version))
    mailbox.put(changed("b", 1))

    assert await mailbox.get(1) == changed("a", 3)
    assert await mailbox.get(1) == changed("b", 1)
    assert await mailbox.get(0.01) is None


async def test_too_many_waiting_events_become_one_that_says_to_read_again() -> None:
    mailbox = Mailbox()
    for number in range(100_000):
        mailbox.put(changed(str(number), 1))

    first = await mailbox.get(1)
    rest = 0
    while await mailbox.get(0.01) is not None:
        rest += 1

    assert isinstance(first, ResyncRequired)
    assert rest < 1_000
