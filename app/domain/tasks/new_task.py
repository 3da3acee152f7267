"""What a valid order for a task is: the one checker behind REST and GraphQL."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.input.validator import Validator
from app.domain.linkedin.invisible import is_blank
from app.domain.linkedin.linkedin_account import read_profile_url
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_YEAR, ms_from_rfc3339

MAX_MESSAGE_LENGTH = 8_000
MAX_NOTE_LENGTH = 300
MAX_IDEMPOTENCY_KEY_LENGTH = 255
MAX_TASKS_AT_ONCE = 100

_FIELDS = (
    "action_type",
    "linkedin_account_id",
    "payload",
    "priority",
    "max_retries",
    "scheduled_at",
)
# REST takes it in a header, GraphQL checks names itself.
_UNLISTED = ("idempotency_key",)
_MESSAGE_LENGTHS = {
    ActionType.MESSAGE: MAX_MESSAGE_LENGTH,
    ActionType.CONNECT: MAX_NOTE_LENGTH,
}


@dataclass(frozen=True, slots=True)
class NewTask:
    """An order found good, defaults filled in. `scheduled_at` is in milliseconds."""

    action_type: ActionType
    linkedin_account_id: str | None
    payload: dict[str, object]
    priority: int
    max_retries: int
    scheduled_at: int | None
    idempotency_key: str | None

    @property
    def payload_text(self) -> str:
        """The payload as it is stored: compact JSON, keys in the order in which they were sent."""
        return json.dumps(self.payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    def not_before(self, now: int) -> int | None:
        """When the task may be handed out; None for at once. A time that has passed means now."""
        is_ahead = self.scheduled_at is not None and self.scheduled_at > now
        return self.scheduled_at if is_ahead else None

    @property
    def fingerprint(self) -> str:
        """Equal for two orders that ask for the same, their account and key left aside."""
        content = [self.action_type, self.payload, self.priority, self.max_retries]
        text = json.dumps(
            [*content, self.scheduled_at], sort_keys=True, ensure_ascii=True, allow_nan=False
        )
        return hashlib.sha256(text.encode()).hexdigest()


def validate_new_task(raw: Mapping[str, object], now: int) -> NewTask:
    """The order, or BadInput that names every bad field.

    `raw` has snake_case names, as in a REST body, and `idempotency_key`; `now` is in milliseconds.
    """
    fields = Validator(raw, _FIELDS, unlisted=_UNLISTED)
    action = fields.choice("action_type", ActionType)
    new_task = NewTask(
        action_type=action or ActionType.CONNECT,
        linkedin_account_id=fields.optional_text("linkedin_account_id", max_length=200),
        payload=_read_payload(fields, action),
        priority=fields.integer("priority", low=-100, high=100, default=0),
        max_retries=fields.integer("max_retries", low=0, high=10, default=3),
        scheduled_at=_read_scheduled_at(fields, now),
        idempotency_key=fields.visible_ascii(
            "idempotency_key", max_length=MAX_IDEMPOTENCY_KEY_LENGTH
        ),
    )
    fields.raise_if_invalid()
    return new_task


def _read_payload(fields: Validator, action: ActionType | None) -> dict[str, object]:
    payload = fields.object("payload", ("profile_url", "message"))
    if not payload.can_be_read:
        return {}
    read_profile_url(payload)
    _read_message(payload, action)
    return payload.sent


def _read_message(payload: Validator, action: ActionType | None) -> None:
    if action is not ActionType.MESSAGE and not payload.has("message"):
        return
    if action is None or action in _MESSAGE_LENGTHS:
        longest = _MESSAGE_LENGTHS[action] if action else MAX_MESSAGE_LENGTH
        shortest = 1 if action is ActionType.MESSAGE else 0
        noted = len(payload.problems)
        text = payload.text("message", max_length=longest, min_length=shortest)
        if text and len(payload.problems) == noted and is_blank(text):
            payload.add_error("message", "must not be blank")
        return
    payload.add_error("message", "is not allowed for this kind of action")


def _read_scheduled_at(fields: Validator, now: int) -> int | None:
    noted = len(fields.problems)
    text = fields.optional_text("scheduled_at", max_length=64)
    if text is None or len(fields.problems) > noted:
        return None
    try:
        at = ms_from_rfc3339(text)
    except (ValueError, OverflowError):
        fields.add_error("scheduled_at", "must be an RFC 3339 time with its offset")
        return None
    if at > now + MS_PER_YEAR:
        fields.add_error("scheduled_at", "must be at most a year ahead")
    return at
