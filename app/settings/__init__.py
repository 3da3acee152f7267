"""The only reader of the environment. Nothing is read when this is imported."""

from app.settings.addresses import SYSTEM_AUTHORITIES, DatabaseAddress, RedisAddress
from app.settings.loading import (
    environment_for,
    load_agent_token,
    load_settings,
    terminal_can_erase,
)
from app.settings.private_files import keep_new_files_private, keep_private
from app.settings.settings import Settings, SettingsError

__all__ = [
    "SYSTEM_AUTHORITIES",
    "DatabaseAddress",
    "RedisAddress",
    "Settings",
    "SettingsError",
    "environment_for",
    "keep_new_files_private",
    "keep_private",
    "load_agent_token",
    "load_settings",
    "terminal_can_erase",
]
