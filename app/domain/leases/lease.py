"""What agents send about their leases, and what of it is valid."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from app.domain.access.caller import AGENTS, CallerKind
from app.domain.access.served_accounts import MAX_ACCOUNTS
from app.domain.input.field_kinds import canonical_json
from app.domain.input.fields import (
    boolean,
    described,
    ids,
    integer,
    items,
    json_object,
    nested,
    text,
)
from app.domain.input.input_field import RefusedValueError
from app.domain.pacing.pacing_inputs import ProviderLimit

MAX_CLAIM = 50
MIN_LEASE_SECONDS = 10
MAX_LEASE_SECONDS = 900
DEFAULT_LEASE_SECONDS = 60
MAX_RENEWALS = 100
# Every webhook that listens keeps a copy, and so does every delivery that is sent again.
MAX_RESULT_BYTES = 64 * 1024
MAX_RETRY_AFTER_SECONDS = 30 * 86_400

RELEASED = json.dumps({"verb": "release"})


@dataclass(frozen=True, slots=True)
class Lease:
    """A task and the token under which an agent holds it."""

    task_id: str
    token: str

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> Self:
        """Returns the lease for `task_id` and `lease_token` as sent; whether it is held is open."""
        return cls(sent["task_id"], sent["lease_token"])


def _lease_seconds() -> Any:
    return integer(low=MIN_LEASE_SECONDS, high=MAX_LEASE_SECONDS, default=DEFAULT_LEASE_SECONDS)


@described
class TaskClaim:
    """Which tasks an agent claims. No account named: those of every account of the workspace."""

    senders: ClassVar[frozenset[CallerKind]] = AGENTS

    linkedin_account_ids: tuple[str, ...] = ids(max_items=MAX_ACCOUNTS)
    limit: int = integer(low=1, high=MAX_CLAIM, default=1)
    lease_seconds: int = _lease_seconds()


@described
class LeaseRenewal:
    """The leases that an agent extends, and for how long from now."""

    senders: ClassVar[frozenset[CallerKind]] = AGENTS

    leases: tuple[Lease, ...] = items(make=Lease.of, max_items=MAX_RENEWALS, noun="leases")
    lease_seconds: int = _lease_seconds()


def _success_problem(result: Mapping[str, object]) -> None:
    if result.get("success", True) is not True:
        raise RefusedValueError("must be true; report a failure with failTask", "success")


@described
class Completion:
    """An agent's report that the action was performed: an object or nothing.

    `performed` is False if nothing was to be done, such as an invitation to a contact: then the
    action does not count against the account's limits.
    """

    senders: ClassVar[frozenset[CallerKind]] = AGENTS

    result: dict[str, object] | None = json_object(
        max_bytes=MAX_RESULT_BYTES, rule=_success_problem, default=None
    )
    performed: bool = boolean(default=True)

    @property
    def report(self) -> str:
        """The report as it is kept, equal for equal completions."""
        not_performed = {} if self.performed else {"performed": False}
        return canonical_json({"verb": "complete", "result": self.result, **not_performed})


@described
class Failure:
    """An agent's report of why an attempt failed."""

    senders: ClassVar[frozenset[CallerKind]] = AGENTS

    code: str = text(max_length=100)
    message: str = text(max_length=4_000, min_length=0)
    retryable: bool = boolean(default=True)
    retry_after_seconds: int | None = integer(low=0, high=MAX_RETRY_AFTER_SECONDS, default=None)
    provider_limit: ProviderLimit | None = nested(ProviderLimit, default=None)

    @property
    def report(self) -> str:
        """The report as it is kept, equal for equal failures."""
        limit = self.provider_limit
        return canonical_json(
            {
                "verb": "fail",
                "code": self.code,
                "message": self.message,
                "retryable": self.retryable,
                "retry_after_seconds": self.retry_after_seconds,
                **({} if limit is None else {"provider_limit": asdict(limit)}),
            }
        )

    @property
    def error(self) -> dict[str, object]:
        """What the attempt and the result show of it."""
        return {"code": self.code, "message": self.message}


def is_completion(report: str | None) -> bool:
    """Whether a kept report is that of a completion."""
    return report is not None and json.loads(report)["verb"] == "complete"
