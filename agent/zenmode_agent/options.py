"""What an agent is started with."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class AgentOptions:
    """The options of an agent.

    `accounts` are profile URLs; without any, every account of the workspace is served.
    `pace_seconds` is passed to the driver; an action may take `action_limit_seconds` beyond it.
    The server says how often to poll and how long a lease is, unless it is given here.
    """

    url: str
    token: str = field(repr=False)
    data_dir: Path
    accounts: tuple[str, ...] = ()
    driver: str = "dry-run"
    pace_seconds: float = 1.0
    poll_seconds: float | None = None
    lease_seconds: int | None = None
    action_limit_seconds: float = 300.0
