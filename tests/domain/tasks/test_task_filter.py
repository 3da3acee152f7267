"""Filters and pages of tasks."""

from dataclasses import dataclass, replace

import pytest

from app.domain.errors import BadInput
from app.domain.tasks.profile_search import read_profile_search
from app.domain.tasks.task import ActionType, TaskStatus
from app.domain.tasks.task_filter import (
    MAX_OFFSET,
    TaskFilter,
    TaskTimes,
    validate_page,
    validate_task_query,
)


@dataclass(frozen=True)
class Task:
    """A task with the fields that a filter reads."""

    status: str = "pending"
    linkedin_account_id: str = "acc_1"
    action_type: str = "connect"
    payload: str = '{"profile_url": "https://linkedin.com/in/jane"}'
    created_at: int = 1_000
    scheduled_at: int | None = None


def problems(parameters: dict[str, list[str]]) -> dict[str, str]:
    with pytest.raises(BadInput) as refused:
        validate_task_query(parameters)
    return {one.name: one.message for one in refused.value.details}


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        (TaskFilter(statuses=(TaskStatus.PENDING,)), {"status": "failed"}),
        (TaskFilter(linkedin_account_id="acc_1"), {"linkedin_account_id": "acc_2"}),
        (TaskFilter(action_type=ActionType.CONNECT), {"action_type": "follow"}),
        (
            TaskFilter(profile=read_profile_search("Jane")),
            {"payload": '{"profile_url": "https://linkedin.com/in/janet"}'},
        ),
        (TaskFilter(times=TaskTimes(created_after=1_000)), {"created_at": 999}),
        (TaskFilter(times=TaskTimes(created_before=1_001)), {"created_at": 1_001}),
    ],
)
def test_each_condition_excludes_other_tasks(wanted: TaskFilter, other: dict[str, object]) -> None:
    assert wanted.lets_through(Task())
    assert not wanted.lets_through(replace(Task(), **other))  # type: ignore[arg-type]


def test_an_empty_filter_excludes_nothing_and_an_empty_list_of_statuses_everything() -> None:
    assert TaskFilter().lets_through(Task())
    assert not TaskFilter(statuses=()).lets_through(Task())


def test_a_task_that_is_not_scheduled_is_not_scheduled_after_any_time() -> None:
    wanted = TaskFilter(times=TaskTimes(scheduled_after=0))
    assert not wanted.lets_through(Task())
    assert wanted.lets_through(Task(scheduled_at=0))


def test_a_query_without_parameters_is_the_first_page() -> None:
    query = validate_task_query({})
    assert (query.filter, query.limit, query.offset, query.wants_total) == (
        TaskFilter(),
        50,
        0,
        False,
    )


def test_statuses_may_be_repeated_and_separated_by_commas() -> None:
    query = validate_task_query({"status": ["failed, pending", "failed"]})
    assert query.filter.statuses == (TaskStatus.PENDING, TaskStatus.FAILED)


def test_every_bad_parameter_is_named() -> None:
    sent = {
        "limit": ["101"],
        "offset": ["-1"],
        "include_total": ["maybe"],
        "status": ["open"],
        "action_type": ["dance"],
        "page": ["2"],
    }
    assert problems(sent).keys() == sent.keys()


@pytest.mark.parametrize("limit", ["0", "x", "1.0", "٣", "1" * 30])
def test_a_page_size_is_a_plain_number_within_bounds(limit: str) -> None:
    assert list(problems({"limit": [limit]})) == ["limit"]


def test_a_page_has_bounds() -> None:
    validate_page(1)
    validate_page(100, MAX_OFFSET)
    for first, offset in ((0, 0), (101, 0), (1, -1), (1, MAX_OFFSET + 1)):
        with pytest.raises(BadInput):
            validate_page(first, offset)
