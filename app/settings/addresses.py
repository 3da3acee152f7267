"""Addresses of databases and of Redis, taken apart: the libraries understand only some forms."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_DATABASE_OPTIONS = ("sslmode", "sslrootcert", "pool_size", "statement_cache_size")


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where the database is: a file for `sqlite`, a server for `postgres`."""

    kind: str
    path: Path | None = None
    host: str = ""
    port: int = 5432
    user: str = ""
    password: str | None = field(default=None, repr=False)
    database: str = ""
    ssl_mode: str = "prefer"
    ssl_root_cert: Path | None = None
    pool_size: int = 10
    statement_cache_size: int = 100


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """Where Redis is: a URL, or the sentinels that know the master."""

    url: str = field(repr=False)
    sentinels: tuple[tuple[str, int], ...] = ()
    master: str = ""
    database: int = 0
    password: str | None = field(default=None, repr=False)


def parse_database_address(text: str) -> DatabaseAddress:
    """`sqlite:///path` or `postgres://…`. Raises ValueError that says what is wrong."""
    parts = urlsplit(text)
    if parts.scheme == "sqlite":
        path = unquote(parts.path).removeprefix("/")
        if parts.netloc or not path:
            raise ValueError("must be written as sqlite:///folder/file.db")
        return DatabaseAddress(kind="sqlite", path=Path(path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("must begin with sqlite:///, postgres:// or postgresql://")
    return _postgres(parts)


def _postgres(parts: SplitResult) -> DatabaseAddress:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name in options:
        if name not in _DATABASE_OPTIONS:
            raise ValueError(
                f"has an unknown option {name} (known: {', '.join(_DATABASE_OPTIONS)})"
            )
    name = unquote(parts.path).removeprefix("/")
    if not parts.hostname or not name:
        raise ValueError("must name a host and a database: postgres://user:password@host/name")
    mode = options.get("sslmode", "prefer")
    if mode not in SSL_MODES:
        raise ValueError(f"has a wrong sslmode (known: {', '.join(SSL_MODES)})")
    certificate = options.get("sslrootcert")
    return DatabaseAddress(
        kind="postgres",
        host=parts.hostname,
        port=parts.port or 5432,
        user=unquote(parts.username or "postgres"),
        password=unquote(parts.password) if parts.password else None,
        database=name,
        ssl_mode=mode,
        ssl_root_cert=Path(certificate) if certificate else None,
        pool_size=_number(options, "pool_size", 10, least=1),
        statement_cache_size=_number(options, "statement_cache_size", 100, least=0),
    )


def _number(options: dict[str, str], name: str, default: int, *, least: int) -> int:
    text = options.get(name, str(default))
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise ValueError(f"has a wrong {name}: it must be a number of {least} or more")
    return int(text)


def parse_redis_address(text: str) -> RedisAddress:
    """`redis://`, `rediss://`, `unix://` or `redis+sentinel://`. Raises ValueError."""
    parts = urlsplit(text)
    if parts.scheme in ("redis", "rediss") and parts.hostname:
        return RedisAddress(url=text)
    if parts.scheme == "unix" and parts.path:
        return RedisAddress(url=text)
    if parts.scheme == "redis+sentinel":
        return _sentinels(parts)
    raise ValueError("must begin with redis://, rediss://, unix:// or redis+sentinel://")


def _sentinels(parts: SplitResult) -> RedisAddress:
    password, _, hosts = parts.netloc.rpartition("@")
    master, _, database = parts.path.strip("/").partition("/")
    found = []
    for one in hosts.split(","):
        host, _, port = one.rpartition(":")
        if not host or not port.isdigit():
            raise ValueError("must list sentinels as host:port,host:port")
        found.append((host, int(port)))
    if not master or (database and not database.isdigit()):
        raise ValueError("must name the master and a database: redis+sentinel://h1:26379/master/0")
    return RedisAddress(
        url="",
        sentinels=tuple(found),
        master=master,
        database=int(database or 0),
        password=unquote(password.removeprefix(":")) or None,
    )
