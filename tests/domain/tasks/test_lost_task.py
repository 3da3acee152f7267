"""What happens to a task whose agent disappeared while it ran."""

import pytest

from app.domain.tasks.lost_task import (
    AGENT_LOST,
    LOST_MESSAGES,
    OUTCOME_UNKNOWN,
    REPEATABLE_ACTIONS,
    verdict_on_lost,
)
from app.domain.tasks.task import ActionType

# A new action belongs here unless repeating it does no harm.
_NEVER_REPEATED = {ActionType.MESSAGE}


def test_every_action_is_repeatable_or_never_repeated() -> None:
    assert set(ActionType) == REPEATABLE_ACTIONS | _NEVER_REPEATED
    assert set() == REPEATABLE_ACTIONS & _NEVER_REPEATED


@pytest.mark.parametrize("action", ActionType)
def test_an_action_of_a_lost_agent_is_retried_only_if_a_repeat_is_harmless(
    action: ActionType,
) -> None:
    expected = {
        True: None if action in REPEATABLE_ACTIONS else OUTCOME_UNKNOWN,
        False: AGENT_LOST if action in REPEATABLE_ACTIONS else OUTCOME_UNKNOWN,
    }
    for can_run_again, code in expected.items():
        assert verdict_on_lost(action, can_run_again=can_run_again) == code
    assert LOST_MESSAGES.keys() == {AGENT_LOST, OUTCOME_UNKNOWN}
