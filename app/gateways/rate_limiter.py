"""An exact moving window of requests, kept in Redis and moved by one script.

The checks of all requests that wait go out together, in one pipeline on one connection: one round
trip for many. Without Redis everybody is let through: the caller learns None within the deadline.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from redis.exceptions import NoScriptError, RedisError

from app.domain.rate_limit import WINDOW_SECONDS, RateLimit
from app.domain.times import MS_PER_SECOND
from app.gateways.background import end
from app.gateways.circuit_breaker import CircuitBreaker
from app.gateways.outage import Outage

_WINDOW_MS = WINDOW_SECONDS * MS_PER_SECOND
# The deadline is waited for in turns, so that an answer that lies in a busy loop's own queue is
# not taken for silence: each turn lets the loop read.
_TURNS = 4
_TURN_SECONDS = 0.045
_LARGEST_BATCH = 500
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


@dataclass(frozen=True, slots=True)
class _Check:
    """One request that wants to be counted, and where the answer goes."""

    subject: str
    limit: int
    cost: int
    answer: "asyncio.Future[RateLimit | None]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class RedisRateLimiter:
    """Counts requests for the whole fleet."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis
        self._script = redis.register_script(_SCRIPT)
        self._breaker = CircuitBreaker()
        self._outage = Outage("requests are let through uncounted")
        self._waiting: list[_Check] = []
        self._sending: asyncio.Task[None] | None = None
        self.failures = 0

    async def close(self) -> None:
        """Stop."""
        if self._sending is not None:
            await end(self._sending)

    async def spend(self, subject: str, limit: int, cost: int) -> RateLimit | None:
        """Count `cost` requests if they fit; None when Redis does not answer in time."""
        if self._breaker.is_open:
            self.failures += 1
            return None
        check = _Check(subject, limit, cost)
        self._waiting.append(check)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_all())
        return await check.answer

    async def peek(self, subject: str, limit: int) -> RateLimit | None:
        """How the subject stands, counting nothing."""
        return await self.spend(subject, limit, 0)

    async def _send_all(self) -> None:
        while self._waiting:
            batch = self._waiting[:_LARGEST_BATCH]
            del self._waiting[:_LARGEST_BATCH]
            answers = await self._in_time(batch)
            for check, answer in zip(batch, answers, strict=True):
                if not check.answer.done():
                    check.answer.set_result(answer)

    async def _in_time(self, batch: list[_Check]) -> list[RateLimit | None]:
        asking = asyncio.create_task(self._ask(batch))
        for _ in range(_TURNS):
            await asyncio.wait({asking}, timeout=_TURN_SECONDS)
            if asking.done():
                break
        try:
            if not asking.done():
                await end(asking)
                raise TimeoutError
            answers = asking.result()
        except (RedisError, OSError, TimeoutError) as error:
            self._note_failure(error, len(batch))
            return [None] * len(batch)
        self._outage.worked()
        return answers

    async def _ask(self, batch: list[_Check]) -> list[RateLimit | None]:
        try:
            found = await self._run(batch)
        except NoScriptError:
            await self._redis.script_load(_SCRIPT)
            found = await self._run(batch)
        return [_standing(check, *one) for check, one in zip(batch, found, strict=True)]

    async def _run(self, batch: list[_Check]) -> list[Any]:
        pipeline = self._redis.pipeline(transaction=False)
        for check in batch:
            key = f"zenmode:limit:{check.subject}"
            pipeline.evalsha(self._script.sha, 1, key, check.limit, check.cost, _WINDOW_MS)
        answers: list[Any] = await pipeline.execute()
        return answers

    def _note_failure(self, error: BaseException, count: int) -> None:
        self._breaker.failed()
        self.failures += count
        self._outage.failed(error)


def _standing(check: _Check, fits: int, remaining: int, wait_ms: int) -> RateLimit:
    return RateLimit(
        limit=check.limit,
        window_seconds=WINDOW_SECONDS,
        remaining=max(0, int(remaining)),
        reset_seconds=max(1, -(-int(wait_ms) // MS_PER_SECOND)),
        is_exceeded=not fits,
    )
