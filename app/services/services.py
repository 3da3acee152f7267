"""What a verb needs from outside, made once where a process is wired."""

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
    """Where events wait for one subscriber."""

    async def get(self, within_seconds: float) -> Event | None:
        """The oldest event, or None when there is none in time."""


class EventBus(Protocol):
    """Tells the fleet what has changed, never waiting and never failing, and hears of it.

    `failures` counts what could not be told or heard.
    """

    failures: int

    @property
    def listener_count(self) -> int:
        """How many live views are open."""

    @property
    def is_connected(self) -> bool:
        """Whether events come in at the moment."""

    def task_changed(self, snapshot: dict[str, object]) -> None:
        """A task is as this snapshot says."""

    def delivery_changed(self, workspace_id: str, webhook_id: int, delivery_id: str) -> None:
        """A delivery was made or has moved."""

    def work_appeared(self, workspace_id: str, account_ids: list[str]) -> None:
        """There may be work for these accounts, though no task has changed."""

    def credential_changed(self, credential_id: str) -> None:
        """A credential was revoked, or all of a workspace, by its id, stand otherwise."""

    def listen(self, workspace_id: str) -> AbstractAsyncContextManager[Listener]:
        """A mailbox that gets the workspace's events from now on."""


class WorkerNotifier(Protocol):
    """Wakes a worker; never waits and never fails. `failures` counts the rings that were lost."""

    failures: int

    def notify(self) -> None:
        """Deliveries are due."""


class RateLimiter(Protocol):
    """Counts requests in a moving window. `failures` counts those let through uncounted."""

    failures: int

    async def consume(self, subject: str, limit: int, cost: int) -> RateLimit | None:
        """Count `cost` requests if they fit; None when the counter cannot be reached."""

    async def peek(self, subject: str, limit: int) -> RateLimit | None:
        """How the subject stands, counting nothing."""


class PasswordHasher(Protocol):
    """Argon2id off the event loop. Raises Unavailable while too many wait."""

    async def hash(self, password: str) -> str:
        """A hash to store."""

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether they belong together; takes as long for no hash at all."""


class SecretBox(Protocol):
    """Encrypts what must be readable again."""

    def seal(self, secret: str) -> str:
        """Text to store."""

    def open(self, sealed: str) -> str:
        """What was sealed, under any of the configured keys. Raises UnreadableSecretError."""


class HostChecker(Protocol):
    """Asks the network what a webhook's host stands for."""

    async def leads_to_refused_address(self, url: str) -> bool:
        """True when the host resolves to an address that webhooks may not reach."""


class Sender(Protocol):
    """Sends to receivers of webhooks, and to nobody else."""

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> AttemptResult:
        """One attempt; what the other side does wrong is in the result, never raised."""


@dataclass(frozen=True, slots=True)
class Services:
    """The database, the fleet, and the world beyond, as the verbs see them."""

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
