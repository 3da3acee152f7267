"""Webhooks of a room, and receivers that answer as a test says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.actions.deliveries.claim_deliveries import claim_deliveries
from app.actions.deliveries.end_attempts import end_attempts
from app.actions.deliveries.send_delivery import send_delivery
from app.actions.webhooks.send_test_event import send_test_event
from app.domain.webhooks.attempt_result import AttemptResult
from app.domain.webhooks.delivery import DeliveryStatus
from app.domain.webhooks.webhook import WebhookEvent
from app.models.tables.webhook import Delivery, DeliveryAttempt, Webhook
from app.models.webhooks.delivery_claim_queries import ClaimedDelivery
from tests.actions.room import Room

SECRET = "whsec_c2VjcmV0"


def answer(
    status: int | None = 204, *, error: str | None = None, retry_after: float | None = None
) -> AttemptResult:
    """What came of an attempt."""
    return AttemptResult(status, error, "" if status else None, retry_after, 12)


@dataclass
class ResponseBuilder:
    """In the place of the network: gives these answers in turn, the last one then always."""

    results: list[AttemptResult]
    sent: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> AttemptResult:
        self.sent.append((url, body, headers))
        return self.results.pop(0) if len(self.results) > 1 else self.results[0]


def answered(room: Room, *results: AttemptResult) -> ResponseBuilder:
    """From now on, the room's webhooks are answered so."""
    answers = ResponseBuilder(list(results))
    room.services = replace(room.services, sender=answers)
    return answers


async def webhook_of(room: Room, **columns: object) -> Webhook:
    """A webhook of the room's workspace."""
    values: dict[str, object] = {
        "workspace_id": room.workspace_id,
        "url": "https://hooks.example.com/",
        "events": '["task.completed"]',
        "secret": room.services.secrets.seal(SECRET),
        "created_at": room.services.now(),
        "updated_at": room.services.now(),
    }
    return await Webhook.create(**values | columns)


async def queued(room: Room, webhook: Webhook) -> Delivery:
    """A delivery that is due."""
    return await send_test_event(room.services, room.key, webhook.id, WebhookEvent.TASK_COMPLETED)


async def send_now(room: Room, *claimed: ClaimedDelivery) -> None:
    """Send these, and write down together what came of them."""
    attempts = [await send_delivery(room.services, one) for one in claimed]
    await end_attempts(room.services, attempts)


async def send_due(room: Room) -> int:
    """Send once what is due now."""
    claimed = (await claim_deliveries(room.services, [])).deliveries
    await send_now(room, *claimed)
    return len(claimed)


async def send_until_final(room: Room, delivery: Delivery) -> Delivery:
    """Let time pass from attempt to attempt until there is none left."""
    while True:
        await send_due(room)
        now = await fresh(delivery)
        if now.status != DeliveryStatus.PENDING.value:
            return now
        assert now.next_attempt_at is not None
        room.clock.advance(seconds=(now.next_attempt_at - room.services.now()) / 1_000 + 1)


async def fresh(delivery: Delivery) -> Delivery:
    """The delivery as it is now."""
    return await Delivery.get(id=delivery.id)


async def attempts_at(delivery: Delivery) -> list[DeliveryAttempt]:
    """Every attempt that was kept."""
    return await DeliveryAttempt.filter(delivery_seq=delivery.seq).order_by("number")
