"""What an agent is told when it is started."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class AgentOptions:
    """What `zenmode agent` is told.

    `accounts` are profile addresses; without any, every account of the workspace is served.
    `pace_seconds` is handed to the driver; an action may take `action_limit_seconds` beyond it.
    How often to look for work and how long to make a lease, the server says if nobody else does.
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
