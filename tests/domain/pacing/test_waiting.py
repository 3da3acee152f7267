"""Why a task waits, in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.domain.pacing import waiting
from app.domain.pacing.limits import LimitWindow
from app.domain.pacing.opening import Hold, HoldCode
from app.domain.pacing.waiting import WaitingCode, WindowUse
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_MINUTE

_BERLIN = ZoneInfo("Europe/Berlin")
_CONNECT = ActionType.CONNECT


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)


def test_the_reason_that_lasts_longest_comes_first_and_one_without_end_before_all() -> None:
    reasons = [
        waiting.behind(41, 500),
        waiting.scheduled(1_000, UTC),
        waiting.no_agent(),
        waiting.paused_account("on holiday", 2_000, "Ana"),
    ]
    codes = [one.code for one in waiting.in_order(reasons)]
    assert codes == [
        WaitingCode.NO_AGENT,
        WaitingCode.ACCOUNT_PAUSED,
        WaitingCode.SCHEDULED,
        WaitingCode.BEHIND,
    ]


def test_sentences_name_who_what_and_until_when() -> None:
    ended = waiting.ended_subscription(_at("2026-12-03T12:00"), UTC)
    assert ended.message == "The workspace's subscription ended on 3 December."
    paused = waiting.paused_account("on holiday", None, "Ana")
    assert paused.message == "The account was paused by Ana: “on holiday”."
    assert waiting.held_task(None, None, None).message == "Held."
    later = waiting.scheduled(_at("2026-12-04T08:00"), _BERLIN)
    assert later.message == "Scheduled for 4 December 09:00 (Europe/Berlin)."
    again = waiting.backing_off(_at("2026-12-04T10:02"), _at("2026-12-04T10:03"), UTC)
    assert again.message == "It failed at 10:02 and is retried at 10:03."


def test_a_used_limit_says_how_much_is_used_and_when_the_next_may_go() -> None:
    hold = Hold(HoldCode.DAY_LIMIT, _at("2026-12-04T09:12"))
    use = WindowUse(_CONNECT, LimitWindow.DAY, 18, 18)
    reason = waiting.from_hold(hold, _CONNECT, use, UTC)
    assert reason.message == (
        "18 of 18 invitations of 24 hours are used; the next may go at 4 December 09:12 (UTC)."
    )
    assert reason.until == hold.until


def test_a_limit_of_zero_says_that_the_owner_allows_none() -> None:
    use = WindowUse(_CONNECT, LimitWindow.WEEK, 0, 0)
    reason = waiting.from_hold(Hold(HoldCode.WEEK_LIMIT, None), _CONNECT, use, UTC)
    assert reason.message == "The owner of this account allows no invitations."
    assert reason.until is None


def test_hours_and_locks_say_their_end() -> None:
    hours = Hold(HoldCode.OUTSIDE_HOURS, _at("2026-11-30T08:00"))
    assert waiting.from_hold(hours, _CONNECT, None, _BERLIN).message == (
        "Outside the account's hours; they begin on Monday at 09:00 (Europe/Berlin)."
    )
    lock = Hold(HoldCode.PROVIDER_LIMIT, _at("2026-12-09T00:00"))
    assert waiting.from_hold(lock, _CONNECT, None, UTC).message == (
        "LinkedIn stopped invitations for this account until 9 December 00:00 (UTC)."
    )


def test_an_agent_that_is_away_is_named_with_how_long() -> None:
    reason = waiting.offline_agent("Ana's laptop", 0, 40 * MS_PER_MINUTE)
    assert reason.message == "“Ana's laptop” was last seen 40 minutes ago."


def test_tasks_ahead_are_counted_to_a_thousand() -> None:
    assert waiting.behind(1, None).message == "1 task of this account goes first."
    assert waiting.behind(41, None).message == "41 tasks of this account go first."
    assert waiting.behind(1_001, None).message == "More than 1,000 tasks of this account go first."
