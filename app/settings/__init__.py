"""The only reader of the environment. Nothing is read when this is imported."""

from app.settings.addresses import SYSTEM_AUTHORITIES, DatabaseAddress, RedisAddress
from app.settings.loading import environment_for, load_agent_settings, load_settings
from app.settings.settings import Settings, SettingsError

__all__ = [
    "SYSTEM_AUTHORITIES",
    "DatabaseAddress",
    "RedisAddress",
    "Settings",
    "SettingsError",
    "environment_for",
    "load_agent_settings",
    "load_settings",
]
