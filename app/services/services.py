"""What actions need besides their arguments, opened once for each process."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from app.domain.access.rate_limit import RateLimit
from app.domain.event import Event
from app.domain.webhooks.attempt_result import AttemptResult
from app.gateways.metrics import Metrics
from app.models.engine.database import Database
from app.services.credential_cache import CredentialCache
from app.services.last_used_throttle import LastUsedThrottle
from app.settings import Settings


class Listener(Protocol):
    """The events that wait for one subscriber."""

    async def get(self, within_seconds: float) -> Event | None:
        """Returns the oldest event, or None if none comes in time."""


class EventBus(Protocol):
    """Publishes changes to all processes, and receives them. Publishing never waits or raises.

    `failures` counts the events that could not be published or received.
    """

    failures: int

    @property
    def listener_count(self) -> int:
        """How many live views are open."""

    @property
    def is_connected(self) -> bool:
        """Whether events are received at the moment."""

    def task_changed(self, snapshot: dict[str, object]) -> None:
        """Publishes that a task changed to this snapshot."""

    def delivery_changed(self, workspace_id: str, webhook_id: int, delivery_id: str) -> None:
        """Publishes that a delivery was created or has changed."""

    def work_appeared(self, workspace_id: str, account_ids: list[str]) -> None:
        """Publishes that these accounts may have work, although no task has changed."""

    def credential_changed(self, credential_id: str) -> None:
        """Publishes that a credential was revoked, or that a workspace's subscription changed."""

    def listen(self, workspace_id: str) -> AbstractAsyncContextManager[Listener]:
        """Returns a listener to the workspace's events from now on."""


class WorkerNotifier(Protocol):
    """Notifies a worker; never waits or raises. `failures` counts lost notifications."""

    failures: int

    def notify(self) -> None:
        """Notifies a worker that deliveries are due."""


class RateLimiter(Protocol):
    """Counts requests in a moving window. `failures` counts those allowed without a count."""

    failures: int

    async def consume(self, subject: str, limit: int, cost: int) -> RateLimit | None:
        """Counts `cost` requests if they fit; None if the counter cannot be reached."""

    async def peek(self, subject: str, limit: int) -> RateLimit | None:
        """Returns the use of the limit without counting."""


class PasswordHasher(Protocol):
    """Argon2id off the event loop. Raises Unavailable while too many wait."""

    async def hash(self, password: str) -> str:
        """Returns a hash to store."""

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Returns whether the password has this hash; takes as long without a hash."""


class SecretBox(Protocol):
    """Encrypts secrets that have to be decrypted again."""

    def seal(self, secret: str) -> str:
        """Returns the encrypted text to store."""

    def open(self, sealed: str) -> str:
        """Returns the secret, with any of the configured keys. Raises UnreadableSecretError."""


class HostChecker(Protocol):
    """Resolves the host of a webhook."""

    async def leads_to_refused_address(self, url: str) -> bool:
        """Returns whether the host resolves to an address that webhooks may not reach."""


class Sender(Protocol):
    """Sends to receivers of webhooks."""

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> AttemptResult:
        """Makes one attempt; an error of the receiver is in the result, never raised."""


@dataclass(frozen=True, slots=True)
class Services:
    """The database, the events, and the outside systems, as actions use them."""

    settings: Settings
    database: Database
    events: EventBus
    worker_notifier: WorkerNotifier
    rate_limiter: RateLimiter
    passwords: PasswordHasher
    secrets: SecretBox
    hosts: HostChecker
    sender: Sender
    credential_cache: CredentialCache
    last_used: LastUsedThrottle
    clock: Callable[[], int]
    metrics: Metrics

    def now(self) -> int:
        """Milliseconds since the epoch."""
        return self.clock()
