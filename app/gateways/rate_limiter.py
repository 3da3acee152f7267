"""An exact moving window of requests, kept in Redis and moved by one script: one round trip.

Without Redis everybody is let through: the caller learns None within the deadline.
"""

import asyncio
from typing import Any

import structlog
from redis.exceptions import RedisError

from app.domain.rate_limit import WINDOW_SECONDS, RateLimit
from app.domain.times import MS_PER_SECOND
from app.gateways.circuit_breaker import CircuitBreaker
from app.gateways.redis_connection import DEADLINE_SECONDS

_WINDOW_MS = WINDOW_SECONDS * MS_PER_SECOND
# A list of the times at which requests were let through, oldest first. Time is Redis's own, so
# that processes whose clocks differ share one window.
_SCRIPT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local limit, cost, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local oldest = redis.call('LINDEX', KEYS[1], 0)
while oldest and tonumber(oldest) < now - window do
    redis.call('LPOP', KEYS[1])
    oldest = redis.call('LINDEX', KEYS[1], 0)
end
local used = redis.call('LLEN', KEYS[1])
local function wait_for(position)
    local entry = redis.call('LINDEX', KEYS[1], position)
    return entry and (tonumber(entry) + window - now) or window
end
if used + cost > limit then
    return {0, limit - used, wait_for(math.max(used + cost - limit - 1, 0)) + 1}
end
for _ = 1, cost do redis.call('RPUSH', KEYS[1], now) end
if cost > 0 then redis.call('PEXPIRE', KEYS[1], window + 1000) end
return {1, limit - used - cost, wait_for(0)}
"""

_log = structlog.get_logger(__name__)


class RedisRateLimiter:
    """Counts requests for the whole fleet."""

    def __init__(self, redis: Any) -> None:
        self._script = redis.register_script(_SCRIPT)
        self._breaker = CircuitBreaker()
        self.failures = 0

    async def spend(self, subject: str, limit: int, cost: int) -> RateLimit | None:
        """Count `cost` requests if they fit; None when Redis does not answer in time."""
        if self._breaker.is_open:
            self.failures += 1
            return None
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                fits, remaining, wait_ms = await self._script(
                    keys=[f"zenmode:limit:{subject}"], args=[limit, cost, _WINDOW_MS]
                )
        except (RedisError, OSError, TimeoutError) as error:
            self._note_failure(error)
            return None
        return RateLimit(
            limit=limit,
            window_seconds=WINDOW_SECONDS,
            remaining=max(0, int(remaining)),
            reset_seconds=max(1, -(-int(wait_ms) // MS_PER_SECOND)),
            is_exceeded=not fits,
        )

    async def peek(self, subject: str, limit: int) -> RateLimit | None:
        """How the subject stands, counting nothing."""
        return await self.spend(subject, limit, 0)

    def _note_failure(self, error: BaseException) -> None:
        self._breaker.failed()
        self.failures += 1
        _log.warning("requests are let through uncounted", error=type(error).__name__)
