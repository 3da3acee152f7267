"""Addresses of databases and of Redis, taken apart: the libraries understand only some forms.

Every refusal is a ValueError that reads on after the setting's name and never repeats the address:
there may be a password in it.
"""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
# libpq's word for the authorities that the machine trusts.
SYSTEM_AUTHORITIES = Path("system")
_DATABASE_OPTIONS = ("sslmode", "sslrootcert", "pool_size", "statement_cache_size")
_REDIS_OPTIONS = ("db", "ssl_ca_certs", "ssl_cert_reqs", "ssl_check_hostname")


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
    pool_size: int = 20
    statement_cache_size: int = 100

    def __str__(self) -> str:
        """For people, without the password."""
        return str(self.path) if self.kind == "sqlite" else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """Where Redis is: a URL, or the sentinels that know the master."""

    url: str = field(repr=False)
    sentinels: tuple[tuple[str, int], ...] = ()
    master: str = ""
    database: int = 0
    username: str | None = None
    password: str | None = field(default=None, repr=False)


def parse_database_address(text: str) -> DatabaseAddress:
    """`sqlite:///path` or `postgres://…`."""
    parts, _ = _split(text)
    if parts.scheme == "sqlite":
        return DatabaseAddress(kind="sqlite", path=_sqlite_path(parts))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("must begin with sqlite:///, postgres:// or postgresql://")
    return _postgres(parts)


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValueError("is not an address") from None
    if parts.scheme == "redis+sentinel":
        return parts, None
    try:
        return parts, parts.port
    except ValueError:
        raise ValueError(
            "has a wrong port (in a password, write / as %2F, : as %3A and @ as %40)"
        ) from None


def _options(parts: SplitResult, known: tuple[str, ...]) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name in options:
        if name not in known:
            raise ValueError(f"has an unknown option {name} (known: {', '.join(known)})")
    return options


def _sqlite_path(parts: SplitResult) -> Path:
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc or parts.query or not path or path.startswith(":"):
        raise ValueError("must be written as sqlite:///folder/file.db")
    return Path(path)


def _postgres(parts: SplitResult) -> DatabaseAddress:
    options = _options(parts, _DATABASE_OPTIONS)
    name = unquote(parts.path).removeprefix("/")
    if not parts.hostname or not name:
        raise ValueError("must name a host and a database: postgres://user:password@host/name")
    mode = options.get("sslmode", "prefer")
    if mode not in SSL_MODES:
        raise ValueError(f"has a wrong sslmode (known: {', '.join(SSL_MODES)})")
    return DatabaseAddress(
        kind="postgres",
        host=parts.hostname,
        port=parts.port or 5432,
        user=unquote(parts.username or "postgres"),
        password=unquote(parts.password) if parts.password else None,
        database=name,
        ssl_mode=mode,
        ssl_root_cert=_root_certificate(options),
        pool_size=_number(options, "pool_size", 20, least=1),
        statement_cache_size=_number(options, "statement_cache_size", 100, least=0),
    )


def _root_certificate(options: dict[str, str]) -> Path | None:
    if "sslrootcert" not in options:
        return None
    path = Path(options["sslrootcert"])
    if path != SYSTEM_AUTHORITIES and not path.is_file():
        raise ValueError(f"names an sslrootcert that is not there: {path}")
    return path


def _number(options: dict[str, str], name: str, default: int, *, least: int) -> int:
    text = options.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 6) or int(text) < least:
        raise ValueError(f"has a wrong {name}: it must be a number from {least} to 99999")
    return int(text)


def parse_redis_address(text: str) -> RedisAddress:
    """`redis://`, `rediss://`, `unix://` or `redis+sentinel://`."""
    parts, _ = _split(text)
    if parts.scheme == "redis+sentinel":
        return _sentinels(parts)
    options = _options(parts, _REDIS_OPTIONS)
    is_remote = parts.scheme in ("redis", "rediss") and parts.hostname
    is_local = parts.scheme == "unix" and parts.path and not parts.hostname
    if not is_remote and not is_local:
        raise ValueError(
            "must begin with redis://host, rediss://host, unix:///path or redis+sentinel://"
        )
    database = options.get("db") or (parts.path.strip("/") if is_remote else "") or "0"
    if not (database.isascii() and database.isdigit()):
        raise ValueError("must end with the number of a database, such as /0")
    return RedisAddress(url=text)


def _sentinels(parts: SplitResult) -> RedisAddress:
    _options(parts, ())
    login, _, hosts = parts.netloc.rpartition("@")
    username, _, password = login.partition(":")
    master, _, database = parts.path.strip("/").partition("/")
    found = []
    for one in hosts.split(","):
        host, _, port = one.rpartition(":")
        if not host or not (port.isascii() and port.isdigit()) or int(port) > 65_535:
            raise ValueError("must list sentinels as host:port,host:port")
        found.append((host, int(port)))
    if not master or (database and not (database.isascii() and database.isdigit())):
        raise ValueError("must name the master and a database: redis+sentinel://h1:26379/master/0")
    return RedisAddress(
        url="",
        sentinels=tuple(found),
        master=master,
        database=int(database or 0),
        username=unquote(username) or None,
        password=unquote(password) or None,
    )
