"""The metrics of a process, and how long tasks and deliveries have waited."""

from app.domain.errors import Unavailable
from app.domain.times import MS_PER_SECOND
from app.gateways.metrics import Metric, counters, gauge, gauges
from app.models.tasks.task_backlog_queries import Backlog, read_backlog
from app.services.services import Services

# However often the metrics are read, the database is queried at this interval.
_BACKLOG_LIVES_MS = 5_000


class MetricsReader:
    """Samples what is not counted, and writes the page of a process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._backlog = Backlog(None, None)
        self._backlog_read_at = 0

    async def page(self, *more: Metric) -> bytes:
        """Returns the metrics page of this process, with `more` at its end. Raises nothing."""
        return self._services.metrics.page([*await self.read(), *more])

    async def read(self) -> list[Metric]:
        """Returns what is sampled in web processes and workers alike. Raises nothing."""
        is_up = await self._look_into_database()
        return [
            *self._redis(),
            *self._pool(),
            gauge("zenmode_database_up", "1 when the database answered.", int(is_up)),
            *(self._waiting() if is_up else ()),
        ]

    async def _look_into_database(self) -> bool:
        now = self._services.now()
        if now - self._backlog_read_at < _BACKLOG_LIVES_MS:
            return True
        try:
            self._backlog = await read_backlog(self._services.database, now)
        except Unavailable:
            return False
        self._backlog_read_at = now
        return True

    def _redis(self) -> list[Metric]:
        services = self._services
        failures = {
            # Requests that were let through uncounted are the first of these.
            "rate_limit": services.rate_limiter.failures,
            "events": services.events.failures,
            "worker_notifier": services.worker_notifier.failures,
        }
        help = "What Redis did not do in time, by use."
        connected = int(services.events.is_connected)
        return [
            counters("zenmode_redis_failures", help, "use", failures),
            gauge("zenmode_redis_connected", "1 while events come in.", connected),
            gauge("zenmode_listeners", "Live views that are open.", services.events.listener_count),
        ]

    def _pool(self) -> list[Metric]:
        pool = self._services.database.pool_use()
        if pool is None:
            return []
        states = {"used": pool.used, "idle": pool.idle, "most": pool.most}
        help = "Connections to the database, and how many there may be."
        return [gauges("zenmode_database_connections", help, "state", states)]

    def _waiting(self) -> list[Metric]:
        now, backlog = self._services.now(), self._backlog
        return [
            gauge(
                "zenmode_oldest_waiting_task_seconds",
                "How long agents have left the longest waiting task that is next in its line.",
                _age_seconds(backlog.oldest_task_at, now),
            ),
            gauge(
                "zenmode_oldest_due_delivery_seconds",
                "How long the oldest delivery that could be sent has been due.",
                _age_seconds(backlog.oldest_due_delivery_at, now),
            ),
        ]


def _age_seconds(since: int | None, now: int) -> float:
    return 0.0 if since is None else max(0, now - since) / MS_PER_SECOND
