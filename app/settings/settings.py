"""What can be set, with its meaning and its default."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from app.settings.addresses import DatabaseAddress, RedisAddress


class SettingsError(Exception):
    """A setting that is missing, unknown or wrong; the message names it and how to mend it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, read and checked."""

    data_dir: Path
    database: DatabaseAddress
    redis: RedisAddress
    redis_is_given: bool
    secret_keys: tuple[str, ...] = field(repr=False)
    public_url: str | None = None
    cors_origins: tuple[str, ...] = ()
    rate_limit_per_minute: int = 100
    daily_task_limit: int = 500
    webhook_retry_seconds: tuple[int, ...] = (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000)
    webhook_timeout_seconds: float = 15.0
    webhook_allowed_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    webhook_ca_bundle: Path | None = None
    retry_backoff_seconds: float = 30.0
    sign_up: str = "open"
    subscriptions: str = "on"
    pacing: str = "on"
    retention_days: int = 30
    log_format: str = "console"
    keep_alive_seconds: int = 75
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    otlp_endpoint: str | None = None

    @property
    def paces_accounts(self) -> bool:
        """Whether the owners' limits, gaps and hours hold in this installation."""
        return self.pacing == "on"

    @property
    def checks_subscriptions(self) -> bool:
        """Whether a workspace whose subscription has ended is refused anything."""
        return self.subscriptions == "on"
