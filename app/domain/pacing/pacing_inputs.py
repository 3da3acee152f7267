"""What owners set about the pacing of an account, and what people and agents report for it."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final
from zoneinfo import ZoneInfo, available_timezones

from app.domain.access.caller import PEOPLE, PEOPLE_AND_AGENTS, CallerKind
from app.domain.errors import FieldError
from app.domain.input.fields import (
    boolean,
    choice,
    described,
    identifier,
    integer,
    nested_list,
    text,
    time,
)
from app.domain.input.input_field import LEFT_OUT, LeftOut
from app.domain.linkedin.linkedin_account import profile_url
from app.domain.pacing.hours import MINUTES_PER_DAY, OpeningHours, OpenRange, Weekday
from app.domain.pacing.limits import (
    MOST_GAP_SECONDS,
    MOST_PER_DAY,
    MOST_PER_WEEK,
    MOST_RAMP_DAYS,
)
from app.domain.pacing.locks import ProviderLimitCode
from app.domain.tasks.task import ActionType

MAX_RANGES: Final = 7 * 48
MAX_MANUAL_ACTIONS: Final = 100
MAX_DAYS_AGO: Final = 7

_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_MIDNIGHT: Final = "24:00"


def _opens_problem(sent: str) -> str | None:
    return None if _CLOCK.fullmatch(sent) else "must be a time such as 09:00"


def _closes_problem(sent: str) -> str | None:
    is_good = sent == _MIDNIGHT or _CLOCK.fullmatch(sent)
    return None if is_good else "must be a time such as 18:00, at most 24:00"


def _zone_problem(sent: str) -> str | None:
    is_known = sent in available_timezones()
    return None if is_known else "must be a time zone of the IANA database, such as Europe/Berlin"


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


@described
class NewOpenRange:
    """A range of a weekday in which the account may act."""

    weekday: Weekday = choice(Weekday)
    opens: str = text(max_length=5, rule=_opens_problem)
    closes: str = text(max_length=5, rule=_closes_problem)

    @property
    def range(self) -> OpenRange:
        """The range in minutes."""
        return OpenRange(self.weekday.number, _minute(self.opens), _minute(self.closes))

    def problems(self) -> Iterator[FieldError]:
        """Yields what is wrong with the fields together."""
        if self.range.closes <= self.range.opens:
            message = "must come after opens; write a range over midnight as two"
            yield FieldError(("closes",), message)


def clock_of(minute: int) -> str:
    """Returns a minute of the day as wall-clock time, `24:00` for the last."""
    return _MIDNIGHT if minute == MINUTES_PER_DAY else f"{minute // 60:02d}:{minute % 60:02d}"


@described
class ActionLimitChange:
    """New limits of one kind of action; null: back to the default."""

    action_type: ActionType = choice(ActionType)
    per_day: int | LeftOut | None = integer(low=0, high=MOST_PER_DAY, default=LEFT_OUT)
    per_week: int | LeftOut | None = integer(low=0, high=MOST_PER_WEEK, default=LEFT_OUT)
    gap_min_seconds: int | LeftOut | None = integer(low=0, high=MOST_GAP_SECONDS, default=LEFT_OUT)
    gap_max_seconds: int | LeftOut | None = integer(low=0, high=MOST_GAP_SECONDS, default=LEFT_OUT)


@described
class PacingChange:
    """What to change of an account's pacing; what is left out stays as it is."""

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE

    linkedin_account_id: str = identifier()
    is_on: bool | None = boolean(default=None)
    time_zone: str | LeftOut | None = text(max_length=64, rule=_zone_problem, default=LEFT_OUT)
    hours: tuple[NewOpenRange, ...] | LeftOut | None = nested_list(
        NewOpenRange, noun="ranges", max_items=MAX_RANGES, default=LEFT_OUT
    )
    per_day: int | LeftOut | None = integer(low=0, high=MOST_PER_DAY, default=LEFT_OUT)
    ramp_days: int | LeftOut | None = integer(low=0, high=MOST_RAMP_DAYS, default=LEFT_OUT)
    limits: tuple[ActionLimitChange, ...] | None = nested_list(
        ActionLimitChange, noun="limits", max_items=len(ActionType), default=None
    )

    def problems(self) -> Iterator[FieldError]:
        """Yields what is wrong with the fields together."""
        seen: set[ActionType] = set()
        for position, limit in enumerate(self.limits or ()):
            if limit.action_type in seen:
                yield FieldError(("limits", position, "action_type"), "must not be repeated")
            seen.add(limit.action_type)


def hours_of(zone: str | None, ranges: tuple[OpenRange, ...]) -> OpeningHours | None:
    """Returns opening hours; None for an account that is always open. Without a zone: UTC."""
    return OpeningHours(ZoneInfo(zone or "UTC"), ranges) if ranges else None


@described
class ManualAction:
    """One action that a person performed on LinkedIn by hand. `at` is in milliseconds."""

    action_type: ActionType = choice(ActionType)
    profile_url: str = profile_url()
    at: int = time(max_days_ago=MAX_DAYS_AGO)


@described
class ManualActions:
    """What a person did by hand with an account."""

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE_AND_AGENTS

    linkedin_account_id: str = identifier()
    actions: tuple[ManualAction, ...] = nested_list(
        ManualAction, noun="actions", min_items=1, max_items=MAX_MANUAL_ACTIONS
    )


@described
class ProviderLimit:
    """LinkedIn's own stop, as an agent met it. `until` is in milliseconds."""

    code: ProviderLimitCode = choice(ProviderLimitCode)
    whole_account: bool = boolean(default=False)
    until: int | None = time(must_be_ahead=True, is_within_a_year=True, default=None)
