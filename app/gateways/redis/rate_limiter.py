"""An exact moving window of requests, kept in Redis and moved by one script.

The checks of all requests that wait go out together, as one call of the script: one round trip,
and one answer to read, for many. Without Redis every request is let through: the caller gets None
within the deadline.
"""

import asyncio
from typing import Any, NamedTuple

import structlog
from redis.exceptions import NoScriptError, RedisError

from app.domain.access.rate_limit import WINDOW_SECONDS, RateLimit
from app.domain.times import MS_PER_SECOND, whole_seconds_up
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
#
# KEYS: the subjects. ARGV: for each its limit and what is to be spent, then the window. It answers
# three numbers for each: whether it fitted, what is left, and milliseconds to wait.
_SCRIPT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local window = tonumber(ARGV[#ARGV])
local function wait_for(key, position)
    local entry = redis.call('LINDEX', key, position)
    return entry and (tonumber(entry) + window - now) or window
end
local function spend(key, limit, cost)
    local oldest = redis.call('LINDEX', key, 0)
    while oldest and tonumber(oldest) < now - window do
        redis.call('LPOP', key)
        oldest = redis.call('LINDEX', key, 0)
    end
    local used = redis.call('LLEN', key)
    if used + cost > limit then
        return 0, limit - used, wait_for(key, math.max(used + cost - limit - 1, 0)) + 1
    end
    for _ = 1, cost do redis.call('RPUSH', key, now) end
    if cost > 0 then redis.call('PEXPIRE', key, window + 1000) end
    return 1, limit - used - cost, wait_for(key, 0)
end
local answers = {}
for index, key in ipairs(KEYS) do
    local limit, cost = tonumber(ARGV[2 * index - 1]), tonumber(ARGV[2 * index])
    local fits, remaining, wait = spend(key, limit, cost)
    local last = #answers
    answers[last + 1], answers[last + 2], answers[last + 3] = fits, remaining, wait
end
return answers
"""


_log = structlog.get_logger(__name__)


class _Check(NamedTuple):
    """One request that wants to be counted, and where the answer goes."""

    subject: str
    limit: int
    cost: int
    answer: "asyncio.Future[RateLimit | None]"


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

    async def consume(self, subject: str, limit: int, cost: int) -> RateLimit | None:
        """Count `cost` requests if they fit; None when Redis does not answer in time."""
        if self._breaker.is_open:
            self.failures += 1
            return None
        check = _Check(subject, limit, cost, asyncio.get_running_loop().create_future())
        self._waiting.append(check)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_all())
        return await check.answer

    async def peek(self, subject: str, limit: int) -> RateLimit | None:
        """How the subject stands, counting nothing."""
        return await self.consume(subject, limit, 0)

    async def _send_all(self) -> None:
        while self._waiting:
            batch = self._waiting[:_LARGEST_BATCH]
            del self._waiting[:_LARGEST_BATCH]
            # Whatever happens to this task, no caller waits for an answer that will not come.
            answers: list[RateLimit | None] = [None] * len(batch)
            try:
                answers = await self._in_time(batch)
            finally:
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
            if asking.cancelled():
                raise TimeoutError
            answers = asking.result()
        except (RedisError, OSError, TimeoutError) as error:
            self._note_failure(error, len(batch))
            return [None] * len(batch)
        except Exception as error:
            # An unexpected answer is no answer either.
            _log.exception("requests could not be counted")
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
        threes = zip(found[::3], found[1::3], found[2::3], strict=True)
        return [_rate_limit_of(check, *three) for check, three in zip(batch, threes, strict=True)]

    async def _run(self, batch: list[_Check]) -> list[int]:
        keys = [f"zenmode:limit:{check.subject}" for check in batch]
        wanted = [number for check in batch for number in (check.limit, check.cost)]
        answers: list[int] = await self._redis.evalsha(
            self._script.sha, len(keys), *keys, *wanted, _WINDOW_MS
        )
        return answers

    def _note_failure(self, error: BaseException, count: int) -> None:
        self._breaker.failed()
        self.failures += count
        self._outage.failed(error)


def _rate_limit_of(check: _Check, fits: int, remaining: int, wait_ms: int) -> RateLimit:
    return RateLimit(
        limit=check.limit,
        window_seconds=WINDOW_SECONDS,
        remaining=max(0, remaining),
        reset_seconds=whole_seconds_up(wait_ms),
        is_exceeded=not fits,
    )
