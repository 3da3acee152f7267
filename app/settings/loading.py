"""Reading settings from the environment and a `.env` file."""

import os
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dotenv.parser import parse_stream

from app.settings.addresses import (
    DatabaseAddress,
    parse_database_address,
    parse_redis_address,
)
from app.settings.secret_key import MIN_KEY_LENGTH, kept_keys, secret_keys
from app.settings.settings import Settings, SettingsError
from app.settings.values import READERS

_PREFIX = "ZENMODE_"
_LEFT_ALONE = "ZENMODE_TEST_"
_OTLP_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_SECRETS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "AGENT_TOKEN")
_KNOWN = (*READERS, *_SECRETS, "DATA_DIR", *(f"{name}_FILE" for name in _SECRETS))


def load_settings(
    environ: Mapping[str, str] | None = None,
    env_file: Path | None = Path(".env"),
    data_dir: Path | None = None,
    *,
    writes: bool = True,
) -> Settings:
    """The settings of this process; `data_dir` goes before ZENMODE_DATA_DIR.

    A secret key that is missing beside SQLite is made, unless nothing may be written.
    Raises SettingsError that names the variable and says how to mend it.
    """
    given = _given(environ, env_file)
    folder = data_dir or Path(given.get("DATA_DIR", "./var"))
    own_redis = f"unix://{quote(str((folder / 'redis.sock').resolve()))}"
    database = (
        _read(given, "DATABASE_URL", parse_database_address)
        if "DATABASE_URL" in given
        else DatabaseAddress(kind="sqlite", path=folder / "zenmode.db")
    )
    return Settings(
        data_dir=folder,
        database=database,
        redis=_read({"REDIS_URL": own_redis, **given}, "REDIS_URL", parse_redis_address),
        redis_is_given="REDIS_URL" in given,
        **_values(given),
        secret_keys=_secret_keys(given, folder, database, writes=writes),
        otlp_endpoint=_otlp_endpoint(environ, env_file),
    )


def load_agent_token(
    environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")
) -> str | None:
    """The token of `zenmode agent`, which needs no other setting. Raises SettingsError."""
    given = _given(environ, env_file)
    _values(given)
    return given.get("AGENT_TOKEN")


def terminal_can_erase() -> bool:
    """Whether the terminal that the command runs in can write over a line."""
    return os.environ.get("TERM", "dumb") != "dumb"


def environment_for(settings: Settings) -> dict[str, str]:
    """The environment of a child process: ours, with the data folder that we were given."""
    return os.environ | {f"{_PREFIX}DATA_DIR": str(settings.data_dir.resolve())}


def _given(environ: Mapping[str, str] | None, env_file: Path | None) -> dict[str, str]:
    """What is set, by its name without the prefix, secrets read from their files."""
    both = {**_from_file(env_file), **(os.environ if environ is None else environ)}
    given = {
        name.removeprefix(_PREFIX): value
        for name, value in both.items()
        if name.startswith(_PREFIX) and not name.startswith(_LEFT_ALONE)
    }
    for name in given:
        if name not in _KNOWN:
            raise SettingsError(f"{_PREFIX}{name} is not a setting{_meant(name)}")
    # Nothing given is how a template leaves a setting out.
    given = {name: value for name, value in given.items() if value}
    for name in _SECRETS:
        if path := given.pop(f"{name}_FILE", None):
            if name in given:
                raise SettingsError(f"{_PREFIX}{name} and {_PREFIX}{name}_FILE: set only one")
            given[name] = _content(f"{_PREFIX}{name}_FILE", Path(path))
    return given


def _otlp_endpoint(environ: Mapping[str, str] | None, env_file: Path | None) -> str | None:
    """OpenTelemetry's own name, under which its other tools look for the address too."""
    both = {**_from_file(env_file), **(os.environ if environ is None else environ)}
    endpoint = both.get(_OTLP_ENDPOINT)
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise SettingsError(f"{_OTLP_ENDPOINT} must be an address such as http://127.0.0.1:4318")
    return endpoint or None


def _from_file(env_file: Path | None) -> dict[str, str]:
    if env_file is None or not env_file.is_file():
        return {}
    try:
        # Some editors begin a text with a mark that would hide the first name.
        with env_file.open(encoding="utf-8-sig") as file:
            lines = list(parse_stream(file))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the file {env_file} cannot be read") from error
    for line in lines:
        if line.error:
            raise SettingsError(f"{env_file}, line {line.original.line}: must be NAME=value")
    return {line.key: line.value or "" for line in lines if line.key}


def _meant(name: str) -> str:
    close = get_close_matches(name, _KNOWN, n=1)
    return f"; did you mean {_PREFIX}{close[0]}?" if close else "; see docs/settings.md"


def _content(name: str, path: Path) -> str:
    try:
        content = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: the file {path} cannot be read") from error
    if not content:
        raise SettingsError(f"{name}: the file {path} is empty")
    return content


def _values(given: Mapping[str, str]) -> dict[str, Any]:
    return {name.lower(): _read(given, name, READERS[name]) for name in READERS if name in given}


def _read(given: Mapping[str, str], name: str, reader: Callable[[str], Any]) -> Any:
    try:
        return reader(given[name])
    except ValueError as error:
        raise SettingsError(f"{_PREFIX}{name} {error}") from None


def _secret_keys(
    given: Mapping[str, str], folder: Path, database: DatabaseAddress, *, writes: bool
) -> tuple[str, ...]:
    if "SECRET_KEY" in given:
        keys: tuple[str, ...] = _read(given, "SECRET_KEY", secret_keys)
        return keys
    if database.kind == "sqlite":
        path = folder / "secret.key"
        return kept_keys(path) if writes or path.exists() else ()
    raise SettingsError(
        f"{_PREFIX}SECRET_KEY is required with PostgreSQL: {MIN_KEY_LENGTH} random characters or "
        "more, the same for every process"
    )
