"""Which tasks a list, a count and a live view have: the same, on both databases."""

from typing import Any

import pytest

from app.actions.tasks.read_tasks import number_of_tasks, page_of_tasks
from app.domain.tasks.profile_search import read_profile_search
from app.domain.tasks.task import TaskStatus
from app.domain.tasks.task_filter import TaskFilter, TaskTimes
from app.domain.times import iso_from_ms
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import create_task
from tests.actions.room import Room

_URLS = (
    "https://www.linkedin.com/in/jane-doe",
    "linkedin.com/in/Jane-Doe/?trk=/in/other",
    "https://de.linkedin.com/in/JANE-DOE#/in/x",
    "https://linkedin.com/in/jane-doe-2",
    "https://linkedin.com/comm/in/other",
    "https://linkedin.com/in/zo%C3%AB",
    "https://linkedin.com/in/zoë/",
    "https://linkedin.com/in/%D7%99%D7%A2%D7%9C",
    'https://linkedin.com/in/o"brien',
)


@pytest.fixture
async def created(room: Room) -> list[TaskRow]:
    """Tasks for these profiles, a minute apart, whose messages name other profiles."""
    tasks = []
    for number, url in enumerate(_URLS):
        payload = {"message": 'see "linkedin.com/in/jane-doe"', "profile_url": url}
        order: dict[str, Any] = {"action_type": "connect", "payload": payload}
        if number % 2:
            order["scheduled_at"] = iso_from_ms(room.services.now() + number * 60_000)
        tasks.append((await create_task(room.services, room.key, order)).task)
        room.clock.advance(seconds=60)
    return tasks


async def _found(room: Room, tasks: list[TaskRow], wanted: TaskFilter) -> list[int]:
    """The places of the tasks that are wanted, which list, count and live view agree on."""
    page = await page_of_tasks(room.services, room.key, wanted, first=100)
    ids = {task.id for task in page.tasks}
    assert await number_of_tasks(room.services, room.key, wanted) == len(ids)
    assert ids == {task.id for task in tasks if wanted.lets_through(task)}
    return [place for place, task in enumerate(tasks) if task.id in ids]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ("jane-doe", [0, 1, 2]),
        ("https://linkedin.com/in/Jane-Doe/", [0, 1, 2]),
        ("jane-doe-2", [3]),
        ("jane", []),
        ("other", [4]),
        ("zoë", [5, 6]),
        ("ZO%C3%AB", [5, 6]),
        ("יעל", [7]),
        ("jane%", []),
        ("jane_doe", []),
        ('O"Brien', [8]),
    ],
)
async def test_a_person_is_found_by_every_spelling_of_their_url(
    room: Room, created: list[TaskRow], wanted: str, places: list[int]
) -> None:
    assert await _found(room, created, TaskFilter(profile=read_profile_search(wanted))) == places


async def test_times_include_the_lower_bound_and_not_the_upper_one(
    room: Room, created: list[TaskRow]
) -> None:
    second, fifth = created[1].created_at, created[4].created_at
    for times, places in (
        (TaskTimes(created_after=second, created_before=fifth), [1, 2, 3]),
        (TaskTimes(created_after=second + 1), [2, 3, 4, 5, 6, 7, 8]),
        (TaskTimes(created_before=second), [0]),
        (TaskTimes(created_after=fifth, created_before=second), []),
        (TaskTimes(scheduled_after=created[5].scheduled_at), [5, 7]),
        (TaskTimes(scheduled_after=-(2**40)), [1, 3, 5, 7]),
    ):
        assert await _found(room, created, TaskFilter(times=times)) == places


async def test_all_parts_of_a_filter_hold_together(room: Room, created: list[TaskRow]) -> None:
    wanted = TaskFilter(
        statuses=(TaskStatus.PENDING,),
        linkedin_account_id=room.account_id,
        profile=read_profile_search("jane-doe"),
        times=TaskTimes(created_after=created[1].created_at),
    )
    assert await _found(room, created, wanted) == [1, 2]
