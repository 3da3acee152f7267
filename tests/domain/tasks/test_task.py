"""The life of a task."""

import json

import pytest

from app.domain.tasks.task import (
    FINAL,
    TRANSITIONS,
    TaskAction,
    TaskStatus,
    Transition,
    available_actions,
    completed_result,
    error_code_of,
    failed_result,
    sources,
    tries_are_left,
)


def test_every_transition_is_in_the_table_and_none_leaves_a_final_status() -> None:
    assert TRANSITIONS.keys() == set(Transition)
    assert {status for moves in TRANSITIONS.values() for status in moves} & FINAL == set()


def test_every_status_can_be_reached_from_the_first() -> None:
    reached = {TaskStatus.PENDING}
    for _ in TaskStatus:
        reached |= {
            target
            for moves in TRANSITIONS.values()
            for source, targets in moves.items()
            if source in reached
            for target in targets
        }
    assert reached == set(TaskStatus)


def test_sources_are_in_the_order_of_a_tasks_life() -> None:
    assert sources(Transition.CANCEL) == (TaskStatus.PENDING, TaskStatus.QUEUED)
    assert sources(Transition.COMPLETE, Transition.CLAIM) == (
        TaskStatus.PENDING,
        TaskStatus.PROCESSING,
    )


@pytest.mark.parametrize("status", TaskStatus)
def test_what_no_agent_has_started_can_be_cancelled(status: TaskStatus) -> None:
    can_cancel = status in {TaskStatus.PENDING, TaskStatus.QUEUED}
    assert available_actions(status, can_be_retried=False) == [TaskAction.CANCEL] * can_cancel
    assert TaskAction.RETRY in available_actions(status, can_be_retried=True)


def test_retries_are_counted_after_the_first_attempt() -> None:
    assert [tries_are_left(attempts, 2) for attempts in range(5)] == [True] * 3 + [False] * 2


def test_a_result_says_whether_the_task_succeeded() -> None:
    assert completed_result(None) == {"success": True}
    assert completed_result({"note": "x"}) == {"success": True, "note": "x"}
    assert error_code_of(json.dumps(failed_result("blocked", "x"))) == "blocked"
    for result in (None, json.dumps(completed_result(None)), '{"error": "text"}'):
        assert error_code_of(result) is None
