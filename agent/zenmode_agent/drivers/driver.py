"""What a driver is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class AgentTask:
    """One task as a driver sees it. `action_type` is the schema's, `attempt` counts from 1."""

    id: str
    action_type: str
    linkedin_account_id: str
    profile_url: str = field(repr=False)
    message: str | None = field(repr=False)
    attempt: int


class ActionFailed(Exception):
    """The action was not performed, and the driver knows that it had no effect.

    `retryable` says whether another attempt may succeed; `retry_after_seconds` when.
    """

    def __init__(
        self,
        code: str,
        message: str,
        retryable: bool = True,
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable
        self.retry_after_seconds = retry_after_seconds


class ProviderLimitReached(ActionFailed):
    """LinkedIn stopped this kind of action, or the whole account; the action had no effect.

    `limit` is one of WEEKLY_INVITATIONS, NOTE_QUOTA, TOO_MANY, RESTRICTED, SIGNED_OUT and
    CHECKPOINT; `until` is when the stop ends, with an offset, if LinkedIn said so. The task waits
    until then, without an attempt counted.
    """

    def __init__(
        self,
        limit: str,
        message: str,
        *,
        whole_account: bool = False,
        until: datetime | None = None,
    ) -> None:
        super().__init__(limit.lower(), message)
        self.limit = limit
        self.whole_account = whole_account
        self.until = until


class NothingToDo(Exception):
    """There was nothing to do, such as an invitation to a contact: it counts against no limit."""

    def __init__(self, result: Mapping[str, object] | None = None) -> None:
        super().__init__("there was nothing to do")
        self.result = result or {}


class Driver(Protocol):
    """Performs actions on LinkedIn.

    Any exception but ActionFailed and NothingToDo means that the outcome is unknown; such a task
    is never retried by itself.
    """

    async def perform(self, task: AgentTask) -> Mapping[str, object]:
        """Performs the task's action and returns the result, a JSON object.

        Cancelled when the agent may not act any more: it has seconds to stop, and must leave
        nothing running in the background. An agent that cannot stop it ends its process.
        """
        ...
