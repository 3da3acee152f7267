"""What a process has done since it began, kept for whoever operates it.

Counting is on the way of every request, so it is an addition to a dictionary and nothing else;
names, texts and formats are for those who read.
"""

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import Final

OTHER: Final = "other"
# Callers choose the names of their operations, and could otherwise fill our memory with them.
_MOST_NAMES: Final = 200
_LONGEST_NAME: Final = 80

REQUEST_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
ATTEMPT_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 30.0)


class Histogram:
    """How many took how long; `bounds` are the upper ends, in seconds."""

    __slots__ = ("_bounds", "_counts", "seconds")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self.seconds = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self._counts[bisect_left(self._bounds, seconds)] += 1
        self.seconds += seconds

    def buckets(self) -> list[tuple[str, float]]:
        """Each bound, and how many took as long or less; the last is `+Inf` and counts all."""
        ends = [*map(str, self._bounds), "+Inf"]
        return list(zip(ends, map(float, accumulate(self._counts)), strict=True))


class Metrics:
    """One for each process."""

    def __init__(self) -> None:
        self.requests: dict[tuple[str, str, int], Histogram] = {}
        self.operations: Counter[tuple[str, str]] = Counter()
        self.task_moves: Counter[str] = Counter()
        self.deliveries: Counter[str] = Counter()
        self.delivery_seconds = Histogram(ATTEMPT_SECONDS)

    def request_ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request to one of our routes, by its name, was answered."""
        key = (method, route, status)
        histogram = self.requests.get(key)
        if histogram is None:
            histogram = self.requests[key] = Histogram(REQUEST_SECONDS)
        histogram.add(seconds)

    def operation_began(self, name: str | None, kind: str) -> None:
        """A GraphQL operation was let in; past many names, new ones are counted together."""
        key = ((name or "")[:_LONGEST_NAME], kind)
        if key not in self.operations and len(self.operations) >= _MOST_NAMES:
            key = (OTHER, kind)
        self.operations[key] += 1

    def task_moved(self, to: str) -> None:
        """A task was made, or has come to a status."""
        self.task_moves[to] += 1

    def delivery_attempted(self, outcome: str, seconds: float) -> None:
        """An attempt at a webhook has ended: `delivered`, `retried` or `failed`."""
        self.deliveries[outcome] += 1
        self.delivery_seconds.add(seconds)
