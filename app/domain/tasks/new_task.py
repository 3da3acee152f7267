"""A task to be created: the description of the input, and what follows from it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from app.domain.access.caller import PEOPLE_AND_KEYS, CallerKind
from app.domain.errors import MAX_DETAILS, BadInput, FieldError
from app.domain.input.field_kinds import ForbiddenField, TextField
from app.domain.input.fields import choice, described, identifier, integer, nested, text, time
from app.domain.input.input_field import InputField
from app.domain.input.read_input import read_input
from app.domain.input.text import visible_ascii
from app.domain.linkedin.invisible import is_blank
from app.domain.linkedin.linkedin_account import profile_url
from app.domain.tasks.task import ActionType

MAX_MESSAGE_LENGTH: Final = 8_000
MAX_NOTE_LENGTH: Final = 300
MAX_IDEMPOTENCY_KEY_LENGTH: Final = 255
MAX_TASKS_AT_ONCE: Final = 100


def _not_blank(message: str) -> str | None:
    return "must not be blank" if message and is_blank(message) else None


def _optional_message(max_length: int) -> TextField:
    return TextField(max_length=max_length, min_length=0, rule=_not_blank, default=None)


_MESSAGES: Final[dict[ActionType | None, InputField]] = {
    ActionType.MESSAGE: TextField(max_length=MAX_MESSAGE_LENGTH, rule=_not_blank),
    ActionType.CONNECT: _optional_message(MAX_NOTE_LENGTH),
    # An unknown action is a problem of its own.
    None: _optional_message(MAX_MESSAGE_LENGTH),
}
_NO_MESSAGE: Final = ForbiddenField(message="is not allowed for this kind of action")


def _message_field(task: Mapping[str, Any]) -> InputField:
    return _MESSAGES.get(task.get("action_type"), _NO_MESSAGE)


@described
class TaskPayload:
    """The profile to act on, and the text to send. A task keeps the object that was sent."""

    profile_url: str = profile_url(
        "The LinkedIn profile: a URL that leads to linkedin.com/in/ and a name, with or without "
        "https://. Kept as sent.",
        example="https://linkedin.com/in/jane-doe",
    )
    message: str | None = text(
        f"Required for `message` (1 to {MAX_MESSAGE_LENGTH:,} characters), optional for `connect` "
        f"(up to {MAX_NOTE_LENGTH}), not allowed for other actions.",
        max_length=MAX_MESSAGE_LENGTH,
        default=None,
        chosen_by=_message_field,
    )


@described
class NewTask:
    """A task to be created. `scheduled_at` is in milliseconds."""

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE_AND_KEYS

    action_type: ActionType = choice(ActionType)
    linkedin_account_id: str | None = identifier(
        "The account that performs the action. Without it: the only account, or the default "
        "account.",
        min_length=1,
        default=None,
    )
    payload: Mapping[str, object] = nested(TaskPayload, "Whom to reach.", is_kept=True)
    priority: int = integer(
        "Tasks with a higher priority run first.", low=-100, high=100, default=0
    )
    max_retries: int = integer("Attempts after the first one.", low=0, high=10, default=3)
    scheduled_at: int | None = time(
        "Do not run before this time, up to a year ahead.", is_within_a_year=True, default=None
    )
    idempotency_key: str | None = text(
        max_length=MAX_IDEMPOTENCY_KEY_LENGTH, rule=visible_ascii, is_in_body=False, default=None
    )

    @property
    def payload_text(self) -> str:
        """The payload as it is stored: compact JSON, its keys in the order of `payload`."""
        return json.dumps(self.payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    def not_before(self, now: int) -> int | None:
        """Returns when an agent may claim the task; None for at once, as for a time in the past."""
        is_ahead = self.scheduled_at is not None and self.scheduled_at > now
        return self.scheduled_at if is_ahead else None

    @property
    def fingerprint(self) -> str:
        """Equal for two tasks with equal fields, apart from the account and the key."""
        content = [self.action_type, self.payload, self.priority, self.max_retries]
        text = json.dumps(
            [*content, self.scheduled_at], sort_keys=True, ensure_ascii=True, allow_nan=False
        )
        return hashlib.sha256(text.encode()).hexdigest()


def require_task_count(count: int) -> None:
    """Raises BadInput for a list of tasks to be created that is empty or too long."""
    if not 1 <= count <= MAX_TASKS_AT_ONCE:
        message = f"must hold 1 to {MAX_TASKS_AT_ONCE} tasks"
        raise BadInput(f"inputs {message}", details=[FieldError((), message)])


def read_new_tasks(sent: Sequence[Mapping[str, object]], now: int) -> list[NewTask]:
    """Returns 1 to 100 tasks to be created; `now` in milliseconds.

    Raises BadInput that names every bad field; the paths begin with the position in the list.
    """
    require_task_count(len(sent))
    new_tasks: list[NewTask] = []
    problems: list[FieldError] = []
    for position, one in enumerate(sent):
        try:
            new_tasks.append(read_input(NewTask, one, now=now))
        except BadInput as error:
            problems += [FieldError((position, *bad.path), bad.message) for bad in error.details]
        if len(problems) >= MAX_DETAILS:
            break
    if problems:
        raise BadInput.of(problems)
    return new_tasks
