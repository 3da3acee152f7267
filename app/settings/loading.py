"""Reading settings from the environment and a `.env` file."""

import contextlib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from app.settings.addresses import (
    DatabaseAddress,
    parse_database_address,
    parse_redis_address,
)
from app.settings.settings import Settings, SettingsError

_PREFIX = "ZENMODE_"
_SECRETS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "AGENT_TOKEN")
_LEFT_ALONE = ("ZENMODE_TEST_",)
_MIN_KEY_LENGTH = 32

Network = IPv4Network | IPv6Network


def load_settings(
    environ: Mapping[str, str] | None = None,
    env_file: Path | None = Path(".env"),
    data_dir: Path | None = None,
) -> Settings:
    """The settings of this process; `data_dir` goes before ZENMODE_DATA_DIR.

    Raises SettingsError that names the variable and says how to mend it.
    """
    given = _given(os.environ if environ is None else environ, env_file)
    _refuse_unknown(given)
    folder = data_dir or Path(given.get("DATA_DIR", "./var"))
    database = _read(given, "DATABASE_URL", parse_database_address, None) or DatabaseAddress(
        kind="sqlite", path=folder / "zenmode.db"
    )
    redis_url = given.get("REDIS_URL")
    own_redis = f"unix://{(folder / 'redis.sock').resolve()}"
    redis = _read({"REDIS_URL": redis_url or own_redis}, "REDIS_URL", parse_redis_address, None)
    readers = {
        name.lower(): _read(given, name, reader, None)
        for name, reader in _READERS.items()
        if name in given
    }
    return Settings(
        data_dir=folder,
        database=database,
        redis=redis,
        redis_is_given=bool(redis_url),
        secret_keys=_secret_keys(given, folder, database),
        **readers,
    )


def _given(environ: Mapping[str, str], env_file: Path | None) -> dict[str, str]:
    from_file: Mapping[str, str | None] = {}
    if env_file is not None and env_file.is_file():
        from_file = dotenv_values(env_file)
    both = {**from_file, **environ}
    given = {
        name.removeprefix(_PREFIX): value
        for name, value in both.items()
        if name.startswith(_PREFIX) and value is not None and not name.startswith(_LEFT_ALONE)
    }
    for name in _SECRETS:
        path = given.pop(f"{name}_FILE", None)
        if path is not None:
            given[name] = _content(f"{name}_FILE", path)
    return {name: value for name, value in given.items() if value != ""}


def _content(name: str, path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{_PREFIX}{name}: the file {path} cannot be read") from error


def _refuse_unknown(given: Mapping[str, str]) -> None:
    known = {*_READERS, *_SECRETS, "DATA_DIR"}
    for name in given:
        if name not in known:
            raise SettingsError(f"{_PREFIX}{name} is not a setting; see docs/settings.md")


def _read(given: Mapping[str, str], name: str, reader: Callable[[str], Any], default: Any) -> Any:
    if name not in given:
        return default
    try:
        return reader(given[name])
    except ValueError as error:
        raise SettingsError(f"{_PREFIX}{name} {error}") from None


def _secret_keys(
    given: Mapping[str, str], folder: Path, database: DatabaseAddress
) -> tuple[str, ...]:
    if "SECRET_KEY" in given:
        keys: tuple[str, ...] = _read(given, "SECRET_KEY", _keys, ())
        return keys
    if database.kind == "sqlite":
        return (_kept_key(folder / "secret.key"),)
    raise SettingsError(
        f"{_PREFIX}SECRET_KEY is required with PostgreSQL: {_MIN_KEY_LENGTH} random characters or "
        "more, the same for every process"
    )


def _kept_key(path: Path) -> str:
    try:
        if not path.exists():
            _make_key(path)
        return path.read_text().strip()
    except OSError as error:
        raise SettingsError(f"{path} cannot be made or read: {error.strerror}") from error


def _make_key(path: Path) -> None:
    # Linked into place whole: of several commands that start at once one makes the key, and none
    # reads half of it.
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(one.strip() for one in text.split(",") if one.strip())
    if not keys or any(len(one) < _MIN_KEY_LENGTH for one in keys):
        raise ValueError(
            f"must have {_MIN_KEY_LENGTH} characters or more, each if there are several"
        )
    return keys


def _whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or int(text) < least:
            raise ValueError(f"must be a whole number of {least} or more")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 < seconds < 1e9:
        raise ValueError("must be a number of seconds above 0")
    return seconds


def _word(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"must be {' or '.join(words)}")
        return text

    return read


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("must be an address such as https://zenmode.example.com, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def _origins(text: str) -> tuple[str, ...]:
    return tuple(_origin(one.strip()) for one in text.split(",") if one.strip())


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as error:
        raise ValueError(f"must be a list of networks such as 127.0.0.0/8: {error}") from None


def _waits(text: str) -> tuple[int, ...]:
    return tuple(_whole(0)(one.strip()) for one in text.split(","))


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ValueError(f"names a file that is not there: {text}")
    return path


_READERS: dict[str, Callable[[str], Any]] = {
    "PUBLIC_URL": _origin,
    "CORS_ORIGINS": _origins,
    "RATE_LIMIT_PER_MINUTE": _whole(1),
    "DAILY_TASK_LIMIT": _whole(1),
    "WEBHOOK_RETRY_SECONDS": _waits,
    "WEBHOOK_TIMEOUT_SECONDS": _seconds,
    "WEBHOOK_ALLOWED_NETWORKS": _networks,
    "WEBHOOK_CA_BUNDLE": _file,
    "RETRY_BACKOFF_SECONDS": _seconds,
    "SIGN_UP": _word("open", "closed"),
    "RETENTION_DAYS": _whole(1),
    "LOG_FORMAT": _word("console", "json"),
    "TRUSTED_PROXIES": _networks,
}


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """What a desktop agent reads from the environment; it needs nothing else of ours."""

    token: str | None = field(repr=False)


def load_agent_settings(
    environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")
) -> AgentSettings:
    """The settings of a desktop agent. Raises SettingsError."""
    given = _given(os.environ if environ is None else environ, env_file)
    return AgentSettings(given.get("AGENT_TOKEN"))


def environment_for(settings: Settings) -> dict[str, str]:
    """The environment of a child process: ours, with the data folder that we were given."""
    return os.environ | {f"{_PREFIX}DATA_DIR": str(settings.data_dir.resolve())}
