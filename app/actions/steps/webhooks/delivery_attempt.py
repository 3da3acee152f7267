"""One attempt at a delivery, between its end and its row."""

from dataclasses import dataclass

from app.domain.webhooks.attempt_result import AttemptResult
from app.models.webhooks.delivery_claim_queries import ClaimedDelivery


@dataclass(frozen=True, slots=True)
class Attempt:
    """The result of an attempt, and when it began and ended, in ms since the epoch."""

    delivery: ClaimedDelivery
    started_at: int
    ended_at: int
    result: AttemptResult
