"""What a valid new task is, and what is stored of it."""

from dataclasses import replace

import pytest

from app.domain.errors import BadInput
from app.domain.input.fields import fields_of
from app.domain.input.read_input import read_input
from app.domain.tasks.new_task import NewTask, read_new_tasks
from app.domain.tasks.task import ActionType

URL = "https://linkedin.com/in/jane-doe"
# A retry of the same request may name its account, and its key is what it is found by.
NOT_IN_THE_FINGERPRINT = {"linkedin_account_id", "idempotency_key"}
OTHERS: dict[str, object] = {
    "action_type": ActionType.FOLLOW,
    "linkedin_account_id": "acc_2",
    "payload": {"profile_url": "https://linkedin.com/in/john"},
    "priority": 1,
    "max_retries": 0,
    "scheduled_at": 1,
    "idempotency_key": "k",
}


def new_task(action: str = "connect", **payload: object) -> NewTask:
    return read_input(
        NewTask, {"action_type": action, "payload": {"profile_url": URL, **payload}}, now=0
    )


@pytest.mark.parametrize(
    ("action", "message", "problem"),
    [
        ("message", None, "is required"),
        ("message", "", "must not be empty"),
        ("message", " ", "must not be blank"),
        ("message", "x" * 8_001, "must have at most 8,000 characters"),
        ("connect", "x" * 301, "must have at most 300 characters"),
        ("connect", " ", "must not be blank"),
        ("follow", "Hi", "is not allowed for this kind of action"),
        ("follow", 3, "is not allowed for this kind of action"),
    ],
)
def test_the_action_decides_about_the_message(action: str, message: object, problem: str) -> None:
    with pytest.raises(BadInput) as refused:
        new_task(action, message=message)

    assert [(one.name, one.message) for one in refused.value.details] == [
        ("payload.message", problem)
    ]


def test_a_note_may_be_empty_or_left_out() -> None:
    assert new_task(message="").payload == {"profile_url": URL, "message": ""}
    assert new_task().payload == {"profile_url": URL}


def test_the_payload_is_stored_with_its_keys_in_the_order_that_was_sent() -> None:
    sent = {"action_type": "connect", "payload": {"message": "Hi", "profile_url": URL}}

    assert read_input(NewTask, sent).payload_text == f'{{"message":"Hi","profile_url":"{URL}"}}'


@pytest.mark.parametrize("name", fields_of(NewTask))
def test_each_field_counts_in_the_fingerprint_except_account_and_key(name: str) -> None:
    task = new_task()
    other = replace(task, **{name: OTHERS[name]})

    assert (other.fingerprint == task.fingerprint) == (name in NOT_IN_THE_FINGERPRINT)


def test_the_bad_fields_of_a_batch_are_named_with_their_positions() -> None:
    good: dict[str, object] = {"action_type": "follow", "payload": {"profile_url": URL}}
    with pytest.raises(BadInput) as refused:
        read_new_tasks([good, {**good, "priority": 101}], now=0)

    assert [one.path for one in refused.value.details] == [(1, "priority")]


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_has_1_to_100_tasks(count: int) -> None:
    with pytest.raises(BadInput, match="must hold 1 to 100"):
        read_new_tasks([{}] * count, now=0)
